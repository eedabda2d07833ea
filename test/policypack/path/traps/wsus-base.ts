import type { ExampleResource } from "../../rules/analyze";
import { type Change, aws, endpointsAndNat, images, plus, set, stack, vpcId, without } from "./bases";

export const serverName = "ip-10-0-3-9.eu-west-1.compute.internal";
export const serverUrl = `https://${serverName}:8531`;

/** A rule for one port or a range. */
export interface Rule {
  readonly fromPort: number;
  readonly toPort: number;
  readonly [peer: string]: unknown;
}

export const port = (fromPort: number, peer: object, toPort = fromPort): Rule => ({ fromPort, toPort, ...peer });
export const toServer = { referencedSecurityGroupId: "sg-server" };
export const fromClients = { referencedSecurityGroupId: "sg-web" };
export const anywhere = { cidrIpv4: "0.0.0.0/0" };

/** Replaces the rules of a security group in one direction, with each rule as a separate resource. */
function rules(direction: "Egress" | "Ingress", prefix: string, securityGroupId: string, own: readonly Rule[]): Change {
  return (resources) => [
    ...resources.filter(({ name }) => !name.startsWith(`${prefix}-`)),
    ...own.map((rule, i) =>
      aws(`vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`, `${prefix}-${i}`, {
        securityGroupId,
        ipProtocol: "tcp",
        ...rule,
      }),
    ),
  ];
}

/** Outbound rules of the clients, in addition to those for AWS services. */
export const letsOut = (...own: readonly Rule[]) =>
  rules("Egress", "from-web", "sg-web", [
    port(443, { referencedSecurityGroupId: "sg-endpoints" }),
    port(443, { prefixListId: "pl-s3" }),
    ...own,
  ]);
export const letsIn = (...own: readonly Rule[]) => rules("Ingress", "into-server", "sg-server", own);
export const letsServerOut = (...own: readonly Rule[]) => rules("Egress", "from-server", "sg-server", own);

const document = (name: string, script: readonly string[], parameters: readonly string[]) =>
  aws("ssm/document:Document", `${name}-document`, {
    id: `${name}-1234567`,
    documentType: "Command",
    content: JSON.stringify({
      schemaVersion: "2.2",
      parameters: Object.fromEntries(parameters.map((parameter) => [parameter, { type: "String" }])),
      mainSteps: [{ action: "aws:runPowerShellScript", name: "run", inputs: { runCommand: script } }],
    }),
  });

/** As in set-client.ps1: the values in a table, the server from a parameter of the document. */
const registry = (useWsus: number) => [
  "<#",
  "Sets WUServer, WUStatusServer and UseWUServer.",
  "#>",
  "& {",
  "param([Parameter(Mandatory = $true)] [string] $ServerUrl)",
  "    @{ Path = $policy; Name = 'WUServer'; Type = 'String'; Value = $ServerUrl }",
  "    @{ Path = $policy; Name = 'WUStatusServer'; Type = 'String'; Value = $ServerUrl }",
  `    @{ Path = "$policy\\AU"; Name = 'UseWUServer'; Type = 'DWord'; Value = ${useWsus} }`,
  "} -ServerUrl '{{ ServerUrl }}'",
];

/** The document that points clients to the server, without some of its lines. */
export const clientDocument = (leftOut?: string, useWsus = 1): ExampleResource =>
  document(
    "client",
    registry(useWsus).filter((line) => leftOut === undefined || !line.includes(leftOut)),
    ["ServerUrl"],
  );

export const serverInstance = (name: string, id: string, address: string, others: object = {}): ExampleResource => ({
  ...aws("ec2/instance:Instance", name, {
    id,
    ami: images.windows,
    subnetId: "subnet-server",
    vpcSecurityGroupIds: ["sg-server"],
    iamInstanceProfile: "profile",
    tags: { PatchGroup: "prod" },
    ...others,
  }),
  computed: { privateIp: address, privateDns: `ip-${address.replaceAll(".", "-")}.eu-west-1.compute.internal` },
});

export const installation = (name: string, instanceId: string) =>
  aws("ssm/association:Association", name, {
    name: "server-1234567",
    targets: [{ key: "InstanceIds", values: [instanceId] }],
  });

/** A route table for one subnet. */
export const table = (name: string, of: string, vpc: string, routes: readonly object[]) => [
  aws("ec2/routeTable:RouteTable", `${name}-table`, { id: `rtb-${name}`, vpcId: vpc, routes }),
  aws("ec2/routeTableAssociation:RouteTableAssociation", `${name}-association`, {
    subnetId: of,
    routeTableId: `rtb-${name}`,
  }),
];

/** Windows clients with endpoints only, pointed to a WSUS server in a subnet behind NAT. */
export const wsus = stack(
  endpointsAndNat,
  without("to-nat"),
  set("web", { ami: images.windows }),
  set("web-group", { egress: undefined }),
  plus(
    aws("ec2/subnet:Subnet", "server-subnet", {
      id: "subnet-server",
      vpcId,
      cidrBlock: "10.0.3.0/24",
      availabilityZone: "eu-west-1a",
    }),
    ...table("server", "subnet-server", vpcId, [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }]),
    aws("ec2/securityGroup:SecurityGroup", "server-group", { id: "sg-server", vpcId }),
    serverInstance("wsus", "i-wsus", "10.0.3.9"),
    document("server", ["Install-WindowsFeature -Name UpdateServices -IncludeManagementTools"], []),
    installation("install", "i-wsus"),
    clientDocument(),
    aws("ssm/association:Association", "point", {
      name: "client-1234567",
      targets: [{ key: "tag:PatchGroup", values: ["prod"] }],
      parameters: { ServerUrl: serverUrl },
    }),
  ),
  letsOut(port(8531, toServer), port(8530, toServer)),
  letsIn(port(8531, fromClients), port(8530, fromClients)),
  letsServerOut(port(443, anywhere), port(80, anywhere)),
);
