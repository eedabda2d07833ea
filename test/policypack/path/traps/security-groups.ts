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

/** The same rules as in the base, each a resource of its own. */
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
    title: "an endpoint group that admits the VPC's block",
    why: "the instances are in it",
    resources: admitting({ cidrBlocks: ["10.0.0.0/16"] }),
  },
  {
    title: "an endpoint group that admits the subnet's block",
    why: "the instances are in it",
    resources: admitting({ cidrBlocks: ["10.0.1.0/24"] }),
  },
  {
    title: "an endpoint group that admits another subnet's block",
    why: "the instances are outside of it",
    resources: admitting({ cidrBlocks: ["10.0.2.0/24"] }),
    blocks: ["security-groups", notAdmitted],
  },
  {
    title: "an endpoint group that admits half of the subnet",
    why: "which address an instance gets is not known before",
    resources: admitting({ cidrBlocks: ["10.0.1.0/25"] }),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "an endpoint group that admits itself only",
    why: "the instances have another group",
    resources: admitting({ self: true }),
    blocks: ["security-groups", notAdmitted],
  },
  {
    title: "an endpoint group that admits itself, which the instances have too",
    why: "members of one group admit each other",
    resources: stack(admitting({ self: true }), set("web", { vpcSecurityGroupIds: ["sg-web", "sg-endpoints"] })),
  },
  {
    title: "an endpoint group that admits another group",
    why: "the instances don't have it",
    resources: stack(
      admitting({ securityGroups: ["sg-other"] }),
      plus(aws("ec2/securityGroup:SecurityGroup", "other", { id: "sg-other", vpcId })),
    ),
    blocks: ["security-groups", notAdmitted],
  },
  {
    title: "an endpoint group that admits port 80",
    why: "the services answer at 443",
    resources: admitting({ cidrBlocks: ["10.0.0.0/16"], fromPort: 80, toPort: 80 }),
    blocks: ["security-groups", notAdmitted],
  },
  {
    title: "an endpoint group that admits 443 of UDP",
    why: "HTTPS is TCP",
    resources: admitting({ cidrBlocks: ["10.0.0.0/16"], protocol: "udp" }),
    blocks: ["security-groups", notAdmitted],
  },
  {
    title: "an endpoint group that admits a customer's prefix list with the subnet",
    why: "the list's entries are in the stack",
    resources: stack(admitting({ prefixListIds: ["pl-ours"] }), plus(prefixList("10.0.0.0/8"))),
  },
  {
    title: "an endpoint group that admits a customer's prefix list without the subnet",
    why: "the list's entries are in the stack",
    resources: stack(admitting({ prefixListIds: ["pl-ours"] }), plus(prefixList("192.168.0.0/16"))),
    blocks: ["security-groups", notAdmitted],
  },
  {
    title: "an endpoint group that admits a prefix list from elsewhere",
    why: "its entries are not in the stack",
    resources: admitting({ prefixListIds: ["pl-elsewhere"] }),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "instances that let nothing out but to the endpoints",
    why: "the gateway endpoint is reached by S3's public addresses",
    resources: lettingOut(toEndpoints),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `s3`"],
  },
  {
    title: "instances that let 443 out to the VPC only",
    why: "S3's addresses are outside of the VPC",
    resources: lettingOut({ ...https, cidrBlocks: ["10.0.0.0/16"] }),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `s3`"],
  },
  {
    title: "instances that let nothing out but to S3",
    why: "the agent can't poll",
    resources: lettingOut(toS3),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "instances that let 443 out to the VPC and to S3's prefix list",
    why: "these two are all that is needed",
    resources: lettingOut({ ...https, cidrBlocks: ["10.0.0.0/16"] }, toS3),
  },
  {
    title: "instances that let port 80 out to anywhere",
    why: "all of patching is HTTPS",
    resources: lettingOut({ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "instances that let everything out over IPv6 only",
    why: "the endpoints have IPv4 addresses",
    resources: lettingOut({ protocol: "-1", fromPort: 0, toPort: 0, ipv6CidrBlocks: ["::/0"] }),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "the rules as SecurityGroupRule",
    why: "it is one of three ways of writing them",
    resources: separate([
      asRules("ingress", "in", { securityGroupId: "sg-endpoints", sourceSecurityGroupId: "sg-web" }),
      asRules("egress", "out", { securityGroupId: "sg-web", sourceSecurityGroupId: "sg-endpoints" }),
      asRules("egress", "out-to-s3", { securityGroupId: "sg-web", prefixListIds: ["pl-s3"] }),
    ]),
  },
  {
    title: "the rules as SecurityGroupIngressRule and SecurityGroupEgressRule",
    why: "it is one of three ways of writing them",
    resources: separate([
      asRuleResource("Ingress", "in", { securityGroupId: "sg-endpoints", referencedSecurityGroupId: "sg-web" }),
      asRuleResource("Egress", "out", { securityGroupId: "sg-web", referencedSecurityGroupId: "sg-endpoints" }),
      asRuleResource("Egress", "out-to-s3", { securityGroupId: "sg-web", prefixListId: "pl-s3" }),
    ]),
  },
  {
    title: "a group that does not say what it lets out",
    why: "Pulumi takes AWS's default egress away",
    resources: stack(endpointOnly, set("web-group", { egress: undefined })),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "an endpoint without a group of its own",
    why: "it gets the VPC's default group, which admits its own members only",
    resources: stack(
      endpointOnly,
      set("ssm", { securityGroupIds: undefined }),
      set("web-group", { egress: [everything] }),
    ).map((one) => (one.name === "ssm" ? { ...one, computed: { securityGroupIds: ["sg-default"] } } : one)),
    blocks: ["security-groups", "the security groups of `ssm` do not allow inbound 443 from the instances"],
  },
  {
    title: "endpoints and instances with the VPC's default group",
    why: "it admits its own members and lets everything out",
    resources: stack(
      endpointOnly,
      without("endpoints", "web-group"),
      set("ssm", { securityGroupIds: undefined }),
      set("ssmmessages", { securityGroupIds: undefined }),
      set("web", { vpcSecurityGroupIds: undefined }),
    ),
  },
  {
    title: "endpoints without a group, and instances that name the VPC's default group",
    why: "these are the same group",
    resources: stack(
      endpointOnly,
      without("endpoints", "web-group"),
      set("ssm", { securityGroupIds: undefined }),
      set("ssmmessages", { securityGroupIds: undefined }),
      set("web", { vpcSecurityGroupIds: ["sg-default"] }),
    ),
  },
  {
    title: "a rule for the instances on the VPC's default group, which the endpoints have",
    why: "rules may be added to the default group",
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
    title: "a DefaultSecurityGroup without rules, which all have",
    why: "it takes all rules of the default group away",
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
    title: "a group from elsewhere on the endpoints",
    why: "its rules are not in the stack",
    resources: stack(
      endpointOnly,
      set("ssm", { securityGroupIds: ["sg-elsewhere"] }),
      set("web-group", { egress: [everything] }),
    ),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "Windows behind NAT whose group lets 443 out to the endpoints and S3 only",
    why: "Microsoft Update is on the internet",
    resources: stack(
      endpointsAndNat,
      set("web", { ami: images.windows }),
      set("web-group", { egress: [toEndpoints, toS3] }),
    ),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the internet"],
  },
];
