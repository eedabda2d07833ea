import { aws, images, nat, plus, set, stack } from "./bases";
import type { Trap } from "./trap";

const ubuntu = "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20240701";

/** What an image is, by what a stack shows of it. */
export const imagesInSight: readonly Trap[] = [
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
    title: "an image id that a public parameter of Bottlerocket gives",
    why: "Patch Manager does not patch it, with a route to the internet or without",
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
