import { type PlacedEndpoint, endpointsOf } from "../stack/endpoints";
import { known } from "../stack/reading";
import { routeTableBehind } from "../stack/route-tables";
import type { Stack } from "../stack/stack";
import type { InternetEgress } from "./egress";

/** The endpoints that may be S3 gateway endpoints, in the order of the stack. */
function s3Gateways(stack: Stack): readonly PlacedEndpoint[] {
  return endpointsOf(stack).filter(
    ({ service, type }) =>
      (service.is === "unknown" || known(service) === "s3") && (type === "Gateway" || type === "unknown"),
  );
}

/** The first S3 gateway endpoint on each route table, by the URN of the table's resource. */
export function s3GatewaysByTable(stack: Stack): ReadonlyMap<string, PlacedEndpoint> {
  const byTable = new Map<string, PlacedEndpoint>();
  for (const endpoint of stack.derive(s3Gateways)) {
    if (endpoint.service.is !== "known") continue;
    for (const target of endpoint.routeTables) {
      const table = routeTableBehind(stack, target)?.resource.urn;
      if (table !== undefined && !byTable.has(table)) byTable.set(table, endpoint);
    }
  }
  return byTable;
}

/** A gateway endpoint that may be S3's, on tables that are not known, or for a service that is not. */
export function doubtfulS3Gateway(stack: Stack): PlacedEndpoint | undefined {
  return stack
    .derive(s3Gateways)
    .find(
      ({ routeTables, service }) =>
        routeTables.some(({ is }) => is === "unknown") || (service.is === "unknown" && routeTables.length > 0),
    );
}

/** The S3 gateway endpoints on the route tables by which NAT gateways send what they forward. */
export function gatewaysBeyondNat(stack: Stack, internet: InternetEgress): readonly PlacedEndpoint[] {
  if (internet.is !== "open") return [];
  const byTable = stack.derive(s3GatewaysByTable);
  return internet.natSubnets.flatMap(({ routeTable }) => byTable.get(routeTable?.resource.urn ?? "") ?? []);
}
