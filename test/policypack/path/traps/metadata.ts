import { aws, endpointOnly, plus, set, stack, without } from "./bases";
import type { Trap } from "./trap";

const template = (others: object) =>
  aws("ec2/launchTemplate:LaunchTemplate", "base", {
    id: "lt-base",
    imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
    iamInstanceProfile: { name: "profile" },
    vpcSecurityGroupIds: ["sg-web"],
    tagSpecifications: [{ resourceType: "instance", tags: { PatchGroup: "prod" } }],
    ...others,
  });
const group = aws("autoscaling/group:Group", "web", {
  vpcZoneIdentifiers: ["subnet-1"],
  launchTemplate: { id: "lt-base" },
});

/** The instance metadata service, from which the agent gets its credentials. */
export const metadata: readonly Trap[] = [
  {
    title: "an instance without its metadata service",
    why: "the agent has no credentials then",
    resources: stack(endpointOnly, set("web", { metadataOptions: { httpEndpoint: "disabled" } })),
    blocks: ["identity", "the instance metadata service is turned off, so the SSM agent cannot get credentials"],
  },
  {
    title: "a template without the metadata service",
    why: "its instances have none",
    resources: stack(
      endpointOnly,
      without("web"),
      plus(template({ metadataOptions: { httpEndpoint: "disabled" } }), group),
    ),
    blocks: ["identity", "the instance metadata service is turned off, so the SSM agent cannot get credentials"],
  },
  {
    title: "an instance with version 2 of the metadata service only",
    why: "the agent uses that",
    resources: stack(
      endpointOnly,
      set("web", { metadataOptions: { httpEndpoint: "enabled", httpTokens: "required" } }),
    ),
  },
];
