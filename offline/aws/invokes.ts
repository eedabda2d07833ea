import { type Place, accountId, availabilityZones, hex } from "./account";
import { defaultRouteTable, defaultSubnets, defaultVpcId, existingVpc } from "./default-vpc";
import { imageOf } from "./images";
import { lookups } from "./lookups";
import type { AwsObjects } from "./objects";
import { type Invoke, firstFilterValue, missing, text } from "./invoke";
import { policyDocumentOf } from "./policy-document";
import { type Properties, asText } from "./values";

/**
 * The predefined baselines of AWS, which are the default until others are set. Source:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-predefined-and-custom-patch-baselines.html,
 * checked 2026-11-22. Their ids are invented here.
 */
const predefinedBaselines = [
  ["ALMA_LINUX", "AWS-AlmaLinuxDefaultPatchBaseline"],
  ["AMAZON_LINUX_2", "AWS-AmazonLinux2DefaultPatchBaseline"],
  ["AMAZON_LINUX_2023", "AWS-AmazonLinux2023DefaultPatchBaseline"],
  ["CENTOS", "AWS-CentOSDefaultPatchBaseline"],
  ["DEBIAN", "AWS-DebianDefaultPatchBaseline"],
  ["ORACLE_LINUX", "AWS-OracleLinuxDefaultPatchBaseline"],
  ["REDHAT_ENTERPRISE_LINUX", "AWS-RedHatDefaultPatchBaseline"],
  ["ROCKY_LINUX", "AWS-RockyLinuxDefaultPatchBaseline"],
  ["SUSE", "AWS-SuseDefaultPatchBaseline"],
  ["UBUNTU", "AWS-UbuntuDefaultPatchBaseline"],
  ["WINDOWS", "AWS-DefaultPatchBaseline"],
] as const;

/** An object of EC2 by its id: one that a stack created, or an invented one whose attributes are derived from the id. */
function existing(aws: AwsObjects, type: string, id: string, otherwise: Properties): Properties {
  return { ...otherwise, ...aws.everywhere(type).find((object) => object.id === id)?.outputs, id };
}

/** The route table that is associated with a subnet; for a VPC, its main route table. */
function routeTableFor(args: Properties, aws: AwsObjects): string {
  const subnetId = text(args, "subnetId");
  if (subnetId === undefined) return `rtb-0${hex(16, text(args, "vpcId") ?? missing("a route table without an id"))}`;
  const associations = aws.everywhere("aws:ec2/routeTableAssociation:RouteTableAssociation");
  const own = associations.find(({ outputs }) => outputs["subnetId"] === subnetId)?.outputs["routeTableId"];
  if (typeof own !== "string")
    throw new Error("query returned no results. Please change your search criteria and try again");
  return own;
}

const parameterValue = (name: string, place: Place, aws: AwsObjects): Properties => {
  const own = aws.everywhere("aws:ssm/parameter:Parameter").find(({ outputs }) => outputs["name"] === name);
  if (own) return { ...own.outputs, id: name, insecureValue: own.outputs["value"] ?? "" };
  if (!name.startsWith("/aws/service/")) missing(`the SSM parameter \`${name}\``);
  return {
    id: name,
    name,
    arn: `arn:${place.partition}:ssm:${place.region}::parameter${name}`,
    type: "String",
    value: `ami-0${hex(16, place.region, name)}`,
    insecureValue: `ami-0${hex(16, place.region, name)}`,
    version: 1,
    region: place.region,
  };
};

const vpcOf = (args: Properties, place: Place, aws: AwsObjects): Properties => {
  const id = text(args, "id") ?? (args["default"] === true ? defaultVpcId : missing("a VPC without an id"));
  return existing(aws, "aws:ec2/vpc:Vpc", id, existingVpc(id, place));
};

