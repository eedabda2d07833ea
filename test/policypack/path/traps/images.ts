import { aws, images, nat, plus, set, stack } from "./bases";
import type { Trap } from "./trap";

const ubuntu = "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20240701";

/** The operating system of an AMI, from what the stack shows of it. */
export const imagesInSight: readonly Trap[] = [
  {
    title: "the minimal AMI of Amazon Linux 2",
    why: "that it does not include the SSM agent is likely, but not confirmed",
    resources: stack(nat, set("web", { ami: images.minimal2 })),
    leavesUnknown: ["agent"],
    advice: ["past-support"],
  },
  {
    title: "the AWS image of Windows with EC2Launch v2",
    why: "it is one of AWS's Windows AMIs",
    resources: stack(nat, set("web", { ami: images.windowsLaunch2 })),
  },
  {
    title: "a vendor AMI that the stack reads",
    why: "Canonical's account owns it, and Canonical's Ubuntu 24.04 images include the SSM agent",
    resources: stack(
      nat,
      set("web", { ami: "ami-ubuntu" }),
      plus(aws("ec2/ami:Ami", "ubuntu", { id: "ami-ubuntu", name: ubuntu, ownerId: "099720109477" })),
    ),
  },
  {
    title: "an AMI with a vendor's image name, owned by another account",
    why: "any account can give an AMI that name",
    resources: stack(
      nat,
      set("web", { ami: "ami-ubuntu" }),
      plus(aws("ec2/ami:Ami", "ubuntu", { id: "ami-ubuntu", name: ubuntu, ownerId: "123456789012" })),
    ),
    leavesUnknown: ["agent"],
  },
  {
    title: "a copy of a vendor's RHEL AMI",
    why: "the copy does not include the SSM agent either",
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
    title: "an AMI whose name is in a tag of the instance",
    why: "the name identifies the operating system",
    resources: stack(
      nat,
      set("web", {
        ami: "ami-0123456789abcdef0",
        tags: { ImageName: "al2023-ami-2023.5.20240708.0-kernel-6.1-x86_64", PatchGroup: "prod" },
      }),
    ),
  },
  {
    title: "an AMI ID from a public parameter",
    why: "the path of the parameter identifies the operating system",
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
    title: "an AMI ID from a public parameter of Bottlerocket",
    why: "Patch Manager does not patch Bottlerocket, with or without a route to the internet",
    resources: stack(
      nat,
      set("web", { ami: "ami-of-parameter" }),
      plus(
        aws("ssm/parameter:Parameter", "latest", {
          id: "ami-of-parameter",
          name: "/aws/service/bottlerocket/aws-ecs-2/x86_64/latest/image_id",
          value: "ami-of-parameter",
        }),
      ),
    ),
    blocks: [
      "repository",
      "Patch Manager does not patch bottlerocket (by the public parameter `/aws/service/bottlerocket/aws-ecs-2/x86_64/latest/image_id` of the image), which has no package manager",
    ],
  },
];
