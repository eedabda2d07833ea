import type { HostedZoneSummary, ResourceRecordSet } from "@aws-sdk/client-route-53";
import { type Place, type StackResource, unknownText } from "patchpath/account";
import { type Maker, present } from "./resources";

/** A hosted zone with the VPCs that it is associated with. */
export interface AssociatedZone {
  readonly zone: HostedZoneSummary;
  readonly vpcIds: readonly string[];
}

/** Zones of all VPCs, each once. */
export function zonesByVpc(listed: readonly (readonly [vpcId: string, HostedZoneSummary[]])[]): AssociatedZone[] {
  const zones = new Map<string, { zone: HostedZoneSummary; vpcIds: string[] }>();
  for (const [vpcId, summaries] of listed) {
    for (const zone of summaries) {
      const id = zone.HostedZoneId ?? "";
      const known = zones.get(id);
      if (known) known.vpcIds.push(vpcId);
      else zones.set(id, { zone, vpcIds: [vpcId] });
    }
  }
  return [...zones.values()];
}

/** Whether the account can read the records of a zone: those of other accounts and of AWS's services it cannot. */
export function isOwn({ zone }: AssociatedZone, { account }: Place): boolean {
  return zone.Owner?.OwningAccount === account && zone.Owner.OwningService === undefined;
}

/** @param records `undefined` where they could not be read */
export function zoneResources(
  make: Maker,
  { zone, vpcIds }: AssociatedZone,
  records: readonly ResourceRecordSet[] | undefined,
): StackResource[] {
  const { HostedZoneId: id = "", Name: name = id } = zone;
  const resource = make(
    "aws:route53/zone:Zone",
    id,
    { zoneId: id, name, vpcs: vpcIds.map((vpcId) => ({ vpcId })) },
    `${name.replace(/\.$/, "")} (${id})`,
  );
  if (records === undefined) {
    const type = "aws:route53/record:Record";
    return [resource, make(type, `${id}/unread`, { zoneId: id, name, type: "A", records: unknownText })];
  }
  return [resource, ...records.flatMap((record) => recordResource(make, id, record))];
}

/** Of addresses and names; what else a zone holds resolves no host. */
function recordResource(make: Maker, zoneId: string, record: ResourceRecordSet): StackResource[] {
  const { Name: name = "", Type: type = "" } = record;
  if (!["A", "AAAA", "CNAME"].includes(type)) return [];
  const { AliasTarget: alias } = record;
  const props = {
    zoneId,
    name,
    fqdn: name,
    type,
    aliases: alias && [{ name: alias.DNSName?.replace(/\.$/, ""), zoneId: alias.HostedZoneId }],
    records: alias ? undefined : present((record.ResourceRecords ?? []).map(({ Value }) => Value)),
  };
  const id = [zoneId, name, type, record.SetIdentifier].filter(Boolean).join("_");
  return [make("aws:route53/record:Record", id, props, name.replace(/\.$/, ""))];
}

/** Zones of other accounts or of AWS's services, whose records are not known. */
export function foreignZoneResources(make: Maker, { zone, vpcIds }: AssociatedZone): StackResource[] {
  const { HostedZoneId: zoneId = "", Name: name = zoneId } = zone;
  return vpcIds.map((vpcId) =>
    make(
      "aws:route53/zoneAssociation:ZoneAssociation",
      `${zoneId}:${vpcId}`,
      { zoneId, vpcId },
      `${name.replace(/\.$/, "")} (${zoneId})`,
    ),
  );
}

/** Whether a domain is one that the names of AWS's services are in, so that its zone or rule may change what they resolve to. */
export function concernsAmazon(domain: string | undefined): boolean {
  const bare = (domain ?? "").replace(/\.$/, "").toLowerCase();
  return (
    domain === undefined ||
    ["", "com", "cn", "com.cn", "aws"].includes(bare) ||
    /(^|\.)(amazonaws\.com(\.cn)?|api\.aws)$/.test(bare)
  );
}

/** An association of a Resolver rule that forwards names of AWS's, or may. */
export function ruleAssociationResource(
  make: Maker,
  { id, name, vpcId, ruleId }: Readonly<Record<"id" | "vpcId" | "ruleId", string>> & { name?: string | undefined },
): StackResource {
  const type = "aws:route53/resolverRuleAssociation:ResolverRuleAssociation";
  return make(type, id, { vpcId, resolverRuleId: ruleId }, name ? `${name} (${ruleId})` : ruleId);
}

/** A Route 53 Profile of a VPC. */
export function profileAssociationResource(make: Maker, id: string, vpcId: string, name: string): StackResource {
  return make("aws:route53/profilesAssociation:ProfilesAssociation", id, { resourceId: vpcId }, name);
}

/**
 * A rule group of DNS Firewall that a VPC's queries pass.
 *
 * @param groupId `undefined` where its rules are not known
 */
export function firewallAssociationResource(
  make: Maker,
  {
    id,
    name,
    vpcId,
    groupId = unknownText,
  }: Readonly<Record<"id" | "name" | "vpcId", string>> & { groupId?: string | undefined },
): StackResource {
  const type = "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation";
  return make(type, id, { vpcId, firewallRuleGroupId: groupId }, name);
}

/** A rule of a rule group, as Route 53 Resolver lists it. */
export interface FirewallRule {
  readonly Name?: string;
  readonly Action?: string;
  readonly FirewallDomainListId?: string;
  readonly Qtype?: string;
}

export function firewallGroupResources(make: Maker, groupId: string, rules: readonly FirewallRule[]): StackResource[] {
  return [
    make("aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup", groupId, {}),
    ...rules.map(({ Name: name = "", Action: action, FirewallDomainListId: firewallDomainListId, Qtype: qType }, i) =>
      make(
        "aws:route53/resolverFirewallRule:ResolverFirewallRule",
        `${groupId}:${i}`,
        { firewallRuleGroupId: groupId, firewallDomainListId, action: action ?? unknownText, qType },
        name || groupId,
      ),
    ),
  ];
}

/** @param domains `undefined` where they could not be read, as those of a list that AWS manages */
export function firewallListResource(make: Maker, id: string, domains: readonly string[] | undefined): StackResource {
  return make("aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList", id, {
    domains: domains ?? unknownText,
  });
}
