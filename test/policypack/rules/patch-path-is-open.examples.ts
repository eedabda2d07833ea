import type { RuleExamples } from "./examples";
import { changed, patchedStack } from "./network";

export const examples: RuleExamples = {
  bad: [
    {
      title: "endpoints without private DNS",
      resources: patchedStack(changed("ssm", { privateDnsEnabled: false })),
      findings: [
        "`web` would not be patched, the hop `dns` is blocked: `ssm` has no private DNS, and no hosted zone of the VPC leads its name to the endpoint (`privateDnsEnabled` of `ssm`). Set privateDnsEnabled of the endpoint `ssm`.",
      ],
    },
    {
      title: "a gateway endpoint on another subnet's route table",
      resources: patchedStack(changed("s3", { routeTableIds: ["rtb-other"] })),
      findings: [
        "`web` would not be patched, the hop `s3-route` is blocked: the route table of `private` has no S3 gateway endpoint, and its route table has no default route (`table`). Add an S3 gateway endpoint (com.amazonaws.REGION.s3) with this route table to the VPC; it costs nothing.",
      ],
    },
  ],
  good: [{ title: "a fleet whose way is open from end to end", resources: patchedStack(), findings: [] }],
};
