import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type EndpointService,
  type Region,
  controlPlaneServices,
  endpointServiceName,
  serviceHostName,
} from "patchpath/facts";
import { blockInName } from "../network/subnet-layout";
import type { SubnetsLike } from "../network/subnets";
import { type StatementsByService, interfaceEndpointPolicy } from "./interface-endpoint-policy";

export interface CentralEndpointsArgs {
  /** Subnets of the shared-services VPC. Each endpoint has one address in each of them. */
  readonly subnets: SubnetsLike;
  /** Plain, since the names of services and zones depend on it. */
  readonly region: Region;
  /** IPv4 blocks of the spokes, which are allowed to connect on 443. Plain, since they determine the number of rules. */
  readonly spokeCidrBlocks: readonly string[];
  /**
   * Services in addition to `ssm` and `ssmmessages`. Plain, since they determine which endpoints are created.
   *
   * @default - none
   */
  readonly optionalServices?: readonly EndpointService[];
  /**
   * Additional statements for the policies of the interface endpoints, by service.
   *
   * @default - none
   */
  readonly interfaceStatements?: StatementsByService;
  /**
   * VPC ids of the spokes in this account to associate with the hosted zones. Each key is a name, and part of the names of
   * resources.
   *
   * @default - none: each spoke associates itself
   */
  readonly spokeVpcIds?: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * VPC ids of spokes in other accounts that are authorized to associate themselves. Each key is a name.
   *
   * @default - none
   */
  readonly authorizedVpcIds?: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * Tags of every resource.
   *
   * @default - only `Name`
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Interface endpoints that many VPCs share. Private DNS is off, since it would resolve in the endpoints' own VPC only. Instead,
 * each service has a private hosted zone with an alias for the endpoint, which resolves in every associated VPC. The connection
 * of the VPCs, and the routes between them, are created elsewhere.
 */
export class CentralEndpoints extends pulumi.ComponentResource {
  /** By the short name of the service. Spokes pass this as `hostedZoneIds`. */
  readonly hostedZoneIds: Readonly<Partial<Record<EndpointService, pulumi.Output<string>>>>;
  /** By the short name of the service. */
  readonly endpointIds: Readonly<Partial<Record<EndpointService, pulumi.Output<string>>>>;
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: CentralEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:endpoints:CentralEndpoints", name, {}, opts);

    const { subnets, region, spokeVpcIds = {}, authorizedVpcIds = {} } = args;
    const inComponent = { parent: this };
    const services = [...new Set<EndpointService>([...controlPlaneServices, ...(args.optionalServices ?? [])])];

    const securityGroup = createSecurityGroup();
    for (const block of args.spokeCidrBlocks) allowSpoke(block);
    const endpoints = services.map((service) => [service, createEndpoint(service)] as const);
    const zones = endpoints.map(([service, endpoint]) => [service, createZone(service, endpoint)] as const);

    this.endpointIds = Object.fromEntries(endpoints.map(([service, { id }]) => [service, id]));
    this.hostedZoneIds = Object.fromEntries(zones.map(([service, { zoneId }]) => [service, zoneId]));
    this.securityGroupId = securityGroup.id;
    this.registerOutputs({ endpointIds: this.endpointIds, hostedZoneIds: this.hostedZoneIds });

    function tagged(resourceName: string) {
      return { ...args.tags, Name: resourceName };
    }

    function createSecurityGroup(): aws.ec2.SecurityGroup {
      return new aws.ec2.SecurityGroup(
        `${name}-interface`,
        {
          vpcId: subnets.vpcId,
          description: "Central interface endpoints: 443 from the spokes",
          tags: tagged(`${name}-interface`),
        },
        inComponent,
      );
    }

    function allowSpoke(cidrIpv4: string): void {
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-from-spoke-${blockInName(cidrIpv4)}`,
        {
          securityGroupId: securityGroup.id,
          cidrIpv4,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          description: "From a spoke",
        },
        inComponent,
      );
    }

    function createEndpoint(service: EndpointService): aws.ec2.VpcEndpoint {
      const endpointName = `${name}-${service}`;
      return new aws.ec2.VpcEndpoint(
        endpointName,
        {
          vpcId: subnets.vpcId,
          vpcEndpointType: "Interface",
          serviceName: endpointServiceName(service, region),
          privateDnsEnabled: false,
          subnetIds: [...subnets.subnetIds],
          securityGroupIds: [securityGroup.id],
          policy: JSON.stringify(interfaceEndpointPolicy(service, args.interfaceStatements?.[service])),
          tags: tagged(endpointName),
        },
        inComponent,
      );
    }

    function createZone(service: EndpointService, endpoint: aws.ec2.VpcEndpoint): aws.route53.Zone {
      const zoneName = `${name}-${service}`;
      const zone = new aws.route53.Zone(
        zoneName,
        { name: serviceHostName(service, region), vpcs: [{ vpcId: subnets.vpcId }], tags: tagged(zoneName) },
        // Associations are separate resources, here and in the spokes' stacks. Without this, the zone would remove them.
        { ...inComponent, ignoreChanges: ["vpcs"] },
      );
      const own = endpoint.dnsEntries.apply(([regional]) => regional!);
      new aws.route53.Record(
        zoneName,
        {
          zoneId: zone.zoneId,
          name: serviceHostName(service, region),
          type: "A",
          aliases: [{ name: own.dnsName, zoneId: own.hostedZoneId, evaluateTargetHealth: false }],
        },
        inComponent,
      );
      for (const [spoke, vpcId] of Object.entries(spokeVpcIds)) {
        new aws.route53.ZoneAssociation(`${zoneName}-of-${spoke}`, { zoneId: zone.zoneId, vpcId }, inComponent);
      }
      for (const [spoke, vpcId] of Object.entries(authorizedVpcIds)) {
        new aws.route53.VpcAssociationAuthorization(
          `${zoneName}-for-${spoke}`,
          { zoneId: zone.zoneId, vpcId },
          inComponent,
        );
      }
      return zone;
    }
  }
}
