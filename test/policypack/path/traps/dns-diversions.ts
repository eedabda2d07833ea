import { secretText } from "../../../../policypack/stack/special-values";
import { unknown } from "../../rules/analyze";
import { aws, endpointOnly, plus, set, stack, vpcId } from "./bases";
import { hubAndSpoke } from "./hub-base";
import { natAndS3 } from "./public-access";
import { noS3Endpoint, withoutS3 } from "./routing-base";
import type { Trap } from "./trap";

const host = "ssm.eu-west-1.amazonaws.com";

const firewall = (domains: readonly unknown[], rule: object = {}, ...others: readonly object[]) =>
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

const systemRule = plus(
  aws("route53/resolverRule:ResolverRule", "system", { id: "rr-2", domainName: "amazonaws.com", ruleType: "SYSTEM" }),
  aws("route53/resolverRuleAssociation:ResolverRuleAssociation", "system-association", {
    vpcId,
    resolverRuleId: "rr-2",
  }),
);

const otherVpc = plus(aws("ec2/vpc:Vpc", "shared", { id: "vpc-shared", cidrBlock: "10.99.0.0/16" }));

/** Interface endpoints with private DNS for all services, S3 too. */
const interfaceEndpoints = stack(
  endpointOnly,
  set("s3", {
    vpcEndpointType: "Interface",
    ipAddressType: "dualstack",
    privateDnsEnabled: true,
    routeTableIds: undefined,
    subnetIds: ["subnet-1"],
    securityGroupIds: ["sg-endpoints"],
  }),
);

const noRouteToS3 = ["s3-route", `${noS3Endpoint}, and the route table has no default route`] as const;

