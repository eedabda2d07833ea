import { type Mutation, type Props, acl, blocked, edit, onEverything, policy, unknown } from "./mutation";

/** Logical names of what is changed most. */
const association = "prod-wsus-files-client";
const server = "Instance prod-wsus-server-server";
const serverName = "prod-wsus-server-server.eu-west-1.compute.internal";

const pointedAt = (ServerUrl: string) => ({
  edit: {
    [association]: ({ parameters }: Props) => ({ parameters: { ...(parameters as Props), ServerUrl } }),
  },
});

/** Changes the script that points the clients at the server. */
const script = (found: RegExp, instead: string) => ({
  edit: {
    "prod-wsus-files-set": ({ content }: Props) => {
      const changed = (content as string).replace(found, instead);
      if (changed === content) throw new Error(`there is no ${String(found)} to change`);
      return { content: changed };
    },
  },
});

const pointer: Mutation[] = [
  blocked("repository", "nothing that points the clients at it", { drop: [association] }),
  blocked(
    "repository",
    "an association for other machines",
    edit(association, { targets: [{ key: "tag:patchpath:fleet", values: ["prod-other"] }] }),
  ),
  unknown(
    "repository",
    "an association for a resource group",
    edit(association, { targets: [{ key: "resource-groups:Name", values: ["windows"] }] }),
  ),
  blocked("repository", "UseWUServer at 0", script(/(UseWUServer'; Type = 'DWord'; Value =) 1/, "$1 0")),
  blocked("repository", "no UseWUServer", script(/[^\n]{0,60}UseWUServer'; Type = 'DWord'; Value = 1 }/, "")),
  blocked("repository", "no WUStatusServer", script(/'WUStatusServer'/, "'WUServerBefore'")),
  blocked("repository", "HTTP at the port of HTTPS", pointedAt(`http://${serverName}:8531`)),
  blocked("repository", "HTTPS at the port of HTTP", pointedAt(`https://${serverName}:8530`)),
  blocked("repository", "a port that WSUS does not have", pointedAt(`https://${serverName}:443`)),
  unknown(
    "repository",
    "a machine that the stack does not make",
    pointedAt("https://ip-10-99-0-5.eu-west-1.compute.internal:8531"),
  ),
];

const toServer: Mutation[] = [
  blocked("repository", "no way out to it", { drop: ["prod-wsus-files-to-wsus-8531"] }),
  blocked("repository", "no way out to its update files", { drop: ["prod-wsus-files-to-wsus-8530"] }),
  blocked("repository", "no way into it", { drop: ["prod-wsus-files-into-wsus-8531"] }),
  blocked("repository", "no way in to its update files", { drop: ["prod-wsus-files-into-wsus-8530"] }),
  blocked(
    "repository",
    "in from another group",
    edit("prod-wsus-files-into-wsus-8531", { referencedSecurityGroupId: "sg-other" }),
  ),
  blocked("repository", "out by UDP", edit("prod-wsus-files-to-wsus-8531", { ipProtocol: "udp" })),
  blocked("repository", "the server in the VPC's default group", edit(server, { vpcSecurityGroupIds: undefined })),
  blocked("repository", "the server in another group", edit(server, { vpcSecurityGroupIds: ["sg-other"] })),
  blocked(
    "repository",
    "a network ACL of its subnet with web ports only",
    acl(["server-0"], ["egress", "allow", 0, 65535], ["ingress", "allow", 80, 443], ["ingress", "allow", 49152, 65535]),
  ),
  blocked(
    "repository",
    "a network ACL of the clients' subnet with a Deny of its port",
    acl(["private-1"], ["egress", "deny", 8530, 8530], ["egress", "allow", 0, 65535], ["ingress", "allow", 0, 65535]),
  ),
];

const ofServer: Mutation[] = [
  blocked("repository", "its default route dropped", { drop: ["prod-network-nat-server-0"] }),
  blocked("repository", "its subnet on the VPC's main route table", {
    drop: ["RouteTableAssociation prod-network-server-0"],
  }),
  blocked("repository", "its NAT gateway without a way out", { drop: ["Route prod-network-nat-public"] }),
  blocked(
    "repository",
    "a private NAT gateway",
    edit("NatGateway prod-network-nat-0", { connectivityType: "private" }),
  ),
  blocked("repository", "its way out by HTTPS dropped", { drop: ["prod-wsus-server-to-443"] }),
  blocked("repository", "its way out by HTTP dropped", { drop: ["prod-wsus-server-to-80"] }),
  blocked(
    "repository",
    "Amazon Linux in its place",
    edit("prod-wsus-server-image", {
      imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
    }),
  ),
  unknown("repository", "nothing that makes it a WSUS server", { drop: ["Association prod-wsus-server-setup-server"] }),
];

/** Of the topology `wsus`, of its clients. */
export const wsusClientMutations: readonly Mutation[] = [...pointer, ...toServer, ...ofServer];

/** Of the topology `wsus`, of the server itself, which is patched too. */
export const wsusServerMutations: readonly Mutation[] = [
  unknown("identity", "no AmazonSSMManagedInstanceCore", { drop: ["prod-wsus-server-instance-core"] }),
  blocked(
    "identity",
    "another policy of its own, which denies the agent",
    edit("RolePolicy prod-wsus-server-reports", { policy: policy(onEverything("Deny", "ssm:Put*")) }),
  ),
  blocked("security-groups", "no way into the endpoints", { drop: ["prod-wsus-server-into-endpoints"] }),
  blocked("security-groups", "no way out by HTTPS", { drop: ["prod-wsus-server-to-443"] }),
  blocked("repository", "no default route", { drop: ["prod-network-nat-server-0"] }),
];
