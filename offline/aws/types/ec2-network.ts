import { accountId, availabilityZones } from "../account";
import {
  atMostOneOf,
  cidrBlock,
  contains,
  exactlyOneOf,
  given,
  inVpcOf,
  knownText,
  oneOf,
  overlap,
  readCidr,
} from "./checks";
import { asText } from "../values";
import type { CheckFailure } from "../schema";
import { type CheckRequest, type TypeRow, arn, constant, ec2Arn, ec2Id, idFromInput, idFromInputs, owner } from "./row";

const vpc = "aws:ec2/vpc:Vpc";
const subnet = "aws:ec2/subnet:Subnet";

function subnetFitsItsVpc({ inputs, aws }: CheckRequest): CheckFailure | undefined {
  const block = readCidr(knownText(inputs, "cidrBlock") ?? "");
  const vpcId = knownText(inputs, "vpcId");
  const vpcBlock = readCidr(asText(aws.find(vpc, vpcId)?.outputs["cidrBlock"]));
  if (!block || !vpcBlock) return undefined;
  if (contains(vpcBlock, block)) return undefined;
  return {
    property: "cidrBlock",
    reason: `${block.toString()} is outside ${vpcBlock.toString()} of ${vpcId} (InvalidSubnet.Range)`,
  };
}

function subnetLeavesOthersAlone({ inputs, aws, urn }: CheckRequest): CheckFailure | undefined {
  const block = readCidr(knownText(inputs, "cidrBlock") ?? "");
  for (const other of block ? aws.ofType(subnet) : []) {
    const otherBlock = readCidr(asText(other.outputs["cidrBlock"]));
    if (other.urn === urn || other.outputs["vpcId"] !== inputs["vpcId"] || !otherBlock || !block) continue;
    if (overlap(block, otherBlock)) {
      return {
        property: "cidrBlock",
        reason: `${block.toString()} overlaps ${otherBlock.toString()} of ${other.id} (InvalidSubnet.Conflict)`,
      };
    }
  }
  return undefined;
}

const routeTargets = [
  "carrierGatewayId",
  "coreNetworkArn",
  "egressOnlyGatewayId",
  "gatewayId",
  "localGatewayId",
  "natGatewayId",
  "networkInterfaceId",
  "transitGatewayId",
  "vpcEndpointId",
  "vpcPeeringConnectionId",
];

