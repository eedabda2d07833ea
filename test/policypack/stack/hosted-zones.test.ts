import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { endpointsOf } from "../../../policypack/stack/endpoints";
import { foreignNames, hostedZoneFor, zonesIn, zonesOf } from "../../../policypack/stack/hosted-zones";
import type { StackResource } from "../../../policypack/stack/resource";
import { Stack } from "../../../policypack/stack/stack";
import { unknown } from "../rules/analyze";
import { resource } from "./resources";

type From = Readonly<Record<string, readonly StackResource[]>>;
const vpc = resource("aws:ec2/vpc:Vpc", "vpc", { id: "vpc-1" });
const other = resource("aws:ec2/vpc:Vpc", "other-vpc", { id: "vpc-2" });
const host = "ssm.eu-west-1.amazonaws.com";
const endpoint = resource("aws:ec2/vpcEndpoint:VpcEndpoint", "ssm", {
  id: "vpce-1",
  vpcId: "vpc-1",
  vpcEndpointType: "Interface",
  serviceName: "com.amazonaws.eu-west-1.ssm",
  dnsEntries: [{ dnsName: "own.example.com" }],
});
const another = resource("aws:ec2/vpcEndpoint:VpcEndpoint", "z-another", { id: "vpce-2" });
const zone = (props: object = {}, from: From = {}, name = "zone") =>
  resource("aws:route53/zone:Zone", name, { id: `Z-${name}`, name: host, vpcs: [{ vpcId: "vpc-1" }], ...props }, from);
const second = (props: object = {}) => zone({ name: "example.com", ...props }, {}, "second");
const record = (props: object, from: From = {}, name = "record") =>
  resource("aws:route53/record:Record", name, { zoneId: "Z-zone", name: host, type: "A", ...props }, from);
const association = (props: object, from: From = {}) =>
  resource("aws:route53/zoneAssociation:ZoneAssociation", "association", { ...props }, from);

/** What the zones say of the endpoint, in short. */
function answer(...resources: readonly StackResource[]): string {
  const stack = new Stack([vpc, other, endpoint, another, ...resources]);
  const placed = endpointsOf(stack).find((one) => one.resource === endpoint)!;
  const found = hostedZoneFor(stack, placed, vpc);
  if (!found) return "none";
  return found.is === "leading" ? `leads to it by ${found.zone.name}` : `${found.resource.name}: ${found.because}`;
}

const alias = (name: unknown) => ({ aliases: [{ name }] });
const leads = "leads to it by zone";
const noRecord = "zone: the apex record of the hosted zone `zone`, which is not in this stack";
const elsewhere = "record: what the record `record` of the hosted zone resolves to";

