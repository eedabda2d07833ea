import { deepStrictEqual } from "node:assert/strict";
import { type WrongConfig, problemsOf } from "./problems";

const nat = { "patchpath:topology": "nat" };

describe("the config of the network", () => {
  const wrong: readonly WrongConfig[] = [
    [
      "an address that is not the network address",
      { "patchpath:network": { cidrBlock: "10.0.0.1/16" } },
      [
        "`patchpath:network.cidrBlock` is `10.0.0.1/16`; expected the network address of an IPv4 block, such as `10.20.0.0/16`",
      ],
    ],
    [
      "a CIDR block too small for the layout",
      { "patchpath:network": { cidrBlock: "10.0.0.0/25" } },
      [
        "`patchpath:network.cidrBlock` is `10.0.0.0/25`; expected a block of /16 to /24, so that there is room for the subnets of every zone",
      ],
    ],
    [
      "a CIDR block too small for the layout with NAT",
      { ...nat, "patchpath:network": { cidrBlock: "10.0.0.0/24" } },
      ["`patchpath:network.cidrBlock` is `10.0.0.0/24`; expected /23 or larger, since `nat` has public subnets too"],
    ],
    [
      "too many zones",
      { "patchpath:network": { availabilityZones: 7 } },
      ["`patchpath:network.availabilityZones` is `7`; expected at most 6"],
    ],
    [
      "a fractional number of Availability Zones",
      { "patchpath:network": { availabilityZones: 1.5 } },
      ["`patchpath:network.availabilityZones` is `1.5`; expected a whole number"],
    ],
    [
      "a number of NAT gateways",
      { ...nat, "patchpath:network": { natGateways: 2 } },
      ["`patchpath:network.natGateways` is `2`; expected one of `per-zone`, `single`"],
    ],
    [
      "subnets that overlap",
      { "patchpath:network": { subnetCidrBlocks: { isolated: ["10.20.0.0/20", "10.20.8.0/21"] } } },
      [
        "`patchpath:network.subnetCidrBlocks.isolated[1]` is `10.20.8.0/21`; expected a block apart from `subnetCidrBlocks.isolated[0]`, which is `10.20.0.0/20`",
      ],
    ],
    [
      "a subnet that overlaps one of the layout",
      { ...nat, "patchpath:network": { availabilityZones: 1, subnetCidrBlocks: { isolated: ["10.20.96.0/20"] } } },
      [
        "the private subnet 0 is `10.20.96.0/20`; expected a block apart from `subnetCidrBlocks.isolated[0]`, which is `10.20.96.0/20`",
      ],
    ],
    [
      "a subnet outside the VPC",
      { "patchpath:network": { subnetCidrBlocks: { isolated: ["10.20.0.0/20", "10.1.0.0/20"] } } },
      [
        "`patchpath:network.subnetCidrBlocks.isolated[1]` is `10.1.0.0/20`; expected a block inside `cidrBlock`, which is `10.20.0.0/16`",
      ],
    ],
    [
      "fewer subnets than Availability Zones",
      { "patchpath:network": { subnetCidrBlocks: { isolated: ["10.20.0.0/20"] } } },
      ["`patchpath:network.subnetCidrBlocks.isolated` has 1 blocks; expected one for each of the 2 availability zones"],
    ],
    [
      "two subnets for the WSUS server",
      {
        "patchpath:topology": "wsus",
        "patchpath:fleets": [{ name: "files", operatingSystem: "windows-server-2022" }],
        "patchpath:network": { subnetCidrBlocks: { server: ["10.20.240.0/24", "10.20.241.0/24"] } },
      },
      ["`patchpath:network.subnetCidrBlocks.server` has 2 blocks; expected one"],
    ],
    [
      "a subnet smaller than AWS allows",
      { "patchpath:network": { availabilityZones: 1, subnetCidrBlocks: { isolated: ["10.20.0.0/29"] } } },
      ["`patchpath:network.subnetCidrBlocks.isolated[0]` is `10.20.0.0/29`; expected /28 or larger"],
    ],
    [
      "a tier that does not exist",
      { "patchpath:network": { subnetCidrBlocks: { dmz: [] } } },
      ["`patchpath:network.subnetCidrBlocks.dmz` is not a key of this config"],
    ],
    [
      "dual-stack subnets in a region whose dual-stack S3 endpoint is unconfirmed",
      {
        "aws:region": "cn-north-1",
        "patchpath:endpointPolicy": { unconfirmedBuckets: "admit-by-pattern" },
        "patchpath:network": { dualStack: true },
      },
      [
        "`patchpath:network.dualStack` is `true`; whether an S3 gateway endpoint in cn-north-1 carries IPv6 is unconfirmed; expected `false` there",
      ],
    ],
  ];
  for (const [name, values, problems] of wrong) {
    it(`rejects ${name}`, () => {
      deepStrictEqual(problemsOf(values), problems);
    });
  }

  it("accepts the CIDR blocks of one tier, and lays out the others", () => {
    const subnetCidrBlocks = { public: ["10.20.254.0/24", "10.20.255.0/24"] };
    deepStrictEqual(problemsOf({ ...nat, "patchpath:network": { subnetCidrBlocks } }), []);
  });
});
