import { deepStrictEqual, ok } from "node:assert/strict";
import { PatchTopology, type TopologyFleet } from "@patchpath/components";
import { args } from "../made-by-patching";
import { recorded } from "../with-mocks";

const looked: unknown[] = [];
const answers = {
  "aws:ec2/getAmi:getAmi": (inputs: object) => {
    looked.push(inputs);
    return { imageId: "ami-0a1b2c3d4e5f67890", rootDeviceName: "/dev/sda1" };
  },
};

async function templateOf(fleet: Partial<TopologyFleet>) {
  looked.length = 0;
  const topology = { ...args, topology: "nat", fleets: [{ ...(args.fleets[0] as TopologyFleet), ...fleet }] } as const;
  const resources = await recorded((opts) => new PatchTopology("prod", topology, opts), answers);
  const template = resources.find(({ type }) => type === "aws:ec2/launchTemplate:LaunchTemplate");
  ok(template);
  const { imageId, blockDeviceMappings } = template.inputs;
  return { name: template.name, imageId, device: (blockDeviceMappings as { deviceName: string }[])[0]?.deviceName };
}

describe("the image of a fleet", () => {
  it("is that of the public parameter, without a lookup", async () => {
    deepStrictEqual(await templateOf({}), {
      name: "prod-web-template",
      imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
      device: "/dev/xvda",
    });
    deepStrictEqual(looked, []);
  });

  it("is the newest of the distributor, in a template for that system", async () => {
    deepStrictEqual(await templateOf({ operatingSystem: "rhel-9" }), {
      name: "prod-web-template-rhel-9-x86_64",
      imageId: "ami-0a1b2c3d4e5f67890",
      device: "/dev/sda1",
    });
    deepStrictEqual(looked, [
      {
        owners: ["309956199498"],
        mostRecent: true,
        filters: [
          { name: "name", values: ["RHEL-9*_HVM-*-x86_64-*-Hourly*"] },
          { name: "architecture", values: ["x86_64"] },
          { name: "root-device-type", values: ["ebs"] },
          { name: "virtualization-type", values: ["hvm"] },
          { name: "state", values: ["available"] },
        ],
      },
    ]);
  });

  it("is the one that is given", async () => {
    deepStrictEqual(await templateOf({ operatingSystem: "rhel-9", imageId: "ami-0123456789abcdef0" }), {
      name: "prod-web-template",
      imageId: "ami-0123456789abcdef0",
      device: "/dev/sda1",
    });
  });
});
