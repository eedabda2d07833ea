import { controlPlaneServices, optionalServices } from "../facts/endpoints";
import { type PlacedEndpoint, endpointsOf } from "./endpoints";
import { type Reading, known, readText } from "./reading";
import { type StackResource, regionOf } from "./resource";
import type { Stack } from "./stack";
import { wsusServersOf } from "./wsus-servers";

/** What is billed by the hour on the patch path, in one region. */
export interface BilledInRegion {
  /** `undefined` where it is not known. */
  readonly region: string | undefined;
  /** With a public address: private NAT gateways do not reach a source of patches. */
  readonly natGateways: readonly StackResource[];
  /** Interface endpoints of the services that patching uses, and those of a service not known yet. */
  readonly endpoints: readonly PlacedEndpoint[];
  /** Instance types of WSUS servers. */
  readonly wsusServers: readonly Reading<string>[];
}

const services: readonly string[] = [...controlPlaneServices, ...Object.keys(optionalServices), "s3"];

/** By region, those without anything billed left out. */
export function billedParts(stack: Stack): BilledInRegion[] {
  const natGateways = stack
    .of("natGateway")
    .filter(({ props, isContext }) => !isContext && known(readText(props, "connectivityType")) !== "private");
  const endpoints = endpointsOf(stack).filter(
    ({ resource, type, service }) =>
      !resource.isContext &&
      type === "Interface" &&
      (service.is === "unknown" || services.includes(known(service) ?? "")),
  );
  const servers = wsusServersOf(stack).filter(({ resource }) => !resource.isContext);
  const found = [
    ...natGateways,
    ...endpoints.map(({ resource }) => resource),
    ...servers.map(({ resource }) => resource),
  ];
  return [...new Set(found.map(regionOf))].map((region) => ({
    region,
    natGateways: natGateways.filter((one) => regionOf(one) === region),
    endpoints: endpoints.filter(({ resource }) => regionOf(resource) === region),
    wsusServers: servers
      .filter(({ resource }) => regionOf(resource) === region)
      .map(({ instanceType }) => instanceType),
  }));
}