describe("a hosted zone of the name of a service", () => {
  const cases: readonly (readonly [string, readonly StackResource[], string])[] = [
    ["may be missing", [second()], "none"],
    [
      "leads to an endpoint by an alias of its id",
      [zone(), record(alias("vpce-1-abc.ssm.eu-west-1.vpce.amazonaws.com"))],
      leads,
    ],
    [
      "leads to an endpoint by one alias of several",
      [zone(), record({ aliases: [{ name: "x" }, { name: "vpce-1-abc" }] })],
      leads,
    ],
    ["leads to an endpoint by one of its DNS names", [zone(), record(alias("own.example.com"))], leads],
    ["leads to an endpoint by a CNAME", [zone(), record({ type: "CNAME", records: ["vpce-1-abc"] })], leads],
    [
      "leads to an endpoint by an alias that comes from it",
      [zone(), record(alias(unknown), { aliases: [endpoint] })],
      leads,
    ],
    [
      "leads to an endpoint by an unknown alias that comes from it",
      [zone(), record({ aliases: [unknown] }, { aliases: [endpoint] })],
      leads,
    ],
    [
      "leads to an endpoint by a record that comes from it",
      [zone(), record({ type: "CNAME", records: [unknown] }, { records: [endpoint] })],
      leads,
    ],
    ["leads to an endpoint by a record without a name", [zone(), record({ name: "", ...alias("vpce-1-abc") })], leads],
    [
      "leads to an endpoint in whichever case its name is",
      [zone({ name: `${host.toUpperCase()}.` }), record(alias("vpce-1-abc"))],
      leads,
    ],
    ["leads elsewhere by another endpoint", [zone(), record(alias("vpce-2-abc"))], elsewhere],
    ["leads elsewhere by an id that only begins alike", [zone(), record(alias("vpce-12-abc"))], elsewhere],
    [
      "leads elsewhere by an alias that comes from another endpoint",
      [zone(), record(alias(unknown), { aliases: [another] })],
      elsewhere,
    ],
    ["leads elsewhere by an alias that comes from nothing", [zone(), record(alias(unknown))], elsewhere],
    ["leads elsewhere by an alias without a name", [zone(), record({ aliases: [{}] })], elsewhere],
    [
      "has no record by one of another zone",
      [zone(), second(), record({ zoneId: "Z-second", ...alias("vpce-1-abc") })],
      noRecord,
    ],
    [
      "has no record by one of a zone that is not in the stack",
      [zone(), record({ zoneId: "Z-elsewhere", ...alias("vpce-1-abc") })],
      noRecord,
    ],
    ["has no record by one of no zone", [zone(), record({ zoneId: undefined, ...alias("vpce-1-abc") })], noRecord],
    ["has no record by one of another name", [zone(), record({ name: `x.${host}`, ...alias("vpce-1-abc") })], noRecord],
    ["has no record by one for IPv6", [zone(), record({ type: "AAAA", ...alias("vpce-1-abc") })], noRecord],
    [
      "has no record by one whose type is not known",
      [zone(), record({ type: unknown, ...alias("vpce-1-abc") })],
      noRecord,
    ],
    [
      "is that of an association",
      [zone({ vpcs: undefined }), association({ zoneId: "Z-zone", vpcId: "vpc-1" }), record(alias("vpce-1-abc"))],
      leads,
    ],
    [
      "is not that of an association of another zone",
      [zone({ vpcs: undefined }), second(), association({ zoneId: "Z-second", vpcId: "vpc-1" })],
      "none",
    ],
    ["is not that of another VPC", [zone({ vpcs: [{ vpcId: "vpc-2" }] }), record(alias("vpce-1-abc"))], "none"],
    [
      "is that of one of its VPCs",
      [zone({ vpcs: [{ vpcId: "vpc-2" }, { vpcId: "vpc-1" }] }), record(alias("vpce-1-abc"))],
      leads,
    ],
    [
      "may be that of the VPC",
      [zone({ vpcs: [{ vpcId: unknown }] }, { vpcs: [vpc, other] }), record(alias("vpce-1-abc"))],
      "zone: whether the hosted zone `zone` is associated with the VPC",
    ],
    [
      "may be that of the VPC while its VPCs are not known",
      [zone({ vpcs: [unknown] })],
      "zone: whether the hosted zone `zone` is associated with the VPC",
    ],
    [
      "is for agents of its configuration where it is for both address families",
      [zone({ name: "ssm.eu-west-1.api.aws" }), record(alias("vpce-1-abc"))],
      "zone: whether the agent is configured to use the name of the hosted zone `zone`",
    ],
    [
      "leads to an endpoint where another zone does not",
      [zone({}, {}, "a-zone"), zone(), record(alias("vpce-1-abc"))],
      leads,
    ],
  ];
  for (const [what, resources, expected] of cases) {
    it(what, () => {
      strictEqual(answer(...resources), expected);
    });
  }

  for (const [name, service, region, isOfService] of [
    [host, "ssm", "eu-west-1", true],
    [host, "ssm", undefined, true],
    [host, "ssm", "eu-west-2", false],
    [host, "ec2", "eu-west-1", false],
    [host, undefined, "eu-west-1", false],
    ["ssm.cn-north-1.amazonaws.com.cn", "ssm", "cn-north-1", true],
    ["ssm.eu-west-1.api.aws", "ssm", "eu-west-1", true],
    ["ssm.eu-west-1.example.com", "ssm", "eu-west-1", false],
    ["eu-west-1.amazonaws.com", "ssm", "eu-west-1", false],
    [unknown, "ssm", "eu-west-1", false],
  ] as const) {
    it(`${isOfService ? "has" : "does not have"} the name \`${name}\` for ${service ?? "an unknown service"} in ${region ?? "an unknown region"}`, () => {
      const found = zonesOf(new Stack([vpc, zone({ name })]), service, region, vpc);
      deepStrictEqual(
        found.map((one) => one.isOfVpc),
        isOfService ? [true] : [],
      );
    });
  }
});

describe("the hosted zones of a VPC", () => {
  const names = (...resources: readonly StackResource[]) =>
    zonesIn(new Stack([vpc, other, ...resources]), vpc).map(({ name }) => name);
  it("are those that are associated with it, or may be, and have a name", () => {
    deepStrictEqual(names(zone(), second()), ["example.com", host]);
    deepStrictEqual(names(zone({ vpcs: [unknown] })), [host]);
    deepStrictEqual(names(zone({ vpcs: [{ vpcId: "vpc-2" }] })), []);
    deepStrictEqual(names(zone({ name: unknown })), []);
  });

  it("may be from elsewhere, with other sources of names", () => {
    const foreign = (...resources: readonly StackResource[]) =>
      foreignNames(new Stack([vpc, other, zone(), ...resources]), vpc)?.name ?? "none";
    const rule = (vpcId: string) =>
      resource("aws:route53/resolverRuleAssociation:ResolverRuleAssociation", "rule", { vpcId });
    const profile = (resourceId: string) =>
      resource("aws:route53/profilesAssociation:ProfilesAssociation", "profile", { resourceId });
    strictEqual(foreign(), "none");
    strictEqual(foreign(association({ zoneId: "Z-elsewhere", vpcId: "vpc-1" })), "association");
    strictEqual(foreign(association({ zoneId: unknown, vpcId: "vpc-1" })), "association");
    strictEqual(foreign(association({ vpcId: "vpc-1" })), "association");
    strictEqual(foreign(association({ zoneId: "Z-zone", vpcId: "vpc-1" })), "none");
    strictEqual(foreign(association({ zoneId: "Z-elsewhere", vpcId: "vpc-2" })), "none");
    strictEqual(foreign(association({ zoneId: "Z-elsewhere", vpcId: unknown })), "association");
    strictEqual(foreign(rule("vpc-1")), "rule");
    strictEqual(foreign(rule("vpc-2")), "none");
    strictEqual(foreign(profile("vpc-1")), "profile");
    strictEqual(foreign(profile("vpc-2")), "none");
  });
});
