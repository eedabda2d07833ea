import { type Value, asText } from "../values";
import { given, inVpcOf, knownText, knownTexts, oneOf, policyDocument, exactlyOneOf } from "./checks";
import { type Check, type TypeRow, arn, constant, ec2Id, idFromInput, idFromInputs, owner } from "./row";

const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** Inputs that apply only to some types of endpoints. */
const onlyFor: Readonly<Record<string, readonly string[]>> = {
  routeTableIds: ["Gateway"],
  privateDnsEnabled: ["Interface"],
  securityGroupIds: ["Interface", "Resource", "ServiceNetwork"],
  subnetIds: ["Interface", "GatewayLoadBalancer", "Resource", "ServiceNetwork"],
};

const inputsFitTheType: Check = ({ inputs }) => {
  const type = knownText(inputs, "vpcEndpointType") ?? "Gateway";
  for (const [input, types] of Object.entries(onlyFor)) {
    if (!given(inputs, input) || inputs[input] === false || types.includes(type)) continue;
    return {
      property: input,
      reason: `is for endpoints of type ${types.join(", ")}; this one is a ${type} endpoint (InvalidParameter)`,
    };
  }
  return undefined;
};

const privateDnsNeedsDnsOfTheVpc: Check = ({ inputs, aws }) => {
  const vpc = aws.find("aws:ec2/vpc:Vpc", inputs["vpcId"])?.outputs;
  if (inputs["privateDnsEnabled"] !== true || !vpc) return undefined;
  if (vpc["enableDnsSupport"] === true && vpc["enableDnsHostnames"] === true) return undefined;
  return {
    property: "privateDnsEnabled",
    reason: "enabling private DNS requires both enableDnsSupport and enableDnsHostnames of the VPC (InvalidParameter)",
  };
};

const privateDnsNameIsFree: Check = ({ inputs, aws, urn }) => {
  if (inputs["privateDnsEnabled"] !== true) return undefined;
  const rival = aws
    .ofType(endpoint)
    .find(
      (other) =>
        other.urn !== urn &&
        other.outputs["privateDnsEnabled"] === true &&
        other.outputs["vpcId"] === inputs["vpcId"] &&
        other.outputs["serviceName"] === inputs["serviceName"],
    );
  return (
    rival && {
      property: "privateDnsEnabled",
      reason: `${rival.id} already has a conflicting DNS domain (InvalidParameter)`,
    }
  );
};

const routeTablesAreFree: Check = ({ inputs, aws, urn }) => {
  const tables = knownTexts(inputs, "routeTableIds");
  for (const other of tables.length > 0 ? aws.ofType(endpoint) : []) {
    if (other.urn === urn || other.outputs["serviceName"] !== inputs["serviceName"]) continue;
    const taken = knownTexts(other.outputs, "routeTableIds").find((table) => tables.includes(table));
    if (taken === undefined) continue;
    return { property: "routeTableIds", reason: `${taken} already has a route to ${other.id} (RouteAlreadyExists)` };
  }
  return undefined;
};

const oneSubnetInEachZone: Check = ({ inputs, aws }) => {
  const zones = new Map<Value, Value>();
  for (const id of Array.isArray(inputs["subnetIds"]) ? inputs["subnetIds"] : []) {
    const zone = aws.find("aws:ec2/subnet:Subnet", id)?.outputs["availabilityZone"];
    if (zone !== undefined && zones.has(zone)) {
      return {
        property: "subnetIds",
        reason: `found two subnets in ${asText(zone)}, ${asText(zones.get(zone))} and ${asText(id)} (DuplicateSubnetsInSameZone)`,
      };
    }
    if (zone !== undefined) zones.set(zone, id);
  }
  return undefined;
};

const serviceIsOfThisRegion: Check = ({ inputs, place }) => {
  const name = knownText(inputs, "serviceName");
  if (name === undefined || given(inputs, "serviceRegion") || name.split(".").includes(place.region)) return undefined;
  return /^(com|cn\.com|aws)\./.test(name)
    ? {
        property: "serviceName",
        reason: `the service "${name}" does not exist in ${place.region} (InvalidServiceName)`,
      }
    : undefined;
};

