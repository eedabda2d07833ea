import { aws, endpointOnly, everything, https, nat, native, plus, set, stack, vpcId, without } from "./bases";
import { joinedByGateway, moved } from "./hub-base";
import type { Trap } from "./trap";

const host = "ssm.eu-west-1.amazonaws.com";

const toInternet = (blocked: string): readonly ["control-plane", string] => [
  "control-plane",
  `the VPC has no endpoint for \`ssm\`, and ${blocked}`,
];
const blockedByOptions = "VPC Block Public Access (`options`) blocks the internet gateway";

/** A NAT gateway, with S3's endpoint so that nothing else needs the internet gateway. */
const natAndS3 = stack(nat, plus(...endpointOnly.filter(({ name }) => name === "s3")));

/** An instance with a public address in a subnet with an internet gateway. */
const inPublic = stack(
  natAndS3,
  without("nat"),
  set("to-nat", { natGatewayId: undefined, gatewayId: "igw-1" }),
  set("web", { associatePublicIpAddress: true }),
);

const options = (internetGatewayBlockMode: string) =>
  aws("ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions", "options", { internetGatewayBlockMode });
const exclusion = (name: string, internetGatewayExclusionMode: string, of: object) =>
  aws("ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion", name, { internetGatewayExclusionMode, ...of });