export const ec2Network: Readonly<Record<string, TypeRow>> = {
  [vpc]: {
    id: ec2Id("vpc"),
    computed: {
      arn: ec2Arn("vpc"),
      defaultNetworkAclId: ec2Id("acl"),
      defaultRouteTableId: ec2Id("rtb"),
      defaultSecurityGroupId: ec2Id("sg"),
      dhcpOptionsId: ec2Id("dopt"),
      enableDnsHostnames: constant(false),
      ipv6CidrBlock: ({ inputs, hex }) =>
        inputs["assignGeneratedIpv6CidrBlock"] === true
          ? `2001:db8:${hex(4, "ipv6")}:${hex(2, "ipv6 block")}00::/56`
          : "",
      mainRouteTableId: ec2Id("rtb"),
      ownerId: owner,
    },
    defaults: { enableDnsSupport: true, instanceTenancy: "default" },
    replaceOn: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    checks: [cidrBlock("cidrBlock"), atMostOneOf("cidrBlock", "ipv4IpamPoolId")],
  },
  [subnet]: {
    id: ec2Id("subnet"),
    computed: {
      arn: ec2Arn("subnet"),
      availabilityZone: ({ place }) => availabilityZones(place.region)[0]!.name,
      availabilityZoneId: ({ place, inputs }) =>
        (
          availabilityZones(place.region).find(({ name }) => name === inputs["availabilityZone"]) ??
          availabilityZones(place.region)[0]!
        ).id,
      ownerId: owner,
      privateDnsHostnameTypeOnLaunch: constant("ip-name"),
    },
    defaults: { mapPublicIpOnLaunch: false, assignIpv6AddressOnCreation: false, enableDns64: false, ipv6Native: false },
    replaceOn: ["availabilityZone", "availabilityZoneId", "cidrBlock", "vpcId", "ipv6Native"],
    checks: [
      cidrBlock("cidrBlock"),
      atMostOneOf("availabilityZone", "availabilityZoneId"),
      subnetFitsItsVpc,
      subnetLeavesOthersAlone,
      ({ inputs, place }) => {
        const zone = knownText(inputs, "availabilityZone");
        if (zone === undefined || zone.startsWith(place.region)) return undefined;
        return { property: "availabilityZone", reason: `"${zone}" is not in ${place.region} (InvalidParameterValue)` };
      },
    ],
  },
  "aws:ec2/routeTable:RouteTable": {
    id: ec2Id("rtb"),
    computed: { arn: ec2Arn("route-table"), ownerId: owner, propagatingVgws: constant([]), routes: constant([]) },
    replaceOn: ["vpcId"],
  },
  "aws:ec2/route:Route": {
    id: ({ hex, text }) => `r-${text("routeTableId")}${hex(10, "route")}`,
    computed: {
      instanceId: constant(""),
      instanceOwnerId: constant(""),
      origin: constant("CreateRoute"),
      state: constant("active"),
    },
    replaceOn: ["routeTableId", "destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"],
    checks: [
      exactlyOneOf("destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"),
      exactlyOneOf(...routeTargets),
    ],
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    id: ec2Id("rtbassoc"),
    replaceOn: ["subnetId", "gatewayId"],
    checks: [
      exactlyOneOf("subnetId", "gatewayId"),
      ({ inputs, aws }) => {
        const inSubnet = aws.find(subnet, inputs["subnetId"])?.outputs["vpcId"];
        const inTable = aws.find("aws:ec2/routeTable:RouteTable", inputs["routeTableId"])?.outputs["vpcId"];
        if (inSubnet === undefined || inTable === undefined || inSubnet === inTable) return undefined;
        return {
          property: "routeTableId",
          reason: `the route table is in ${asText(inTable)} and the subnet in ${asText(inSubnet)} (InvalidParameterValue)`,
        };
      },
    ],
  },
  "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": {
    id: ec2Id("rtbassoc"),
    computed: { originalRouteTableId: ec2Id("rtb") },
    replaceOn: ["vpcId"],
  },
  "aws:ec2/internetGateway:InternetGateway": {
    id: ec2Id("igw"),
    computed: { arn: ec2Arn("internet-gateway"), ownerId: owner, vpcId: constant("") },
    replaceOn: [],
  },
  "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment": {
    id: idFromInputs(":", "internetGatewayId", "vpcId"),
    replaceOn: ["internetGatewayId", "vpcId"],
  },
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": { id: ec2Id("eigw"), replaceOn: ["vpcId"] },
  "aws:ec2/eip:Eip": {
    id: ec2Id("eipalloc"),
    computed: {
      allocationId: ec2Id("eipalloc"),
      arn: arn("ec2", (c) => `elastic-ip/${c.id}`),
      associationId: constant(""),
      publicIp: ({ hex }) => `203.0.113.${parseInt(hex(2, "ip"), 16)}`,
      publicDns: constant(""),
      networkBorderGroup: ({ place }) => place.region,
      publicIpv4Pool: constant("amazon"),
      domain: constant("vpc"),
    },
    replaceOn: ["domain", "publicIpv4Pool", "networkBorderGroup"],
    checks: [oneOf("domain", "vpc", "standard")],
  },
  "aws:ec2/natGateway:NatGateway": {
    id: ec2Id("nat"),
    computed: {
      associationId: ec2Id("eipassoc"),
      networkInterfaceId: ec2Id("eni"),
      privateIp: constant("10.0.0.10"),
      publicIp: ({ hex }) => `203.0.113.${parseInt(hex(2, "ip"), 16)}`,
    },
    defaults: { connectivityType: "public" },
    replaceOn: ["allocationId", "connectivityType", "subnetId"],
    checks: [
      ({ inputs }) =>
        inputs["connectivityType"] === "public" &&
        !given(inputs, "allocationId") &&
        inputs["availabilityMode"] !== "regional"
          ? { property: "allocationId", reason: "is required for a public NAT gateway (MissingParameter)" }
          : undefined,
    ],
  },
  "aws:ec2/networkInterface:NetworkInterface": {
    id: ec2Id("eni"),
    computed: {
      arn: ec2Arn("network-interface"),
      privateIp: constant("10.0.0.20"),
      macAddress: constant("02:00:00:00:00:01"),
      ownerId: owner,
    },
    replaceOn: ["subnetId"],
  },
  "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": {
    id: ec2Id("dopt"),
    computed: { arn: ec2Arn("dhcp-options"), ownerId: owner },
    replaceOn: ["domainName", "domainNameServers", "ntpServers", "netbiosNameServers", "netbiosNodeType"],
  },
  "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation": {
    id: idFromInputs("-", "dhcpOptionsId", "vpcId"),
    replaceOn: ["vpcId"],
  },
  "aws:ec2/managedPrefixList:ManagedPrefixList": {
    id: ec2Id("pl"),
    computed: {
      arn: arn("ec2", (c) => `prefix-list/${c.id}`),
      ownerId: owner,
      version: constant(1),
      entries: constant([]),
    },
    autoname: { input: "name", maxLength: 255 },
    replaceOn: ["addressFamily"],
    checks: [oneOf("addressFamily", "IPv4", "IPv6")],
  },
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": {
    id: ec2Id("pcx"),
    computed: {
      acceptStatus: constant("pending-acceptance"),
      peerOwnerId: owner,
      peerRegion: ({ place }) => place.region,
    },
    replaceOn: ["peerOwnerId", "peerRegion", "peerVpcId", "vpcId"],
  },
  "aws:ec2transitgateway/transitGateway:TransitGateway": {
    id: ec2Id("tgw"),
    computed: {
      arn: arn("ec2", (c) => `transit-gateway/${c.id}`),
      associationDefaultRouteTableId: ec2Id("tgw-rtb"),
      propagationDefaultRouteTableId: ec2Id("tgw-rtb"),
      ownerId: owner,
    },
    replaceOn: [],
  },
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": {
    id: ec2Id("tgw-attach"),
    computed: { vpcOwnerId: constant(accountId), arn: arn("ec2", (c) => `transit-gateway-attachment/${c.id}`) },
    replaceOn: ["transitGatewayId", "vpcId"],
    checks: [inVpcOf("subnetIds", subnet)],
  },
  "aws:ec2/flowLog:FlowLog": {
    id: ec2Id("fl"),
    computed: { arn: arn("ec2", (c) => `vpc-flow-log/${c.id}`) },
    replaceOn: [
      "vpcId",
      "subnetId",
      "eniId",
      "trafficType",
      "logDestination",
      "logDestinationType",
      "iamRoleArn",
      "logFormat",
    ],
    checks: [
      exactlyOneOf(
        "vpcId",
        "subnetId",
        "eniId",
        "transitGatewayId",
        "transitGatewayAttachmentId",
        "regionalNatGatewayId",
      ),
    ],
  },
  "aws:ec2/defaultRouteTable:DefaultRouteTable": {
    id: idFromInput("defaultRouteTableId"),
    computed: { arn: ec2Arn("route-table"), ownerId: owner, routes: constant([]), vpcId: constant("") },
    replaceOn: ["defaultRouteTableId"],
  },
};
