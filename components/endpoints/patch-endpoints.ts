import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type EndpointService, type Region, endpointServiceName } from "patchpath/facts";
import type { FoundEndpoints, FoundS3Endpoint } from "../network/existing-network";
import type { SubnetsLike } from "../network/subnets";
import { type CentralEndpointsLike, dividedServices } from "./central-endpoints-like";
import { interfaceEndpointPolicy } from "./interface-endpoint-policy";
import type { PolicyStatement } from "./policy-document";
import { s3EndpointPolicy } from "./s3-endpoint-policy";
import type { TrustBoundary, trustBoundaries } from "./trust-boundary";

export interface PatchEndpointsArgs {
  /** Where the interface endpoints are put: one address in each subnet. */
  readonly subnets: SubnetsLike;
  /** Route tables that get the S3 endpoint: those of every subnet with a fleet or a WSUS server. */
  readonly routeTableIds: readonly pulumi.Input<string>[];
  /** Plain, since the names in the endpoint policy follow from it, and that must be known at preview. */
  readonly region: Region;
  /**
   * Services beyond `ssm` and `ssmmessages` that a feature in use needs. Plain, since they decide what there is.
   *
   * @default - none
   */
  readonly optionalServices?: readonly EndpointService[];
  /**
   * Endpoints that are there already: they are used as they are, and only what is missing is made.
   *
   * @default - none
   */
  readonly found?: FoundEndpoints | undefined;
  /**
   * Interface endpoints of another VPC: none is made for their services.
   *
   * @default - none
   */
  readonly central?: Pick<CentralEndpointsLike, "services"> | undefined;
  /**
   * Whether there are interface endpoints. Without them NAT must carry what the agent says.
   *
   * @default true
   */
  readonly interfaceEndpoints?: boolean;
  /**
   * Whether the S3 endpoint carries IPv6 too, as dual-stack subnets need it: dnf and yum ask names that have both kinds of
   * addresses. The agent's names have IPv4 only, and so have the interface endpoints.
   *
   * @default false
   */
  readonly dualStack?: boolean | undefined;
  /**
   * Whose signed requests the S3 endpoint admits. `vpc` is the one boundary whose document is unknown at the first
   * preview, since the VPC's id is.
   *
   * @default account
   */
  readonly trustBoundary?: (typeof trustBoundaries)[number];
  /**
   * Id of the organization, for the trust boundary `organization`.
   *
   * @default - that of the account, looked up
   */
  readonly organizationId?: pulumi.Input<string> | undefined;
  /**
   * Statements added to the S3 endpoint's policy.
   *
   * @default - none
   */
  readonly s3Statements?: readonly PolicyStatement[];
  /**
   * Tags of every resource.
   *
   * @default - none but `Name`
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What holds where an argument is left out; the stack config has the same. */
export const endpointDefaults = {
  interfaceEndpoints: true,
  trustBoundary: "account",
} as const satisfies Partial<PatchEndpointsArgs>;

/**
 * What patching needs in place of the internet: interface endpoints for the SSM agent with private DNS names, and the
 * S3 gateway endpoint, which carries the payload, the baseline snapshot and the package repositories.
 */
export class PatchEndpoints extends pulumi.ComponentResource {
  /** The groups of the interface endpoints. Ours admits nobody yet: each fleet adds itself. Empty without endpoints. */
  readonly securityGroupIds: readonly pulumi.Output<string>[];
  /** Of these the one that is made here: others' groups admit whom their owners want. */
  readonly ownSecurityGroupIds: readonly pulumi.Output<string>[];
  /** Ids of the interface endpoints, by the service's short name. */
  readonly interfaceEndpointIds: Readonly<Record<string, pulumi.Output<string>>>;
  readonly s3EndpointId: pulumi.Output<string>;
  /** S3's addresses in this region, for the egress rules of security groups. */
  readonly s3PrefixListId: pulumi.Output<string>;

