import { serviceHostName } from "../facts/endpoints";
import { bareDomain } from "../stack/domains";
import { hostedZoneFor, zonesIn } from "../stack/hosted-zones";
import { elementsOf, known, read, readText } from "../stack/reading";
import { type StackResource, given, regionOf } from "../stack/resource";
import { Stack } from "../stack/stack";
import { type HopVerdict, blocked, gravest, unknown } from "./hop";
import type { ServiceEgress, SubnetEgress } from "./egress";

/** A name that the instances resolve. */
interface Host {
  readonly name: string;
  /** Whether an endpoint or a hosted zone has a zone of exactly this name, which takes precedence over one of a parent domain. */
  readonly hasOwnZone: boolean;
}

/**
 * What in the stack makes names of the path resolve to something else, or not at all: DNS Firewall rules, forwarding rules,
 * and private hosted zones of a parent domain. `undefined` where nothing does.
 */
export function dnsDiversion(stack: Stack, egress: SubnetEgress, vpc: StackResource): HopVerdict | undefined {
  const hosts = hostsOf(stack, egress, vpc);
  return gravest(
    [byFirewall(stack, vpc, hosts), byRules(stack, vpc, hosts), byZones(stack, vpc, hosts)].filter(
      (one) => one !== undefined,
    ),
  );
}

/** The names of the services, and those that the names of buckets end in; none of what nothing reaches anyway. */
function hostsOf(stack: Stack, { services, s3 }: SubnetEgress, vpc: StackResource): readonly Host[] {
  const region = regionOf(vpc) ?? "";
  const hasZone = (egress: ServiceEgress) =>
    egress.is === "endpoint" &&
    egress.endpoint.type === "Interface" &&
    (known(egress.endpoint.privateDns) === true || hostedZoneFor(stack, egress.endpoint, vpc) !== undefined);
  const isReached = (egress: ServiceEgress) => egress.is !== "internet" || egress.internet.is !== "none";
  return [
    ...Object.entries(services)
      .filter(([, egress]) => isReached(egress))
      .map(([service, egress]) => ({ name: serviceHostName(service, region), hasOwnZone: hasZone(egress) })),
    ...(isReached(s3) ? ["s3", "s3.dualstack"] : []).map((service) => ({
      name: serviceHostName(service, region),
      hasOwnZone: hasZone(s3),
    })),
  ];
}

/** Whether a domain contains a host, or names below it, such as those of buckets. */
function covers(domain: string, { name }: Host): boolean {
  return domain === "" || `.${name}`.endsWith(`.${domain}`) || domain.endsWith(`.${name}`);
}

function isOfVpc(stack: Stack, association: StackResource, vpc: StackResource): boolean {
  return Stack.same(stack.followProperty(association, "vpcId", "vpc"), { is: "resource", resource: vpc }) !== false;
}

/**
 * A private hosted zone answers for all names in its domain: one without a record does not exist. Its records may be
 * created elsewhere. Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html,
 * checked 2026-11-28.
 */
function byZones(stack: Stack, vpc: StackResource, hosts: readonly Host[]): HopVerdict | undefined {
  for (const { zone, name } of zonesIn(stack, vpc)) {
    const domain = bareDomain(name);
    const host = hosts.find((one) => !one.hasOwnZone && covers(domain, one) && !isOwnOfService(domain, one));
    if (!host) continue;
    return unknown(
      `which records the hosted zone \`${zone.name}\` has for ${host.name}`,
      { resource: zone },
      `Create a hosted zone of a narrower domain in place of \`${zone.name}\`.`,
    );
  }
  return undefined;
}

/** The zone of an interface endpoint's service is judged with the endpoint. */
function isOwnOfService(zone: string, { name }: Host): boolean {
  return zone === name && !name.startsWith("s3.");
}

/**
 * Of the rules whose domain contains a name the most specific one counts, and a rule takes precedence over a private hosted
 * zone of the same name; `SYSTEM` leaves a name to Route 53. Source: as above, and the description of `ruleType` of
 * aws.route53.ResolverRule in \@pulumi/aws 7.48.0, checked 2026-11-28. Whether the zone of an endpoint takes precedence over
 * a rule for a parent domain, these do not say: it is unknown.
 */