export const ec2Endpoints: Readonly<Record<string, TypeRow>> = {
  [endpoint]: {
    id: ec2Id("vpce"),
    computed: {
      arn: arn("ec2", (c) => `vpc-endpoint/${c.id}`),
      cidrBlocks: ({ inputs }) => (inputs["vpcEndpointType"] === "Gateway" ? ["3.5.152.0/21", "52.219.0.0/20"] : []),
      dnsEntries: ({ inputs, id, place, text }) =>
        inputs["vpcEndpointType"] === "Interface"
          ? [
              {
                dnsName: `${id}.${text("serviceName").split(".").at(-1)}.${place.region}.vpce.${place.dnsSuffix}`,
                hostedZoneId: "Z0OFFLINE",
              },
            ]
          : [],
      ipAddressType: constant("ipv4"),
      networkInterfaceIds: ({ inputs, hex }) =>
        Array.isArray(inputs["subnetIds"]) ? inputs["subnetIds"].map((_, i) => `eni-0${hex(16, `eni${i}`)}`) : [],
      ownerId: owner,
      // The policy that AWS attaches by default.
      policy: constant(
        '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2008-10-17"}',
      ),
      prefixListId: ({ inputs, hex, text }) =>
        inputs["vpcEndpointType"] === "Gateway" ? `pl-${hex(8, text("serviceName"))}` : "",
      privateDnsEnabled: constant(false),
      requesterManaged: constant(false),
      routeTableIds: constant([]),
      securityGroupIds: constant([]),
      serviceRegion: ({ place }) => place.region,
      state: constant("available"),
      subnetIds: constant([]),
    },
    defaults: { vpcEndpointType: "Gateway" },
    replaceOn: [
      "serviceName",
      "serviceRegion",
      "vpcEndpointType",
      "vpcId",
      "resourceConfigurationArn",
      "serviceNetworkArn",
    ],
    checks: [
      routeTablesAreFree,
      oneOf("vpcEndpointType", "Gateway", "GatewayLoadBalancer", "Interface", "Resource", "ServiceNetwork"),
      exactlyOneOf("serviceName", "resourceConfigurationArn", "serviceNetworkArn"),
      inputsFitTheType,
      policyDocument("policy", "endpoint"),
      serviceIsOfThisRegion,
      inVpcOf("subnetIds", "aws:ec2/subnet:Subnet"),
      inVpcOf("securityGroupIds", "aws:ec2/securityGroup:SecurityGroup"),
      inVpcOf("routeTableIds", "aws:ec2/routeTable:RouteTable"),
      oneSubnetInEachZone,
      privateDnsNeedsDnsOfTheVpc,
      privateDnsNameIsFree,
    ],
  },
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy": {
    id: idFromInput("vpcEndpointId"),
    computed: { policy: constant("") },
    replaceOn: ["vpcEndpointId"],
    checks: [policyDocument("policy", "endpoint")],
  },
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": {
    id: idFromInputs("/", "vpcEndpointId", "routeTableId"),
    replaceOn: ["routeTableId", "vpcEndpointId"],
  },
  "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation": {
    id: idFromInputs("/", "vpcEndpointId", "subnetId"),
    replaceOn: ["subnetId", "vpcEndpointId"],
  },
  "aws:ec2/securityGroupAssociation:SecurityGroupAssociation": {
    id: idFromInputs("/", "vpcEndpointId", "securityGroupId"),
    replaceOn: ["securityGroupId", "vpcEndpointId", "replaceDefaultAssociation"],
  },
  "aws:ec2/vpcEndpointService:VpcEndpointService": {
    id: ec2Id("vpce-svc"),
    computed: {
      arn: arn("ec2", (c) => `vpc-endpoint-service/${c.id}`),
      serviceName: ({ id, place }) => `com.amazonaws.vpce.${place.region}.${id}`,
      serviceType: constant("Interface"),
      state: constant("Available"),
    },
    replaceOn: [],
  },
};
