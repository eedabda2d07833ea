import { aws, endpointOnly, endpointsAndNat, plus, set, stack, vpcId, without } from "./bases";
import type { Trap } from "./trap";

const zone = (name: string, vpc: string) =>
  aws("route53/zone:Zone", "zone", { id: "Z1", name, vpcs: [{ vpcId: vpc }] });

const ssmName = "ssm.eu-west-1.amazonaws.com";
const dualStackName = "ssm.eu-west-1.api.aws";
const nameOf = (endpoint: string) => `vpce-${endpoint}-abcdefgh.ssm.eu-west-1.vpce.amazonaws.com`;
const record = (others: object) =>
  aws("route53/record:Record", "record", { zoneId: "Z1", name: ssmName, type: "A", ...others });
const aliasTo = (endpoint: string) => ({
  aliases: [{ name: nameOf(endpoint), zoneId: "Z7K1066E3PUKB", evaluateTargetHealth: false }],
});

const dhcpOptions = (...servers: readonly string[]) =>
  plus(
    aws("ec2/vpcDhcpOptions:VpcDhcpOptions", "options", { id: "dopt-1", domainNameServers: servers }),
    aws("ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation", "options-of-vpc", {
      vpcId,
      dhcpOptionsId: "dopt-1",
    }),
  );

const withoutPrivateDns = set("ssm", { privateDnsEnabled: false });
const noPrivateName =
  "private DNS is disabled for `ssm`, and no hosted zone of the VPC resolves its name to the endpoint";

const setting = (vpcEndpointId: string, privateDnsEnabled: boolean) =>
  plus(aws("vpc/endpointPrivateDns:EndpointPrivateDns", "setting", { vpcEndpointId, privateDnsEnabled }));
const withIds = [set("ssm", { id: "vpce-ssm" }), set("ssmmessages", { id: "vpce-ssmmessages" })];
const logs = plus(
  aws("ec2/vpcEndpoint:VpcEndpoint", "logs", {
    id: "vpce-logs",
    vpcId,
    serviceName: "com.amazonaws.eu-west-1.logs",
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
  }),
);
const dualStackS3 = (privateDnsEnabled: boolean | undefined) =>
  set("s3", {
    id: "vpce-s3",
    vpcEndpointType: "Interface",
    ipAddressType: "dualstack",
    privateDnsEnabled,
    routeTableIds: undefined,
    subnetIds: ["subnet-1"],
    securityGroupIds: ["sg-endpoints"],
  });

/** Private DNS that a resource of its own sets: it takes the place of the endpoint's own property. */
const privateDnsByItself: readonly Trap[] = [
  {
    title: "private DNS on, and a resource of its own that disables it",
    why: "EndpointPrivateDns sets the attribute of the endpoint that it names",
    resources: stack(endpointOnly, ...withIds, setting("vpce-ssm", false)),
    blocks: ["dns", noPrivateName],
  },
  {
    title: "private DNS off, and a resource of its own that enables it",
    why: "the same, the other way round",
    resources: stack(endpointOnly, ...withIds, withoutPrivateDns, setting("vpce-ssm", true)),
  },
  {
    title: "a resource that disables private DNS of another endpoint",
    why: "that of ssm is as it was",
    resources: stack(endpointOnly, ...withIds, logs, setting("vpce-logs", false)),
  },
  {
    title: "a resource that disables private DNS of one of a component's endpoints, which is that of logs",
    why: "until the update it may be the one of ssm",
    resources: stack(endpointOnly, ...withIds, logs, setting("vpce-logs", false)),
    component: ["ssm", "logs"],
    unknownAtPreview: ["dns"],
  },
  {
    title: "a resource that enables private DNS of one of a component's endpoints, where all have it",
    why: "whichever it is, nothing changes",
    resources: stack(endpointOnly, ...withIds, logs, setting("vpce-logs", true)),
    component: ["ssm", "logs"],
  },
  {
    title: "an S3 interface endpoint whose private DNS a resource of its own enables",
    why: "its names then include those that dnf asks for",
    resources: stack(endpointOnly, dualStackS3(undefined), setting("vpce-s3", true)),
  },
];

