import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type BucketService, type EndpointService, type Region, endpointServiceName } from "patchpath/facts";
import type { ExistingEndpoints, ExistingS3Endpoint } from "../network/existing-network";
import { blockInName } from "../network/subnet-layout";
import type { SubnetsLike } from "../network/subnets";
import { type CentralEndpointsLike, dividedServices } from "./central-endpoints-like";
import { type StatementsByService, interfaceEndpointPolicy } from "./interface-endpoint-policy";
import { actionPrefix } from "./managed-policy-statements";
import type { PolicyStatement } from "./policy-document";
import { s3EndpointPolicy } from "./s3-endpoint-policy";
import type { TrustBoundary, trustBoundaries } from "./trust-boundary";

export interface PatchEndpointsArgs {
  /** Subnets of the interface endpoints. Each endpoint has one address in each of them. */
  readonly subnets: SubnetsLike;
  /** Route tables with a route to the S3 endpoint: those of every subnet with a fleet or a WSUS server. */
  readonly routeTableIds: readonly pulumi.Input<string>[];
  /** Plain, since the endpoint policy depends on it and must be known at preview. */
  readonly region: Region;
  /**
   * Services in addition to `ssm` and `ssmmessages`, as features require them. Plain, since they determine which endpoints are
   * created.
   *
   * @default - none
   */
  readonly optionalServices?: readonly EndpointService[];
  /**
   * Existing endpoints. They are used as they are, and only missing ones are created.
   *
   * @default - none
   */
  readonly existing?: ExistingEndpoints | undefined;
  /**
   * Clients of the interface endpoints other than the fleets, in a VPC with other instances and functions: private DNS makes the
   * endpoints answer for all of them. With any, the policies allow every action of the service.
   *
   * @default - none: only the fleets, with the calls of the agent
   */
  readonly otherClients?: OtherClients | undefined;
  /**
   * Interface endpoints in another VPC. For their services, none is created here.
   *
   * @default - none
   */
  readonly central?: Pick<CentralEndpointsLike, "services"> | undefined;
  /**
   * Whether to use interface endpoints. Without them, the agent requires NAT.
   *
   * @default true
   */
  readonly interfaceEndpoints?: boolean;
  /**
   * Whether the S3 endpoint also supports IPv6. Dual-stack subnets require it, since dnf and yum use names with addresses of both
   * kinds. The names that the agent uses, and the interface endpoints, have IPv4 addresses only.
   *
   * @default false
   */
  readonly dualStack?: boolean | undefined;
  /**
   * Whose signed requests the S3 endpoint allows. With `vpc`, the policy is unknown at the first preview, since the id of the VPC
   * is not known until the update.
   *
   * @default account
   */
  readonly trustBoundary?: (typeof trustBoundaries)[number];
  /**
   * Id of the organization for the trust boundary `organization`.
   *
   * @default - the organization of the account, looked up
   */
  readonly organizationId?: pulumi.Input<string> | undefined;
  /**
   * AWS services whose buckets the S3 endpoint allows everyone to read. These reads, such as those of container image layers, are
   * not signed by the account.
   *
   * @default - none
   */
  readonly serviceBuckets?: readonly BucketService[] | undefined;
  /**
   * Additional statements for the policy of the S3 endpoint.
   *
   * @default - none
   */
  readonly s3Statements?: readonly PolicyStatement[];
  /**
   * Additional statements for the policies of the interface endpoints, by service.
   *
   * @default - none
   */
  readonly interfaceStatements?: StatementsByService;
  /**
   * Tags of every resource.
   *
   * @default - only `Name`
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Clients of interface endpoints that the stack does not create. */
export interface OtherClients {
  /** IPv4 blocks. Plain, since they determine the number of rules. */
  readonly cidrBlocks: readonly string[];
  /** Ids of security groups in the VPC. Plain, since they are part of the names of rules. */
  readonly securityGroupIds: readonly string[];
}

/** Defaults of the arguments, which the stack config shares. */
export const endpointDefaults = {
  interfaceEndpoints: true,
  trustBoundary: "account",
} as const satisfies Partial<PatchEndpointsArgs>;

/**
 * The VPC endpoints that patching uses instead of the internet: interface endpoints with private DNS names for the SSM agent, and
 * an S3 gateway endpoint for the patching script, the baseline snapshot and the package repositories.
 */
export class PatchEndpoints extends pulumi.ComponentResource {
  /** Security groups of the interface endpoints, if any. The one created here has no rules: each fleet adds its own. */
  readonly securityGroupIds: readonly pulumi.Output<string>[];
  /** The security group that is created here, if any. The rules of existing groups are left to their owners. */
  readonly ownSecurityGroupIds: readonly pulumi.Output<string>[];
  /** Ids of the interface endpoints, by the short name of the service. */
  readonly interfaceEndpointIds: Readonly<Record<string, pulumi.Output<string>>>;
  readonly s3EndpointId: pulumi.Output<string>;
  /** Prefix list of S3 in this region, for the egress rules of security groups. */
  readonly s3PrefixListId: pulumi.Output<string>;

