import { aws, images, plus, set, stack, vpcId, without } from "./bases";
import type { Trap } from "./trap";
import {
  anywhere,
  fromClients,
  installation,
  letsIn,
  letsOut,
  letsServerOut,
  port,
  serverInstance,
  serverUrl,
  table,
  toServer,
  wsus,
} from "./wsus-base";

const url = (ServerUrl: string) => set("point", { parameters: { ServerUrl } });
const repository = ["repository"] as const;

const entry = (ruleNo: number, action: "allow" | "deny", fromPort: number, toPort: number) => ({
  ruleNo,
  action,
  protocol: "tcp",
  cidrBlock: "0.0.0.0/0",
  fromPort,
  toPort,
});
const all = entry(200, "allow", 0, 65535);
const acl = (subnetId: string, ingress: readonly object[], egress: readonly object[]) =>
  plus(aws("ec2/networkAcl:NetworkAcl", "acl", { id: "acl-1", vpcId, subnetIds: [subnetId], ingress, egress }));

/** The server in a VPC of its own, with what clients' routes there are. */
const otherVpc = [
  plus(
    aws("ec2/vpc:Vpc", "other", { id: "vpc-other", cidrBlock: "10.9.0.0/16", enableDnsSupport: true }),
    ...table("other", "subnet-other", "vpc-other", [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }]),
    aws("ec2/subnet:Subnet", "other-subnet", { id: "subnet-other", vpcId: "vpc-other", cidrBlock: "10.9.1.0/24" }),
  ),
  without("wsus"),
  plus(serverInstance("wsus", "i-wsus", "10.9.1.9", { subnetId: "subnet-other" })),
  url("https://10.9.1.9:8531"),
];

const serversRoute = (routes: readonly object[]) => set("server-table", { routes });
const cannotReach = "the WSUS server `wsus` cannot reach Microsoft Update";

