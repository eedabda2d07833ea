import { type Place, accountId, availabilityZones, hex } from "./account";
import { defaultRouteTable, defaultSubnets } from "./default-vpc";
import { type Invoke, filtersOf, firstFilterValue, missing, text } from "./invoke";
import type { AwsObjects } from "./objects";
import { type Properties, type Value, asText, isObject } from "./values";

/** What a filter of EC2 compares. */
type Attribute = (object: Properties) => Value | undefined;

const tag =
  (key: string): Attribute =>
  ({ tags }) =>
    isObject(tags) ? tags[key] : undefined;

/** `tag:KEY` and `tags` filter on tags; every other filter must be in `attributes`. */
function matches(object: Properties, args: Properties, attributes: Readonly<Record<string, Attribute>>): boolean {
  const wantedTags = isObject(args["tags"]) ? Object.entries(args["tags"]) : [];
  if (wantedTags.some(([key, value]) => tag(key)(object) !== value)) return false;
  return filtersOf(args).every(({ name, values }) => {
    const attribute = name.startsWith("tag:") ? tag(name.slice("tag:".length)) : attributes[name];
    if (!attribute) {
      throw new Error(`the stand-in AWS does not support the filter ${name}; add it in offline/aws/lookups.ts`);
    }
    const actual = asText(attribute(object));
    return values.some((value) => patternOf(value).test(actual));
  });
}