  constructor(name: string, args: PatchEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:endpoints:PatchEndpoints", name, {}, opts);

    const { subnets, region, optionalServices = [] } = args;
    const { interfaceEndpoints, trustBoundary } = { ...endpointDefaults, ...args };
    const inComponent = { parent: this };
    const services = interfaceEndpoints ? dividedServices(optionalServices, args.central).own : [];
    const isMissing = (service: EndpointService) => args.existing?.interfaces[service] === undefined;

    const securityGroup = services.some(isMissing) ? createSecurityGroup() : undefined;
    const endpoints = services.map(
      (service) => [service, existingId(service) ?? createInterfaceEndpoint(service)] as const,
    );
    if (securityGroup) allowOtherClients(securityGroup);
    const s3Endpoint = args.existing?.s3 ? routeTo(args.existing.s3) : createS3Endpoint();

    this.ownSecurityGroupIds = securityGroup ? [securityGroup.id] : [];
    this.securityGroupIds = [...this.ownSecurityGroupIds, ...existingGroups()];
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

    function existingId(service: EndpointService): pulumi.Output<string> | undefined {
      const existing = args.existing?.interfaces[service];
      return existing && pulumi.output(existing.id);
    }

    function existingGroups(): pulumi.Output<string>[] {
      const groups = services.flatMap((service) => args.existing?.interfaces[service]?.securityGroupIds ?? []);
      return [...new Set(groups)].map((id) => pulumi.output(id));
    }

    /** Adds the missing routes to an existing endpoint, and keeps those that it has. */
    function routeTo(endpoint: ExistingS3Endpoint): ExistingS3Endpoint {
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

    function allowOtherClients({ id: securityGroupId }: aws.ec2.SecurityGroup): void {
      const { cidrBlocks = [], securityGroupIds = [] } = args.otherClients ?? {};
      const allow = (from: string, source: Partial<aws.vpc.SecurityGroupIngressRuleArgs>) =>
        new aws.vpc.SecurityGroupIngressRule(
          `${name}-from-${from}`,
          {
            securityGroupId,
            ...source,
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            description: "From other clients in the VPC, for which the endpoints answer too",
          },
          inComponent,
        );
      for (const cidrIpv4 of cidrBlocks) allow(blockInName(cidrIpv4), { cidrIpv4 });
      for (const groupId of securityGroupIds) allow(groupId, { referencedSecurityGroupId: groupId });
    }

    function statementsFor(service: EndpointService): readonly PolicyStatement[] {
      const { cidrBlocks = [], securityGroupIds = [] } = args.otherClients ?? {};
      const forAll: PolicyStatement = {
        Sid: "AllowOtherClients",
        Effect: "Allow",
        Principal: "*",
        Action: `${actionPrefix(service)}*`,
        Resource: "*",
      };
      const hasOthers = cidrBlocks.length > 0 || securityGroupIds.length > 0;
      return [...(hasOthers ? [forAll] : []), ...(args.interfaceStatements?.[service] ?? [])];
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
          policy: JSON.stringify(interfaceEndpointPolicy(service, statementsFor(service))),
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
          policy: resolveTrust().apply((trust) =>
            JSON.stringify(s3EndpointPolicy(region, trust, args.s3Statements, args.serviceBuckets)),
          ),
          tags: tagged(endpointName),
        },
        inComponent,
      );
    }
  }
}
