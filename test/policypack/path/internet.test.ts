import { strictEqual } from "node:assert/strict";
import { internetEgress } from "../../../policypack/path/internet";
import { subnetOf } from "../../../policypack/stack/network";
import { unknown } from "../rules/analyze";
import { aws, nat, plus, stack, without } from "./traps/bases";
import { firewall, to } from "./traps/routing-base";
import { type Trap, asState } from "./traps/trap";

/** The way out of the private subnet, with a route for the CIDR block of a resource that is not created yet. */
function egress(resources: Trap["resources"], of: "vpc" | "list"): string {
  const all = asState(resources);
  const route = all.resources.find(({ name }) => name === "to-later")!;
  const source = all.resources.find(({ name }) => name === of)!;
  Object.assign(route.propertyDependencies!, { destinationCidrBlock: [source] });
  const resource = all.resources.find(({ name }) => name === "private")!;
  return internetEgress(all, subnetOf(all, { is: "resource", resource }), undefined).is;
}

const list = aws("ec2/managedPrefixList:ManagedPrefixList", "list", { id: "pl-1" });
const behindNat = stack(nat, plus(to("to-later", unknown, firewall), list));

describe("a route for a CIDR block that is not known yet", () => {
  it("does not compete with the default route if the block is a VPC's, which is private", () => {
    strictEqual(egress(behindNat, "vpc"), "open");
    strictEqual(egress(behindNat, "list"), "unknown");
  });

  it("is no default route if the block is a VPC's", () => {
    strictEqual(egress(stack(behindNat, without("to-nat")), "vpc"), "none");
    strictEqual(egress(stack(behindNat, without("to-nat")), "list"), "unknown");
  });
});
