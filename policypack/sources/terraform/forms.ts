import { isObject } from "../../iam/problems";
import type { Json } from "../json-parts";

/**
 * Properties in the form of version 6 of Terraform's AWS provider, whichever version wrote them. Sources: the upgrade
 * guides of versions 2 to 6, https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides, and the states in
 * test/policypack/sources/terraform/, checked 2026-11-28.
 */
export function inFormOfToday(type: string, props: Json): Json {
  const changes: Record<string, unknown> = {};
  if (type.endsWith(":Route")) Object.assign(changes, targetOf(props));
  if (Array.isArray(props["routes"])) changes["routes"] = distinct(props["routes"].map(routeOf));
  // An empty block stands for "no inline policy".
  if (Array.isArray(props["inlinePolicies"])) {
    changes["inlinePolicies"] = props["inlinePolicies"].filter((one) => !isObject(one) || Boolean(one["policy"]));
  }
  return Object.keys(changes).length === 0 ? props : { ...props, ...changes };
}

function routeOf(route: unknown): unknown {
  return isObject(route) ? { ...route, ...targetOf(route) } : route;
}

/** What a `gatewayId` is by the id in it, so that a route which a state has twice is written alike: see route-tables.ts. */
const targets: readonly (readonly [prefix: string, property: string])[] = [
  ["nat-", "natGatewayId"],
  ["tgw-", "transitGatewayId"],
  ["pcx-", "vpcPeeringConnectionId"],
  ["eni-", "networkInterfaceId"],
  ["eigw-", "egressOnlyGatewayId"],
  ["lgw-", "localGatewayId"],
  ["cagw-", "carrierGatewayId"],
];

function targetOf({ gatewayId }: Json): Json {
  if (typeof gatewayId !== "string") return {};
  const target = targets.find(([prefix]) => gatewayId.startsWith(prefix));
  return target ? { gatewayId: "", [target[1]]: gatewayId } : {};
}

/** Each route once: a table's own list and its separate routes may have the same one. */
function distinct(routes: readonly unknown[]): unknown[] {
  return [...new Map(routes.map((route) => [JSON.stringify(route), route])).values()];
}
