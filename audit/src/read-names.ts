import {
  type HostedZoneSummary,
  ListHostedZonesByVPCCommand,
  type ListHostedZonesByVPCResponse,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsResponse,
  type ResourceRecordSet,
  type VPCRegion,
} from "@aws-sdk/client-route-53";
import type { StackResource } from "patchpath/account";
import { pagesOf } from "./json-service";
import {
  concernsAmazon,
  foreignZoneResources,
  isOwn,
  profileAssociationResource,
  ruleAssociationResource,
  zoneResources,
  zonesByVpc,
} from "./names";
import { readFirewalls } from "./read-firewalls";
import { resolverList } from "./resolver-lists";
import { type Reading, byToken, each } from "./reading";
import { unread, unreadZones } from "./unread";

/** What gives the VPCs of a region names: private hosted zones, Resolver rules, DNS Firewall, Route 53 Profiles. */
export async function readNames(reading: Reading, vpcIds: readonly string[]): Promise<StackResource[]> {
  if (vpcIds.length === 0) return [];
  const parts = await Promise.all([
    readZones(reading, vpcIds),
    readRules(reading),
    readFirewalls(reading, vpcIds),
    readProfiles(reading),
  ]);
  return parts.flat();
}

async function readZones(reading: Reading, vpcIds: readonly string[]): Promise<StackResource[]> {
  const { make, place, reader } = reading;
  const listed = await each(vpcIds, async (vpcId) => {
    const zones = await reader.list(
      "route53:ListHostedZonesByVPC",
      zonePages(reading, vpcId),
      (page) => page.HostedZoneSummaries,
    );
    return [vpcId, zones] as const;
  });
  const unreadable = listed.flatMap(([vpcId, zones]) =>
    zones === undefined ? unreadZones(make, place.region, vpcId) : [],
  );
  const read = zonesByVpc(listed.flatMap(([vpcId, zones]) => (zones === undefined ? [] : [[vpcId, zones] as const])));
  const resources = await each(read, async (one) => {
    if (isOwn(one, place)) return zoneResources(make, one, await readRecords(reading, one.zone));
    return concernsAmazon(one.zone.Name) ? foreignZoneResources(make, one) : [];
  });
  return [...unreadable, ...resources.flat()];
}

function zonePages({ clients, place }: Reading, VPCId: string): AsyncGenerator<ListHostedZonesByVPCResponse> {
  const VPCRegion = place.region as VPCRegion;
  return byToken((NextToken) => clients.route53.send(new ListHostedZonesByVPCCommand({ VPCId, VPCRegion, NextToken })));
}

function readRecords(reading: Reading, zone: HostedZoneSummary): Promise<ResourceRecordSet[] | undefined> {
  return reading.reader.list(
    "route53:ListResourceRecordSets",
    recordPages(reading, zone),
    ({ ResourceRecordSets }) => ResourceRecordSets,
  );
}

async function* recordPages(
  { clients }: Reading,
  { HostedZoneId }: HostedZoneSummary,
): AsyncGenerator<ListResourceRecordSetsResponse> {
  let page: ListResourceRecordSetsResponse | undefined;
  do {
    page = await clients.route53.send(
      new ListResourceRecordSetsCommand({
        HostedZoneId,
        ...(page && {
          StartRecordName: page.NextRecordName,
          StartRecordType: page.NextRecordType,
          StartRecordIdentifier: page.NextRecordIdentifier,
        }),
      }),
    );
    yield page;
  } while (page.IsTruncated);
}

interface RuleAssociation {
  readonly Id?: string;
  readonly Name?: string;
  readonly ResolverRuleId?: string;
  readonly VPCId?: string;
}

interface ResolverRule {
  readonly Id?: string;
  readonly DomainName?: string;
  readonly RuleType?: string;
}

/** The associations with rules that forward AWS's names; the Resolver's own rule for everything else forwards nothing. */
async function readRules(reading: Reading): Promise<StackResource[]> {
  const { make } = reading;
  const [associations, rules] = await Promise.all([
    resolverList<RuleAssociation>(reading, "route53resolver:ListResolverRuleAssociations", "ResolverRuleAssociations"),
    resolverList<ResolverRule>(reading, "route53resolver:ListResolverRules", "ResolverRules"),
  ]);
  if (associations === undefined) return unread(make, "route53resolver:ListResolverRuleAssociations");
  const byId = new Map((rules ?? []).map((rule) => [rule.Id, rule]));
  return associations.flatMap(({ Id: id = "", Name: name, ResolverRuleId: ruleId = "", VPCId: vpcId = "" }) => {
    const rule = byId.get(ruleId);
    const forwards = rule === undefined || rule.RuleType === "FORWARD";
    if (!forwards || ruleId.startsWith("rslvr-autodefined-") || !concernsAmazon(rule?.DomainName)) return [];
    return [ruleAssociationResource(make, { id, name, vpcId, ruleId })];
  });
}

interface ProfileAssociation {
  readonly Id?: string;
  readonly Name?: string;
  readonly ResourceId?: string;
}

async function readProfiles({ make, reader, clients: { settings } }: Reading): Promise<StackResource[]> {
  const associations = await reader.list(
    "route53profiles:ListProfileAssociations",
    pagesOf<{ NextToken?: string; ProfileAssociations?: ProfileAssociation[] }>(
      "route53profiles",
      settings,
      (nextToken) => ({
        operation: "ListProfileAssociations",
        method: "GET",
        path: "/profileassociations",
        query: { maxResults: "100", nextToken },
      }),
    ),
    (page) => page.ProfileAssociations,
  );
  if (associations === undefined) return unread(make, "route53profiles:ListProfileAssociations");
  return associations.map(({ Id: id = "", ResourceId: vpcId = "", Name: name = id }) =>
    profileAssociationResource(make, id, vpcId, name),
  );
}
