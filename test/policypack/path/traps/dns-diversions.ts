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

/** What makes names of the path resolve to something else, or not at all. */
export const dnsDiversions: readonly Trap[] = [
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
