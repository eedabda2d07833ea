import { secretText } from "../../../../policypack/stack/special-values";
import { aws, dualStackS3, endpointOnly, endpointsAndNat, plus, set, stack, vpcId, without } from "./bases";
import { dhcpOptionSets } from "./dhcp-options";
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
/** Private DNS that EndpointPrivateDns sets instead of the endpoint's own property. */
const privateDnsByItself: readonly Trap[] = [
  {
    title: "private DNS on, and an EndpointPrivateDns that disables it",
    why: "EndpointPrivateDns sets the attribute of the endpoint that it refers to",
    resources: stack(endpointOnly, ...withIds, setting("vpce-ssm", false)),
    blocks: ["dns", noPrivateName],
  },
  {
    title: "private DNS off, and an EndpointPrivateDns that enables it",
    why: "EndpointPrivateDns sets the attribute in either direction",
    resources: stack(endpointOnly, ...withIds, withoutPrivateDns, setting("vpce-ssm", true)),
  },
  {
    title: "an EndpointPrivateDns that disables private DNS of another endpoint",
    why: "private DNS of the endpoint for ssm is unchanged",
    resources: stack(endpointOnly, ...withIds, logs, setting("vpce-logs", false)),
  },
  {
    title: "an EndpointPrivateDns that disables private DNS of one of a component's endpoints, the one for logs",
    why: "until the update, it may be the endpoint for ssm",
    resources: stack(endpointOnly, ...withIds, logs, setting("vpce-logs", false)),
    component: ["ssm", "logs"],
    unknownAtPreview: ["dns"],
  },
  {
    title:
      "an EndpointPrivateDns that enables private DNS of one of a component's endpoints, where it is already enabled on all",
    why: "whichever endpoint it is, nothing changes",
    resources: stack(endpointOnly, ...withIds, logs, setting("vpce-logs", true)),
    component: ["ssm", "logs"],
  },
  {
    title: "an S3 interface endpoint whose private DNS an EndpointPrivateDns enables",
    why: "the private DNS names then include those that dnf resolves",
    resources: stack(
      endpointOnly,
      dualStackS3({ id: "vpce-s3", privateDnsEnabled: undefined, dnsOptions: undefined }),
      setting("vpce-s3", true),
    ),
  },
];

