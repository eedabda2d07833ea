import {
  aws,
  endpointOnly,
  endpointsAndNat,
  everything,
  https,
  images,
  plus,
  set,
  stack,
  vpcId,
  without,
} from "./bases";
import type { ExampleResource } from "../../rules/analyze";
import type { Trap } from "./trap";

const admitting = (peer: object) => stack(endpointOnly, set("endpoints", { ingress: [{ ...https, ...peer }] }));
const lettingOut = (...rules: readonly object[]) => stack(endpointOnly, set("web-group", { egress: rules }));

const prefixList = (cidr: string): ExampleResource =>
  aws("ec2/managedPrefixList:ManagedPrefixList", "ours", {
    id: "pl-ours",
    addressFamily: "IPv4",
    maxEntries: 5,
    entries: [{ cidr }],
  });
const notAdmitted = "the security groups of `ssm` do not allow inbound 443 from the instances";
const toEndpoints = { ...https, securityGroups: ["sg-endpoints"] };
const toS3 = { ...https, prefixListIds: ["pl-s3"] };

/** The same rules as in the base stack, as separate resources. */
const separate = (rules: readonly ExampleResource[]) =>
  stack(
    endpointOnly,
    set("endpoints", { ingress: undefined }),
    set("web-group", { egress: undefined }),
    plus(...rules),
  );

const asRules = (type: "ingress" | "egress", name: string, props: object) =>
  aws("ec2/securityGroupRule:SecurityGroupRule", name, { type, ...https, ...props });

const asRuleResource = (direction: "Ingress" | "Egress", name: string, props: object) =>
  aws(`vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`, name, {
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    ...props,
  });

