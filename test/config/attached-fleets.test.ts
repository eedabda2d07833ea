import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { readConfig } from "../../config";
import { type WrongConfig, configWith, fleet, problemsOf } from "./problems";

const network = { vpcId: "vpc-0123456789abcdef0", subnetIds: ["subnet-0123456789abcdef0"] };
const securityGroupId = "sg-0123456789abcdef0";
const legacy = {
  name: "legacy",
  operatingSystem: "amazon-linux-2023",
  tag: { Environment: "prod" },
  securityGroupId,
};
const windows = { ...legacy, name: "files", operatingSystem: "windows-server-2022" };
const wsus = { "patchpath:topology": "wsus", "patchpath:wsus": { subnetId: "subnet-0123456789abcdef1" } };

const withFleets = (...fleets: object[]) => ({ "patchpath:network": network, "patchpath:fleets": fleets });

describe("the config of fleets of existing instances", () => {
  it("is a tag and a security group instead of what creates instances", () => {
    const { fleets } = readConfig(configWith(withFleets(legacy)));
    deepStrictEqual(fleets, [
      {
        name: "legacy",
        operatingSystem: "amazon-linux-2023",
        repositories: [],
        tag: { key: "Environment", value: "prod" },
        securityGroupId,
      },
    ]);
  });

  const right: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    "a patch group, in both spellings": withFleets(
      { ...legacy, tag: { PatchGroup: "legacy" } },
      { ...legacy, name: "older", tag: { "Patch Group": "older" } },
    ),
    "the tag that AWS sets on the instances of an Auto Scaling group": withFleets({
      ...legacy,
      tag: { "aws:autoscaling:groupName": "legacy" },
    }),
    "one tag for several operating systems": {
      "patchpath:topology": "nat",
      ...withFleets(legacy, { ...windows, securityGroupId: "sg-0123456789abcdef1" }),
    },
    "an operating system without a public AMI": {
      "patchpath:topology": "nat",
      ...withFleets({ ...legacy, operatingSystem: "rhel-9" }),
    },
    "no security group if no rule needs one": {
      "patchpath:topology": "nat",
      "patchpath:endpoints": { interface: false },
      ...withFleets({ ...legacy, securityGroupId: undefined }),
    },
    "no security group if all endpoints are in a hub": {
      "patchpath:endpoints": { central: { cidrBlocks: ["10.99.0.0/24"] } },
      ...withFleets({ ...legacy, securityGroupId: undefined }),
    },
    "a fleet that the stack creates in addition": withFleets(fleet, legacy),
    "a name, if the stack creates no instances": withFleets({ ...legacy, tag: { Name: "legacy" } }),
    "a source of a baseline on the internet, through an existing route": {
      "patchpath:topology": "nat",
      "patchpath:baselines": [
        {
          operatingSystem: "AMAZON_LINUX_2023",
          sources: [
            { name: "ours", products: ["*"], configuration: "[ours]\nbaseurl=https://packages.example.com/al2023" },
          ],
        },
      ],
      ...withFleets(legacy),
    },
    "one tag with a patch policy": {
      ...withFleets(legacy, { ...legacy, name: "batch", operatingSystem: "amazon-linux-2" }),
      "patchpath:patching": { method: "patch-policy" },
    },
    "organizational units, which are targeted as a whole": {
      ...withFleets(fleet, legacy),
      "patchpath:patching": { method: "patch-policy", targets: { organizationalUnits: ["ou-ab12-cd34ef56"] } },
    },
  };
  for (const [what, values] of Object.entries(right)) {
    it(`accepts ${what}`, () => {
      deepStrictEqual(problemsOf(values), []);
    });
  }

  it("affects the topology like any other fleet, and has no cost itself", () => {
    const auto = { "patchpath:topology": "auto" };
    strictEqual(readConfig(configWith({ ...auto, ...withFleets(legacy) })).topology, "endpoint-only");
    const { topology, prices } = readConfig(configWith({ ...auto, ...withFleets(legacy, windows) }));
    strictEqual(topology, "nat");
    deepStrictEqual(prices, readConfig(configWith({ ...auto, ...withFleets(fleet) })).prices);
  });

  const tagForm =
    "expected one tag with its value, such as `{ Environment: prod }`: letters, digits, blanks and `_.:/=+-@`";
  const wrong: readonly WrongConfig[] = [
    ["no tag", withFleets({ ...legacy, tag: {} }), [`\`patchpath:fleets[0].tag\` is \`{}\`; ${tagForm}`]],
    [
      "a tag that the stack sets on its own instances",
      withFleets(
        fleet,
        { ...legacy, tag: { Name: "patchpath-web" } },
        {
          ...legacy,
          name: "twin",
          tag: { "patchpath:fleet": "patchpath-dev-web" },
        },
      ),
      [
        "`patchpath:fleets[1].tag` is `Name=patchpath-web`, a tag that the stack gives its own instances; expected one that they don't have",
        "`patchpath:fleets[2].tag` is `patchpath:fleet=patchpath-dev-web`, a tag that the stack gives its own instances; expected one that they don't have",
      ],
    ],
    [
      "two tags",
      withFleets({ ...legacy, tag: { Environment: "prod", Team: "web" } }),
      [`\`patchpath:fleets[0].tag\` is \`{"Environment":"prod","Team":"web"}\`; ${tagForm}`],
    ],
    [
      "only the key of a tag",
      withFleets({ ...legacy, tag: "Environment" }),
      [`\`patchpath:fleets[0].tag\` is \`Environment\`; ${tagForm}`],
    ],
    [
      "a tag with a pattern, which targets do not support",
      withFleets({ ...legacy, tag: { Environment: "prod*" } }),
      [`\`patchpath:fleets[0].tag\` is \`{"Environment":"prod*"}\`; ${tagForm}`],
    ],
    ...(
      [
        ["size", 2],
        ["instanceType", "t3.micro"],
        ["imageId", "ami-0123456789abcdef0"],
        ["subnets", "private"],
        ["managedPolicies", ["arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"]],
        ["userData", "#!/bin/sh\ntrue"],
        ["tags", { Team: "web" }],
      ] as const
    ).map(([key, value]): WrongConfig => [
      `${key}, which belongs to instances of our making`,
      withFleets({ ...legacy, [key]: value }),
      [`\`patchpath:fleets[0].${key}\` is for instances that the stack creates; expected it left out with \`tag\``],
    ]),
    [
      "a VPC that the stack creates, which has no instances yet",
      { "patchpath:fleets": [legacy] },
      [
        "`patchpath:fleets[0].tag` is for existing instances, and a VPC that the stack creates has none; expected their VPC as `patchpath:network.vpcId`",
      ],
    ],
    [
      "no security group for the endpoints",
      withFleets({ ...legacy, securityGroupId: undefined }),
      [
        "`patchpath:fleets[0].securityGroupId` is missing; expected a security group that the instances have, which the endpoints then allow",
      ],
    ],
    [
      "an invalid security group",
      withFleets({ ...legacy, securityGroupId: "default" }),
      ["`patchpath:fleets[0].securityGroupId` is `default`; expected an id, such as `sg-0123456789abcdef0`"],
    ],
    [
      "a security group that no rule needs",
      { "patchpath:topology": "nat", "patchpath:endpoints": { interface: false }, ...withFleets(legacy) },
      ["`patchpath:fleets[0].securityGroupId` has no effect without interface endpoints; expected it left out"],
    ],
    [
      "a security group of instances that the stack creates",
      withFleets({ ...fleet, securityGroupId }),
      ["`patchpath:fleets[0].securityGroupId` is for existing instances; expected `tag` too, or it left out"],
    ],
    [
      "a tag that instances of the stack also have",
      withFleets(legacy, { ...fleet, tags: { Environment: "prod" } }),
      [
        "`patchpath:fleets[0].tag` is `Environment=prod`, which the instances of `fleets[1]` have by its `tags`; expected a tag that they don't have",
      ],
    ],
    [
      "an operating system that the topology cannot patch",
      withFleets({ ...legacy, repositories: ["epel"] }),
      [
        "`patchpath:fleets[0].repositories`: the repository `epel` is on the internet, which `endpoint-only` does not reach; expected the topology `nat` (0.00 USD/month more than `endpoint-only`)",
      ],
    ],
    [
      "two security groups for one tag, only one of which a WSUS server could allow",
      {
        ...wsus,
        ...withFleets(windows, {
          ...windows,
          name: "older",
          operatingSystem: "windows-server-2019",
          securityGroupId: "sg-0123456789abcdef1",
        }),
      },
      [
        "`patchpath:fleets[1].securityGroupId` is `sg-0123456789abcdef1`, and `fleets[0]` with the same tag has another; expected one that the instances of both have",
      ],
    ],
    [
      "a patch policy for a tag and the stack's own instances",
      { ...withFleets(fleet, legacy), "patchpath:patching": { method: "patch-policy" } },
      [
        "`patchpath:patching.method` is `patch-policy`, which targets one tag, and there is `fleets[0]`, which the stack creates, in addition to `fleets[1].tag`; expected `maintenance-window` or `on-demand`, or a stack for each tag",
      ],
    ],
    [
      "host management for two tags",
      {
        ...withFleets(legacy, { ...legacy, name: "batch", tag: { Environment: "test" } }),
        "patchpath:patching": { method: "host-management" },
      },
      [
        "`patchpath:patching.method` is `host-management`, which targets one tag, and there is `fleets[1].tag` in addition to `fleets[0].tag`; expected `maintenance-window` or `on-demand`, or a stack for each tag",
      ],
    ],
    [
      "a patch policy for a tag and a WSUS server",
      { ...wsus, ...withFleets(windows), "patchpath:patching": { method: "patch-policy" } },
      [
        "`patchpath:patching.method` is `patch-policy`, which targets one tag, and there is the WSUS server, which the stack creates, in addition to `fleets[0].tag`; expected `maintenance-window` or `on-demand`, or a stack for each tag",
      ],
    ],
    [
      "the ID of a configuration without a role to tag",
      { ...withFleets(legacy), "patchpath:patching": { method: "patch-policy", configurationId: "ab12" } },
      [
        "`patchpath:patching.configurationId` tags the roles of instances that the stack creates, and it creates none; expected it left out",
      ],
    ],
  ];
  for (const [name, values, problems] of wrong) {
    it(`rejects ${name}`, () => {
      deepStrictEqual(problemsOf(values), problems);
    });
  }
});