export const dns: readonly Trap[] = [
  ...privateDnsByItself,
  {
    title: "private DNS off, and no other way for the name",
    why: "the name leads to public addresses, to which there is no route",
    resources: stack(endpointOnly, withoutPrivateDns),
    blocks: ["dns", noPrivateName],
  },
  {
    title: "private DNS not given",
    why: "the provider's default is off",
    resources: stack(endpointOnly, set("ssm", { privateDnsEnabled: undefined })),
    blocks: ["dns", noPrivateName],
  },
  {
    title: "private DNS off, and a hosted zone of the VPC for the name",
    why: "the zone answers in its place",
    resources: stack(endpointOnly, withoutPrivateDns, plus(zone(ssmName, vpcId), record(aliasTo("ssm")))),
  },
  {
    title: "private DNS off, and a hosted zone with a CNAME to a name of the endpoint's",
    why: "its names are those that AWS gave it, and an empty record name is the zone's own",
    resources: stack(
      endpointOnly,
      withoutPrivateDns,
      set("ssm", { dnsEntries: [{ dnsName: "given.example.com", hostedZoneId: "Z2" }] }),
      plus(zone(`${ssmName}.`, vpcId), record({ name: "", type: "CNAME", records: ["given.example.com"] })),
    ),
  },
  {
    title: "private DNS off, and a hosted zone of the VPC without a record",
    why: "a zone answers nothing by itself; its record may be made elsewhere",
    resources: stack(endpointOnly, withoutPrivateDns, plus(zone(ssmName, vpcId))),
    leavesUnknown: ["dns"],
  },
  {
    title: "private DNS off, and a hosted zone whose record leads to another endpoint",
    why: "whether that one serves the VPC is not what its name tells",
    resources: stack(endpointOnly, withoutPrivateDns, plus(zone(ssmName, vpcId), record(aliasTo("0123456789abcdef0")))),
    leavesUnknown: ["dns"],
  },
  {
    title: "private DNS off, and a hosted zone with an AAAA record alone",
    why: "the hop is judged by IPv4, for which the zone answers nothing in sight",
    resources: stack(
      endpointOnly,
      withoutPrivateDns,
      plus(zone(ssmName, vpcId), record({ ...aliasTo("ssm"), type: "AAAA" })),
    ),
    leavesUnknown: ["dns"],
  },
  {
    title: "private DNS off, and a hosted zone with an A and an AAAA record",
    why: "the A record leads there",
    resources: stack(
      endpointOnly,
      withoutPrivateDns,
      plus(
        zone(ssmName, vpcId),
        { ...record({ ...aliasTo("ssm"), type: "AAAA" }), name: "record-of-ipv6" },
        record(aliasTo("ssm")),
      ),
    ),
  },
  {
    title: "private DNS off, and a hosted zone for the dual-stack name",
    why: "the agent asks for that name only where it is told to",
    resources: stack(
      endpointOnly,
      withoutPrivateDns,
      plus(zone(dualStackName, vpcId), record({ ...aliasTo("ssm"), name: dualStackName })),
    ),
    leavesUnknown: ["dns"],
  },
  {
    title: "private DNS off, and hosted zones for both names",
    why: "the name that the agent asks for by default leads to the endpoint",
    resources: stack(
      endpointOnly,
      withoutPrivateDns,
      plus(
        aws("route53/zone:Zone", "dual-stack-zone", { id: "Z2", name: dualStackName, vpcs: [{ vpcId }] }),
        zone(ssmName, vpcId),
        record(aliasTo("ssm")),
      ),
    ),
  },
  {
    title: "private DNS off, and a hosted zone with a record of another name",
    why: "the zone's own name has none",
    resources: stack(
      endpointOnly,
      withoutPrivateDns,
      plus(zone(ssmName, vpcId), record({ ...aliasTo("ssm"), name: `other.${ssmName}` })),
    ),
    leavesUnknown: ["dns"],
  },
  {
    title: "private DNS off, and the hosted zone joined by an association",
    why: "an association is a second way of giving a zone to a VPC",
    resources: stack(
      endpointOnly,
      withoutPrivateDns,
      plus(
        {
          ...zone("ssm.eu-west-1.amazonaws.com.", "vpc-other"),
          props: { id: "Z1", name: "ssm.eu-west-1.amazonaws.com." },
        },
        aws("route53/zoneAssociation:ZoneAssociation", "joined", { zoneId: "Z1", vpcId }),
        record(aliasTo("ssm")),
      ),
    ),
  },
  {
    title: "private DNS off, and the hosted zone of another VPC",
    why: "a private zone answers in its own VPCs only",
    resources: stack(endpointOnly, withoutPrivateDns, plus(zone("ssm.eu-west-1.amazonaws.com", "vpc-other"))),
    blocks: ["dns", noPrivateName],
  },
  {
    title: "private DNS off, and a hosted zone for another name that begins with ssm",
    why: "the agent asks for ssm.eu-west-1.amazonaws.com",
    resources: stack(endpointOnly, withoutPrivateDns, plus(zone("ssm.example.com", vpcId))),
    blocks: ["dns", noPrivateName],
  },
  {
    title: "private DNS off beside a NAT gateway, where the endpoint admits nobody",
    why: "the name leads to public addresses, so the endpoint is not asked",
    resources: stack(
      endpointsAndNat,
      set("ssm", { privateDnsEnabled: false }),
      set("ssmmessages", { privateDnsEnabled: false }),
      set("endpoints", { ingress: [] }),
    ),
  },
  {
    title: "a VPC without DNS hostnames",
    why: "private DNS needs both attributes, and AWS's default for this one is off",
    resources: stack(endpointOnly, set("vpc", { enableDnsHostnames: undefined })),
    blocks: ["dns", "private DNS requires DNS hostnames, which are disabled in the VPC"],
  },
  {
    title: "a VPC without DNS support",
    why: "no name is answered at all",
    resources: stack(endpointOnly, set("vpc", { enableDnsSupport: false })),
    blocks: ["dns", "DNS support is disabled in the VPC"],
  },
  {
    title: "a VPC that does not say whether it has DNS support",
    why: "AWS's default is on",
    resources: stack(endpointOnly, set("vpc", { enableDnsSupport: undefined })),
  },
  {
    title: "a VPC without DNS hostnames behind a NAT gateway",
    why: "public names need no private DNS",
    resources: stack(
      endpointsAndNat,
      without("ssm", "ssmmessages", "endpoints"),
      set("vpc", { enableDnsHostnames: false }),
    ),
  },
  {
    title: "DHCP options with name servers of the customer's own",
    why: "whether these forward to AWS's is nowhere in the stack",
    resources: stack(endpointOnly, dhcpOptions("10.0.0.53", "10.0.1.53")),
    leavesUnknown: ["dns"],
  },
  {
    title: "DHCP options with AWS's own name server",
    why: "they only look like a change",
    resources: stack(endpointOnly, dhcpOptions("AmazonProvidedDNS")),
  },
  {
    title: "DHCP options with the link-local address of AWS's name server",
    why: "169.254.169.253 is the Route 53 Resolver of every VPC",
    resources: stack(endpointOnly, dhcpOptions("169.254.169.253")),
  },
  {
    title: "DHCP options that are made and given to no VPC",
    why: "only an association puts them into force",
    resources: stack(endpointOnly, dhcpOptions("10.0.0.53"), without("options-of-vpc")),
  },
];