export const securityGroups: readonly Trap[] = [
  {
    title: "an endpoint security group that allows the VPC's CIDR block",
    why: "the instances have addresses in it",
    resources: admitting({ cidrBlocks: ["10.0.0.0/16"] }),
  },
  {
    title: "an endpoint security group that allows the subnet's CIDR block",
    why: "the instances have addresses in it",
    resources: admitting({ cidrBlocks: ["10.0.1.0/24"] }),
  },
  {
    title: "an endpoint security group that allows another subnet's CIDR block",
    why: "the instances have no address in it",
    resources: admitting({ cidrBlocks: ["10.0.2.0/24"] }),
    blocks: ["security-groups", notAdmitted],
  },
  {
    title: "an endpoint security group that allows half of the subnet",
    why: "which address an instance gets is not known in advance",
    resources: admitting({ cidrBlocks: ["10.0.1.0/25"] }),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "an endpoint security group that allows only itself",
    why: "the instances have another security group",
    resources: admitting({ self: true }),
    blocks: ["security-groups", notAdmitted],
  },
  {
    title: "an endpoint security group that allows itself and is attached to the instances too",
    why: "a self-referencing rule allows traffic between all members of the group",
    resources: stack(admitting({ self: true }), set("web", { vpcSecurityGroupIds: ["sg-web", "sg-endpoints"] })),
  },
  {
    title: "an endpoint security group that allows another security group",
    why: "the other group is not attached to the instances",
    resources: stack(
      admitting({ securityGroups: ["sg-other"] }),
      plus(aws("ec2/securityGroup:SecurityGroup", "other", { id: "sg-other", vpcId })),
    ),
    blocks: ["security-groups", notAdmitted],
  },
  {
    title: "an endpoint security group that allows port 80",
    why: "the services listen on 443",
    resources: admitting({ cidrBlocks: ["10.0.0.0/16"], fromPort: 80, toPort: 80 }),
    blocks: ["security-groups", notAdmitted],
  },
  {
    title: "an endpoint security group that allows UDP 443",
    why: "HTTPS uses TCP",
    resources: admitting({ cidrBlocks: ["10.0.0.0/16"], protocol: "udp" }),
    blocks: ["security-groups", notAdmitted],
  },
  {
    title: "an endpoint security group that allows a customer-managed prefix list with the subnet",
    why: "the entries of the prefix list are in the stack",
    resources: stack(admitting({ prefixListIds: ["pl-ours"] }), plus(prefixList("10.0.0.0/8"))),
  },
  {
    title: "an endpoint security group that allows a customer-managed prefix list without the subnet",
    why: "the entries of the prefix list are in the stack",
    resources: stack(admitting({ prefixListIds: ["pl-ours"] }), plus(prefixList("192.168.0.0/16"))),
    blocks: ["security-groups", notAdmitted],
  },
  {
    title: "an endpoint security group that allows a prefix list that is not in the stack",
    why: "its entries are not in the stack",
    resources: admitting({ prefixListIds: ["pl-elsewhere"] }),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "an instance security group that allows outbound traffic only to the endpoints",
    why: "traffic through the gateway endpoint is addressed to S3's public addresses",
    resources: lettingOut(toEndpoints),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `s3`"],
  },
  {
    title: "an instance security group that allows outbound 443 only to the VPC",
    why: "S3's addresses are outside the VPC",
    resources: lettingOut({ ...https, cidrBlocks: ["10.0.0.0/16"] }),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `s3`"],
  },
  {
    title: "an instance security group that allows outbound traffic only to S3",
    why: "the agent cannot reach the endpoints to poll",
    resources: lettingOut(toS3),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "an instance security group that allows outbound 443 to the VPC and to S3's prefix list",
    why: "no other destination is needed",
    resources: lettingOut({ ...https, cidrBlocks: ["10.0.0.0/16"] }, toS3),
  },
  {
    title: "an instance security group that allows outbound 80 to all addresses",
    why: "the agent calls `ssm` over HTTPS",
    resources: lettingOut({ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "an instance security group that allows all outbound traffic over IPv6 only",
    why: "the endpoints have IPv4 addresses",
    resources: lettingOut({ protocol: "-1", fromPort: 0, toPort: 0, ipv6CidrBlocks: ["::/0"] }),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "the rules as SecurityGroupRule",
    why: "it is one of three ways to define rules",
    resources: separate([
      asRules("ingress", "in", { securityGroupId: "sg-endpoints", sourceSecurityGroupId: "sg-web" }),
      asRules("egress", "out", { securityGroupId: "sg-web", sourceSecurityGroupId: "sg-endpoints" }),
      asRules("egress", "out-to-s3", { securityGroupId: "sg-web", prefixListIds: ["pl-s3"] }),
    ]),
  },
  {
    title: "the rules as SecurityGroupIngressRule and SecurityGroupEgressRule",
    why: "it is one of three ways to define rules",
    resources: separate([
      asRuleResource("Ingress", "in", { securityGroupId: "sg-endpoints", referencedSecurityGroupId: "sg-web" }),
      asRuleResource("Egress", "out", { securityGroupId: "sg-web", referencedSecurityGroupId: "sg-endpoints" }),
      asRuleResource("Egress", "out-to-s3", { securityGroupId: "sg-web", prefixListId: "pl-s3" }),
    ]),
  },
  {
    title: "a security group whose outbound rules are not set",
    why: "Pulumi removes the default outbound rule of AWS",
    resources: stack(endpointOnly, set("web-group", { egress: undefined })),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "an endpoint with no security group set",
    why: "it gets the VPC's default security group, which allows only its own members",
    resources: stack(
      endpointOnly,
      set("ssm", { securityGroupIds: undefined }),
      set("web-group", { egress: [everything] }),
    ).map((one) => (one.name === "ssm" ? { ...one, computed: { securityGroupIds: ["sg-default"] } } : one)),
    blocks: ["security-groups", "the security groups of `ssm` do not allow inbound 443 from the instances"],
  },
  {
    title: "endpoints and instances with the VPC's default security group",
    why: "it allows inbound traffic from its own members and all outbound traffic",
    resources: stack(
      endpointOnly,
      without("endpoints", "web-group"),
      set("ssm", { securityGroupIds: undefined }),
      set("ssmmessages", { securityGroupIds: undefined }),
      set("web", { vpcSecurityGroupIds: undefined }),
    ),
  },
  {
    title: "endpoints with no security group set, and instances with the VPC's default security group",
    why: "both have the same security group",
    resources: stack(
      endpointOnly,
      without("endpoints", "web-group"),
      set("ssm", { securityGroupIds: undefined }),
      set("ssmmessages", { securityGroupIds: undefined }),
      set("web", { vpcSecurityGroupIds: ["sg-default"] }),
    ),
  },
  {
    title: "endpoints with the VPC's default security group, and a rule in it for the instances",
    why: "rules can be added to the default security group",
    resources: stack(
      endpointOnly,
      without("endpoints"),
      set("ssm", { securityGroupIds: undefined }),
      set("ssmmessages", { securityGroupIds: undefined }),
      set("web-group", { egress: [everything] }),
      plus(asRuleResource("Ingress", "in", { securityGroupId: "sg-default", referencedSecurityGroupId: "sg-web" })),
    ),
  },
  {
    title: "a DefaultSecurityGroup without rules, which endpoints and instances have",
    why: "it removes all rules of the default security group",
    resources: stack(
      endpointOnly,
      without("endpoints", "web-group"),
      set("ssm", { securityGroupIds: undefined }),
      set("ssmmessages", { securityGroupIds: undefined }),
      set("web", { vpcSecurityGroupIds: undefined }),
      plus(aws("ec2/defaultSecurityGroup:DefaultSecurityGroup", "default", { id: "sg-default", vpcId })),
    ),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "endpoints with a security group that is not in the stack",
    why: "its rules are not in the stack",
    resources: stack(
      endpointOnly,
      set("ssm", { securityGroupIds: ["sg-elsewhere"] }),
      set("web-group", { egress: [everything] }),
    ),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "Windows behind NAT, with a security group that allows outbound 443 only to the endpoints and S3",
    why: "Microsoft Update is on the internet",
    resources: stack(
      endpointsAndNat,
      set("web", { ami: images.windows }),
      set("web-group", { egress: [toEndpoints, toS3] }),
    ),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the internet"],
  },
];