export const wsusServers: readonly Trap[] = [
  {
    title: "a machine with the server's address in another VPC",
    why: "private addresses are assigned in each VPC anew, and the one in the client's VPC is meant",
    resources: stack(wsus, url("https://10.0.3.9:8531"), (resources) => [
      aws("ec2/vpc:Vpc", "other", { id: "vpc-other", cidrBlock: "10.0.0.0/16", enableDnsSupport: true }),
      aws("ec2/subnet:Subnet", "other-subnet", { id: "subnet-other", vpcId: "vpc-other", cidrBlock: "10.0.3.0/24" }),
      serverInstance("another", "i-another", "10.0.3.9", { subnetId: "subnet-other" }),
      ...resources,
    ]),
  },
  {
    title: "a client group that lets 8531 out and not 8530",
    why: "metadata comes by HTTPS, the update files by HTTP at the port below",
    resources: stack(wsus, letsOut(port(8531, toServer))),
    blocks: ["repository", "the outbound rules of the security groups do not allow 8530 to `wsus`"],
  },
  {
    title: "a client group that lets 8530 out and not 8531",
    why: "the URL has 8531; while it is not known it may be HTTP",
    resources: stack(wsus, letsOut(port(8530, toServer))),
    blocks: ["repository", "the outbound rules of the security groups do not allow 8531 to `wsus`"],
    unknownAtPreview: repository,
  },
  {
    title: "a client group that lets the ports of WSUS out to another group",
    why: "the server is not a member of it",
    resources: stack(wsus, letsOut(port(8531, fromClients), port(8530, fromClients))),
    blocks: ["repository", "the outbound rules of the security groups do not allow 8531 to `wsus`"],
  },
  {
    title: "a client group that lets the ports of WSUS out to the server's own address",
    why: "the server has it",
    resources: stack(wsus, letsOut(port(8530, { cidrIpv4: "10.0.3.9/32" }, 8531))),
    unknownAtPreview: repository,
  },
  {
    title: "a server group that admits 8531 and not 8530",
    why: "the update files come by HTTP",
    resources: stack(wsus, letsIn(port(8531, fromClients))),
    blocks: ["repository", "the security groups of `wsus` do not allow inbound 8530 from the instances"],
  },
  {
    title: "a server group that admits other clients",
    why: "these clients have another group",
    resources: stack(wsus, letsIn(port(8531, toServer), port(8530, toServer))),
    blocks: ["repository", "the security groups of `wsus` do not allow inbound 8531 from the instances"],
  },
  {
    title: "a server group that admits the clients' subnet",
    why: "they are in it",
    resources: stack(wsus, letsIn(port(8530, { cidrIpv4: "10.0.1.0/24" }, 8531))),
  },
  {
    title: "a server group that admits 8530 only, of a server without TLS",
    why: "by HTTP it is the only port",
    resources: stack(
      wsus,
      url("http://wsus.example.com:8530"),
      letsIn(port(8530, fromClients)),
      letsOut(port(8530, toServer)),
    ),
  },
  {
    title: "a network ACL of the clients that denies 8530 out",
    why: "the update files come by it",
    resources: stack(wsus, acl("subnet-1", [all], [entry(100, "deny", 8530, 8530), all])),
    blocks: ["repository", "the network ACL `acl` of `private` does not allow outbound 8530 to the WSUS server"],
  },
  {
    title: "a network ACL of the server that lets 8530 to 8531 in and no answer out",
    why: "network ACLs keep no state; Windows is answered at 49152-65535",
    resources: stack(wsus, acl("subnet-server", [all], [entry(100, "allow", 80, 443)])),
    blocks: [
      "repository",
      "the network ACL `acl` of `server-subnet` does not allow outbound return traffic from the WSUS server",
    ],
  },
  {
    title: "a network ACL of the server that denies 8531 in",
    why: "the clients call it there",
    resources: stack(wsus, acl("subnet-server", [entry(100, "deny", 8531, 8531), all], [all])),
    blocks: ["repository", "the network ACL `acl` of `server-subnet` does not allow inbound 8531 to the WSUS server"],
    unknownAtPreview: repository,
  },
  {
    title: "a network ACL of the server that lets in and out no more than is needed",
    why: "the ports of WSUS, those of Microsoft Update, and both kinds of answers",
    resources: stack(
      wsus,
      acl(
        "subnet-server",
        [entry(100, "allow", 8530, 8531), entry(110, "allow", 49152, 65535)],
        [entry(100, "allow", 49152, 65535), entry(110, "allow", 443, 443), entry(120, "allow", 80, 80)],
      ),
    ),
  },
  {
    title: "a WSUS server without a route to NAT",
    why: "it has nothing to give",
    resources: stack(wsus, serversRoute([])),
    blocks: ["repository", `${cannotReach}: the route table has no default route`],
  },
  {
    title: "a WSUS server whose group lets 443 out and not 80",
    why: "WSUS asks Microsoft Update at both",
    resources: stack(wsus, letsServerOut(port(443, anywhere))),
    blocks: ["repository", `${cannotReach}: the outbound rules of the security groups do not allow 80 to the internet`],
  },
  {
    title: "a WSUS server whose network ACL denies 80 out",
    why: "WSUS asks Microsoft Update at both",
    resources: stack(wsus, acl("subnet-server", [all], [entry(100, "deny", 80, 80), all])),
    blocks: [
      "repository",
      `${cannotReach}: the network ACL \`acl\` of \`server-subnet\` does not allow outbound 80 to the internet`,
    ],
  },
  {
    title: "a WSUS server behind a transit gateway",
    why: "what that lets through is not in the stack",
    resources: stack(wsus, serversRoute([{ cidrBlock: "0.0.0.0/0", transitGatewayId: "tgw-1" }])),
    leavesUnknown: repository,
  },
  {
    title: "a WSUS server that is fed by another, without a way to the internet",
    why: "a downstream server asks its upstream server only",
    resources: stack(
      wsus,
      serversRoute([]),
      set("wsus", {
        userData: "<powershell>\nSet-WsusServerSynchronization -UssServerName up.example.com\n</powershell>",
      }),
    ),
    leavesUnknown: repository,
  },
  {
    title: "a WSUS server in another VPC",
    why: "nothing leads from one VPC into another by itself",
    resources: stack(wsus, ...otherVpc),
    blocks: ["repository", "`table` has no route to the WSUS server `wsus` in another VPC"],
  },
  {
    title: "a WSUS server in another VPC behind a peering connection",
    why: "its other side, and the routes back, are somebody's to tell",
    resources: stack(
      wsus,
      ...otherVpc,
      plus(
        aws("ec2/route:Route", "to-other", {
          routeTableId: "rtb-1",
          destinationCidrBlock: "10.9.0.0/16",
          vpcPeeringConnectionId: "pcx-1",
        }),
      ),
    ),
    leavesUnknown: repository,
  },
  {
    title: "two WSUS servers, one of which the address is",
    why: "the other can't reach Microsoft Update, and need not",
    resources: stack(
      wsus,
      plus(serverInstance("spare", "i-spare", "10.0.1.7", { subnetId: "subnet-1" }), installation("more", "i-spare")),
    ),
  },
  {
    title: "two WSUS servers, and a name that is neither's",
    why: "nobody can tell which it is",
    resources: stack(
      wsus,
      url("https://wsus.example.com:8531"),
      plus(serverInstance("spare", "i-spare", "10.0.3.7"), installation("more", "i-spare")),
    ),
    leavesUnknown: repository,
  },
  {
    title: "two WSUS servers, and a record that is one's",
    why: "the record says which it is; that one can't reach Microsoft Update",
    resources: stack(
      wsus,
      url("https://wsus.example.com:8531"),
      plus(
        serverInstance("spare", "i-spare", "10.0.1.7", { subnetId: "subnet-1" }),
        installation("more", "i-spare"),
        aws("route53/record:Record", "record", {
          zoneId: "Z1",
          name: "wsus.example.com",
          type: "A",
          records: ["10.0.1.7"],
        }),
      ),
    ),
    blocks: [
      "repository",
      "the WSUS server `spare` cannot reach Microsoft Update: the route table has no default route",
    ],
  },
  {
    title: "a WSUS server from elsewhere",
    why: "whether that server works is not in the stack",
    resources: stack(
      wsus,
      without("wsus", "install"),
      url("https://10.9.0.7:8531"),
      letsOut(port(8531, { cidrIpv4: "10.9.0.0/16" }), port(8530, anywhere)),
    ),
    leavesUnknown: repository,
  },
  {
    title: "a WSUS server from elsewhere, and a client group that lets nothing out to it",
    why: "wherever it is, packets must leave the instance",
    resources: stack(wsus, url("https://10.9.0.7:8531"), letsOut(port(8530, anywhere))),
    blocks: ["repository", "the outbound rules of the security groups do not allow 8531 to `10.9.0.7`"],
  },
  {
    title: "a server of Amazon Linux that is to be a WSUS server",
    why: "WSUS is a role of Windows Server",
    resources: stack(
      wsus,
      set("wsus", { ami: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64" }),
    ),
    blocks: ["repository", "the WSUS server `wsus` runs amazon-linux-2023, but WSUS is a role of Windows Server"],
  },
  {
    title: "a server from AWS's image of Windows that nothing makes a WSUS server",
    why: "no image of AWS's has the role; someone may have added it by hand",
    resources: stack(wsus, without("install")),
    leavesUnknown: repository,
  },
  {
    title: "a WSUS server by user data, without an association",
    why: "user data installs the role as well",
    resources: stack(
      wsus,
      without("install", "server-document"),
      set("wsus", {
        ami: images.windows,
        userData: "<powershell>\nInstall-WindowsFeature UpdateServices\n</powershell>",
      }),
      url(serverUrl),
    ),
  },
];
