import { endpointOnly, images, nat, set, stack } from "./bases";
import type { Trap } from "./trap";

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
