import { aws, endpointsAndNat, https, images, nat, plus, set, stack, vpcId } from "./bases";
import type { Trap } from "./trap";

const httpOnly = { ...https, fromPort: 80, toPort: 80 };
const anyHost = { cidrBlocks: ["0.0.0.0/0"] };
const toAwsServices = [
  { ...https, securityGroups: ["sg-endpoints"] },
  { ...https, prefixListIds: ["pl-s3"] },
];

/** Instances behind NAT that let out what Systems Manager and S3 need by endpoints, and these ports to the internet. */
const lettingOut = (...ports: readonly object[]) =>
  set("web-group", { egress: [...toAwsServices, ...ports.map((port) => ({ ...port, ...anyHost }))] });
const running = (ami: string, userData?: string) => set("web", { ami, userData });
const behind = (ami: string, ...ports: readonly object[]) => stack(endpointsAndNat, running(ami), lettingOut(...ports));

const installsAgent = (pack: string) =>
  `#!/bin/sh\ncurl -O https://s3.eu-west-1.amazonaws.com/amazon-ssm-eu-west-1/latest/${pack}\ndpkg -i ${pack.split("/").at(-1)}\n`;
const debianAgent = installsAgent("debian_amd64/amazon-ssm-agent.deb");
const debian11 = "resolve:ssm:/aws/service/debian/release/11/latest/amd64";
const rhelAgent = installsAgent("linux_amd64/amazon-ssm-agent.rpm");
/** An image that is known by a tag only. */
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

/** The ports at which each system reads its updates. */
export const ports: readonly Trap[] = [
  {
    title: "Ubuntu, and a group that lets out 443 only",
    why: "the sources of its image are read at 80",
    resources: behind(images.ubuntu, https),
    blocks: ["security-groups", not(80)],
  },
  {
    title: "Ubuntu, and a group that lets out 80 to the internet",
    why: "Systems Manager and S3 have endpoints",
    resources: behind(images.ubuntu, httpOnly),
  },
  {
    title: "Ubuntu, and a network ACL that lets out 443 only",
    why: "the sources of its image are read at 80",
    resources: stack(nat, running(images.ubuntu), acl(443)),
    blocks: ["network-acls", "the network ACL `acl` of `private` does not allow outbound 80 to the internet"],
  },
  {
    title: "Ubuntu, and a network ACL that lets out 443 and 80",
    why: "these are all ports that patching uses",
    resources: stack(nat, running(images.ubuntu), acl(443, 80)),
  },
  {
    title: "Ubuntu whose user data changes the sources to https, and a group that lets out 443 only",
    why: "the mirrors answer at 443 as well",
    resources: stack(
      behind(images.ubuntu, https),
      running(images.ubuntu, "#!/bin/sh\nsed -i s,http:,https:, /etc/apt/sources.list\n"),
    ),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "Ubuntu by a tag, and a group that lets out 443 only",
    why: "an image of one's own may have other sources",
    resources: tagged("ubuntu-22.04", https),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "Ubuntu by a tag, and a group that lets nothing out to the internet",
    why: "package repositories are read at 80 or 443",
    resources: tagged("ubuntu-22.04"),
    blocks: ["security-groups", not(80)],
  },
  {
    title: "Debian 12, and a group that lets out 443 only",
    why: "its image likely reads its mirror at 443",
    resources: debianOf(images.debian, https),
  },
  {
    title: "Debian 12, and a group that lets out 80 only",
    why: "that it reads its mirror at 443 is not confirmed",
    resources: debianOf(images.debian, httpOnly),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "Debian 12, and a group that lets nothing out to the internet",
    why: "package repositories are read at 80 or 443",
    resources: debianOf(images.debian),
    blocks: ["security-groups", not(443)],
  },
  {
    title: "Debian 11, and a group that lets out 443 only",
    why: "that it reads its mirror at 80 is not confirmed",
    resources: debianOf(debian11, https),
    leavesUnknown: ["security-groups"],
    advice: ["past-support"],
  },
  {
    title: "Debian 11, and a group that lets out 80",
    why: "its image likely reads its mirror at 80",
    resources: debianOf(debian11, httpOnly),
    advice: ["past-support"],
  },
  {
    title: "SUSE, and a group that lets out 443 only",
    why: "80 is used too unless the image says `httpsOnly`",
    resources: behind(images.suse, https),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "SUSE, and a group that lets out 80 only",
    why: "its region servers are read at 443",
    resources: behind(images.suse, httpOnly),
    blocks: ["security-groups", not(443)],
  },
  {
    title: "SUSE, and a group that lets out 443 and 80",
    why: "these are both of its ports",
    resources: behind(images.suse, https, httpOnly),
  },
  {
    title: "Windows behind NAT, and a group that lets out 443 only",
    why: "Microsoft Update is read at 443 and at 80",
    resources: behind(images.windows, https),
    blocks: ["security-groups", not(80)],
  },
  {
    title: "Windows behind NAT, and a group that lets out 443 and 80",
    why: "Microsoft Update is read at 443 and at 80",
    resources: behind(images.windows, https, httpOnly),
  },
  {
    title: "RHEL by a tag, and a group that lets out 443 only",
    why: "RHUI is read at 443",
    resources: tagged("rhel-9", https),
  },
  {
    title: "Rocky Linux by a tag, and a group that lets out 443 only",
    why: "its mirror lists are likely read at 443, and name several mirrors",
    resources: tagged("rocky-9", https),
  },
  {
    title: "EPEL in user data, and a group that lets out 80 only",
    why: "that its mirror lists are read at 443 is not confirmed",
    resources: stack(
      endpointsAndNat,
      set("web", { userData: "#!/bin/sh\namazon-linux-extras install -y epel\n" }),
      lettingOut(httpOnly),
    ),
    leavesUnknown: ["security-groups"],
  },
];
