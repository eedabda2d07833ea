import { type AddressRange, readBlock } from "./addresses";
import { endpointOf } from "./endpoints";
import { isOf } from "./kinds";
import { type Reading, elementsOf, known, readText } from "./reading";
import { type StackResource, given } from "./resource";
import type { Stack } from "./stack";

/** The addresses of a prefix list, as far as a stack shows them. */
export type PrefixList =
  /** A customer-managed list, with its IPv4 blocks. */
  | { readonly is: "blocks"; readonly blocks: readonly AddressRange[]; readonly isPartial: boolean }
  /** The AWS-managed list of a service that has gateway endpoints; `undefined` where it is not known which. */
  | { readonly is: "service"; readonly service: string | undefined }
  | { readonly is: "unknown" };

/**
 * The prefix list that a reference leads to. AWS-managed lists are known by the gateway endpoints that name them, the
 * same for all endpoints of one service.
 */
export function prefixListBehind(stack: Stack, reference: Reading, from: StackResource, property: string): PrefixList {
  const sources = (from.propertyDependencies?.[property] ?? []).filter(
    (one) => isOf("vpcEndpoint", one) || isOf("prefixList", one),
  );
  if (reference.is === "known" || sources.every((one) => isOf("prefixList", one))) {
    const list = stack.follow(reference, from, property, "prefixList");
    if (list?.is === "resource") return blocksOf(stack, list.resource);
  }
  if (reference.is === "known") return stack.derive(listsOfServices).get(reference.value) ?? { is: "unknown" };
  if (sources.length === 0 || sources.some((one) => !isOf("vpcEndpoint", one))) return { is: "unknown" };
  const services = new Set(sources.map((endpoint) => known(endpointOf(endpoint).service)));
  return { is: "service", service: services.size === 1 ? [...services][0] : undefined };
}

/** The lists of gateway endpoints by their ids. */
function listsOfServices(stack: Stack): ReadonlyMap<unknown, PrefixList> {
  return new Map(
    stack.of("vpcEndpoint").flatMap((endpoint) => {
      const id = known(readText(endpoint.props, "prefixListId"));
      return id === undefined ? [] : [[id, { is: "service", service: known(endpointOf(endpoint).service) }] as const];
    }),
  );
}

/** Of a customer-managed list, by its own inputs and by resources for its entries. */
function blocksOf(stack: Stack, list: StackResource): PrefixList {
  const own = elementsOf(given(list, "entries")).map((entry) => readText(known(entry), "cidr"));
  const added = stack.of("prefixListEntry").flatMap((entry) => {
    const of = stack.followProperty(entry, "prefixListId", "prefixList");
    if (of?.is === "outside" || (of?.is === "resource" && of.resource.urn !== list.urn)) return [];
    return [of?.is === "resource" ? readText(entry.props, "cidr") : ({ is: "unknown" } as const)];
  });
  const entries = [...own, ...added].map(known).filter((cidr) => !cidr?.includes(":"));
  const blocks = entries.map((cidr) => (cidr === undefined ? undefined : readBlock(cidr)));
  return {
    is: "blocks",
    blocks: blocks.filter((block) => block !== undefined),
    isPartial: blocks.includes(undefined),
  };
}
