import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { type NetworkAcl, networkAclOf } from "../../../policypack/stack/network-acls";
import type { StackResource } from "../../../policypack/stack/resource";
import { Stack } from "../../../policypack/stack/stack";
import { unknown } from "../rules/analyze";
import { resource } from "./resources";

type From = Readonly<Record<string, readonly StackResource[]>>;
const vpc = resource("aws:ec2/vpc:Vpc", "vpc", { id: "vpc-1", defaultNetworkAclId: "acl-default" });
const subnet = resource("aws:ec2/subnet:Subnet", "subnet", { id: "subnet-1", vpcId: "vpc-1" });
const other = resource("aws:ec2/subnet:Subnet", "other", { id: "subnet-2", vpcId: "vpc-1" });
const acl = (name: string, props: object = {}, from: From = {}) =>
  resource("aws:ec2/networkAcl:NetworkAcl", name, { id: `acl-${name}`, ...props }, from);
const standard = (props: object = {}) =>
  resource("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "standard", {
    id: "acl-default",
    defaultNetworkAclId: "acl-default",
    ...props,
  });
const rule = (props: object, from: From = {}) =>
  resource("aws:ec2/networkAclRule:NetworkAclRule", "rule", { ruleNumber: 100, ruleAction: "allow", ...props }, from);
const association = (networkAclId: unknown, subnetId: unknown, from: From = {}) =>
  resource("aws:ec2/networkAclAssociation:NetworkAclAssociation", "association", { networkAclId, subnetId }, from);

const found = (...resources: readonly StackResource[]) => networkAclOf(new Stack([vpc, subnet, ...resources]), subnet);
const named = (...resources: readonly StackResource[]) => {
  const one = found(...resources);
  return typeof one === "object" ? one.resource.name : (one ?? "default");
};
/** What the network ACL `a` of the subnet is with resources. */
const aclWith = (props: object, ...resources: readonly StackResource[]) =>
  found(acl("a", { subnetIds: ["subnet-1"], ...props }), ...resources) as NetworkAcl;
const numbers = ({ ingress, egress }: NetworkAcl) => [ingress, egress].map((list) => list.map((one) => one.number));

describe("the network ACL of a subnet", () => {
  const read: StackResource = { ...subnet, isRead: true };
  const cases: readonly (readonly [string, readonly StackResource[], string])[] = [
    ["is the default one", [], "default"],
    [
      "is the one that lists it",
      [acl("a", { subnetIds: ["subnet-1"] }), acl("b", { subnetIds: ["subnet-2"] }), other],
      "a",
    ],
    ["is the one that is associated with it", [acl("a"), association("acl-a", "subnet-1")], "a"],
    [
      "is the one that an association comes from",
      [acl("a"), association(unknown, unknown, { networkAclId: [subnet, acl("a")], subnetId: [subnet] })],
      "a",
    ],
    [
      "is the default one where an association is about another",
      [acl("a"), other, association("acl-a", "subnet-2")],
      "default",
    ],
    [
      "is not known where the associated one is not in the stack",
      [association("acl-elsewhere", "subnet-1")],
      "unknown",
    ],
    ["is not known while an association is", [acl("a"), association(unknown, "subnet-1")], "unknown"],
    [
      "is not known while an association may be about it",
      [acl("a"), association("acl-a", unknown, { subnetId: [subnet, other] })],
      "unknown",
    ],
    ["is the default one that the stack manages", [standard()], "standard"],
    ["is the default one that lists it", [standard({ subnetIds: ["subnet-1"] })], "standard"],
    [
      "is another one that lists it as well",
      [standard({ subnetIds: ["subnet-1"] }), acl("a", { subnetIds: ["subnet-1"] })],
      "a",
    ],
    [
      "is not known while another may have taken it over",
      [standard({ subnetIds: ["subnet-1"] }), acl("a", { subnetIds: [unknown] }, { subnetIds: [subnet, other] })],
      "unknown",
    ],
    [
      "is the one that lists it while a list is not known",
      [acl("b", { subnetIds: ["subnet-1"] }), acl("a", { subnetIds: [unknown] }, { subnetIds: [subnet, other] })],
      "b",
    ],
  ];
  for (const [what, resources, expected] of cases) {
    it(what, () => {
      strictEqual(named(...resources), expected);
    });
  }

  it("is not known where the subnet exists already, or its VPC is not in the stack", () => {
    strictEqual(networkAclOf(new Stack([vpc, read]), read), "unknown");
    strictEqual(networkAclOf(new Stack([subnet]), subnet), "unknown");
    const lost = resource("aws:ec2/subnet:Subnet", "lost", { id: "subnet-3" });
    strictEqual(networkAclOf(new Stack([vpc, lost]), lost), "unknown");
    const existing: StackResource = { ...vpc, isRead: true };
    strictEqual(networkAclOf(new Stack([existing, subnet]), subnet), "unknown");
  });
});

