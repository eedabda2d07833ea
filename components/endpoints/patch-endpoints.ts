import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Region, controlPlaneServices, endpointServiceName } from "patchpath/facts";
import type { PrivateNetworkLike } from "../network/private-network";
import { s3EndpointPolicy } from "./s3-endpoint-policy";

export interface PatchEndpointsArgs {
  /** Where the endpoints are put. */
  readonly network: PrivateNetworkLike;
  /** Plain, since the names in the endpoint policy follow from it, and that must be known at preview. */
  readonly region: Region;
  /**
   * Tags of every resource.
   *
   * @default - none but `Name`
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * What patching needs in place of the internet: interface endpoints for the SSM agent with private DNS names, and the
 * S3 gateway endpoint, which carries the payload, the baseline snapshot and the package repositories.
 */
export class PatchEndpoints extends pulumi.ComponentResource {
  /** The group of the interface endpoints. It admits nobody yet: each fleet adds itself. */
  readonly securityGroupId: pulumi.Output<string>;
  /** Ids of the interface endpoints, by the service's short name. */
  readonly interfaceEndpointIds: Readonly<Record<string, pulumi.Output<string>>>;
  readonly s3EndpointId: pulumi.Output<string>;
  /** S3's addresses in this region, for the egress rules of security groups. */
  readonly s3PrefixListId: pulumi.Output<string>;

  constructor(name: string, args: PatchEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:endpoints:PatchEndpoints", name, {}, opts);

    const { network, region } = args;
    const inComponent = { parent: this };

    const securityGroup = createSecurityGroup();
    const interfaceEndpoints = controlPlaneServices.map(createInterfaceEndpoint);
    const s3Endpoint = createS3Endpoint();

    this.securityGroupId = securityGroup.id;
    this.interfaceEndpointIds = Object.fromEntries(
      controlPlaneServices.map((service, i) => [service, interfaceEndpoints[i]!.id]),
    );
    this.s3EndpointId = s3Endpoint.id;
    this.s3PrefixListId = s3Endpoint.prefixListId;
    this.registerOutputs({
      securityGroupId: this.securityGroupId,
      interfaceEndpointIds: this.interfaceEndpointIds,
      s3EndpointId: this.s3EndpointId,
    });

    function tagged(resourceName: string) {
      return { ...args.tags, Name: resourceName };
    }

    function createSecurityGroup(): aws.ec2.SecurityGroup {
      const groupName = `${name}-interface`;
      return new aws.ec2.SecurityGroup(
        groupName,
        {
          vpcId: network.vpcId,
          description: "Interface endpoints of Systems Manager: 443 from the fleets",
          tags: tagged(groupName),
        },
        inComponent,
      );
    }

    function createInterfaceEndpoint(service: string): aws.ec2.VpcEndpoint {
      const endpointName = `${name}-${service}`;
      return new aws.ec2.VpcEndpoint(
        endpointName,
        {
          vpcId: network.vpcId,
          vpcEndpointType: "Interface",
          serviceName: endpointServiceName(service, region),
          privateDnsEnabled: true,
          subnetIds: [...network.subnetIds],
          securityGroupIds: [securityGroup.id],
          tags: tagged(endpointName),
        },
        inComponent,
      );
    }

    function createS3Endpoint(): aws.ec2.VpcEndpoint {
      const endpointName = `${name}-s3`;
      const { accountId } = aws.getCallerIdentityOutput({}, inComponent);
      return new aws.ec2.VpcEndpoint(
        endpointName,
        {
          vpcId: network.vpcId,
          vpcEndpointType: "Gateway",
          serviceName: endpointServiceName("s3", region),
          routeTableIds: [...network.routeTableIds],
          policy: accountId.apply((account) => JSON.stringify(s3EndpointPolicy(region, account))),
          tags: tagged(endpointName),
        },
        inComponent,
      );
    }
  }
}
