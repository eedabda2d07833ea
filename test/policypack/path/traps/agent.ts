import { aws, endpointOnly, images, nat, plus, set, stack } from "./bases";
import type { Trap } from "./trap";

const ubuntu = "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20240701";

export const agent: readonly Trap[] = [
  {
    title: "AWS's image of Debian behind NAT",
    why: "Debian's images have no SSM agent",
    resources: stack(nat, set("web", { ami: images.debian })),
    blocks: ["agent", "the AWS image of debian-12 does not include the SSM agent, and user data does not install it"],
  },
  {
    title: "the minimal image of Amazon Linux 2023",
    why: "of AWS's images of Amazon Linux the minimal ones alone have no SSM agent",
    resources: stack(nat, set("web", { ami: images.minimal })),
    blocks: [
      "agent",
      "the AWS image of amazon-linux-2023 does not include the SSM agent, and user data does not install it",
    ],
  },
  {
    title: "the minimal image of Amazon Linux 2",
    why: "that it has no SSM agent is only likely",
    resources: stack(nat, set("web", { ami: images.minimal2 })),
    leavesUnknown: ["agent"],
    advice: ["past-support"],
  },
  {
    title: "an image of Windows with EC2Launch v2",
    why: "it is AWS's image of Windows",
    resources: stack(nat, set("web", { ami: images.windowsLaunch2 })),
  },
  {
    title: "a vendor's image that the stack reads",
    why: "Canonical's account publishes it, and its images of Ubuntu 24.04 have the agent",
    resources: stack(
      nat,
      set("web", { ami: "ami-ubuntu" }),
      plus(aws("ec2/ami:Ami", "ubuntu", { id: "ami-ubuntu", name: ubuntu, ownerId: "099720109477" })),
    ),
  },
  {
    title: "an image with a vendor's name from another account",
    why: "anybody may give that name to an image",
    resources: stack(
      nat,
      set("web", { ami: "ami-ubuntu" }),
      plus(aws("ec2/ami:Ami", "ubuntu", { id: "ami-ubuntu", name: ubuntu, ownerId: "123456789012" })),
    ),
    leavesUnknown: ["agent"],
  },
  {
    title: "a vendor's image of RHEL that the stack copies",
    why: "the copy has no agent either",
    resources: stack(
      nat,
      set("web", { ami: "ami-copy" }),
      plus(
        aws("ec2/ami:Ami", "rhel", {
          id: "ami-rhel",
          name: "RHEL-9.4.0_HVM-20240605-x86_64-82-Hourly2-GP3",
          ownerId: "309956199498",
        }),
        aws("ec2/amiCopy:AmiCopy", "copy", { id: "ami-copy", name: "own", sourceAmiId: "ami-rhel", ownerId: "1" }),
      ),
    ),
    blocks: ["agent", "the AWS image of rhel-9 does not include the SSM agent, and user data does not install it"],
  },
  {
    title: "an image whose tag has the name of a vendor's",
    why: "the name tells what it is",
    resources: stack(
      nat,
      set("web", {
        ami: "ami-0123456789abcdef0",
        tags: { ImageName: "al2023-ami-2023.5.20240708.0-kernel-6.1-x86_64", PatchGroup: "prod" },
      }),
    ),
  },
  {
    title: "an image id that a public parameter gives",
    why: "the parameter's path tells what it is",
    resources: stack(
      nat,
      set("web", { ami: "ami-of-parameter" }),
      plus(
        aws("ssm/parameter:Parameter", "latest", {
          id: "ami-of-parameter",
          name: images.ubuntu.replace("resolve:ssm:", ""),
          value: "ami-of-parameter",
        }),
      ),
    ),
  },
  {
    title: "AWS's image of Debian, where user data installs the agent",
    why: "that makes up for the image",
    resources: stack(
      nat,
      set("web", { ami: images.debian, userData: "#!/bin/sh\napt-get install -y ./amazon-ssm-agent.deb\n" }),
    ),
  },
  {
    title: "user data that removes the agent",
    why: "the image brings it, and it is gone before it was of use",
    resources: stack(nat, set("web", { userData: "#!/bin/sh\ndnf remove -y amazon-ssm-agent\n" })),
    blocks: ["agent", "user data removes the SSM agent"],
  },
  {
    title: "an image of the customer's, RHEL by its tag",
    why: "RHEL's own images have no agent; whether this one does is not in the stack",
    resources: stack(nat, set("web", { ami: "ami-0123456789abcdef0", tags: { OS: "rhel-9", PatchGroup: "prod" } })),
    leavesUnknown: ["agent"],
  },
  {
    title: "an image that tells nothing, endpoints only",
    why: "where its updates come from depends on the system",
    resources: stack(endpointOnly, set("web", { ami: "ami-0123456789abcdef0" })),
    leavesUnknown: ["agent", "repository"],
  },
  {
    title: "an image that tells nothing, behind NAT",
    why: "whatever the system is, its repositories are reached",
    resources: stack(nat, set("web", { ami: "ami-0123456789abcdef0" })),
    leavesUnknown: ["agent"],
  },
];
