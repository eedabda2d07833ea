import { type AclEntry, type Mutation, acl, blocked, edit, s3, ssm, unknown, web } from "./mutation";

const securityGroups: Mutation[] = [
  blocked("security-groups", "no way out to the endpoints", { drop: ["prod-web-to-endpoints"] }),
  blocked("security-groups", "no way out to S3", { drop: ["prod-web-to-s3"] }),
  blocked("security-groups", "no way into the endpoints", { drop: ["prod-web-into-endpoints"] }),
  blocked("security-groups", "out on another port", edit("prod-web-to-s3", { fromPort: 80, toPort: 80 })),
  blocked("security-groups", "out by UDP", edit("prod-web-to-endpoints", { ipProtocol: "udp" })),
  blocked("security-groups", "in on another port", edit("prod-web-into-endpoints", { fromPort: 8443, toPort: 8443 })),
  blocked(
    "security-groups",
    "in from another network",
    edit("prod-web-into-endpoints", {
      referencedSecurityGroupId: undefined,
      cidrIpv4: "10.99.0.0/16",
    }),
  ),
  blocked(
    "security-groups",
    "in from another group",
    edit("prod-web-into-endpoints", { referencedSecurityGroupId: "sg-other" }),
  ),
  blocked("security-groups", "the endpoint in the VPC's default group", edit(ssm, { securityGroupIds: undefined })),
  blocked(
    "security-groups",
    "the endpoint in a group that its way out does not name",
    edit(ssm, { securityGroupIds: ["sg-elsewhere"] }),
  ),
  unknown("security-groups", "the way out left to a group from elsewhere", {
    drop: ["prod-web-to-endpoints"],
    ...edit(web, { networkInterfaces: [{ securityGroups: ["prod-web-instances-id", "sg-elsewhere"] }] }),
  }),
  unknown(
    "security-groups",
    "out to a prefix list of nobody knows what",
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
    "answers back, and no 443 out",
    acl(["isolated-0", "isolated-1"], ["egress", "allow", 1024, 65535], all[0]!),
  ),
  blocked(
    "network-acls",
    "no 443 into the endpoints' other subnet",
    acl(["isolated-1"], ["egress", "allow", 0, 65535], ["ingress", "allow", 1024, 65535]),
  ),
  blocked("network-acls", "a Deny before the Allow", acl(["isolated-0"], ["egress", "deny", 443, 443], ...all)),
  blocked("network-acls", "nothing allowed", acl(["isolated-0"])),
  blocked(
    "network-acls",
    "only the VPC allowed, and S3 is outside of it",
    acl(
      ["isolated-0", "isolated-1"],
      ["ingress", "allow", 0, 65535, "10.20.0.0/16"],
      ["egress", "allow", 0, 65535, "10.20.0.0/16"],
    ),
  ),
  unknown(
    "network-acls",
    "a part of the ports for answers",
    acl(["isolated-0", "isolated-1"], all[1]!, ["ingress", "allow", 1024, 40000], ["ingress", "allow", 443, 443]),
  ),
];

const s3Route: Mutation[] = [
  blocked("s3-route", "no S3 endpoint", { drop: [s3] }),
  blocked(
    "s3-route",
    "one of two route tables without it",
    edit(s3, { routeTableIds: ["prod-network-isolated-0-id"] }),
  ),
  blocked("s3-route", "no route table with it", edit(s3, { routeTableIds: [] })),
  blocked("s3-route", "a gateway endpoint for DynamoDB", edit(s3, { serviceName: "com.amazonaws.eu-west-1.dynamodb" })),
  blocked(
    "s3-route",
    "an interface endpoint, which the names of dnf don't lead to",
    edit(s3, {
      vpcEndpointType: "Interface",
      routeTableIds: [],
      privateDnsEnabled: true,
    }),
  ),
  blocked("s3-route", "a subnet without an association, so on the VPC's main table", {
    drop: ["RouteTableAssociation prod-network-isolated-1"],
  }),
];

export const networkMutations: readonly Mutation[] = [...securityGroups, ...networkAcls, ...s3Route];