export const invokes: Readonly<Record<string, Invoke>> = {
  ...lookups,
  "aws:index/getRegion:getRegion": (args, place) => {
    const name = text(args, "region") ?? text(args, "name") ?? place.region;
    return { id: name, name, region: name, description: name, endpoint: `ec2.${name}.${place.dnsSuffix}` };
  },
  "aws:index/getCallerIdentity:getCallerIdentity": (_args, place) => ({
    id: accountId,
    accountId,
    arn: `arn:${place.partition}:iam::${accountId}:user/offline`,
    userId: "AIDAOFFLINE00000000000",
  }),
  "aws:index/getPartition:getPartition": (_args, { partition, dnsSuffix }) => ({
    id: partition,
    partition,
    dnsSuffix,
    reverseDnsPrefix: dnsSuffix.split(".").reverse().join("."),
  }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (_args, { region }) => {
    const zones = availabilityZones(region);
    return {
      id: region,
      region,
      groupNames: [region],
      names: zones.map(({ name }) => name),
      zoneIds: zones.map(({ id }) => id),
    };
  },
  "aws:ec2/getAmi:getAmi": imageOf,
  "aws:ec2/getVpc:getVpc": vpcOf,
  "aws:ec2/getVpcDhcpOptions:getVpcDhcpOptions": (args, place, aws) => {
    const id = text(args, "dhcpOptionsId") ?? missing("DHCP options without an id");
    return existing(aws, "aws:ec2/vpcDhcpOptions:VpcDhcpOptions", id, {
      dhcpOptionsId: id,
      arn: `arn:${place.partition}:ec2:${place.region}:${accountId}:dhcp-options/${id}`,
      domainName: `${place.region}.compute.internal`,
      domainNameServers: ["AmazonProvidedDNS"],
      ntpServers: [],
      netbiosNameServers: [],
      ownerId: accountId,
      region: place.region,
      tags: {},
    });
  },
  "aws:ec2/getSubnet:getSubnet": (args, place, aws) => {
    const id = text(args, "id") ?? missing("a subnet without an id");
    const zone = availabilityZones(place.region)[parseInt(hex(2, id), 16) % 3]!;
    const ofDefaultVpc = defaultSubnets(place).find((subnet) => subnet.id === id);
    return existing(aws, "aws:ec2/subnet:Subnet", id, {
      arn: `arn:${place.partition}:ec2:${place.region}:${accountId}:subnet/${id}`,
      availabilityZone: zone.name,
      availabilityZoneId: zone.id,
      cidrBlock: `172.31.${parseInt(hex(2, id), 16)}.0/24`,
      mapPublicIpOnLaunch: false,
      ownerId: accountId,
      region: place.region,
      state: "available",
      tags: {},
      vpcId: text(args, "vpcId") ?? defaultVpcId,
      ...ofDefaultVpc,
    });
  },
  "aws:ec2/getRouteTable:getRouteTable": (args, place, aws) => {
    const id = text(args, "routeTableId") ?? routeTableFor(args, aws);
    const table = existing(aws, "aws:ec2/routeTable:RouteTable", id, {
      arn: `arn:${place.partition}:ec2:${place.region}:${accountId}:route-table/${id}`,
      associations: [],
      ownerId: accountId,
      region: place.region,
      tags: {},
      vpcId: text(args, "vpcId") ?? defaultVpcId,
    });
    const own = aws.everywhere("aws:ec2/route:Route").filter(({ outputs }) => outputs["routeTableId"] === id);
    const routes = own.map(({ outputs }) => ({ ...outputs, cidrBlock: outputs["destinationCidrBlock"] ?? "" }));
    const ofDefaultVpc = defaultRouteTable(place);
    return { ...table, ...(id === ofDefaultVpc.id ? ofDefaultVpc : { routes }), routeTableId: id };
  },
  "aws:ec2/getVpcEndpoint:getVpcEndpoint": (args, _place, aws) => {
    const given = ["vpcId", "serviceName", "vpcEndpointType"].filter((name) => text(args, name) !== undefined);
    const found = aws
      .everywhere("aws:ec2/vpcEndpoint:VpcEndpoint")
      .filter(({ outputs }) => given.every((name) => outputs[name] === args[name]));
    if (found.length > 1) throw new Error("multiple EC2 VPC Endpoints matched; use additional constraints");
    const [endpoint] = found;
    if (!endpoint) throw new Error("no matching EC2 VPC Endpoint found");
    return { tags: {}, securityGroupIds: [], routeTableIds: [], ...endpoint.outputs, id: endpoint.id };
  },
  "aws:ec2/getPrefixList:getPrefixList": (args, place) => {
    const name =
      text(args, "name") ?? firstFilterValue(args, "prefix-list-name") ?? missing("a prefix list without a name");
    const id = `pl-${hex(8, name)}`;
    return { id, name, prefixListId: id, cidrBlocks: ["3.5.152.0/21", "52.219.0.0/20"], region: place.region };
  },
  "aws:ec2/getVpcEndpointService:getVpcEndpointService": (args, place) => {
    const service =
      text(args, "service") ??
      text(args, "serviceName")?.split(".").at(-1) ??
      missing("an endpoint service without a name");
    const serviceName = text(args, "serviceName") ?? `com.amazonaws.${place.region}.${service}`;
    return {
      id: hex(10, serviceName),
      service,
      serviceName,
      serviceType: text(args, "serviceType") ?? (["s3", "dynamodb"].includes(service) ? "Gateway" : "Interface"),
      availabilityZones: availabilityZones(place.region).map(({ name }) => name),
      owner: "amazon",
      region: place.region,
      vpcEndpointPolicySupported: true,
    };
  },
  "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": (args, { region }) => {
    if (text(args, "locationType") !== "availability-zone") missing("an offering without the location type of zones");
    const type = firstFilterValue(args, "instance-type") ?? missing("an offering without an instance type");
    const locations = availabilityZones(region).map(({ name }) => name);
    return {
      id: region,
      region,
      locations,
      instanceTypes: locations.map(() => type),
      locationTypes: locations.map(() => "availability-zone"),
    };
  },
  "aws:organizations/getOrganization:getOrganization": (_args, { partition }) => ({
    id: "o-offline0000",
    arn: `arn:${partition}:organizations::${accountId}:organization/o-offline0000`,
    masterAccountId: accountId,
    masterAccountEmail: "offline@example.invalid",
    masterAccountArn: `arn:${partition}:organizations::${accountId}:account/o-offline0000/${accountId}`,
    featureSet: "ALL",
  }),
  "aws:ssm/getParameter:getParameter": (args, place, aws) => parameterValue(asText(args["name"]), place, aws),
  "aws:ssm/getPatchBaselines:getPatchBaselines": (args, place) => {
    if (args["defaultBaselines"] !== true) missing("a list of all patch baselines");
    return {
      id: place.region,
      region: place.region,
      defaultBaselines: true,
      baselineIdentities: predefinedBaselines.map(([operatingSystem, baselineName]) => ({
        operatingSystem,
        baselineName,
        baselineId: `arn:${place.partition}:ssm:${place.region}:075727635805:patchbaseline/pb-0${hex(16, place.region, baselineName)}`,
        baselineDescription: `Default Patch Baseline for ${operatingSystem} Provided by AWS.`,
        defaultBaseline: true,
      })),
    };
  },
  "aws:iam/getPolicyDocument:getPolicyDocument": (args) => {
    const json = policyDocumentOf(args);
    return { id: String(parseInt(hex(8, json), 16)), json, minifiedJson: JSON.stringify(JSON.parse(json)) };
  },
};
