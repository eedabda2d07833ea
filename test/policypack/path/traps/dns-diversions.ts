import { aws, endpointOnly, plus, set, stack, vpcId } from "./bases";
import { natAndS3 } from "./public-access";
import type { Trap } from "./trap";

const host = "ssm.eu-west-1.amazonaws.com";

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
];
