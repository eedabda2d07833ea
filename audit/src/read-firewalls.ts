import type { StackResource } from "patchpath/account";
import { type FirewallRule, firewallAssociationResource, firewallGroupResources, firewallListResource } from "./names";
import { type Reading, each } from "./reading";
import { resolverList } from "./resolver-lists";
import { unreadFirewall } from "./unread";

interface FirewallAssociation {
  readonly Id?: string;
  readonly Name?: string;
  readonly VpcId?: string;
  readonly FirewallRuleGroupId?: string;
}

/**
 * DNS Firewall: the rule groups of VPCs, their rules, and the domains that rules block. What could not be listed is unknown; the
 * domains of AWS's own lists cannot be listed. Source: ListFirewallRules and ListFirewallDomains of the API reference of Route 53
 * Resolver, by botocore's model of them, checked 2026-11-28.
 */
export async function readFirewalls(reading: Reading, vpcIds: readonly string[]): Promise<StackResource[]> {
  const { make } = reading;
  const action = "route53resolver:ListFirewallRuleGroupAssociations";
  const associations = await resolverList<FirewallAssociation>(reading, action, "FirewallRuleGroupAssociations");
  if (associations === undefined) return vpcIds.map((vpcId) => unreadFirewall(make, vpcId));
  const groupIds = new Set(associations.map(({ FirewallRuleGroupId: groupId = "" }) => groupId));
  const groups = await each([...groupIds], async (groupId) => [groupId, await rulesOf(reading, groupId)] as const);
  const known = groups.flatMap(([groupId, rules]) => (rules ? [[groupId, rules] as const] : []));
  const isKnown = new Set(known.map(([groupId]) => groupId));
  const blocking = known.flatMap(([, rules]) =>
    rules.flatMap(({ Action: does, FirewallDomainListId: list }) => (does === "BLOCK" && list ? [list] : [])),
  );
  return [
    ...associations.map(({ Id: id = "", VpcId: vpcId = "", Name: name = id, FirewallRuleGroupId: groupId = "" }) =>
      firewallAssociationResource(make, { id, name, vpcId, groupId: isKnown.has(groupId) ? groupId : undefined }),
    ),
    ...known.flatMap(([groupId, rules]) => firewallGroupResources(make, groupId, rules)),
    ...(await readLists(reading, new Set(blocking))),
  ];
}

interface DomainList {
  readonly Id?: string;
  /** Of a list that AWS manages. */
  readonly ManagedOwnerName?: string;
}

async function readLists(reading: Reading, wanted: ReadonlySet<string>): Promise<StackResource[]> {
  if (wanted.size === 0) return [];
  const listed = await resolverList<DomainList>(
    reading,
    "route53resolver:ListFirewallDomainLists",
    "FirewallDomainLists",
  );
  const own = new Set((listed ?? []).flatMap(({ Id, ManagedOwnerName }) => (ManagedOwnerName ? [] : (Id ?? []))));
  return each([...wanted], async (id) =>
    firewallListResource(reading.make, id, own.has(id) ? await domainsOf(reading, id) : undefined),
  );
}

function rulesOf(reading: Reading, FirewallRuleGroupId: string): Promise<FirewallRule[] | undefined> {
  return resolverList(reading, "route53resolver:ListFirewallRules", "FirewallRules", { FirewallRuleGroupId });
}

function domainsOf(reading: Reading, FirewallDomainListId: string): Promise<string[] | undefined> {
  return resolverList(reading, "route53resolver:ListFirewallDomains", "Domains", { FirewallDomainListId });
}
