import { type AddressRange, type AddressSet, prefixLengthOf, sizeOf, subtract, unite, within } from "./addresses";

/**
 * What has precedence among routes of the same prefix length, the highest first. The route `local` of a VPC is last,
 * because a static route for the same block replaces its target.
 */
const precedence = ["static", "prefix list", "propagated", "local"] as const;

/** A route as the evaluator sees it. */
export interface RouteEntry<T> {
  /** CIDR blocks. */
  readonly blocks: readonly AddressRange[];
  readonly origin: (typeof precedence)[number];
  readonly target: T;
}

/** Addresses with the target that their traffic is routed to; `undefined` where no route applies. */
export interface RoutedAddresses<T> {
  readonly addresses: AddressSet;
  readonly target: T | undefined;
}

/**
 * Where a route table sends the traffic to each of some addresses: by the longest prefix; at the same length by a static
 * route before one for a prefix list before a propagated one. Source:
 * https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html, checked 2026-11-28.
 *
 * @returns the given addresses, divided by targets; the most specific routes first, and what has no route last
 */
export function routeAddresses<T>(entries: readonly RouteEntry<T>[], addresses: AddressSet): RoutedAddresses<T>[] {
  const blocks = entries
    .flatMap(({ blocks: ofEntry, origin, target }) =>
      ofEntry.map((block) => ({ block, length: prefixLengthOf(block), rank: precedence.indexOf(origin), target })),
    )
    .sort((a, b) => b.length - a.length || a.rank - b.rank);
  const routed = new Map<T, AddressRange[]>();
  let rest = addresses;
  for (const { block, target } of blocks) {
    const taken = within(rest, block);
    if (taken.length === 0) continue;
    routed.set(target, [...(routed.get(target) ?? []), ...taken]);
    rest = subtract(rest, [block]);
  }
  const parts = [...routed].map(([target, ranges]) => ({ addresses: unite(ranges), target }));
  return sizeOf(rest) > 0 ? [...parts, { addresses: rest, target: undefined }] : parts;
}
