import type { RuleExamples } from "./examples";
import { changed, interfaceEndpoint, patchedStack } from "./network";

export const examples: RuleExamples = {
  bad: [
    {
      title: "an endpoint that current agents don't need",
      resources: patchedStack({ ec2messages: interfaceEndpoint("ec2messages") }),
      findings: [
        "[ec2messages] The endpoint `ec2messages` serves SSM agents before 3.3.40.0 only, and costs by the hour; current ones use ssmmessages.",
      ],
    },
    {
      title: "a fleet that nothing patches",
      resources: patchedStack({ ...changed("web", { tags: {} }), core: undefined }),
      findings: [
        "[unmanaged] Nothing in this stack patches `web`: no role of the SSM agent's, patch group or target. Blocked besides: identity.",
      ],
    },
    {
      title: "a system past its support",
      resources: patchedStack(
        changed("web", {
          ami: "resolve:ssm:/aws/service/ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-x86_64-gp2",
        }),
      ),
      findings: ["[past-support] `web` runs amazon-linux-2, whose support ended on 2026-06-30: no new patches come."],
    },
  ],
  good: [{ title: "a fleet with all that it needs and no more", resources: patchedStack(), findings: [] }],
};