const patternOf = (value: string) =>
  new RegExp(
    `^${value
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
  );

const subnetFilters: Readonly<Record<string, Attribute>> = {
  "availability-zone": (subnet) => subnet["availabilityZone"],
  "availability-zone-id": (subnet) => subnet["availabilityZoneId"],
  availabilityZone: (subnet) => subnet["availabilityZone"],
  "cidr-block": (subnet) => subnet["cidrBlock"],
  "default-for-az": (subnet) => subnet["defaultForAz"] ?? false,
  defaultForAz: (subnet) => subnet["defaultForAz"] ?? false,
  "map-public-ip-on-launch": (subnet) => subnet["mapPublicIpOnLaunch"],
  state: (subnet) => subnet["state"] ?? "available",
  "subnet-id": (subnet) => subnet["id"],
  "vpc-id": (subnet) => subnet["vpcId"],
};

function allSubnets(place: Place, aws: AwsObjects): Properties[] {
  const made = aws.everywhere("aws:ec2/subnet:Subnet").map(({ id, outputs }) => ({ ...outputs, id }));
  return [...made, ...defaultSubnets(place)];
}

/** The route tables of stacks, and the main ones that AWS creates with each VPC. */
function routeTables(args: Properties, place: Place, aws: AwsObjects): string[] {
  const associations = aws.everywhere("aws:ec2/routeTableAssociation:RouteTableAssociation");
  const subnetOf = (table: Properties) =>
    associations.find(({ outputs }) => outputs["routeTableId"] === table["id"])?.outputs["subnetId"];
  const made = aws.everywhere("aws:ec2/routeTable:RouteTable").map(({ id, outputs }) => ({ ...outputs, id }));
  const mains = aws
    .everywhere("aws:ec2/vpc:Vpc")
    .map(({ id, outputs }): Properties => ({ id: outputs["mainRouteTableId"] ?? "", vpcId: id, main: true }));
  const wanted = text(args, "vpcId");
  return [...made, ...mains, { ...defaultRouteTable(place), main: true }]
    .filter((table: Properties) => wanted === undefined || table["vpcId"] === wanted)
    .filter((table: Properties) =>
      matches(table, args, {
        "association.main": ({ main }) => main ?? false,
        "association.subnet-id": subnetOf,
        "route-table-id": ({ id }) => id,
        "vpc-id": ({ vpcId }) => vpcId,
      }),
    )
    .map(({ id }) => asText(id));
}

/** Lookups of lists and of the properties of what AWS offers. */
export const lookups: Readonly<Record<string, Invoke>> = {
  "aws:ec2/getSubnets:getSubnets": (args, place, aws) => ({
    id: place.region,
    region: place.region,
    ids: allSubnets(place, aws)
      .filter((subnet) => matches(subnet, args, subnetFilters))
      .map(({ id }) => asText(id)),
    tags: {},
  }),
  "aws:ec2/getRouteTables:getRouteTables": (args, place, aws) => ({
    id: place.region,
    region: place.region,
    ids: routeTables(args, place, aws),
    tags: {},
  }),
  "aws:ec2/getKeyPair:getKeyPair": (args, place) => {
    const name = text(args, "keyName") ?? missing("a key pair without a name");
    const id = `key-0${hex(16, name)}`;
    return {
      id,
      keyName: name,
      keyPairId: id,
      keyType: "ed25519",
      arn: `arn:${place.partition}:ec2:${place.region}:${accountId}:key-pair/${id}`,
      region: place.region,
      tags: {},
    };
  },
  "aws:ec2/getInstance:getInstance": (args, _place, aws) => {
    const id = text(args, "instanceId") ?? missing("an instance without an id");
    const instance = aws.everywhere("aws:ec2/instance:Instance").find((object) => object.id === id);
    return { ...(instance ?? missing(`the instance ${id}`)).outputs, id, instanceId: id };
  },
  /** Every zone offers every type. */
  "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": (args, place) => {
    const type = firstFilterValue(args, "instance-type") ?? missing("offerings without an instance type");
    const zones = availabilityZones(place.region);
    return {
      id: place.region,
      region: place.region,
      locationType: text(args, "locationType") ?? "region",
      locations: zones.map(({ name, id }) => (args["locationType"] === "availability-zone-id" ? id : name)),
      locationTypes: zones.map(() => text(args, "locationType") ?? "region"),
      instanceTypes: zones.map(() => type),
    };
  },
  "aws:ec2/getInstanceType:getInstanceType": (args, place) => {
    const type = text(args, "instanceType") ?? missing("an instance type without a name");
    const withEfa = /^(g6|p4d|p5|c5n|hpc)/.test(type);
    return {
      id: type,
      instanceType: type,
      region: place.region,
      currentGeneration: true,
      defaultVcpus: 2,
      efaMaximumInterfaces: withEfa ? 1 : 0,
      efaSupported: withEfa,
      gpuses: [],
      maximumNetworkCards: 1,
      maximumNetworkInterfaces: 3,
      memorySize: 8192,
      supportedArchitectures: [/^[a-z]+\d+g/.test(type) ? "arm64" : "x86_64"],
    };
  },
  "aws:ec2/getSecurityGroup:getSecurityGroup": (args, place, aws) => {
    const found = aws
      .everywhere("aws:ec2/securityGroup:SecurityGroup")
      .map(({ id, outputs }): Properties => ({ ...outputs, id }))
      .filter(({ id }) => args["id"] === undefined || id === args["id"])
      .find((group) => matches(group, args, { "group-name": ({ name }) => name, "vpc-id": ({ vpcId }) => vpcId }));
    return { region: place.region, ...(found ?? missing("the security group")) };
  },
  "aws:eks/getAddonVersion:getAddonVersion": (args, place) => ({
    id: asText(args["addonName"]),
    addonName: asText(args["addonName"]),
    kubernetesVersion: asText(args["kubernetesVersion"]),
    region: place.region,
    version: "v1.0.0-eksbuild.1",
  }),
  "aws:lb/getTargetGroup:getTargetGroup": (args, _place, aws) => {
    const group = aws.everywhere("aws:lb/targetGroup:TargetGroup").find(({ id }) => id === args["arn"]);
    return { ...(group ?? missing("the target group")).outputs, id: asText(args["arn"]) };
  },
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": (_args, place) => ({
    id: place.region,
    authorizationToken: Buffer.from("AWS:offline").toString("base64"),
    expiresAt: "2026-11-29T00:00:00Z",
    password: "offline",
    proxyEndpoint: `https://${accountId}.dkr.ecr.${place.region}.${place.dnsSuffix}`,
    region: place.region,
    userName: "AWS",
  }),
};
