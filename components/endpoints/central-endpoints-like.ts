import type * as pulumi from "@pulumi/pulumi";
import { type EndpointService, controlPlaneServices } from "patchpath/facts";

/** Interface endpoints in one VPC that serve other VPCs, with private hosted zones for the names of the services. */
export interface CentralEndpointsLike {
  /** IPv4 blocks of their subnets: security groups allow 443 to these. Plain, since they determine the number of rules. */
  readonly cidrBlocks: readonly string[];
  /**
   * Services with an endpoint there. Plain, since they determine which endpoints are created.
   *
   * @default - all services that are required
   */
  readonly services?: readonly EndpointService[] | undefined;
  /**
   * Their hosted zones, for a VPC that is not associated with them yet. If a zone is in another account, it must authorize the VPC.
   *
   * @default - none: the hub associates the VPC, through zones or a Route 53 profile
   */
  readonly hostedZoneIds?: Readonly<Partial<Record<EndpointService, pulumi.Input<string>>>> | undefined;
  /**
   * The transit gateway that leads there. A VPC that the stack creates is attached to it, and gets the routes.
   *
   * @default - none
   */
  readonly transitGatewayId?: pulumi.Input<string> | undefined;
  /**
   * Their VPC, in this account and region. A VPC that the stack creates is peered with it, and gets the routes.
   *
   * @default - none
   */
  readonly peerVpcId?: pulumi.Input<string> | undefined;
}

/** The services whose interface endpoints a stack requires: those in its own VPC, and the central ones. */
export function dividedServices(
  optional: readonly EndpointService[],
  central: Pick<CentralEndpointsLike, "services"> | undefined,
): { readonly own: readonly EndpointService[]; readonly central: readonly EndpointService[] } {
  const needed = [...new Set([...controlPlaneServices, ...optional])];
  const isCentral = (service: EndpointService) =>
    central !== undefined && (central.services?.includes(service) ?? true);
  return { own: needed.filter((service) => !isCentral(service)), central: needed.filter(isCentral) };
}
