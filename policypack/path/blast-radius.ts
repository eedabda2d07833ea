import type { StackResource } from "../stack/resource";
import type { Stack } from "../stack/stack";
import { subnetOf } from "../stack/network";
import { type FleetPath, hopsInOrder, pathsOf } from "./fleet-path";
import type { Hop, HopVerdict } from "./hop";

/** A hop of another stack's fleet that is blocked at a resource of this stack. */
export interface ClosedHop {
  readonly path: FleetPath;
  readonly hop: Hop;
  readonly verdict: HopVerdict;
  /** The resource of this stack that closes it. */
  readonly at: StackResource;
  /** What the hop was before the update; `undefined` where nothing shows that. */
  readonly before: HopVerdict["verdict"] | undefined;
}

/**
 * The hops of fleets in the context that are blocked at a resource of this stack.
 *
 * @param before this stack before the update, with the same context
 */
export function closedHops(stack: Stack, before: Stack | undefined): ClosedHop[] {
  const earlier = new Map((before ? pathsOf(before) : []).map((path) => [path.fleet.resource.urn, path]));
  return pathsOf(stack)
    .filter(({ fleet }) => fleet.resource.isContext)
    .flatMap((path) =>
      hopsInOrder(path)
        .filter(({ verdict }) => verdict.verdict === "blocked")
        .flatMap(({ hop, verdict }): ClosedHop[] => {
          const was = earlier.get(path.fleet.resource.urn)?.hops[hop].verdict;
          const at = placeOf(stack, path, verdict, was !== undefined && was !== "blocked");
          return at ? [{ path, hop, verdict, at, before: was }] : [];
        }),
    );
}

/**
 * Where it was found, if that is in this stack; else the part of the fleet's network that is. What a change of this stack
 * surely closes is at some resource of it, whichever was found.
 */
function placeOf(
  stack: Stack,
  { fleet }: FleetPath,
  { evidence }: HopVerdict,
  isByThisStack: boolean,
): StackResource | undefined {
  const isOwn = (resource: StackResource | undefined) => resource !== undefined && !resource.isContext;
  if (isOwn(evidence?.resource)) return evidence!.resource;
  if (!isByThisStack) return undefined;
  const parts = fleet.subnets.flatMap((target) => {
    const subnet = subnetOf(stack, target);
    return [
      subnet.routeTable?.resource,
      subnet.resource,
      subnet.vpc?.is === "resource" ? subnet.vpc.resource : undefined,
    ];
  });
  return parts.find(isOwn) ?? stack.resources.find(isOwn);
}