/** What makes names of the path resolve to other addresses, or not at all. */
export const dnsDiversions: readonly Trap[] = [
  {
    title: "a DNS Firewall that blocks AWS domain names",
    why: "the agent cannot resolve the name of its endpoint",
    resources: stack(endpointOnly, firewall(["*.amazonaws.com."])),
    blocks: ["dns", `the DNS Firewall rule \`filter-rule-0\` blocks ${host}`],
  },
  {
    title: "a DNS Firewall that blocks all names, with a rule that allows some",
    why: "the priorities decide which rule applies",
    resources: stack(endpointOnly, firewall(["*"], {}, { action: "ALLOW", firewallDomainListId: "fdl-elsewhere" })),
    leavesUnknown: ["dns"],
  },
  {
    title: "a DNS Firewall that blocks other names",
    why: "no name of the path is in its domain list",
    resources: stack(endpointOnly, firewall(["*.example.com", "amazonaws.com", "otherssm.eu-west-1.amazonaws.com"])),
  },
  {
    title: "a DNS Firewall that alerts on all names",
    why: "the ALERT action permits the query",
    resources: stack(endpointOnly, firewall(["*"], { action: "ALERT" })),
  },
  {
    title: "a DNS Firewall with a domain list that is not in the stack",
    why: "the domains in the list are not in the stack",
    resources: stack(endpointOnly, firewall([], { firewallDomainListId: "fdl-elsewhere" })),
    leavesUnknown: ["dns"],
  },
  {
    title: "a DNS Firewall with a rule group that is not in the stack",
    why: "the rules of the group are not in the stack",
    resources: stack(endpointOnly, firewall([]), set("filter", { firewallRuleGroupId: "frg-elsewhere" })),
    leavesUnknown: ["dns"],
  },
  {
    title: "a DNS Firewall on another VPC",
    why: "a rule group filters queries only from the VPCs that it is associated with",
    resources: stack(
      endpointOnly,
      plus(aws("ec2/vpc:Vpc", "shared", { id: "vpc-shared", cidrBlock: "10.99.0.0/16" })),
      firewall(["*"]),
      set("filter", { vpcId: "vpc-shared" }),
    ),
  },
  {
    title: "a Resolver rule that forwards AWS domain names to other name servers",
    why: "the answers of those name servers are not in the stack",
    resources: stack(endpointOnly, forwards("amazonaws.com.")),
    leavesUnknown: ["dns"],
  },
  {
    title: "a Resolver rule that forwards a company's domain",
    why: "no name of the path is in that domain",
    resources: stack(endpointOnly, forwards("corp.example.com")),
  },
  {
    title: "a Resolver rule that forwards all names, and a system rule for AWS domain names",
    why: "the most specific rule applies",
    resources: stack(endpointOnly, forwards("."), systemRule),
  },
  {
    title: "a Resolver rule that forwards all names",
    why: "the answers of those name servers are not in the stack",
    resources: stack(endpointOnly, forwards(".")),
    leavesUnknown: ["dns"],
  },
  {
    title: "a Resolver rule that forwards AWS domain names, associated with another VPC",
    why: "a rule applies only in the VPCs that it is associated with",
    resources: stack(
      endpointOnly,
      otherVpc,
      forwards("amazonaws.com"),
      set("forwarding-association", { vpcId: "vpc-shared" }),
    ),
  },
  {
    title: "a Resolver rule that is not in the stack, and a system rule for AWS domain names",
    why: "the rule may forward a narrower domain, such as eu-west-1.amazonaws.com, and the most specific rule applies",
    resources: stack(
      endpointOnly,
      forwards("."),
      set("forwarding-association", { resolverRuleId: "rr-elsewhere" }),
      systemRule,
    ),
    leavesUnknown: ["dns"],
  },
  {
    title: "a private hosted zone for all AWS domain names, with NAT",
    why: "a name without a record in the zone does not resolve",
    resources: stack(natAndS3, zoneNamed("amazonaws.com")),
    leavesUnknown: ["dns"],
  },
  {
    title: "a private hosted zone for S3's domain name",
    why: "the zone also answers for the buckets of Systems Manager",
    resources: stack(endpointOnly, zoneNamed("s3.eu-west-1.amazonaws.com")),
    leavesUnknown: ["dns"],
  },
  {
    title: "a private hosted zone for other names",
    why: "no name of the path is in the zone",
    resources: stack(natAndS3, zoneNamed("internal.example.com")),
  },
  {
    title: "a private hosted zone for AWS domain names, associated with another VPC",
    why: "a private hosted zone answers only in the VPCs that it is associated with",
    resources: stack(
      natAndS3,
      plus(aws("ec2/vpc:Vpc", "shared", { id: "vpc-shared", cidrBlock: "10.99.0.0/16" })),
      zoneNamed("amazonaws.com", "vpc-shared"),
    ),
  },
  {
    title: "a private hosted zone for all AWS domain names, and interface endpoints with private DNS",
    why: "the hosted zones of the endpoints are more specific",
    resources: stack(interfaceEndpoints, zoneNamed("amazonaws.com")),
  },
  {
    title: "a private hosted zone for all AWS domain names, and private DNS off on one interface endpoint",
    why: "the zone may have a record for the name of that endpoint's service",
    resources: stack(interfaceEndpoints, set("ssm", { privateDnsEnabled: false }), zoneNamed("amazonaws.com")),
    leavesUnknown: ["dns"],
  },
  {
    title: "a private hosted zone for all AWS domain names, and central endpoints with their own hosted zones",
    why: "the hosted zones of the endpoints are more specific, and without a route to S3 its name does not matter",
    resources: stack(hubAndSpoke, withoutS3, zoneNamed("amazonaws.com")),
    blocks: noRouteToS3,
  },
  {
    title: "a private hosted zone for S3's dual-stack domain name",
    why: "dnf resolves the dual-stack names of the repository buckets, which the zone then answers for",
    resources: stack(endpointOnly, zoneNamed("s3.dualstack.eu-west-1.amazonaws.com")),
    leavesUnknown: ["dns"],
  },
  {
    title: "a private hosted zone for the name of one bucket",
    why: "it may be one of the buckets that the agent and dnf read",
    resources: stack(endpointOnly, zoneNamed("al2023-repos-eu-west-1-de612dc2.s3.eu-west-1.amazonaws.com")),
    leavesUnknown: ["dns"],
  },
  {
    title: "a DNS Firewall that blocks several domains, one of them that of AWS",
    why: "one match is enough",
    resources: stack(endpointOnly, firewall(["*.example.com", "*.AMAZONAWS.com"])),
    blocks: ["dns", `the DNS Firewall rule \`filter-rule-0\` blocks ${host}`],
  },
  {
    title: "a DNS Firewall that blocks exactly the name of a service",
    why: "a domain without an asterisk matches only itself",
    resources: stack(endpointOnly, firewall([host])),
    blocks: ["dns", `the DNS Firewall rule \`filter-rule-0\` blocks ${host}`],
  },
  {
    title: "a DNS Firewall with a domain that is not known yet",
    why: "it may be an AWS domain name",
    resources: stack(endpointOnly, firewall(["*.example.com", unknown])),
    leavesUnknown: ["dns"],
  },
  {
    title: "a DNS Firewall that blocks all names, with an action that is not known yet",
    why: "the action may be ALLOW or ALERT",
    resources: stack(endpointOnly, firewall(["*"], { action: unknown })),
    leavesUnknown: ["dns"],
  },
  {
    title: "a DNS Firewall that blocks all names for one type of query",
    why: "whether names resolve depends on the types of query that the instance sends",
    resources: stack(endpointOnly, firewall(["*"], { qType: "AAAA" })),
    leavesUnknown: ["dns"],
  },
  {
    title: "a rule of DNS Firewall Advanced, which has no domain list",
    why: "which names AWS takes for generated ones is not documented",
    resources: stack(
      endpointOnly,
      firewall([], { firewallDomainListId: undefined, dnsThreatProtection: "DGA", confidenceThreshold: "HIGH" }),
    ),
    leavesUnknown: ["dns"],
  },
  {
    title: "a DNS Firewall that blocks other names, with a rule that allows some",
    why: "no name of the path is in the list of the BLOCK rule",
    resources: stack(
      endpointOnly,
      firewall(["*.example.com"], {}, { action: "ALLOW", firewallDomainListId: "fdl-elsewhere" }),
    ),
  },
  {
    title: "a DNS Firewall whose VPC is not known yet",
    why: "it may be the VPC of the fleet",
    resources: stack(endpointOnly, firewall(["*"]), set("filter", { vpcId: unknown })),
    leavesUnknown: ["dns"],
  },
  {
    title: "a DNS Firewall rule group that blocks all names, and only another one associated with the VPC",
    why: "a rule group filters only the queries of the VPCs that it is associated with",
    resources: stack(
      endpointOnly,
      firewall(["*"]),
      plus(aws("route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup", "empty-group", { id: "frg-2" })),
      set("filter", { firewallRuleGroupId: "frg-2" }),
    ),
  },
  {
    title: "a DNS Firewall rule that blocks all names, of a secret rule group",
    why: "it may be of the group that is associated with the VPC",
    resources: stack(endpointOnly, firewall(["*"]), set("filter-rule-0", { firewallRuleGroupId: secretText })),
    leavesUnknown: ["dns"],
  },
  {
    title: "a DNS Firewall rule group that blocks AWS domain names, and another one without rules",
    why: "both are associated with the VPC, and one BLOCK rule is enough",
    resources: stack(
      endpointOnly,
      firewall(["*"]),
      plus(
        aws("route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup", "empty-group", { id: "frg-2" }),
        aws("route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation", "empty-filter", {
          vpcId,
          firewallRuleGroupId: "frg-2",
          priority: 102,
        }),
      ),
    ),
    blocks: ["dns", `the DNS Firewall rule \`filter-rule-0\` blocks ${host}`],
  },
];
