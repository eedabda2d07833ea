import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { ConfigError, readConfig } from "../config";

const fleet = { name: "web", operatingSystem: "amazon-linux-2023" };

/** A config as the engine hands it over: objects and lists as JSON. */
function configWith(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const all: Record<string, unknown> = { "aws:region": "ap-northeast-1", "patchpath:fleets": [fleet], ...values };
  return Object.fromEntries(
    Object.entries(all)
      .filter((entry): entry is [string, unknown] => entry[1] !== undefined)
      .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

function problemsOf(values: Readonly<Record<string, unknown>>): string[] {
  try {
    readConfig(configWith(values));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [headline, ...lines] = error.message.split("\n");
    strictEqual(headline, "the stack config can't be used:");
    return lines.map((line) => line.replace(/^ {2}- /, ""));
  }
  return [];
}

describe("the stack config", () => {
  it("needs nothing but a region and the fleets", () => {
    deepStrictEqual(readConfig(configWith({})), {
      region: "ap-northeast-1",
      topology: "endpoint-only",
      network: { cidrBlock: "10.20.0.0/16", availabilityZones: 2 },
      fleets: [{ ...fleet, size: 1, instanceType: "t3.micro" }],
      patching: {
        method: "maintenance-window",
        operation: "Install",
        schedule: "cron(0 18 ? * SUN *)",
        timezone: "Etc/UTC",
        duration: 3,
        cutoff: 1,
      },
    });
  });

  it("is left alone in other namespaces", () => {
    deepStrictEqual(problemsOf({ "aws:profile": "dev", "other:topology": "star" }), []);
  });

  const wrong: [name: string, values: Readonly<Record<string, unknown>>, problems: string[]][] = [
    ["no region", { "aws:region": undefined }, ["`aws:region` is missing; run `pulumi config set aws:region REGION`"]],
    [
      "a region with unconfirmed bucket names",
      { "aws:region": "us-gov-west-1" },
      ["`aws:region` is `us-gov-west-1`; the names of AWS's buckets there are unconfirmed; expected another region"],
    ],
    ["no fleets", { "patchpath:fleets": undefined }, ["`patchpath:fleets` is missing; expected a list"]],
    [
      "an empty list of fleets",
      { "patchpath:fleets": [] },
      ["`patchpath:fleets` is `[]`; expected at least 1 element"],
    ],
    [
      "an unknown topology",
      { "patchpath:topology": "star" },
      ["`patchpath:topology` is `star`; expected one of `endpoint-only`"],
    ],
    ["a misspelt key", { "patchpath:topolgy": "endpoint-only" }, ["`patchpath:topolgy` is not a key of this config"]],
    [
      "a misspelt key in an object",
      { "patchpath:network": { cidr: "10.0.0.0/16" } },
      ["`patchpath:network.cidr` is not a key of this config"],
    ],
    [
      "text in place of an object",
      { "patchpath:network": "10.0.0.0/16" },
      ["`patchpath:network` is `10.0.0.0/16`; expected an object"],
    ],
    [
      "an address that is not the network's",
      { "patchpath:network": { cidrBlock: "10.0.0.1/16" } },
      [
        "`patchpath:network.cidrBlock` is `10.0.0.1/16`; expected the network address of an IPv4 block, such as `10.20.0.0/16`",
      ],
    ],
    [
      "a block too small for the layout",
      { "patchpath:network": { cidrBlock: "10.0.0.0/25" } },
      [
        "`patchpath:network.cidrBlock` is `10.0.0.0/25`; expected a block of /16 to /24, so that there is room for six subnets in each half",
      ],
    ],
    [
      "too many zones",
      { "patchpath:network": { availabilityZones: 7 } },
      ["`patchpath:network.availabilityZones` is `7`; expected at most 6"],
    ],
    [
      "a fraction of a zone",
      { "patchpath:network": { availabilityZones: 1.5 } },
      ["`patchpath:network.availabilityZones` is `1.5`; expected a whole number"],
    ],
    [
      "subnets that overlap",
      { "patchpath:network": { cidrBlock: "10.0.0.0/16", subnetCidrBlocks: ["10.0.0.0/20", "10.0.8.0/21"] } },
      [
        "`patchpath:network.subnetCidrBlocks[1]` is `10.0.8.0/21`; expected a block apart from `subnetCidrBlocks[0]`, which is `10.0.0.0/20`",
      ],
    ],
    [
      "a subnet outside the VPC",
      { "patchpath:network": { cidrBlock: "10.0.0.0/16", subnetCidrBlocks: ["10.0.0.0/20", "10.1.0.0/20"] } },
      [
        "`patchpath:network.subnetCidrBlocks[1]` is `10.1.0.0/20`; expected a block inside `cidrBlock`, which is `10.0.0.0/16`",
      ],
    ],
    [
      "fewer subnets than zones",
      { "patchpath:network": { cidrBlock: "10.0.0.0/16", subnetCidrBlocks: ["10.0.0.0/20"] } },
      ["`patchpath:network.subnetCidrBlocks` has 1 blocks; expected one for each of the 2 availability zones"],
    ],
    [
      "a subnet smaller than AWS makes them",
      {
        "patchpath:network": { cidrBlock: "10.0.0.0/16", availabilityZones: 1, subnetCidrBlocks: ["10.0.0.0/29"] },
      },
      ["`patchpath:network.subnetCidrBlocks[0]` is `10.0.0.0/29`; expected /28 or larger"],
    ],
    [
      "a fleet name used twice",
      { "patchpath:fleets": [fleet, fleet] },
      ["`patchpath:fleets[1].name` is `web`, as `fleets[0].name` is; expected a name of its own"],
    ],
    [
      "a fleet name that AWS would refuse",
      { "patchpath:fleets": [{ ...fleet, name: "Web Server" }] },
      [
        "`patchpath:fleets[0].name` is `Web Server`; expected 1 to 32 lower-case letters, digits or hyphens, a letter first",
      ],
    ],
    [
      "an unknown system",
      { "patchpath:fleets": [{ ...fleet, operatingSystem: "beos" }] },
      ["`patchpath:fleets[0].operatingSystem` is `beos`; expected one of `amazon-linux-2`, `amazon-linux-2023`"],
    ],
    [
      "a system that needs the internet",
      { "patchpath:fleets": [{ ...fleet, operatingSystem: "rhel-9" }] },
      [
        "`patchpath:fleets[0].operatingSystem`: Red Hat Enterprise Linux 9 gets its updates from the internet, which `endpoint-only` does not reach; it needs the topology `nat`, which is not built yet",
      ],
    ],
    [
      "a system that needs Microsoft Update",
      { "patchpath:fleets": [{ ...fleet, operatingSystem: "windows-server-2022" }] },
      [
        "`patchpath:fleets[0].operatingSystem`: Windows Server 2022 gets its updates from Microsoft Update or a WSUS server, which `endpoint-only` does not reach; it needs the topology `nat` or `wsus`, which is not built yet",
      ],
    ],
    ["fleets that are no objects", { "patchpath:fleets": [1] }, ["`patchpath:fleets[0]` is `1`; expected an object"]],
    [
      "an instance type that is none",
      { "patchpath:fleets": [{ ...fleet, instanceType: "large" }] },
      ["`patchpath:fleets[0].instanceType` is `large`; expected an instance type, such as `t3.micro`"],
    ],
    [
      "a cron expression with five fields",
      { "patchpath:patching": { schedule: "cron(0 18 * * SUN)" } },
      [
        "`patchpath:patching.schedule` is `cron(0 18 * * SUN)`; expected `cron(...)` with six fields, such as `cron(0 18 ? * SUN *)`",
      ],
    ],
    [
      "a time zone that does not exist",
      { "patchpath:patching": { timezone: "Mars/Olympus" } },
      ["`patchpath:patching.timezone` is `Mars/Olympus`; expected an IANA time zone, such as `Asia/Tokyo`"],
    ],
    [
      "a cutoff as long as the window",
      { "patchpath:patching": { duration: 2, cutoff: 2 } },
      ["`patchpath:patching.cutoff` is `2`; expected less than `duration`, which is `2`"],
    ],
    [
      "an operation that Patch Manager lacks",
      { "patchpath:patching": { operation: "Update" } },
      ["`patchpath:patching.operation` is `Update`; expected one of `Scan`, `Install`"],
    ],
  ];
  for (const [name, values, problems] of wrong) {
    it(`refuses ${name}`, () => {
      deepStrictEqual(problemsOf(values), problems);
    });
  }

  it("refuses everything that is wrong at once", () => {
    const problems = problemsOf({
      "patchpath:topology": "star",
      "patchpath:fleets": [fleet, fleet, { ...fleet, name: "x", operatingSystem: "rhel-9", size: "many" }],
      "patchpath:patching": { cutoff: 5 },
    });
    deepStrictEqual(
      problems.map((problem) => problem.split("`")[1]),
      [
        "patchpath:topology",
        "patchpath:fleets[2].size",
        "patchpath:fleets[1].name",
        "patchpath:fleets[2].operatingSystem",
        "patchpath:patching.cutoff",
      ],
    );
  });

  it("fails with an error of its own kind, which the program shows without a stack", () => {
    throws(() => readConfig({}), ConfigError);
  });
});
