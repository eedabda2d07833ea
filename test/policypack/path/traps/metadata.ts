import { secretText } from "../../../../policypack/stack/special-values";
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
    title: "an instance whose metadata service is turned off",
    why: "without it, the agent has no credentials",
    resources: stack(endpointOnly, set("web", { metadataOptions: { httpEndpoint: "disabled" } })),
    blocks: ["identity", "the instance metadata service is turned off, so the SSM agent cannot get credentials"],
  },
  {
    title: "a launch template that turns the metadata service off",
    why: "its instances have no metadata service",
    resources: stack(
      endpointOnly,
      without("web"),
      plus(template({ metadataOptions: { httpEndpoint: "disabled" } }), group),
    ),
    blocks: ["identity", "the instance metadata service is turned off, so the SSM agent cannot get credentials"],
  },
  {
    title: "an instance that requires IMDSv2",
    why: "the agent supports IMDSv2",
    resources: stack(
      endpointOnly,
      set("web", { metadataOptions: { httpEndpoint: "enabled", httpTokens: "required" } }),
    ),
  },
  {
    title: "an instance whose setting of the metadata service is a secret",
    why: "without metadata there are no credentials of the role",
    resources: stack(endpointOnly, set("web", { metadataOptions: { httpEndpoint: secretText } })),
    leavesUnknown: ["identity"],
  },
];
