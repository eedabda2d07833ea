import { type Mutation, type Props, acl, blocked, edit, onEverything, policy, unknown } from "./mutation";

/** Logical names of the resources that are changed most. */
const association = "prod-wsus-files-client";
const server = "Instance prod-wsus-server-server";
const serverName = "prod-wsus-server-server.eu-west-1.compute.internal";

const pointedAt = (ServerUrl: string) => ({
  edit: {
    [association]: ({ parameters }: Props) => ({ parameters: { ...(parameters as Props), ServerUrl } }),
  },
});

/** Changes the script that points the clients to the server. */
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
  blocked("repository", "nothing that points the clients to the server", { drop: [association] }),
  blocked(
    "repository",
    "an association for other instances",
    edit(association, { targets: [{ key: "tag:patchpath:fleet", values: ["prod-other"] }] }),
  ),
  unknown(
    "repository",
    "an association for a resource group",
    edit(association, { targets: [{ key: "resource-groups:Name", values: ["windows"] }] }),
  ),
  blocked("repository", "UseWUServer set to 0", script(/(UseWUServer'; Type = 'DWord'; Value =) 1/, "$1 0")),
  blocked("repository", "no UseWUServer", script(/[^\n]{0,60}UseWUServer'; Type = 'DWord'; Value = 1 }/, "")),
  blocked("repository", "no WUStatusServer", script(/'WUStatusServer'/, "'WUServerBefore'")),
  blocked("repository", "HTTP on the HTTPS port", pointedAt(`http://${serverName}:8531`)),
  blocked("repository", "HTTPS on the HTTP port", pointedAt(`https://${serverName}:8530`)),
  blocked("repository", "a port that WSUS does not have", pointedAt(`https://${serverName}:443`)),
  unknown(
    "repository",
    "a server that the stack does not create",
    pointedAt("https://ip-10-99-0-5.eu-west-1.compute.internal:8531"),
  ),
];

const toServer: Mutation[] = [
  blocked("repository", "no outbound rule to the server", { drop: ["prod-wsus-files-to-wsus-8531"] }),
  blocked("repository", "no outbound rule to its update files", { drop: ["prod-wsus-files-to-wsus-8530"] }),
  blocked("repository", "no inbound rule of the server", { drop: ["prod-wsus-files-into-wsus-8531"] }),
  blocked("repository", "no inbound rule for its update files", { drop: ["prod-wsus-files-into-wsus-8530"] }),
  blocked(
    "repository",
    "an inbound rule for another security group",
    edit("prod-wsus-files-into-wsus-8531", { referencedSecurityGroupId: "sg-other" }),
  ),
  blocked("repository", "an outbound rule for UDP", edit("prod-wsus-files-to-wsus-8531", { ipProtocol: "udp" })),
  blocked(
    "repository",
    "the server with the VPC's default security group",
    edit(server, { vpcSecurityGroupIds: undefined }),
  ),
  blocked("repository", "the server with another security group", edit(server, { vpcSecurityGroupIds: ["sg-other"] })),
  blocked(
    "repository",
    "a network ACL of the server's subnet with only web ports",
    acl(["server-0"], ["egress", "allow", 0, 65535], ["ingress", "allow", 80, 443], ["ingress", "allow", 49152, 65535]),
  ),
  blocked(
    "repository",
    "a network ACL of the clients' subnet that denies its port",
    acl(["private-1"], ["egress", "deny", 8530, 8530], ["egress", "allow", 0, 65535], ["ingress", "allow", 0, 65535]),
  ),
];

const ofServer: Mutation[] = [
  blocked("repository", "no default route of the server", { drop: ["prod-network-nat-server-0"] }),
  blocked("repository", "the server's subnet with the VPC's main route table", {
    drop: ["RouteTableAssociation prod-network-server-0"],
  }),
  blocked("repository", "its NAT gateway without a route to the internet gateway", {
    drop: ["Route prod-network-nat-public"],
  }),
  blocked(
    "repository",
    "a private NAT gateway",
    edit("NatGateway prod-network-nat-0", { connectivityType: "private" }),
  ),
  blocked("repository", "no outbound HTTPS rule of the server", { drop: ["prod-wsus-server-to-443"] }),
  blocked("repository", "no outbound HTTP rule of the server", { drop: ["prod-wsus-server-to-80"] }),
  blocked(
    "repository",
    "Amazon Linux in its place",
    edit("prod-wsus-server-image", {
      imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
    }),
  ),
  unknown("repository", "nothing that installs WSUS on it", { drop: ["Association prod-wsus-server-setup-server"] }),
];

/** Changes to the topology `wsus`, for its clients. */
export const wsusClientMutations: readonly Mutation[] = [...pointer, ...toServer, ...ofServer];

/** Changes to the topology `wsus`, for the server itself, which is patched too. */
export const wsusServerMutations: readonly Mutation[] = [
  unknown("identity", "no AmazonSSMManagedInstanceCore", { drop: ["prod-wsus-server-instance-core"] }),
  blocked(
    "identity",
    "an inline policy that denies the agent's actions",
    edit("RolePolicy prod-wsus-server-reports", { policy: policy(onEverything("Deny", "ssm:Put*")) }),
  ),
  blocked("security-groups", "no inbound rule of the endpoints", { drop: ["prod-wsus-server-into-endpoints"] }),
  blocked("security-groups", "no outbound rule for HTTPS", { drop: ["prod-wsus-server-to-443"] }),
  blocked("repository", "no default route", { drop: ["prod-network-nat-server-0"] }),
];
