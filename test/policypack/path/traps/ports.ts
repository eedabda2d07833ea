import { aws, endpointsAndNat, https, images, nat, plus, set, stack, vpcId } from "./bases";
import type { Trap } from "./trap";

const httpOnly = { ...https, fromPort: 80, toPort: 80 };
const anyHost = { cidrBlocks: ["0.0.0.0/0"] };
const toAwsServices = [
  { ...https, securityGroups: ["sg-endpoints"] },
  { ...https, prefixListIds: ["pl-s3"] },
];

/** Instances behind NAT: outbound 443 to the endpoints of Systems Manager and S3, and these ports to the internet. */
const lettingOut = (...ports: readonly object[]) =>
  set("web-group", { egress: [...toAwsServices, ...ports.map((port) => ({ ...port, ...anyHost }))] });
const running = (ami: string, userData?: string) => set("web", { ami, userData });
const behind = (ami: string, ...ports: readonly object[]) => stack(endpointsAndNat, running(ami), lettingOut(...ports));

const installsAgent = (pack: string) =>
  `#!/bin/sh\ncurl -O https://s3.eu-west-1.amazonaws.com/amazon-ssm-eu-west-1/latest/${pack}\ndpkg -i ${pack.split("/").at(-1)}\n`;
const debianAgent = installsAgent("debian_amd64/amazon-ssm-agent.deb");
const debian11 = "resolve:ssm:/aws/service/debian/release/11/latest/amd64";
const rhelAgent = installsAgent("linux_amd64/amazon-ssm-agent.rpm");
const unknownImage = "ami-0123456789abcdef0";
/** An AMI whose operating system is known only from a tag. */
const tagged = (os: string, ...ports: readonly object[]) =>
  stack(
    endpointsAndNat,
    set("web", { ami: "ami-0123456789abcdef0", tags: { OS: os, PatchGroup: "prod" }, userData: rhelAgent }),
    set("s3", { policy: undefined }),
    lettingOut(...ports),
  );
const debianOf = (ami: string, ...ports: readonly object[]) =>
  stack(behind(ami, ...ports), running(ami, debianAgent), set("s3", { policy: undefined }));

const acl = (...ports: readonly number[]) =>
  plus(
    aws("ec2/networkAcl:NetworkAcl", "acl", {
      id: "acl-1",
      vpcId,
      subnetIds: ["subnet-1"],
      ingress: [
        { ruleNo: 100, action: "allow", protocol: "tcp", cidrBlock: "0.0.0.0/0", fromPort: 1024, toPort: 65535 },
      ],
      egress: ports.map((port, i) => ({
        ruleNo: 100 + i,
        action: "allow",
        protocol: "tcp",
        cidrBlock: "0.0.0.0/0",
        fromPort: port,
        toPort: port,
      })),
    }),
  );

const not = (port: number) => `the outbound rules of the security groups do not allow ${port} to the internet`;

