import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

export interface ServerPaths {
  /** Security group of the server. */
  readonly securityGroupId: pulumi.Input<string>;
  /** Security groups of the interface endpoints of the VPC. */
  readonly endpointSecurityGroupIds?: readonly pulumi.Input<string>[] | undefined;
  /** IPv4 addresses of name servers in a VPC with DHCP options of its own. */
  readonly nameServers?: readonly string[];
}

/**
 * Opens what a WSUS server reaches: Microsoft Update, the name servers of its VPC, and the interface endpoints. The rules are children
 * of the component in the options.
 */
export function openServerPaths(
  name: string,
  { securityGroupId, nameServers = [], endpointSecurityGroupIds = [] }: ServerPaths,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  return [
    openEgress("443", 443, "Microsoft Update, whose addresses have no list, and AWS"),
    openEgress("80", 80, "Microsoft Update: some update files come by HTTP only"),
    ...nameServers.flatMap((server) => [
      openEgress(`dns-${server}`, 53, "Name server of the VPC", `${server}/32`, "udp"),
      openEgress(`dns-${server}-tcp`, 53, "Name server of the VPC", `${server}/32`),
    ]),
    ...endpointSecurityGroupIds.map(openEndpoints),
  ];

  function openEgress(to: string, port: number, description: string, cidrIpv4 = "0.0.0.0/0", ipProtocol = "tcp") {
    return new aws.vpc.SecurityGroupEgressRule(
      `${name}-to-${to}`,
      { securityGroupId, ipProtocol, fromPort: port, toPort: port, cidrIpv4, description },
      opts,
    );
  }

  function openEndpoints(groupId: pulumi.Input<string>, i: number): pulumi.Resource {
    return new aws.vpc.SecurityGroupIngressRule(
      `${name}-into-endpoints${i === 0 ? "" : `-${i}`}`,
      {
        securityGroupId: groupId,
        referencedSecurityGroupId: securityGroupId,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        description: `From the WSUS server ${name}`,
      },
      opts,
    );
  }
}
