import type { PlacedEndpoint } from "../stack/endpoints";
import type { Subnet } from "../stack/network";
import type { Evidence, HopVerdict } from "./hop";

/** How a subnet reaches the internet. */
export type InternetEgress =
  | {
      readonly is: "open";
      readonly by: string;
      readonly evidence: Evidence;
      /** The subnets of the NAT gateways that traffic passes. */
      readonly natSubnets: readonly Subnet[];
    }
  | { readonly is: "none"; readonly because: string; readonly evidence: Evidence | undefined }
  | { readonly is: "unknown"; readonly because: string; readonly evidence: Evidence | undefined };

/** How a subnet reaches a service: by an endpoint, or else as it reaches the internet. */
export type ServiceEgress =
  | {
      readonly is: "endpoint";
      readonly endpoint: PlacedEndpoint;
      /** Whether traffic reaches it, where it is in another VPC or routes lead elsewhere. */
      readonly transit?: HopVerdict;
    }
  | {
      readonly is: "internet";
      readonly internet: InternetEgress;
      /** S3 gateway endpoints in the subnets of the NAT gateways: whether NAT traffic goes through them is not documented. */
      readonly beyondNat?: readonly PlacedEndpoint[];
    }
  | {
      readonly is: "unknown";
      readonly because: string;
      readonly evidence: Evidence | undefined;
      /** One remedy, as a sentence. */
      readonly fix?: string;
      /** Whether it is also unknown what the service's name resolves to. */
      readonly isAboutName?: boolean;
    };

/** The paths out of one subnet of a fleet. */
export interface SubnetEgress {
  readonly subnet: Subnet;
  readonly internet: InternetEgress;
  readonly s3: ServiceEgress;
  /** To the SSM services, by short name. */
  readonly services: Readonly<Record<string, ServiceEgress>>;
}
