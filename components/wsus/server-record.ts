import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

export interface ServerRecordSettings {
  /** Name of the server for its clients, such as `wsus.corp.example`. */
  readonly serverName: string;
  /** Private IPv4 address of the server. */
  readonly address: pulumi.Input<string>;
  readonly vpcId: pulumi.Input<string>;
  readonly tags: Readonly<Record<string, string>>;
}

/** After a replacement of the server, clients resolve the previous address for at most this time. */
const ttlSeconds = 60;

/**
 * Creates a private hosted zone with one record, as children of the component in the options: a name that stays the same if the server
 * is replaced. The zone is of the name itself, so that no other name of its domain changes in the VPC. Source:
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html, checked 2026-11-28.
 *
 * @param name of both resources
 */
export function createServerRecord(
  name: string,
  { serverName, address, vpcId, tags }: ServerRecordSettings,
  opts: pulumi.CustomResourceOptions,
): void {
  const zone = new aws.route53.Zone(
    name,
    { name: serverName, comment: "Name of a WSUS server", vpcs: [{ vpcId }], tags: { ...tags, Name: name } },
    opts,
  );
  new aws.route53.Record(
    name,
    { zoneId: zone.zoneId, name: serverName, type: "A", ttl: ttlSeconds, records: [address] },
    opts,
  );
}
