import { secretText } from "../../../../policypack/stack/special-values";
import { aws, hopsOfTraffic, images, plus, set, stack, vpcId, without } from "./bases";
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

/** The server in a separate VPC; the routes of the clients are unchanged. */
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
    title: "another instance with the server's address in another VPC",
    why: "two VPCs can use the same private address, and the URL refers to the one in the client's VPC",
    resources: stack(wsus, url("https://10.0.3.9:8531"), (resources) => [
      aws("ec2/vpc:Vpc", "other", { id: "vpc-other", cidrBlock: "10.0.0.0/16", enableDnsSupport: true }),
      aws("ec2/subnet:Subnet", "other-subnet", { id: "subnet-other", vpcId: "vpc-other", cidrBlock: "10.0.3.0/24" }),
      serverInstance("another", "i-another", "10.0.3.9", { subnetId: "subnet-other" }),
      ...resources,
    ]),
  },
  {
    title: "a client security group that allows outbound 8531 but not 8530",
    why: "clients get metadata over HTTPS and update files over HTTP on the port below",
    resources: stack(wsus, letsOut(port(8531, toServer))),
    blocks: ["repository", "the outbound rules of the security groups do not allow 8530 to `wsus`"],
  },
  {
    title: "a client security group that allows outbound 8530 but not 8531",
    why: "the URL has 8531; as long as it is not known, it may use HTTP",
    resources: stack(wsus, letsOut(port(8530, toServer))),
    blocks: ["repository", "the outbound rules of the security groups do not allow 8531 to `wsus`"],
    unknownAtPreview: repository,
  },
  {
    title: "a client security group that allows outbound WSUS ports to another security group",
    why: "the other group is not attached to the server",
    resources: stack(wsus, letsOut(port(8531, fromClients), port(8530, fromClients))),
    blocks: ["repository", "the outbound rules of the security groups do not allow 8531 to `wsus`"],
  },
  {
    title: "a client security group that allows outbound WSUS ports to the server's address",
    why: "the server has this address",
    resources: stack(wsus, letsOut(port(8530, { cidrIpv4: "10.0.3.9/32" }, 8531))),
    unknownAtPreview: repository,
  },
  {
    title: "a server security group that allows 8531 but not 8530",
    why: "clients get update files over HTTP",
    resources: stack(wsus, letsIn(port(8531, fromClients))),
    blocks: ["repository", "the security groups of `wsus` do not allow inbound 8530 from the instances"],
  },
  {
    title: "a server security group that allows other clients",
    why: "these clients have another security group",
    resources: stack(wsus, letsIn(port(8531, toServer), port(8530, toServer))),
    blocks: ["repository", "the security groups of `wsus` do not allow inbound 8531 from the instances"],
  },
  {
    title: "a server security group that allows the clients' subnet",
    why: "the clients have addresses in it",
    resources: stack(wsus, letsIn(port(8530, { cidrIpv4: "10.0.1.0/24" }, 8531))),
  },
  {
    title: "a server security group that allows only 8530, for a server without TLS",
    why: "over HTTP, 8530 is the only port",
    resources: stack(
      wsus,
      url("http://wsus.example.com:8530"),
      letsIn(port(8530, fromClients)),
      letsOut(port(8530, toServer)),
    ),
  },
  {
    title: "a network ACL of the clients that denies outbound 8530",
    why: "clients get update files on 8530",
    resources: stack(wsus, acl("subnet-1", [all], [entry(100, "deny", 8530, 8530), all])),
    blocks: ["repository", "the network ACL `acl` of `private` does not allow outbound 8530 to the WSUS server"],
  },
  {
    title: "a network ACL of the server that allows inbound 8530-8531 but no outbound return traffic",
    why: "network ACLs are stateless; return traffic to Windows uses ports 49152-65535",
    resources: stack(wsus, acl("subnet-server", [all], [entry(100, "allow", 80, 443)])),
    blocks: [
      "repository",
      "the network ACL `acl` of `server-subnet` does not allow outbound return traffic from the WSUS server",
    ],
  },
  {
    title: "a network ACL of the server that allows no outbound return traffic, and instances in a secret subnet",
    why: "they may be in the subnet of the server, within which no network ACL applies",
    resources: stack(
      wsus,
      acl("subnet-server", [all], [entry(100, "allow", 80, 443)]),
      set("web", { subnetId: secretText }),
    ),
    leavesUnknown: ["dns", ...hopsOfTraffic],
  },
  {
    title: "a network ACL of the server that denies inbound 8531",
    why: "the clients connect to 8531",
    resources: stack(wsus, acl("subnet-server", [entry(100, "deny", 8531, 8531), all], [all])),
    blocks: ["repository", "the network ACL `acl` of `server-subnet` does not allow inbound 8531 to the WSUS server"],
    unknownAtPreview: repository,
  },
  {
    title: "a network ACL of the server that allows only what is needed",
    why: "it allows the ports of WSUS, those of Microsoft Update and the return traffic of both",
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
    title: "a WSUS server with no route to NAT",
    why: "it has no updates to distribute",
    resources: stack(wsus, serversRoute([])),
    blocks: ["repository", `${cannotReach}: the route table has no default route`],
  },
  {
    title: "a WSUS server whose security group allows outbound 443 but not 80",
    why: "WSUS contacts Microsoft Update on both ports",
    resources: stack(wsus, letsServerOut(port(443, anywhere))),
    blocks: ["repository", `${cannotReach}: the outbound rules of the security groups do not allow 80 to the internet`],
  },
  {
    title: "a WSUS server whose network ACL denies outbound 80",
    why: "WSUS contacts Microsoft Update on both ports",
    resources: stack(wsus, acl("subnet-server", [all], [entry(100, "deny", 80, 80), all])),
    blocks: [
      "repository",
      `${cannotReach}: the network ACL \`acl\` of \`server-subnet\` does not allow outbound 80 to the internet`,
    ],
  },
  {
    title: "a WSUS server with a default route to a transit gateway",
    why: "what is behind the transit gateway is not in the stack",
    resources: stack(wsus, serversRoute([{ cidrBlock: "0.0.0.0/0", transitGatewayId: "tgw-1" }])),
    leavesUnknown: repository,
  },
  {
    title: "a downstream WSUS server with no route to the internet",
    why: "a downstream server contacts only its upstream server",
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
    why: "there is no traffic between VPCs without a route",
    resources: stack(wsus, ...otherVpc),
    blocks: ["repository", "`table` has no route to the WSUS server `wsus` in another VPC"],
  },
  {
    title: "a WSUS server in another VPC behind a peering connection",
    why: "the other side of the connection and the return routes are not in the stack",
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
    title: "two WSUS servers, and a URL with the address of one",
    why: "the other one cannot reach Microsoft Update, and does not need to",
    resources: stack(
      wsus,
      plus(serverInstance("spare", "i-spare", "10.0.1.7", { subnetId: "subnet-1" }), installation("more", "i-spare")),
    ),
  },
  {
    title: "two WSUS servers, and a URL with the name of neither",
    why: "which of them it refers to cannot be determined",
    resources: stack(
      wsus,
      url("https://wsus.example.com:8531"),
      plus(serverInstance("spare", "i-spare", "10.0.3.7"), installation("more", "i-spare")),
    ),
    leavesUnknown: repository,
  },
  {
    title: "two WSUS servers, and a DNS record for one",
    why: "the record points to the server that cannot reach Microsoft Update",
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
    title: "a WSUS server that is not in the stack",
    why: "whether the server works is not in the stack",
    resources: stack(
      wsus,
      without("wsus", "install"),
      url("https://10.9.0.7:8531"),
      letsOut(port(8531, { cidrIpv4: "10.9.0.0/16" }), port(8530, anywhere)),
    ),
    leavesUnknown: repository,
  },
  {
    title: "a WSUS server that is not in the stack, and a client security group that allows no outbound traffic to it",
    why: "wherever the server is, the security group must allow the traffic",
    resources: stack(wsus, url("https://10.9.0.7:8531"), letsOut(port(8530, anywhere))),
    blocks: ["repository", "the outbound rules of the security groups do not allow 8531 to `10.9.0.7`"],
  },
  {
    title: "an Amazon Linux instance as the WSUS server",
    why: "WSUS is a role of Windows Server",
    resources: stack(
      wsus,
      set("wsus", { ami: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64" }),
    ),
    blocks: ["repository", "the WSUS server `wsus` runs amazon-linux-2023, but WSUS is a role of Windows Server"],
  },
  {
    title: "an instance of the AWS image of Windows on which nothing installs WSUS",
    why: "no AWS image includes the role; it may have been added manually",
    resources: stack(wsus, without("install")),
    leavesUnknown: repository,
  },
  {
    title: "a WSUS server that user data installs, without an association",
    why: "user data can install the role too",
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
