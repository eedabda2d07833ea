import type { Subnet } from "./network";
import { asText, known, read } from "./reading";
import { type StackResource, given, regionOf } from "./resource";
import { Stack } from "./stack";

/** What VPC Block Public Access does to traffic to an internet gateway. */
export type PublicAccess =
  | { readonly is: "allowed" }
  | { readonly is: "blocked"; readonly by: StackResource }
  | { readonly is: "unknown"; readonly by: StackResource };

/**
 * VPC Block Public Access is a setting of an account and Region. `block-bidirectional` blocks all traffic of internet
 * gateways, that of NAT gateways too; `block-ingress` allows that of NAT gateways only. A VPC or subnet that is excluded is
 * exempt; an exclusion with `allow-egress` applies to `block-bidirectional` only. Sources:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcBlockPublicAccessOptions.html,
 * API_VpcBlockPublicAccessExclusion.html there, and https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html,
 * checked 2026-11-28. Whether traffic through a NAT gateway is exempt where only one of the two subnets is excluded, these do
 * not say: it is unknown.
 *
 * @param subnets those that the traffic passes, of the instances and of the NAT gateways
 */
export function publicAccess(stack: Stack, subnets: readonly Subnet[], isThroughNat: boolean): PublicAccess {
  const [own] = subnets;
  const region = own?.resource && regionOf(own.resource);
  for (const by of stack.of("publicAccessOptions")) {
    const where = regionOf(by);
    if (where !== undefined && region !== undefined && where !== region) continue;
    const mode = asText(given(by, "internetGatewayBlockMode"));
    if (mode.is === "unknown") return { is: "unknown", by };
    if (!["block-bidirectional", "block-ingress"].includes(known(mode) ?? "")) continue;
    const isIngress = known(mode) === "block-ingress";
    if (isIngress && isThroughNat) continue;
    const excluded = subnets.map((subnet) => isExcluded(stack, subnet, isIngress));
    if (excluded.every((one) => one === true)) continue;
    const isSure = where !== undefined && where === region && excluded.every((one) => one === false);
    return { is: isSure ? "blocked" : "unknown", by };
  }
  return { is: "allowed" };
}

/** Whether a subnet or its VPC is excluded; `undefined` where that is not known. */
function isExcluded(stack: Stack, { resource, vpc }: Subnet, isIngress: boolean): boolean | undefined {
  if (!resource) return undefined;
  const found = stack.of("publicAccessExclusion").map((exclusion) => {
    const same = [
      Stack.same(stack.followProperty(exclusion, "subnetId", "subnet"), { is: "resource", resource }),
      Stack.same(stack.followProperty(exclusion, "vpcId", "vpc"), vpc),
    ];
    if (!same.includes(true)) return same.includes(undefined) ? undefined : false;
    const mode = known(read(exclusion.props, "internetGatewayExclusionMode"));
    return mode === "allow-bidirectional" || (mode === "allow-egress" && !isIngress) ? true : undefined;
  });
  if (found.includes(true)) return true;
  return found.includes(undefined) ? undefined : false;
}
