import { type Mutation, acl, blocked, edit } from "./mutation";

/** Changes to the topology `nat`, for a fleet with Windows. */
export const natMutations: readonly Mutation[] = [
  blocked("repository", "no default route in one of two subnets", { drop: ["prod-network-nat-private-1"] }),
  blocked("repository", "NAT in a subnet without a route to the internet gateway", {
    drop: ["Route prod-network-nat-public"],
  }),
  blocked("repository", "NAT in a subnet on the VPC's main route table", {
    drop: ["RouteTableAssociation prod-network-nat-public-0"],
  }),
  blocked(
    "repository",
    "a private NAT gateway",
    edit("NatGateway prod-network-nat-0", { connectivityType: "private" }),
  ),
  blocked(
    "repository",
    "a default route for IPv6 only",
    edit("prod-network-nat-private-0", { destinationCidrBlock: undefined, destinationIpv6CidrBlock: "::/0" }),
  ),
  blocked(
    "repository",
    "the fleet in the isolated subnets",
    edit("prod-files-group", { vpcZoneIdentifiers: ["prod-network-isolated-0-id"] }),
  ),
  blocked("security-groups", "no outbound rule for HTTPS", { drop: ["prod-files-to-https"] }),
  blocked(
    "network-acls",
    "a network ACL of the NAT gateway's subnet without return traffic",
    acl(["nat-public-0"], ["egress", "allow", 0, 65535], ["ingress", "allow", 443, 443]),
  ),
];

/** Changes to the topology `nat`, for a fleet with EPEL. */
export const epelMutations: readonly Mutation[] = [
  blocked("repository", "no default route", { drop: ["prod-network-nat-private-0"] }),
  blocked(
    "repository",
    "the fleet in the isolated subnets",
    edit("prod-web-group", { vpcZoneIdentifiers: ["prod-network-isolated-0-id"] }),
  ),
];
