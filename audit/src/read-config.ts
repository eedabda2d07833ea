import {
  type AggregatedSourceStatus,
  paginateDescribeConfigurationAggregatorSourcesStatus,
  paginateSelectAggregateResourceConfig,
} from "@aws-sdk/client-config-service";
import type { Place, ReadPlace } from "patchpath/account";
import { AuditError } from "./audit-error";
import { type Access, configClientFor } from "./clients";
import { type ConfigItem, recordedTypes } from "./config-items";
import { recordedResources } from "./config-place";
import { Reader } from "./reader";
import { makerOf } from "./resources";

/** https://docs.aws.amazon.com/config/latest/developerguide/query-components.html, not opened on 2026-11-28, so unconfirmed. */
const expression = `SELECT accountId, awsRegion, resourceType, configuration, tags WHERE resourceType IN (${recordedTypes
  .map((type) => `'${type}'`)
  .join(", ")})`;

/**
 * Reads what an aggregator of AWS Config has of all its accounts and regions, by an advanced query.
 *
 * @param access the account and region of the aggregator
 * @param vpcIds the VPCs whose fleets to judge; all if `undefined`
 * @throws AuditError where it cannot be read
 */
export async function readAggregator(
  access: Access,
  name: string,
  vpcIds: readonly string[] | undefined,
  onCall: (calls: number) => void,
): Promise<ReadPlace[]> {
  const client = configClientFor(access);
  const reader = new Reader(access.region, onCall);
  const aggregator = { ConfigurationAggregatorName: name };
  const [results, sources] = await Promise.all([
    reader.list(
      "config:SelectAggregateResourceConfig",
      paginateSelectAggregateResourceConfig({ client, pageSize: 100 }, { ...aggregator, Expression: expression }),
      (page) => page.Results,
    ),
    reader.list(
      "config:DescribeConfigurationAggregatorSourcesStatus",
      paginateDescribeConfigurationAggregatorSourcesStatus({ client, pageSize: 100 }, aggregator),
      (page) => page.AggregatedSourceStatusList,
    ),
  ]);
  const items = (results ?? []).map((result) => JSON.parse(result) as ConfigItem);
  const places = placesIn(items);
  const ofAccounts = new Map<string, ConfigItem[]>(places.map(({ account }) => [account, []]));
  for (const item of items) ofAccounts.get(item.accountId)?.push(item);
  if (places.length === 0) {
    const why = reader.failures[0]?.sentence ?? "it does not exist there, or it has no VPC and no instance";
    throw new AuditError(`the aggregator \`${name}\` of AWS Config in ${access.region} shows nothing: ${why}`);
  }
  const remarks = [...reader.failures.map(({ sentence }) => sentence), ...(sources ?? []).flatMap(remarkOn)];
  return places.map((place, i) => ({
    place,
    resources: recordedResources(makerOf(place), place, ofAccounts.get(place.account)!, vpcIds),
    seen: new Map(),
    failures: i === 0 ? remarks : [],
    calls: i === 0 ? reader.count : 0,
  }));
}

/** The accounts and regions that have a VPC or an instance. */
function placesIn(items: readonly ConfigItem[]): Place[] {
  const local = items.filter(({ awsRegion }) => awsRegion !== "global");
  const places = new Map(
    local.map(({ accountId: account, awsRegion: region }) => [`${account} ${region}`, { account, region }]),
  );
  return [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
}

/** What the aggregator did not receive. */
function remarkOn(source: AggregatedSourceStatus): string[] {
  const { SourceId = "?", AwsRegion: region = "all regions", LastUpdateStatus: status, LastUpdateTime: at } = source;
  if (status === "SUCCEEDED") return [];
  const since = at === undefined ? "nothing" : `nothing since ${at.toISOString()}`;
  return [
    `AWS Config's aggregator received ${since} from ${SourceId} in ${region} (${status}), so it may have changed.`,
  ];
}
