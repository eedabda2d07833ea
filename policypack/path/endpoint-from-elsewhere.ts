import { notOwned } from "../stack/ownership";
import type { Target } from "../stack/stack";
import type { ServiceEgress } from "./egress";

/** What a service may be reached by where this stack does not create the VPC or the route table. */
export function endpointFromElsewhere(
  service: string,
  parts: readonly (Target | undefined)[],
): ServiceEgress | undefined {
  const foreign = notOwned(parts);
  if (foreign === undefined) return undefined;
  return {
    is: "unknown",
    because: `whether ${foreign}, has an endpoint for \`${service}\``,
    evidence: undefined,
    fix: `Create the endpoint for \`${service}\` in this stack, or check that it exists.`,
  };
}
