import type { AddressRange } from "../stack/addresses";
import type { PlacedEndpoint } from "../stack/endpoints";
import type { Subnet } from "../stack/network";
import type { Target } from "../stack/stack";
import type { ServiceWay, SubnetWays } from "./way";

/** One connection of a fleet, as security groups and network ACLs see it. */
export interface Leg {
  readonly from: Subnet;
  /** TCP. */
  readonly port: number;
  readonly to:
    | { readonly is: "interface endpoint"; readonly endpoint: PlacedEndpoint }
    | { readonly is: "S3 gateway endpoint"; readonly endpoint: PlacedEndpoint }
    | { readonly is: "internet"; readonly natSubnet: Subnet | undefined }
    | { readonly is: "server"; readonly server: Server };
}

/** A machine that other machines connect to. */
export interface Server {
  /** In words, as messages have it. */
  readonly name: string;
  readonly subnet: Subnet;
  /** Empty: the VPC's default group. */
  readonly securityGroups: readonly Target[];
  /** The range that its address is in; `undefined` while it is not known. */
  readonly range: AddressRange | undefined;
}

const https = 443;

/** The legs to Systems Manager, S3 and the internet that have a route; a missing route is reported by its own hop. */
export function legsOf(ways: readonly SubnetWays[], needsInternet: boolean): Leg[] {
  return ways.flatMap((way) => {
    const services: readonly ServiceWay[] = [...Object.values(way.services), way.s3];
    const byEndpoint = services.flatMap((service): Leg[] => {
      if (service.is !== "endpoint") return [];
      const isGateway = service === way.s3 && service.endpoint.type !== "Interface";
      const is = isGateway ? "S3 gateway endpoint" : "interface endpoint";
      return [{ from: way.subnet, port: https, to: { is, endpoint: service.endpoint } }];
    });
    const throughInternet = services.flatMap((service) => (service.is === "internet" ? [service.internet] : []));
    const internet = [...throughInternet, ...(needsInternet ? [way.internet] : [])].find(({ is }) => is === "open");
    if (internet?.is !== "open") return byEndpoint;
    return [...byEndpoint, { from: way.subnet, port: https, to: { is: "internet", natSubnet: internet.natSubnet } }];
  });
}