describe("the entries of a network ACL", () => {
  it("are those of rules of their own", () => {
    const of = (props: object, from?: From) => numbers(aclWith({}, acl("b"), rule(props, from)));
    deepStrictEqual(of({ networkAclId: "acl-a" }), [[100], []]);
    deepStrictEqual(of({ networkAclId: "acl-a", egress: true }), [[], [100]]);
    deepStrictEqual(of({ networkAclId: "acl-a", egress: unknown }), [[undefined], [undefined]]);
    deepStrictEqual(of({ networkAclId: "acl-b" }), [[], []]);
    deepStrictEqual(of({ networkAclId: "acl-elsewhere" }), [[], []]);
    deepStrictEqual(of({ networkAclId: unknown }), [[undefined], []]);
    deepStrictEqual(of({ egress: true }), [[], []]);
    const one = acl("a", { subnetIds: ["subnet-1"] });
    deepStrictEqual(of({ networkAclId: unknown, egress: true }, { networkAclId: [one] }), [[], [100]]);
  });

  it("are a part where a list is not known", () => {
    strictEqual(aclWith({}).isPartial, false);
    const source = { ingress: [other] };
    strictEqual((found(acl("a", { subnetIds: ["subnet-1"], ingress: unknown }, source)) as NetworkAcl).isPartial, true);
    const partial = aclWith({ egress: [unknown, { ruleNo: 1 }], ingress: [{ ruleNo: 2 }] });
    deepStrictEqual([partial.isPartial, ...numbers(partial)], [true, [2], []]);
  });

  it("are read in the words of each resource", () => {
    const inline = { ruleNo: 1, action: "Allow", protocol: 6, cidrBlock: "10.0.0.0/8", fromPort: "443", toPort: 444 };
    const [entry] = aclWith({ ingress: [inline] }).ingress;
    const { resource: owner, ...others } = entry!;
    strictEqual(owner.name, "a");
    deepStrictEqual(others, {
      number: 1,
      allows: true,
      protocol: "6",
      block: "10.0.0.0/8",
      fromPort: 443,
      toPort: 444,
    });
    const native = resource("aws-native:ec2:NetworkAclEntry", "rule", {
      networkAclId: "acl-a",
      ruleNumber: 2,
      ruleAction: "deny",
      protocol: "-1",
      ipv6CidrBlock: "::/0",
      portRange: { from: 80, to: 81 },
    });
    const { resource: rest, ...ofNative } = aclWith({}, native).ingress[0]!;
    strictEqual(rest.name, "rule");
    deepStrictEqual(ofNative, {
      number: 2,
      allows: false,
      protocol: "-1",
      block: "ipv6",
      fromPort: 80,
      toPort: 81,
    });
  });

  it("have what is not known as undefined", () => {
    const { resource: owner, ...others } = aclWith({
      egress: [{ action: unknown, protocol: unknown, fromPort: unknown }],
    }).egress[0]!;
    strictEqual(owner.name, "a");
    deepStrictEqual(others, {
      number: undefined,
      allows: undefined,
      protocol: undefined,
      block: undefined,
      fromPort: undefined,
      toPort: undefined,
    });
  });

  it("are rules of their own only, in aws-native", () => {
    const native = resource("aws-native:ec2:NetworkAcl", "a", { id: "acl-a", ingress: unknown });
    const one = found(native, association("acl-a", "subnet-1")) as NetworkAcl;
    deepStrictEqual([one.isPartial, ...numbers(one)], [false, [], []]);
  });
});
