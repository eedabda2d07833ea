import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { readBlock } from "../../../policypack/stack/addresses";
import { dnsOf, subnetOf } from "../../../policypack/stack/network";
import type { StackResource } from "../../../policypack/stack/resource";
import { Stack } from "../../../policypack/stack/stack";
import { unknown } from "../rules/analyze";
import { resource } from "./resources";

type From = Readonly<Record<string, readonly StackResource[]>>;
const vpc = resource("aws:ec2/vpc:Vpc", "vpc", { id: "vpc-1", cidrBlock: "10.0.0.0/16" });
const other = resource("aws:ec2/vpc:Vpc", "other-vpc", { id: "vpc-2" });
const subnet = (props: object = {}, name = "subnet") =>
  resource("aws:ec2/subnet:Subnet", name, { id: `subnet-${name}`, vpcId: "vpc-1", cidrBlock: "10.0.1.0/24", ...props });
const behind = (own: StackResource, ...others: readonly StackResource[]) =>
  subnetOf(new Stack([vpc, other, own, ...others]), { is: "resource", resource: own });

describe("a subnet", () => {
  it("has an address range, a zone and the ranges of its VPC", () => {
    const { described, cidrBlock, range, vpcRanges, zone } = behind(subnet({ availabilityZone: "eu-west-1a" }));
    deepStrictEqual([described, cidrBlock, zone], ["`subnet`", "10.0.1.0/24", "eu-west-1a"]);
    deepStrictEqual([range, vpcRanges], [readBlock("10.0.1.0/24"), [readBlock("10.0.0.0/16")]]);
    const lost = behind(subnet({ cidrBlock: unknown, vpcId: "vpc-9" }));
    deepStrictEqual([lost.cidrBlock, lost.range, lost.vpcRanges], [undefined, undefined, []]);
  });

  it("is in a VPC with the blocks that are added to it", () => {
    const block = (vpcId: unknown, from: From = {}) =>
      resource(
        "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
        "block",
        { vpcId, cidrBlock: "100.64.0.0/16" },
        from,
      );
    const added = [readBlock("10.0.0.0/16"), readBlock("100.64.0.0/16")];
    deepStrictEqual(behind(subnet(), block("vpc-1")).vpcRanges, added);
    deepStrictEqual(behind(subnet(), block(unknown, { vpcId: [vpc] })).vpcRanges, added);
    for (const vpcId of ["vpc-2", "vpc-9", unknown, undefined]) {
      deepStrictEqual(behind(subnet(), block(vpcId)).vpcRanges, added.slice(0, 1));
    }
  });

  it("has IPv6 by its own block, or by one of a resource of its own", () => {
    const block = (subnetId: unknown) => resource("aws-native:ec2:SubnetCidrBlock", "block", { subnetId });
    const hasIpv6 = (...args: Parameters<typeof behind>) => behind(...args).hasIpv6;
    strictEqual(hasIpv6(subnet()), false);
    strictEqual(hasIpv6(subnet({ ipv6CidrBlock: "2001:db8::/64" })), true);
    strictEqual(hasIpv6(subnet({ assignIpv6AddressOnCreation: true })), true);
    strictEqual(hasIpv6(subnet({ assignIpv6AddressOnCreation: false })), false);
    strictEqual(hasIpv6(subnet(), block("subnet-subnet")), true);
    for (const id of ["subnet-9", unknown, undefined]) strictEqual(hasIpv6(subnet(), block(id)), false);
    deepStrictEqual([behind(subnet()).isIpv6Only, behind(subnet({ ipv6Native: true })).isIpv6Only], [false, true]);
  });

  it("may give instances a public address", () => {
    const existing: StackResource = { ...subnet(), isRead: true };
    deepStrictEqual(behind(subnet()).publicAddresses, { is: "known", value: false });
    deepStrictEqual(behind(subnet({ mapPublicIpOnLaunch: true })).publicAddresses, { is: "known", value: true });
    deepStrictEqual(behind(existing).publicAddresses, { is: "known", value: false });
  });

  it("has the associated route table, or else the main one of its VPC", () => {
    const table = resource("aws:ec2/routeTable:RouteTable", "table", { id: "rtb-1" });
    const association = (subnetId: unknown, from: From = {}) =>
      resource("aws:ec2/routeTableAssociation:RouteTableAssociation", "a", { subnetId, routeTableId: "rtb-1" }, from);
    const named = (...args: Parameters<typeof behind>) => behind(...args).routeTable?.resource.name;
    const [own, second] = [subnet(), subnet({}, "second")];
    const existing: StackResource = { ...own, isRead: true };
    strictEqual(named(own, table, association("subnet-subnet")), "table");
    strictEqual(named(own, table, second, association("subnet-second")), "vpc");
    strictEqual(named(own, table, second, association(unknown, { subnetId: [own, second] })), undefined);
    strictEqual(named(subnet({ vpcId: "vpc-9" })), undefined);
    strictEqual(named(subnet({ vpcId: undefined })), undefined);
    strictEqual(named(existing), undefined);
    strictEqual(named(existing, table, association("subnet-subnet")), "table");
  });

  it("that is not in the stack is described", () => {
    const described = (target: Parameters<typeof subnetOf>[1]) => subnetOf(new Stack([]), target).described;
    strictEqual(described({ is: "outside", id: "subnet-9" }), "the subnet `subnet-9`, which is not in this stack");
    strictEqual(described({ is: "unknown" }), "a subnet that is not known until the update");
    strictEqual(
      described({ is: "unknown", candidates: [subnet(), subnet({}, "second")] }),
      "one of these 2 subnets, known after the update: `subnet`, `second`",
    );
  });
});

describe("the DNS attributes of a VPC", () => {
  for (const [what, of, support, hostnames] of [
    ["are support only by default", vpc, true, false],
    ["are both in a default VPC", resource("aws:ec2/defaultVpc:DefaultVpc", "vpc", {}), true, true],
    [
      "are its own",
      resource("aws:ec2/vpc:Vpc", "vpc", { enableDnsSupport: false, enableDnsHostnames: true }),
      false,
      true,
    ],
  ] as const) {
    it(what, () => {
      deepStrictEqual(dnsOf(of), {
        support: { is: "known", value: support },
        hostnames: { is: "known", value: hostnames },
      });
    });
  }
});