function byRules(stack: Stack, vpc: StackResource, hosts: readonly Host[]): HopVerdict | undefined {
  const rules = stack
    .of("resolverRuleAssociation")
    .filter((association) => isOfVpc(stack, association, vpc))
    .map((association) => {
      const rule = stack.followProperty(association, "resolverRuleId", "resolverRule");
      const resource = rule?.is === "resource" ? rule.resource : association;
      const domain = known(readText(resource.props, "domainName")); // an association has none
      return { resource, domain: domain === undefined ? undefined : bareDomain(domain) };
    });
  for (const host of hosts) {
    const covering = rules.filter(({ domain }) => domain === undefined || covers(domain, host));
    const [rule] = covering.sort((a, b) => (b.domain?.length ?? Infinity) - (a.domain?.length ?? Infinity));
    if (!rule || known(readText(rule.resource.props, "ruleType")) === "SYSTEM") continue;
    return unknown(
      `whether the Resolver rule \`${rule.resource.name}\` forwards ${host.name}, and what it resolves to there`,
      { resource: rule.resource },
      "Associate a rule of the type SYSTEM for amazonaws.com with the VPC, or check what the names resolve to on an instance.",
    );
  }
  return undefined;
}

/**
 * A rule of DNS Firewall blocks the names in its domain list, of which `*` stands for any beginning. Source:
 * the actions of rules and `Domains` of UpdateFirewallDomains in the API reference of Route 53 Resolver (a domain may start
 * with an asterisk), in copies, checked 2026-11-28. How the priorities of several groups combine is unconfirmed, so where
 * another rule allows names, or the list is not in the stack, it is unknown.
 */
function byFirewall(stack: Stack, vpc: StackResource, hosts: readonly Host[]): HopVerdict | undefined {
  const verdicts = stack
    .of("dnsFirewallAssociation")
    .filter((association) => isOfVpc(stack, association, vpc))
    .map((association): HopVerdict | undefined => {
      const group = stack.followProperty(association, "firewallRuleGroupId", "dnsFirewallGroup");
      const same = Stack.same(stack.followProperty(association, "vpcId", "vpc"), { is: "resource", resource: vpc });
      if (group?.is !== "resource" || same !== true) return filtered(association);
      const rules = stack.of("dnsFirewallRule").flatMap((rule) => {
        const ofGroup = Stack.same(stack.followProperty(rule, "firewallRuleGroupId", "dnsFirewallGroup"), group);
        return ofGroup === false ? [] : [{ rule, isSure: ofGroup === true }];
      });
      const allows = rules.some(({ rule: { props } }) => known(readText(props, "action")) === "ALLOW");
      const found = rules.map(({ rule, isSure }) => {
        const verdict = byFirewallRule(stack, rule, hosts);
        return verdict?.verdict === "blocked" && !isSure ? filtered(association) : verdict;
      });
      const worst = gravest(found.filter((one) => one !== undefined));
      return worst?.verdict === "blocked" && allows ? filtered(association) : worst;
    });
  return gravest(verdicts.filter((one) => one !== undefined));
}

function filtered(association: StackResource): HopVerdict {
  return unknown(
    `which names the DNS Firewall rules of \`${association.name}\` block`,
    { resource: association },
    "Resolve the names of ssm, ssmmessages and s3 on an instance to check whether they are blocked.",
  );
}

function byFirewallRule(stack: Stack, rule: StackResource, hosts: readonly Host[]): HopVerdict | undefined {
  const action = readText(rule.props, "action");
  if (action.is === "known" && action.value !== "BLOCK") return undefined;
  const list = stack.followProperty(rule, "firewallDomainListId", "dnsFirewallList");
  if (list?.is !== "resource") return filtered(rule);
  const domains = elementsOf(given(list.resource, "domains"));
  const blockedHost = hosts.find(({ name }) => domains.some((one) => matches(known(one), name)));
  if (!blockedHost) return domains.some(({ is }) => is === "unknown") ? filtered(rule) : undefined;
  if (action.is !== "known" || read(rule.props, "qType").is !== "absent") return filtered(rule);
  return blocked(
    `the DNS Firewall rule \`${rule.name}\` blocks ${blockedHost.name}`,
    { resource: list.resource, property: "domains" },
    `Remove the domain from \`${list.resource.name}\`, or allow it with a rule of a higher priority.`,
  );
}

function matches(domain: unknown, host: string): boolean {
  if (typeof domain !== "string") return false;
  const pattern = bareDomain(domain);
  if (pattern === "*") return true;
  return pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : host === pattern;
}