  constructor(name: string, args: PatchEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:endpoints:PatchEndpoints", name, {}, opts);

    const { subnets, region, optionalServices = [] } = args;
    const { interfaceEndpoints, trustBoundary } = { ...endpointDefaults, ...args };
    const inComponent = { parent: this };
    const services = interfaceEndpoints ? dividedServices(optionalServices, args.central).own : [];
    const isMissing = (service: EndpointService) => args.found?.interfaces[service] === undefined;

    const securityGroup = services.some(isMissing) ? createSecurityGroup() : undefined;
    const endpoints = services.map(
      (service) => [service, foundId(service) ?? createInterfaceEndpoint(service)] as const,
    );
    const s3Endpoint = args.found?.s3 ? routeTo(args.found.s3) : createS3Endpoint();

    this.ownSecurityGroupIds = securityGroup ? [securityGroup.id] : [];
    this.securityGroupIds = [...this.ownSecurityGroupIds, ...foundGroups()];
    this.interfaceEndpointIds = Object.fromEntries(endpoints);
    this.s3EndpointId = pulumi.output(s3Endpoint.id);
    this.s3PrefixListId = pulumi.output(s3Endpoint.prefixListId);
    this.registerOutputs({
      securityGroupIds: this.securityGroupIds,
      interfaceEndpointIds: this.interfaceEndpointIds,
      s3EndpointId: this.s3EndpointId,
    });

    function tagged(resourceName: string) {
      return { ...args.tags, Name: resourceName };
    }

    function resolveTrust(): pulumi.Output<TrustBoundary> {
      switch (trustBoundary) {
        case "account":
          return aws
            .getCallerIdentityOutput({}, inComponent)
            .accountId.apply((accountId) => ({ boundary: trustBoundary, accountId }));
        case "organization":
          return pulumi
            .output(args.organizationId ?? aws.organizations.getOrganizationOutput({}, inComponent).id)
            .apply((organizationId) => ({ boundary: trustBoundary, organizationId }));
        case "vpc":
          return pulumi.output(subnets.vpcId).apply((vpcId) => ({ boundary: trustBoundary, vpcId }));
        case "none":
          return pulumi.output({ boundary: trustBoundary });
      }
    }

    function foundId(service: EndpointService): pulumi.Output<string> | undefined {
      const found = args.found?.interfaces[service];
      return found && pulumi.output(found.id);
    }

    function foundGroups(): pulumi.Output<string>[] {
      const groups = services.flatMap((service) => args.found?.interfaces[service]?.securityGroupIds ?? []);
      return [...new Set(groups)].map((id) => pulumi.output(id));
    }

    /** An endpoint of somebody else's gets the routes that it lacks, and keeps those that it has. */
    function routeTo(endpoint: FoundS3Endpoint): FoundS3Endpoint {
      for (const [i, routeTableId] of args.routeTableIds.entries()) {
        if (typeof routeTableId === "string" && endpoint.routeTableIds.includes(routeTableId)) continue;
        new aws.ec2.VpcEndpointRouteTableAssociation(
          `${name}-s3-${i}`,
          { vpcEndpointId: endpoint.id, routeTableId },
          inComponent,
        );
      }
      return endpoint;
    }

    function createSecurityGroup(): aws.ec2.SecurityGroup {
      const groupName = `${name}-interface`;
      return new aws.ec2.SecurityGroup(
        groupName,
        {
          vpcId: subnets.vpcId,
          description: "Interface endpoints of Systems Manager: 443 from the fleets",
          tags: tagged(groupName),
        },
        inComponent,
      );
    }

    function createInterfaceEndpoint(service: EndpointService): pulumi.Output<string> {
      const endpointName = `${name}-${service}`;
      return new aws.ec2.VpcEndpoint(
        endpointName,
        {
          vpcId: subnets.vpcId,
          vpcEndpointType: "Interface",
          serviceName: endpointServiceName(service, region),
          privateDnsEnabled: true,
          subnetIds: [...subnets.subnetIds],
          securityGroupIds: securityGroup ? [securityGroup.id] : [],
          policy: JSON.stringify(interfaceEndpointPolicy(service)),
          tags: tagged(endpointName),
        },
        inComponent,
      ).id;
    }

    function createS3Endpoint(): aws.ec2.VpcEndpoint {
      const endpointName = `${name}-s3`;
      return new aws.ec2.VpcEndpoint(
        endpointName,
        {
          vpcId: subnets.vpcId,
          vpcEndpointType: "Gateway",
          serviceName: endpointServiceName("s3", region),
          routeTableIds: [...args.routeTableIds],
          ...(args.dualStack && { ipAddressType: "dualstack" }),
          policy: resolveTrust().apply((trust) => JSON.stringify(s3EndpointPolicy(region, trust, args.s3Statements))),
          tags: tagged(endpointName),
        },
        inComponent,
      );
    }
  }
}