export const dns: readonly Trap[] = [
  ...privateDnsByItself,
  {
    title: "private DNS off, and no hosted zone for the name",
    why: "the name resolves to public addresses, to which there is no route",
    resources: stack(endpointOnly, withoutPrivateDns),
    blocks: ["dns", noPrivateName],
  },
  {
    title: "private DNS not set",
    why: "the provider's default is off",
    resources: stack(endpointOnly, set("ssm", { privateDnsEnabled: undefined })),
    blocks: ["dns", noPrivateName],
  },
  {
    title: "private DNS off, and a hosted zone for the name associated with the VPC",
    why: "the hosted zone resolves the name to the endpoint instead",
    resources: stack(endpointOnly, withoutPrivateDns, plus(zone(ssmName, vpcId), record(aliasTo("ssm")))),
  },
  {
    title: "private DNS off, and a hosted zone with a CNAME record to a DNS name of the endpoint",
    why: "`dnsEntries` has the endpoint's DNS names, and an empty record name is the zone's own name",
    resources: stack(
      endpointOnly,
      withoutPrivateDns,
      set("ssm", { dnsEntries: [{ dnsName: "given.example.com", hostedZoneId: "Z2" }] }),
      plus(zone(`${ssmName}.`, vpcId), record({ name: "", type: "CNAME", records: ["given.example.com"] })),
    ),
  },
  {
    title: "private DNS off, and a hosted zone of the VPC with no record",
    why: "a hosted zone answers only from its records, which may be created outside this stack",
    resources: stack(endpointOnly, withoutPrivateDns, plus(zone(ssmName, vpcId))),
    leavesUnknown: ["dns"],
  },
  {
    title: "private DNS off, and a hosted zone whose record points to another endpoint",
    why: "the other endpoint's name does not show whether it serves the VPC",
    resources: stack(endpointOnly, withoutPrivateDns, plus(zone(ssmName, vpcId), record(aliasTo("0123456789abcdef0")))),
    leavesUnknown: ["dns"],
  },
  {
    title: "private DNS off, and a hosted zone with only an AAAA record",
    why: "the hop is evaluated over IPv4, for which the zone has no record in this stack",
    resources: stack(
      endpointOnly,
      withoutPrivateDns,
      plus(zone(ssmName, vpcId), record({ ...aliasTo("ssm"), type: "AAAA" })),
    ),
    leavesUnknown: ["dns"],
  },
  {
    title: "private DNS off, and a hosted zone with an A and an AAAA record",
    why: "the A record points to the endpoint",
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
    why: "the agent uses the dual-stack name only if it is configured to",
    resources: stack(
      endpointOnly,
      withoutPrivateDns,
      plus(zone(dualStackName, vpcId), record({ ...aliasTo("ssm"), name: dualStackName })),
    ),
    leavesUnknown: ["dns"],
  },
  {
    title: "private DNS off, and hosted zones for both names",
    why: "the name that the agent uses by default resolves to the endpoint",
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
    title: "private DNS off, and a hosted zone with a record for another name",
    why: "the zone's own name has no record",
    resources: stack(
      endpointOnly,
      withoutPrivateDns,
      plus(zone(ssmName, vpcId), record({ ...aliasTo("ssm"), name: `other.${ssmName}` })),
    ),
    leavesUnknown: ["dns"],
  },
  {
    title: "private DNS off, and the hosted zone associated by ZoneAssociation",
    why: "ZoneAssociation associates a hosted zone with a VPC as `vpcs` does",
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
    title: "private DNS off, and the hosted zone associated with another VPC",
    why: "a private hosted zone answers only in the VPCs that it is associated with",
    resources: stack(endpointOnly, withoutPrivateDns, plus(zone("ssm.eu-west-1.amazonaws.com", "vpc-other"))),
    blocks: ["dns", noPrivateName],
  },
  {
    title: "private DNS off, and a hosted zone for another name that begins with ssm",
    why: "the agent resolves ssm.eu-west-1.amazonaws.com",
    resources: stack(endpointOnly, withoutPrivateDns, plus(zone("ssm.example.com", vpcId))),
    blocks: ["dns", noPrivateName],
  },
  {
    title: "private DNS off, with a NAT gateway and an endpoint that allows no inbound traffic",
    why: "the name resolves to public addresses, so traffic does not use the endpoint",
    resources: stack(
      endpointsAndNat,
      set("ssm", { privateDnsEnabled: false }),
      set("ssmmessages", { privateDnsEnabled: false }),
      set("endpoints", { ingress: [] }),
    ),
  },
  {
    title: "a VPC without DNS hostnames",
    why: "private DNS requires both attributes, and this one is off by default",
    resources: stack(endpointOnly, set("vpc", { enableDnsHostnames: undefined })),
    blocks: ["dns", "private DNS requires DNS hostnames, which are disabled in the VPC"],
  },
  {
    title: "a VPC without DNS support",
    why: "no name is resolved",
    resources: stack(endpointOnly, set("vpc", { enableDnsSupport: false })),
    blocks: ["dns", "DNS support is disabled in the VPC"],
  },
  {
    title: "a VPC whose DNS support is not set",
    why: "DNS support is on by default",
    resources: stack(endpointOnly, set("vpc", { enableDnsSupport: undefined })),
  },
  {
    title: "a VPC without DNS hostnames behind a NAT gateway",
    why: "public names resolve without private DNS",
    resources: stack(
      endpointsAndNat,
      without("ssm", "ssmmessages", "endpoints"),
      set("vpc", { enableDnsHostnames: false }),
    ),
  },
  ...dhcpOptionSets,
  {
    title: "a VPC whose DNS support is a secret",
    why: "without DNS support no name is resolved",
    resources: stack(endpointOnly, set("vpc", { enableDnsSupport: secretText })),
    leavesUnknown: ["dns"],
  },
  {
    title: "a VPC whose DNS hostnames are a secret",
    why: "private DNS requires both attributes",
    resources: stack(endpointOnly, set("vpc", { enableDnsHostnames: secretText })),
    leavesUnknown: ["dns"],
  },
  {
    title: "private DNS off, a hosted zone for the name, and a VPC whose DNS hostnames are a secret",
    why: "a private hosted zone requires both attributes",
    resources: stack(
      endpointOnly,
      withoutPrivateDns,
      set("vpc", { enableDnsHostnames: secretText }),
      plus(zone(ssmName, vpcId), record(aliasTo("ssm"))),
    ),
    leavesUnknown: ["dns"],
  },
  {
    title: "private DNS off, and a hosted zone that is not in the stack, associated with the VPC",
    why: "the ID of a hosted zone shows neither its name nor its records",
    resources: stack(
      endpointOnly,
      withoutPrivateDns,
      plus(aws("route53/zoneAssociation:ZoneAssociation", "joined", { zoneId: "Z-elsewhere", vpcId })),
    ),
    leavesUnknown: ["dns"],
  },
];
