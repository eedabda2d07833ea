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
import { interfaceEndpointPolicy } from "./interface-endpoint-policy";

export interface CentralEndpointsArgs {
  /** Of the shared-services VPC: one address of each endpoint in each subnet. */
  readonly subnets: SubnetsLike;
  /** Plain, since the names of services and zones follow from it. */
  readonly region: Region;
  /** IPv4 blocks of the spokes, from which 443 is admitted. Plain, since they decide how many rules there are. */
  readonly spokeCidrBlocks: readonly string[];
  /**
   * Services beyond `ssm` and `ssmmessages`. Plain, since they decide what there is.
   *
   * @default - none
   */
  readonly optionalServices?: readonly EndpointService[];
  /**
   * Spokes of this account that are associated with the hosted zones, by a name of each, which stands in the names of
   * resources.
   *
   * @default - none: each spoke associates itself
   */
  readonly spokeVpcIds?: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * Spokes of other accounts that may associate themselves, by a name of each.
   *
   * @default - none
   */
  readonly authorizedVpcIds?: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * Tags of every resource.
   *
   * @default - none but `Name`
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Interface endpoints for many VPCs, made once: without private DNS, which would answer in their own VPC only, and with a
 * private hosted zone for each service, whose alias leads to the endpoint wherever the zone is associated. What joins the VPCs,
 * and the routes between them, are made elsewhere.
 */
export class CentralEndpoints extends pulumi.ComponentResource {
  /** By the service's short name: what spokes give as `hostedZoneIds`. */
  readonly hostedZoneIds: Readonly<Partial<Record<EndpointService, pulumi.Output<string>>>>;
  /** By the service's short name. */
  readonly endpointIds: Readonly<Partial<Record<EndpointService, pulumi.Output<string>>>>;
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: CentralEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:endpoints:CentralEndpoints", name, {}, opts);

    const { subnets, region, spokeVpcIds = {}, authorizedVpcIds = {} } = args;
    const inComponent = { parent: this };
    const services = [...new Set<EndpointService>([...controlPlaneServices, ...(args.optionalServices ?? [])])];

    const securityGroup = createSecurityGroup();
    for (const block of args.spokeCidrBlocks) admitSpoke(block);
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

    function admitSpoke(cidrIpv4: string): void {
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
          policy: JSON.stringify(interfaceEndpointPolicy(service)),
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
        // Associations are resources of their own, here and in the spokes' stacks; the zone would take them back.
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
