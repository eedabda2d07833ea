import { secretText } from "../../../../policypack/stack/special-values";
import { endpointOnly, hopsOfTraffic, images, nat, set, stack, vpcId, without } from "./bases";
import type { Trap } from "./trap";

export const agent: readonly Trap[] = [
  {
    title: "the AWS image of Debian behind NAT",
    why: "Debian images do not include the SSM agent",
    resources: stack(nat, set("web", { ami: images.debian })),
    blocks: ["agent", "the AWS image of debian-12 does not include the SSM agent, and user data does not install it"],
  },
  {
    title: "the minimal AMI of Amazon Linux 2023",
    why: "of the Amazon Linux AMIs, only the minimal ones do not include the SSM agent",
    resources: stack(nat, set("web", { ami: images.minimal })),
    blocks: [
      "agent",
      "the AWS image of amazon-linux-2023 does not include the SSM agent, and user data does not install it",
    ],
  },
  {
    title: "the AWS image of Debian, with user data that installs the SSM agent",
    why: "user data adds what the image does not include",
    resources: stack(
      nat,
      set("web", { ami: images.debian, userData: "#!/bin/sh\napt-get install -y ./amazon-ssm-agent.deb\n" }),
    ),
  },
  {
    title: "user data that removes the SSM agent",
    why: "the image includes the agent, but user data removes it before it is used",
    resources: stack(nat, set("web", { userData: "#!/bin/sh\ndnf remove -y amazon-ssm-agent\n" })),
    blocks: ["agent", "user data removes the SSM agent"],
  },
  {
    title: "a custom AMI that is tagged as RHEL",
    why: "RHEL's own images do not include the agent; whether this one does cannot be determined from the stack",
    resources: stack(nat, set("web", { ami: "ami-0123456789abcdef0", tags: { OS: "rhel-9", PatchGroup: "prod" } })),
    leavesUnknown: ["agent"],
  },
  {
    title: "an AMI whose operating system is unknown, endpoints only",
    why: "where updates come from depends on the operating system",
    resources: stack(endpointOnly, set("web", { ami: "ami-0123456789abcdef0" })),
    leavesUnknown: ["agent", "repository"],
  },
  {
    title: "an AMI whose operating system is unknown, behind NAT",
    why: "whatever the operating system is, its repositories are reachable",
    resources: stack(nat, set("web", { ami: "ami-0123456789abcdef0" })),
    leavesUnknown: ["agent"],
  },
  {
    title: "user data that is a secret, endpoints only",
    why: "it may remove the agent or add repositories on the internet",
    resources: stack(endpointOnly, set("web", { userData: secretText })),
    leavesUnknown: ["agent", "repository"],
  },
  {
    title: "user data that is a secret, behind NAT",
    why: "it may remove the agent, but whatever repository it adds can be reached",
    resources: stack(nat, set("web", { userData: secretText })),
    leavesUnknown: ["agent"],
  },
  {
    title: "the AWS image of Debian, and user data that installs the agent and has the ID of another resource",
    why: "at preview, user data is not known as long as the ID is not",
    resources: stack(
      nat,
      set("web", {
        ami: images.debian,
        userData: `#!/bin/sh\ncurl -O https://s3.eu-west-1.amazonaws.com/amazon-ssm-eu-west-1/latest/debian_amd64/amazon-ssm-agent.deb\ndpkg -i amazon-ssm-agent.deb\necho ${vpcId} > /etc/motd\n`,
      }),
    ),
    unknownAtPreview: ["agent"],
  },
  {
    title: "the agent from a bucket in another Region, behind a firewall",
    why: "the rules of the firewall are not read",
    resources: stack(
      nat,
      without("nat"),
      set("to-nat", { natGatewayId: undefined, vpcEndpointId: "vpce-firewall" }),
      set("web", {
        ami: images.debian,
        userData:
          "#!/bin/sh\ncurl -O https://s3.us-east-1.amazonaws.com/amazon-ssm-us-east-1/latest/debian_amd64/amazon-ssm-agent.deb\ndpkg -i amazon-ssm-agent.deb\n",
      }),
    ),
    leavesUnknown: ["agent", ...hopsOfTraffic],
  },
];
