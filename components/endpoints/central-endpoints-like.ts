import type * as pulumi from "@pulumi/pulumi";
import { type EndpointService, controlPlaneServices } from "patchpath/facts";

/** Interface endpoints that somebody has made once, in a VPC that others reach, with hosted zones of the services' names. */
export interface CentralEndpointsLike {
  /** IPv4 blocks of the subnets that they are in: where 443 is let out to. Plain, since they decide how many rules there are. */
  readonly cidrBlocks: readonly string[];
  /**
   * Which services have one there. Plain, since they decide which endpoints are made.
   *
   * @default - all that are needed
   */
  readonly services?: readonly EndpointService[] | undefined;
  /**
   * Their hosted zones, for a VPC that is not associated with them yet. A zone of another account must have authorized the VPC.
   *
   * @default - none: the hub has associated the VPC, by zones or a Route 53 profile
   */
  readonly hostedZoneIds?: Readonly<Partial<Record<EndpointService, pulumi.Input<string>>>> | undefined;
  /**
   * The transit gateway that leads there, for a VPC that we make: it is attached, and gets the routes.
   *
   * @default - none
   */
  readonly transitGatewayId?: pulumi.Input<string> | undefined;
  /**
   * Their VPC, of this account and region, for a VPC that we make: both are peered, and ours gets the routes.
   *
   * @default - none
   */
  readonly peerVpcId?: pulumi.Input<string> | undefined;
}

/** The interface endpoints that a stack needs, by who has them. */
export function dividedServices(
  optional: readonly EndpointService[],
  central: Pick<CentralEndpointsLike, "services"> | undefined,
): { readonly own: readonly EndpointService[]; readonly central: readonly EndpointService[] } {
  const needed = [...new Set([...controlPlaneServices, ...optional])];
  const isCentral = (service: EndpointService) =>
    central !== undefined && (central.services?.includes(service) ?? true);
  return { own: needed.filter((service) => !isCentral(service)), central: needed.filter(isCentral) };
}
