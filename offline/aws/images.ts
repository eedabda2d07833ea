import { type Place, accountId, hex } from "./account";
import { type Invoke, firstFilterValue, text } from "./invoke";
import type { Properties } from "./values";

/** The accounts behind the owner aliases. Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/finding-an-ami.html. */
const amazon = "137112412989";
const microsoftByAmazon = "801119661308";

/** A name that matches the pattern of a filter: what a program searches for exists. */
function nameMatching(pattern: string, id: string): string {
  return pattern.replaceAll("*", `20261120.${parseInt(hex(1, id), 16)}`).replaceAll("?", "0");
}

/** `getAmi`: the newest image that matches; each search has one of its own. */
export const imageOf: Invoke = (args, place) => {
  const id = `ami-0${hex(16, place.region, JSON.stringify(args))}`;
  const searched = firstFilterValue(args, "name") ?? text(args, "nameRegex")?.replace(/^\^|\$$/g, "");
  const name = searched === undefined ? id : nameMatching(searched, id);
  return { ...attributesOf(name, args, place), id, imageId: id, name };
};

function attributesOf(name: string, args: Properties, place: Place): Properties {
  const windows = name.startsWith("Windows_Server");
  const owners = Array.isArray(args["owners"]) ? args["owners"].map(String) : [];
  const byAlias = windows ? microsoftByAmazon : amazon;
  const owner = owners[0] === "amazon" ? byAlias : (owners.find((one) => /^\d{12}$/.test(one)) ?? accountId);
  return {
    architecture: firstFilterValue(args, "architecture") ?? (/arm64|aarch64/.test(name) ? "arm64" : "x86_64"),
    arn: `arn:${place.partition}:ec2:${place.region}::image/${name}`,
    blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volume_size: "8" }, noDevice: "", virtualName: "" }],
    hypervisor: "xen",
    imageOwnerAlias: [amazon, microsoftByAmazon].includes(owner) ? "amazon" : "",
    imageType: "machine",
    ownerId: owner,
    platform: windows ? "windows" : "",
    platformDetails: windows ? "Windows" : "Linux/UNIX",
    public: owner !== accountId,
    region: place.region,
    rootDeviceName: windows ? "/dev/sda1" : "/dev/xvda",
    rootDeviceType: "ebs",
    state: "available",
    tags: {},
    virtualizationType: "hvm",
  };
}