/** The ports on which each operating system downloads its updates. */
export const ports: readonly Trap[] = [
  {
    title: "Ubuntu, and a security group that allows only outbound 443",
    why: "the package sources of its image use port 80",
    resources: behind(images.ubuntu, https),
    blocks: ["security-groups", not(80)],
  },
  {
    title: "Ubuntu, and a security group that allows outbound 80 to the internet",
    why: "Systems Manager and S3 are reached through endpoints",
    resources: behind(images.ubuntu, httpOnly),
  },
  {
    title: "Ubuntu, and a network ACL that allows only outbound 443",
    why: "the package sources of its image use port 80",
    resources: stack(nat, running(images.ubuntu), acl(443)),
    blocks: ["network-acls", "the network ACL `acl` of `private` does not allow outbound 80 to the internet"],
  },
  {
    title: "Ubuntu, and a network ACL that allows outbound 443 and 80",
    why: "patching uses no other ports",
    resources: stack(nat, running(images.ubuntu), acl(443, 80)),
  },
  {
    title:
      "Ubuntu whose user data changes the package sources to https, and a security group that allows only outbound 443",
    why: "the mirrors also listen on 443",
    resources: stack(
      behind(images.ubuntu, https),
      running(images.ubuntu, "#!/bin/sh\nsed -i s,http:,https:, /etc/apt/sources.list\n"),
    ),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "Ubuntu from a tag, and a security group that allows only outbound 443",
    why: "a custom AMI may have other package sources",
    resources: tagged("ubuntu-22.04", https),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "Ubuntu from a tag, and a security group that allows no outbound traffic to the internet",
    why: "package repositories use port 80 or 443",
    resources: tagged("ubuntu-22.04"),
    blocks: ["security-groups", not(80)],
  },
  {
    title: "Debian 12, and a security group that allows only outbound 443",
    why: "its image likely uses its mirror on port 443",
    resources: debianOf(images.debian, https),
  },
  {
    title: "Debian 12, and a security group that allows only outbound 80",
    why: "that it uses its mirror on port 443 is not confirmed",
    resources: debianOf(images.debian, httpOnly),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "Debian 12, and a security group that allows no outbound traffic to the internet",
    why: "package repositories use port 80 or 443",
    resources: debianOf(images.debian),
    blocks: ["security-groups", not(443)],
  },
  {
    title: "Debian 11, and a security group that allows only outbound 443",
    why: "that it uses its mirror on port 80 is not confirmed",
    resources: debianOf(debian11, https),
    leavesUnknown: ["security-groups"],
    advice: ["past-support"],
  },
  {
    title: "Debian 11, and a security group that allows outbound 80",
    why: "its image likely uses its mirror on port 80",
    resources: debianOf(debian11, httpOnly),
    advice: ["past-support"],
  },
  {
    title: "SUSE, and a security group that allows only outbound 443",
    why: "port 80 is also used, unless the image sets `httpsOnly`",
    resources: behind(images.suse, https),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "SUSE, and a security group that allows only outbound 80",
    why: "its region servers use port 443",
    resources: behind(images.suse, httpOnly),
    blocks: ["security-groups", not(443)],
  },
  {
    title: "SUSE, and a security group that allows outbound 443 and 80",
    why: "SUSE uses no other ports",
    resources: behind(images.suse, https, httpOnly),
  },
  {
    title: "Windows behind NAT, and a security group that allows only outbound 443",
    why: "Microsoft Update uses ports 443 and 80",
    resources: behind(images.windows, https),
    blocks: ["security-groups", not(80)],
  },
  {
    title: "Windows behind NAT, and a security group that allows outbound 443 and 80",
    why: "Microsoft Update uses ports 443 and 80",
    resources: behind(images.windows, https, httpOnly),
  },
  {
    title: "RHEL from a tag, and a security group that allows only outbound 443",
    why: "RHUI uses port 443",
    resources: tagged("rhel-9", https),
  },
  {
    title: "Rocky Linux from a tag, and a security group that allows only outbound 443",
    why: "its mirror lists likely use port 443 and contain several mirrors",
    resources: tagged("rocky-9", https),
  },
  {
    title: "EPEL in user data, and a security group that allows only outbound 80",
    why: "that its mirror lists use port 443 is not confirmed",
    resources: stack(
      endpointsAndNat,
      set("web", { userData: "#!/bin/sh\namazon-linux-extras install -y epel\n" }),
      lettingOut(httpOnly),
    ),
    leavesUnknown: ["security-groups"],
  },
  {
    title:
      "an unknown operating system behind NAT, with a security group that allows outbound 443 only to the endpoints and S3",
    why: "Amazon Linux reads its packages in S3, other systems on the internet",
    resources: stack(endpointsAndNat, set("web", { ami: unknownImage }), lettingOut()),
    leavesUnknown: ["agent", "security-groups"],
  },
  {
    title: "an unknown operating system behind NAT, with a security group that allows outbound 80 to the internet",
    why: "systems that read packages on the internet may read them on that port",
    resources: stack(endpointsAndNat, set("web", { ami: unknownImage }), lettingOut(httpOnly)),
    leavesUnknown: ["agent"],
  },
  {
    title:
      "Ubuntu with the ID of another resource in user data, and a security group that allows outbound 443 to the internet",
    why: "the AWS image reads packages on port 80; at preview, user data may still change the package sources",
    resources: stack(
      endpointsAndNat,
      running(images.ubuntu, `#!/bin/sh\ncurl https://www.example.com/${vpcId} -o /etc/motd\n`),
      lettingOut(https),
    ),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 80 to the internet"],
    unknownAtPreview: ["agent", "security-groups"],
  },
];