const publicAccess: readonly Trap[] = [
  {
    title: "VPC Block Public Access in both directions, with NAT",
    why: "a NAT gateway requires the internet gateway",
    resources: stack(natAndS3, plus(options("block-bidirectional"))),
    blocks: toInternet(blockedByOptions),
  },
  {
    title: "VPC Block Public Access for inbound traffic, with NAT",
    why: "NAT gateways only allow outbound connections, and remain allowed",
    resources: stack(natAndS3, plus(options("block-ingress"))),
  },
  {
    title: "VPC Block Public Access for inbound traffic, with a public address",
    why: "only traffic of NAT gateways is allowed",
    resources: stack(inPublic, plus(options("block-ingress"))),
    blocks: toInternet(blockedByOptions),
  },
  {
    title: "a public address without VPC Block Public Access",
    why: "the internet gateway is open",
    resources: inPublic,
  },
  {
    title: "VPC Block Public Access that is off",
    why: "off blocks nothing",
    resources: stack(natAndS3, plus(options("off"))),
  },
  {
    title: "VPC Block Public Access with the VPC excluded for outbound traffic",
    why: "an excluded VPC is exempt",
    resources: stack(natAndS3, plus(options("block-bidirectional"), exclusion("free", "allow-egress", { vpcId }))),
  },
  {
    title: "VPC Block Public Access with the wrong exclusion of a public subnet",
    why: "an exclusion for outbound traffic applies in the mode for both directions only",
    resources: stack(inPublic, plus(options("block-ingress"), exclusion("free", "allow-egress", { vpcId }))),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "VPC Block Public Access with the subnet of the instance excluded in both directions",
    why: "an excluded subnet is exempt",
    resources: stack(
      inPublic,
      plus(options("block-ingress"), exclusion("free", "allow-bidirectional", { subnetId: "subnet-1" })),
    ),
  },
  {
    title: "VPC Block Public Access with only the subnet of the NAT gateway excluded",
    why: "AWS does not document which of the two subnets counts",
    resources: stack(
      natAndS3,
      plus(options("block-bidirectional"), exclusion("free", "allow-bidirectional", { subnetId: "subnet-public" })),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "VPC Block Public Access with both subnets excluded",
    why: "no subnet that the traffic passes is under it",
    resources: stack(
      natAndS3,
      plus(
        options("block-bidirectional"),
        exclusion("free", "allow-bidirectional", { subnetId: "subnet-public" }),
        exclusion("free-too", "allow-egress", { subnetId: "subnet-1" }),
      ),
    ),
  },
  {
    title: "VPC Block Public Access with another VPC excluded",
    why: "each exclusion is for its own VPC",
    resources: stack(
      natAndS3,
      plus(
        aws("ec2/vpc:Vpc", "shared", { id: "vpc-shared", cidrBlock: "10.99.0.0/16" }),
        options("block-bidirectional"),
        exclusion("free", "allow-bidirectional", { vpcId: "vpc-shared" }),
      ),
    ),
    blocks: toInternet(blockedByOptions),
  },
  {
    title: "VPC Block Public Access beside endpoints alone",
    why: "no traffic passes an internet gateway",
    resources: stack(endpointOnly, plus(options("block-bidirectional"))),
  },
  {
    title: "VPC Block Public Access in another Region",
    why: "it is a setting of each Region",
    resources: stack(
      natAndS3,
      plus(
        aws(options("").type.slice(4), "options", {
          internetGatewayBlockMode: "block-bidirectional",
          region: "us-east-1",
        }),
      ),
    ),
  },
];

const associated = (securityGroupId: string, others: object = {}) =>
  ["ssm", "ssmmessages"].map((service) =>
    aws("ec2/securityGroupAssociation:SecurityGroupAssociation", `${service}-group`, {
      vpcEndpointId: `vpce-${service}`,
      securityGroupId,
      ...others,
    }),
  );
const withoutOwnGroups = stack(
  endpointOnly,
  set("ssm", { securityGroupIds: undefined }),
  set("ssmmessages", { securityGroupIds: undefined }),
);

const attached = (securityGroupId: string, networkInterfaceId = "eni-1") =>
  aws("ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment", "attached", {
    securityGroupId,
    networkInterfaceId,
  });
const moreRules = aws("ec2/securityGroup:SecurityGroup", "more", {
  id: "sg-more",
  vpcId,
  egress: [
    { ...https, securityGroups: ["sg-endpoints"] },
    { ...https, prefixListIds: ["pl-s3"] },
  ],
});

const groups: readonly Trap[] = [
  {
    title: "a group associated with endpoints, which admits the instances",
    why: "an endpoint has the groups that are associated with it too",
    resources: stack(
      endpointOnly,
      set("endpoints", { ingress: [] }),
      plus(
        aws("ec2/securityGroup:SecurityGroup", "admitting", {
          id: "sg-admitting",
          vpcId,
          ingress: [{ ...https, securityGroups: ["sg-web"] }],
        }),
        ...associated("sg-admitting"),
      ),
      set("web-group", { egress: [everything] }),
    ),
  },
  {
    title: "a group associated with endpoints, which admits nobody",
    why: "the endpoints have the default group besides, which admits its members only",
    resources: stack(withoutOwnGroups, set("endpoints", { ingress: [] }), plus(...associated("sg-endpoints"))),
    blocks: ["security-groups", "the security groups of `ssm` do not allow inbound 443 from the instances"],
  },
  {
    title: "a group associated in place of the default group",
    why: "the endpoints have only that group, which admits the instances",
    resources: stack(withoutOwnGroups, plus(...associated("sg-endpoints", { replaceDefaultAssociation: true }))),
  },
  {
    title: "a group that is attached to the instance's network interface",
    why: "the instance has that group too, and its rules count",
    resources: stack(
      endpointOnly,
      set("web", { primaryNetworkInterfaceId: "eni-1" }),
      set("web-group", { egress: [] }),
      plus(moreRules, attached("sg-more")),
    ),
  },
  {
    title: "a group without rules that is attached to the instance's network interface",
    why: "it adds nothing to a group that lets nothing out",
    resources: stack(
      endpointOnly,
      set("web", { primaryNetworkInterfaceId: "eni-1" }),
      set("web-group", { egress: [] }),
      plus(attached("sg-endpoints")),
    ),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "a group that is attached to another instance's network interface",
    why: "it is not this instance's",
    resources: stack(
      endpointOnly,
      set("web-group", { egress: [] }),
      plus(
        aws("ec2/instance:Instance", "db", { id: "i-2", subnetId: "subnet-1", primaryNetworkInterfaceId: "eni-2" }),
        moreRules,
        attached("sg-more", "eni-2"),
      ),
    ),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
    advice: ["unmanaged"],
  },
];

const ownInterface = (others: object = {}) =>
  plus(
    aws("ec2/networkInterface:NetworkInterface", "own-interface", {
      id: "eni-own",
      subnetId: "subnet-1",
      securityGroups: ["sg-web"],
      ...others,
    }),
  );
const byOwnInterface = set("web", {
  subnetId: undefined,
  vpcSecurityGroupIds: undefined,
  primaryNetworkInterface: { networkInterfaceId: "eni-own" },
});

const interfaces: readonly Trap[] = [
  {
    title: "an instance with a network interface of its own resource",
    why: "its subnet and groups are those of the interface",
    resources: stack(endpointOnly, byOwnInterface, ownInterface()),
  },
  {
    title: "an instance whose own network interface has the older form",
    why: "provider 6 has it in a list",
    resources: stack(
      endpointOnly,
      set("web", {
        subnetId: undefined,
        vpcSecurityGroupIds: undefined,
        networkInterfaces: [{ networkInterfaceId: "eni-own", deviceIndex: 0 }],
      }),
      ownInterface(),
    ),
  },
  {
    title: "an instance whose own network interface has a group that lets nothing out",
    why: "the groups of the interface count",
    resources: stack(endpointOnly, byOwnInterface, ownInterface({ securityGroups: ["sg-endpoints"] })),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "an instance with a network interface of its own in a public subnet",
    why: "an existing interface gets no public address, whatever the subnet gives",
    resources: stack(
      inPublic,
      byOwnInterface,
      set("web", { associatePublicIpAddress: undefined }),
      set("private", { mapPublicIpOnLaunch: true }),
      ownInterface(),
    ),
    blocks: toInternet(
      "the default route targets an internet gateway, which instances without a public IP address cannot use",
    ),
  },
  {
    title: "an instance with a network interface of its own that has an Elastic IP address",
    why: "that address is public",
    resources: stack(
      inPublic,
      byOwnInterface,
      set("web", { associatePublicIpAddress: undefined }),
      ownInterface(),
      plus(aws("ec2/eip:Eip", "address", { id: "eip-1", networkInterface: "eni-own" })),
    ),
  },
];

const firewall = (domains: readonly string[], rule: object = {}, ...others: readonly object[]) =>
  plus(
    aws("route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation", "filter", {
      vpcId,
      firewallRuleGroupId: "frg-1",
      priority: 101,
    }),
    aws("route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup", "filter-group", { id: "frg-1" }),
    aws("route53/resolverFirewallDomainList:ResolverFirewallDomainList", "listed", { id: "fdl-1", domains }),
    ...[rule, ...others].map((one, i) =>
      aws("route53/resolverFirewallRule:ResolverFirewallRule", `filter-rule-${i}`, {
        firewallRuleGroupId: "frg-1",
        firewallDomainListId: "fdl-1",
        action: "BLOCK",
        priority: 100 + i,
        ...one,
      }),
    ),
  );

const forwards = (domainName: string, ruleType = "FORWARD") =>
  plus(
    aws("route53/resolverRule:ResolverRule", "forwarding", { id: "rr-1", domainName, ruleType }),
    aws("route53/resolverRuleAssociation:ResolverRuleAssociation", "forwarding-association", {
      vpcId,
      resolverRuleId: "rr-1",
    }),
  );

const zoneNamed = (name: string, id = vpcId) =>
  plus(aws("route53/zone:Zone", "shadow", { id: "Z-shadow", name, vpcs: [{ vpcId: id }] }));

const names: readonly Trap[] = [
  {
    title: "a DNS Firewall that blocks AWS's names",
    why: "the agent cannot resolve its endpoint",
    resources: stack(endpointOnly, firewall(["*.amazonaws.com."])),
    blocks: ["dns", `the DNS Firewall rule \`filter-rule-0\` blocks ${host}`],
  },
  {
    title: "a DNS Firewall that blocks everything, and allows some names",
    why: "which rule counts depends on the priorities",
    resources: stack(endpointOnly, firewall(["*"], {}, { action: "ALLOW", firewallDomainListId: "fdl-elsewhere" })),
    leavesUnknown: ["dns"],
  },
  {
    title: "a DNS Firewall that blocks other names",
    why: "no name of the path is in its list",
    resources: stack(endpointOnly, firewall(["*.example.com", "amazonaws.com", "otherssm.eu-west-1.amazonaws.com"])),
  },
  {
    title: "a DNS Firewall that alerts on everything",
    why: "an alert lets the query pass",
    resources: stack(endpointOnly, firewall(["*"], { action: "ALERT" })),
  },
  {
    title: "a DNS Firewall with a domain list from elsewhere",
    why: "nobody can tell what is in it",
    resources: stack(endpointOnly, firewall([], { firewallDomainListId: "fdl-elsewhere" })),
    leavesUnknown: ["dns"],
  },
  {
    title: "a DNS Firewall with a rule group from elsewhere",
    why: "nobody can tell which rules it has",
    resources: stack(endpointOnly, firewall([]), set("filter", { firewallRuleGroupId: "frg-elsewhere" })),
    leavesUnknown: ["dns"],
  },
  {
    title: "a DNS Firewall on another VPC",
    why: "it filters the names of its own VPC",
    resources: stack(
      endpointOnly,
      plus(aws("ec2/vpc:Vpc", "shared", { id: "vpc-shared", cidrBlock: "10.99.0.0/16" })),
      firewall(["*"]),
      set("filter", { vpcId: "vpc-shared" }),
    ),
  },
  {
    title: "a rule that forwards AWS's names to other name servers",
    why: "what these answer is not in the stack",
    resources: stack(endpointOnly, forwards("amazonaws.com.")),
    leavesUnknown: ["dns"],
  },
  {
    title: "a rule that forwards the names of a company",
    why: "no name of the path is among them",
    resources: stack(endpointOnly, forwards("corp.example.com")),
  },
  {
    title: "a rule that forwards everything, and one that leaves AWS's names to Route 53",
    why: "the most specific rule counts",
    resources: stack(
      endpointOnly,
      forwards("."),
      plus(
        aws("route53/resolverRule:ResolverRule", "system", {
          id: "rr-2",
          domainName: "amazonaws.com",
          ruleType: "SYSTEM",
        }),
        aws("route53/resolverRuleAssociation:ResolverRuleAssociation", "system-association", {
          vpcId,
          resolverRuleId: "rr-2",
        }),
      ),
    ),
  },
  {
    title: "a private hosted zone for all of AWS's names, with NAT",
    why: "names without a record in it do not exist",
    resources: stack(natAndS3, zoneNamed("amazonaws.com")),
    leavesUnknown: ["dns"],
  },
  {
    title: "a private hosted zone for the names of S3",
    why: "it answers for the buckets of Systems Manager too",
    resources: stack(endpointOnly, zoneNamed("s3.eu-west-1.amazonaws.com")),
    leavesUnknown: ["dns"],
  },
  {
    title: "a private hosted zone for other names",
    why: "no name of the path is in it",
    resources: stack(natAndS3, zoneNamed("internal.example.com")),
  },
  {
    title: "a private hosted zone for AWS's names in another VPC",
    why: "a zone answers in its own VPCs",
    resources: stack(
      natAndS3,
      plus(aws("ec2/vpc:Vpc", "shared", { id: "vpc-shared", cidrBlock: "10.99.0.0/16" })),
      zoneNamed("amazonaws.com", "vpc-shared"),
    ),
  },
];

const others: readonly Trap[] = [
  {
    title: "defaults of the Region that turn the metadata service off",
    why: "instances that say nothing else have no credentials",
    resources: stack(
      endpointOnly,
      plus(aws("ec2/instanceMetadataDefaults:InstanceMetadataDefaults", "defaults", { httpEndpoint: "disabled" })),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "defaults of the Region that require tokens",
    why: "the agent uses tokens",
    resources: stack(
      endpointOnly,
      plus(aws("ec2/instanceMetadataDefaults:InstanceMetadataDefaults", "defaults", { httpTokens: "required" })),
    ),
  },
  {
    title: "a transit gateway that is shared with other accounts",
    why: "their attachments add routes",
    resources: stack(
      endpointOnly,
      ...moved,
      joinedByGateway,
      plus(aws("ram/resourceAssociation:ResourceAssociation", "shared-gateway", { resourceArn: "tgw-1" })),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a policy of aws-native that names the role",
    why: "it is attached to the role by its own list",
    resources: stack(
      endpointOnly,
      without("core"),
      plus(
        native("iam:ManagedPolicy", "all", {
          id: "arn:aws:iam::123456789012:policy/all",
          roles: ["instances"],
          policyDocument: {
            Version: "2012-10-17",
            Statement: [
              { Effect: "Allow", Action: ["ssm:*", "ssmmessages:*", "ec2messages:*", "s3:*"], Resource: "*" },
            ],
          },
        }),
      ),
    ),
  },
  {
    title: "a policy of aws-native that denies the role everything",
    why: "a Deny counts before any Allow",
    resources: stack(
      endpointOnly,
      plus(
        native("iam:ManagedPolicy", "nothing", {
          id: "arn:aws:iam::123456789012:policy/nothing",
          roles: ["instances"],
          policyDocument: {
            Version: "2012-10-17",
            Statement: [{ Effect: "Deny", Action: "ssm:UpdateInstanceInformation", Resource: "*" }],
          },
        }),
      ),
    ),
    leavesUnknown: ["identity"],
  },
];

/** What stands beside the parts of a path and changes it. */
export const beside: readonly Trap[] = [...publicAccess, ...groups, ...interfaces, ...names, ...others];
