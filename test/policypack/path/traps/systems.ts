import { endpointOnly, endpointsAndNat, images, nat, set, stack } from "./bases";
import type { Trap } from "./trap";

const noRoute = "the route table has no default route";
const tagged = (os: string) => ({ ami: "ami-0123456789abcdef0", tags: { OS: os, PatchGroup: "prod" } });
const installsAgent =
  "#!/bin/sh\nsudo yum install -y https://s3.eu-west-1.amazonaws.com/amazon-ssm-eu-west-1/latest/linux_amd64/amazon-ssm-agent.rpm\n";
/** The default endpoint policy: all reads of all buckets are allowed. */
const defaultPolicy = set("s3", { policy: undefined });

export const systems: readonly Trap[] = [
  {
    title: "Ubuntu, endpoints only",
    why: "its repositories are on the internet",
    resources: stack(endpointOnly, set("web", { ami: images.ubuntu })),
    blocks: ["repository", `the repositories of ubuntu-24.04 are on the internet, and ${noRoute}`],
  },
  {
    title: "SUSE, endpoints only",
    why: "its repositories are on the internet",
    resources: stack(endpointOnly, set("web", { ami: images.suse })),
    blocks: ["repository", `the repositories of suse-15 are on the internet, and ${noRoute}`],
  },
  {
    title: "RHEL with the agent, endpoints only",
    why: "its repositories are on the internet",
    resources: stack(endpointOnly, defaultPolicy, set("web", { ...tagged("rhel-9"), userData: installsAgent })),
    blocks: ["repository", `the repositories of rhel are on the internet, and ${noRoute}`],
  },
  {
    title: "Debian with the agent, endpoints only",
    why: "its repositories are on the internet",
    resources: stack(endpointOnly, defaultPolicy, set("web", { ...tagged("debian-12"), userData: installsAgent })),
    blocks: ["repository", `the repositories of debian are on the internet, and ${noRoute}`],
  },
  {
    title: "Ubuntu behind NAT",
    why: "its repositories are reachable",
    resources: stack(nat, set("web", { ami: images.ubuntu })),
  },
  {
    title: "Amazon Linux 2, endpoints only",
    why: "it is patched with the existing updates; its support has ended",
    resources: stack(endpointOnly, set("web", { ami: images.amazonLinux2 })),
    advice: ["past-support"],
  },
  {
    title: "EPEL in user data, endpoints only",
    why: "its mirrors are on the internet, and dnf contacts them at every update",
    resources: stack(endpointOnly, set("web", { userData: "#!/bin/sh\namazon-linux-extras install -y epel\n" })),
    blocks: ["repository", `user data adds EPEL, which is on the internet, and ${noRoute}`],
  },
  {
    title: "EPEL in user data behind NAT",
    why: "its mirrors are reachable",
    resources: stack(endpointsAndNat, set("web", { userData: "#!/bin/sh\namazon-linux-extras install -y epel\n" })),
  },
  {
    title: "a third-party repository in user data, endpoints only",
    why: "it is on the internet",
    resources: stack(
      endpointOnly,
      set("web", { userData: "#!/bin/sh\ndnf config-manager --add-repo https://rpm.example.com/x.repo\n" }),
    ),
    blocks: [
      "repository",
      `user data adds a package repository at \`rpm.example.com\`, which is on the internet, and ${noRoute}`,
    ],
  },
  {
    title: "Windows, endpoints only, without WSUS",
    why: "Microsoft Update is on the internet",
    resources: stack(endpointOnly, set("web", { ami: images.windows })),
    blocks: ["repository", `Microsoft Update is on the internet, and ${noRoute}`],
  },
  {
    title: "Windows behind NAT",
    why: "Microsoft Update is reachable",
    resources: stack(nat, set("web", { ami: images.windows })),
  },
];
