import { bareDomain } from "./domains";
import type { PlacedEndpoint } from "./endpoints";
import { type Reading, asText, elementsOf, known, read, readText } from "./reading";
import type { StackResource } from "./resource";
import { Stack } from "./stack";

/** Whether a private hosted zone resolves the name of an endpoint's service to the endpoint. */
export type ZoneAnswer =
  | { readonly is: "leading"; readonly zone: StackResource }
  | { readonly is: "unknown"; readonly because: string; readonly resource: StackResource };

/** By the zones of the service's name that are a VPC's, or may be; `undefined` where there is none. */
export function hostedZoneFor(stack: Stack, endpoint: PlacedEndpoint, vpc: StackResource): ZoneAnswer | undefined {
  const zones = zonesOf(stack, known(endpoint.service), endpoint.region, vpc).map(({ zone, isOfVpc }): ZoneAnswer => {
    if (isOfVpc) return isDualStack(zone) ? askedForDualStack(zone) : byRecords(stack, zone, endpoint);
    return {
      is: "unknown",
      because: `whether the hosted zone \`${zone.name}\` is associated with the VPC`,
      resource: zone,
    };
  });
  return zones.find(({ is }) => is === "leading") ?? zones[0];
}

/** All zones that are a VPC's, or may be, with their names. */
export function zonesIn(stack: Stack, vpc: StackResource): { readonly zone: StackResource; readonly name: string }[] {
  return stack.of("hostedZone").flatMap((zone) => {
    const name = known(readText(zone.props, "name"));
    return name !== undefined && isOfVpc(stack, zone, vpc) !== false ? [{ zone, name }] : [];
  });
}

/** The zones of a service's name that are a VPC's, or may be while it is not known whose they are. */
export function zonesOf(
  stack: Stack,
  service: string | undefined,
  region: string | undefined,
  vpc: StackResource,
): { readonly zone: StackResource; readonly isOfVpc: boolean }[] {
  return stack.of("hostedZone").flatMap((zone) => {
    if (!isOfService(known(readText(zone.props, "name")), service, region)) return [];
    const same = isOfVpc(stack, zone, vpc);
    return same === false ? [] : [{ zone, isOfVpc: same === true }];
  });
}

/** Whether a zone is associated with a VPC; `undefined` while that is not known. */
function isOfVpc(stack: Stack, zone: StackResource, vpc: StackResource): boolean | undefined {
  const same = vpcsOf(stack, zone).map((target) => Stack.same(target, { is: "resource", resource: vpc }));
  if (same.includes(true)) return true;
  return same.includes(undefined) ? undefined : false;
}

/**
 * What may give a VPC names that are not in this stack: a hosted zone from elsewhere, a Resolver rule, a Route 53
 * Profile.
 */
export function foreignNames(stack: Stack, vpc: StackResource): StackResource | undefined {
  const isAssociated = (property: string) => (one: StackResource) =>
    Stack.same(stack.followProperty(one, property, "vpc"), { is: "resource", resource: vpc }) !== false;
  return (
    stack
      .of("hostedZoneAssociation")
      .filter((one) => stack.followProperty(one, "zoneId", "hostedZone")?.is !== "resource")
      .find(isAssociated("vpcId")) ??
    stack.of("resolverRuleAssociation").find(isAssociated("vpcId")) ??
    stack.of("dnsProfileAssociation").find(isAssociated("resourceId"))
  );
}

/** Whether a zone's name is the service's own, `ssm.eu-west-1.amazonaws.com`, in whichever partition. */
function isOfService(name: string | undefined, service: string | undefined, region: string | undefined): boolean {
  const [of, where, ...suffix] = bareDomain(name ?? "").split(".");
  const isAmazons = ["amazonaws.com", "amazonaws.com.cn", "api.aws"].includes(suffix.join("."));
  return isAmazons && of === service && (region === undefined || where === region);
}

