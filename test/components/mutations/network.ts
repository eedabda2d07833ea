import { type AclEntry, type Mutation, acl, blocked, edit, s3, ssm, unknown, web } from "./mutation";

const securityGroups: Mutation[] = [
  blocked("security-groups", "no outbound rule to the endpoints", { drop: ["prod-web-to-endpoints"] }),
  blocked("security-groups", "no outbound rule to S3", { drop: ["prod-web-to-s3"] }),
  blocked("security-groups", "no inbound rule of the endpoints", { drop: ["prod-web-into-endpoints"] }),
  blocked("security-groups", "an outbound rule for another port", edit("prod-web-to-s3", { fromPort: 80, toPort: 80 })),
  blocked("security-groups", "an outbound rule for UDP", edit("prod-web-to-endpoints", { ipProtocol: "udp" })),
  blocked(
    "security-groups",
    "an inbound rule for another port",
    edit("prod-web-into-endpoints", { fromPort: 8443, toPort: 8443 }),
  ),
  blocked(
    "security-groups",
    "an inbound rule for another network",
    edit("prod-web-into-endpoints", {
      referencedSecurityGroupId: undefined,
      cidrIpv4: "10.99.0.0/16",
    }),
  ),
  blocked(
    "security-groups",
    "an inbound rule for another security group",
    edit("prod-web-into-endpoints", { referencedSecurityGroupId: "sg-other" }),
  ),
  blocked(
    "security-groups",
    "the endpoint with the VPC's default security group",
    edit(ssm, { securityGroupIds: undefined }),
  ),
  blocked(
    "security-groups",
    "the endpoint with a security group that the outbound rule does not reference",
    edit(ssm, { securityGroupIds: ["sg-elsewhere"] }),
  ),
  unknown("security-groups", "an outbound rule to a security group that is not in the stack", {
    drop: ["prod-web-to-endpoints"],
    ...edit(web, { networkInterfaces: [{ securityGroups: ["prod-web-instances-id", "sg-elsewhere"] }] }),
  }),
  unknown(
    "security-groups",
    "an outbound rule to a prefix list whose entries are not known",
    edit("prod-web-to-s3", { prefixListId: "pl-other" }),
  ),
];

const all: readonly AclEntry[] = [
  ["ingress", "allow", 0, 65535],
  ["egress", "allow", 0, 65535],
];

const networkAcls: Mutation[] = [
  blocked(
    "network-acls",
    "443 out, and no answers back",
    acl(["isolated-0", "isolated-1"], ["egress", "allow", 0, 65535], ["ingress", "allow", 443, 443]),
  ),
  blocked(
    "network-acls",
    "return traffic, but no outbound 443",
    acl(["isolated-0", "isolated-1"], ["egress", "allow", 1024, 65535], all[0]!),
  ),
  blocked(
    "network-acls",
    "no inbound 443 to the endpoints' other subnet",
    acl(["isolated-1"], ["egress", "allow", 0, 65535], ["ingress", "allow", 1024, 65535]),
  ),
  blocked("network-acls", "a Deny before the Allow", acl(["isolated-0"], ["egress", "deny", 443, 443], ...all)),
  blocked("network-acls", "nothing allowed", acl(["isolated-0"])),
  blocked(
    "network-acls",
    "only the VPC allowed, without S3",
    acl(
      ["isolated-0", "isolated-1"],
      ["ingress", "allow", 0, 65535, "10.20.0.0/16"],
      ["egress", "allow", 0, 65535, "10.20.0.0/16"],
    ),
  ),
  unknown(
    "network-acls",
    "only a part of the ports for return traffic",
    acl(["isolated-0", "isolated-1"], all[1]!, ["ingress", "allow", 1024, 40000], ["ingress", "allow", 443, 443]),
  ),
];

const s3Route: Mutation[] = [
  blocked("s3-route", "no S3 endpoint", { drop: [s3] }),
  blocked(
    "s3-route",
    "an S3 endpoint in only one of two route tables",
    edit(s3, { routeTableIds: ["prod-network-isolated-0-id"] }),
  ),
  blocked("s3-route", "an S3 endpoint in no route table", edit(s3, { routeTableIds: [] })),
  blocked("s3-route", "a gateway endpoint for DynamoDB", edit(s3, { serviceName: "com.amazonaws.eu-west-1.dynamodb" })),
  blocked(
    "s3-route",
    "an interface endpoint, which the names that dnf uses do not resolve to",
    edit(s3, {
      vpcEndpointType: "Interface",
      routeTableIds: [],
      privateDnsEnabled: true,
    }),
  ),
  blocked("s3-route", "a subnet without an association, which uses the VPC's main route table", {
    drop: ["RouteTableAssociation prod-network-isolated-1"],
  }),
];

export const networkMutations: readonly Mutation[] = [...securityGroups, ...networkAcls, ...s3Route];
