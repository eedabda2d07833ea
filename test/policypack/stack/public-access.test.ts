import { strictEqual } from "node:assert/strict";
import { subnetOf } from "../../../policypack/stack/network";
import { publicAccess } from "../../../policypack/stack/public-access";
import type { StackResource } from "../../../policypack/stack/resource";
import { secretText } from "../../../policypack/stack/special-values";
import { Stack } from "../../../policypack/stack/stack";
import { unknown } from "../rules/analyze";
import { resource } from "./resources";

const provider = { props: { region: "eu-west-1" } };
const vpc = resource("aws:ec2/vpc:Vpc", "vpc", { id: "vpc-1" });
const subnet: StackResource = {
  ...resource("aws:ec2/subnet:Subnet", "subnet", { id: "subnet-1", vpcId: "vpc-1" }),
  provider,
};
const options = (internetGatewayBlockMode: unknown, props: object = {}): StackResource => ({
  ...resource("aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions", "options", {
    internetGatewayBlockMode,
    ...props,
  }),
  provider,
});
const exclusion = (internetGatewayExclusionMode: unknown, props: object) =>
  resource("aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion", "exclusion", {
    internetGatewayExclusionMode,
    ...props,
  });

function access(resources: readonly StackResource[], isThroughNat: boolean, own = subnet): string {
  const stack = new Stack([vpc, own, ...resources]);
  return publicAccess(stack, [subnetOf(stack, { is: "resource", resource: own })], isThroughNat).is;
}

const both = "block-bidirectional";
const { provider: _, ...withoutRegion } = options(both);

describe("VPC Block Public Access", () => {
  const cases: readonly (readonly [string, readonly StackResource[], direct: string, throughNat: string])[] = [
    ["that is not set", [], "allowed", "allowed"],
    ["that is off", [options("off")], "allowed", "allowed"],
    ["without a mode", [options(undefined)], "allowed", "allowed"],
    ["whose mode is not known", [options(unknown)], "unknown", "unknown"],
    ["of both directions", [options(both)], "blocked", "blocked"],
    ["of ingress", [options("block-ingress")], "blocked", "allowed"],
    ["in another region", [options(both, { region: "eu-west-2" })], "allowed", "allowed"],
    ["in a region that is a secret", [options(both, { region: secretText })], "unknown", "unknown"],
    ["in no region", [withoutRegion], "unknown", "unknown"],
    [
      "with the VPC excluded",
      [options(both), exclusion("allow-bidirectional", { vpcId: "vpc-1" })],
      "allowed",
      "allowed",
    ],
    [
      "with the subnet excluded",
      [options(both), exclusion("allow-bidirectional", { subnetId: "subnet-1" })],
      "allowed",
      "allowed",
    ],
    [
      "with the egress of the subnet excluded",
      [options(both), exclusion("allow-egress", { subnetId: "subnet-1" })],
      "allowed",
      "allowed",
    ],
    [
      "of ingress, with the egress of the subnet excluded",
      [options("block-ingress"), exclusion("allow-egress", { subnetId: "subnet-1" })],
      "unknown",
      "allowed",
    ],
    [
      "with another subnet excluded",
      [options(both), exclusion("allow-bidirectional", { subnetId: "subnet-2" })],
      "blocked",
      "blocked",
    ],
    [
      "with an exclusion that is not known",
      [options(both), exclusion("allow-bidirectional", { vpcId: unknown })],
      "unknown",
      "unknown",
    ],
    [
      "with an exclusion in a mode that is not known",
      [options(both), exclusion(unknown, { vpcId: "vpc-1" })],
      "unknown",
      "unknown",
    ],
  ];
  for (const [what, resources, direct, throughNat] of cases) {
    it(`${what} is ${direct} for an internet gateway and ${throughNat} for a NAT gateway`, () => {
      strictEqual(access(resources, false), direct);
      strictEqual(access(resources, true), throughNat);
    });
  }

  it("is not known where the region of the subnet is not", () => {
    const somewhere = resource("aws:ec2/subnet:Subnet", "subnet", { id: "subnet-1", vpcId: "vpc-1" });
    strictEqual(access([options(both)], false, somewhere), "unknown");
    strictEqual(access([withoutRegion], false, somewhere), "unknown");
  });

  it("is not known for a subnet that is not in the stack", () => {
    const stack = new Stack([options(both)]);
    const foreign = subnetOf(stack, { is: "outside", id: "subnet-9" });
    strictEqual(publicAccess(stack, [foreign], true).is, "unknown");
  });
});