/** Whether a zone's name is the one for both address families, `ssm.eu-west-1.api.aws`. */
function isDualStack(zone: StackResource): boolean {
  return bareDomain(known(readText(zone.props, "name")) ?? "").endsWith(".api.aws");
}

/**
 * The agent uses such names only where its configuration sets `UseDualStackEndpoint`. Source:
 * https://github.com/aws/amazon-ssm-agent/releases/tag/3.3.3270.0, checked 2026-11-22.
 */
function askedForDualStack(zone: StackResource): ZoneAnswer {
  const because = `whether the agent is configured to use the name of the hosted zone \`${zone.name}\``;
  return { is: "unknown", because, resource: zone };
}

/** By the zone's own list, and by associations. */
function vpcsOf(stack: Stack, zone: StackResource) {
  const ids = elementsOf(read(zone.props, "vpcs")).map((one) => (one.is === "known" ? read(one.value, "vpcId") : one));
  const own = stack.followEach(ids, zone, "vpcs", "vpc");
  const associated = ofZone(stack, "hostedZoneAssociation", zone).map((association) =>
    stack.followProperty(association, "vpcId", "vpc"),
  );
  return [...own, ...associated];
}

function ofZone(stack: Stack, kind: "hostedZoneAssociation" | "dnsRecord", zone: StackResource): StackResource[] {
  return stack.of(kind).filter((one) => {
    const of = stack.followProperty(one, "zoneId", "hostedZone");
    return of?.is === "resource" && of.resource.urn === zone.urn;
  });
}

/** The zone resolves its apex name by its record, and not at all without one. */
function byRecords(stack: Stack, zone: StackResource, endpoint: PlacedEndpoint): ZoneAnswer {
  const zoneName = known(readText(zone.props, "name")) ?? "";
  const records = ofZone(stack, "dnsRecord", zone).filter(
    ({ props }) => isOfName(readText(props, "name"), zoneName) && answersIpv4(readText(props, "type")),
  );
  if (records.some((record) => leadsTo(stack, record, endpoint))) return { is: "leading", zone };
  const [record] = records;
  return record
    ? { is: "unknown", because: `what the record \`${record.name}\` of the hosted zone resolves to`, resource: record }
    : {
        is: "unknown",
        because: `the apex record of the hosted zone \`${zone.name}\`, which is not in this stack`,
        resource: zone,
      };
}

/** A record's name is written in full, with a dot at its end or without, or left empty for the zone's own. */
function isOfName(name: Reading<string>, zone: string): boolean {
  return name.is !== "known" || bareDomain(name.value) === bareDomain(zone);
}

/** An AAAA record resolves only to an IPv6 address, which an endpoint may not have. */
function answersIpv4(type: Reading<string>): boolean {
  return type.is === "known" && ["A", "CNAME"].includes(type.value);
}

/** By an alias, or a CNAME, to one of the endpoint's own DNS names: these begin with its id. */
function leadsTo(stack: Stack, record: StackResource, { resource, id }: PlacedEndpoint): boolean {
  const isOwn = (target: Reading, property: string) => {
    if (target.is === "known") {
      const name = known(asText(target)) ?? "";
      return (id !== undefined && name.startsWith(`${id}-`)) || dnsNamesOf(resource).includes(name);
    }
    const origin = stack.follow(target, record, property, "vpcEndpoint");
    return origin?.is === "resource" && origin.resource.urn === resource.urn;
  };
  return (
    elementsOf(read(record.props, "aliases")).some((alias) =>
      isOwn(alias.is === "known" ? read(alias.value, "name") : alias, "aliases"),
    ) || elementsOf(read(record.props, "records")).some((value) => isOwn(value, "records"))
  );
}

function dnsNamesOf(endpoint: StackResource): unknown[] {
  return elementsOf(read(endpoint.props, "dnsEntries")).map((entry) => known(read(known(entry), "dnsName")));
}
