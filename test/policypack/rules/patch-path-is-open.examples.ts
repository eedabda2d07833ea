import type { RuleExamples } from "./examples";
import { json } from "./examples";
import { attachedFleet, changed, patchedStack, ssmReads } from "./network";

export const examples: RuleExamples = {
  bad: [
    {
      title: "endpoints without private DNS",
      resources: patchedStack(changed("ssm", { privateDnsEnabled: false })),
      findings: [
        "`web` cannot be patched, the hop `dns` is blocked: private DNS is disabled for `ssm`, and no hosted zone of the VPC resolves its name to the endpoint (`privateDnsEnabled` of `ssm`). Set privateDnsEnabled to true on the endpoint `ssm`.",
      ],
    },
    {
      title: "a gateway endpoint on another subnet's route table",
      resources: patchedStack(changed("s3", { routeTableIds: ["rtb-other"] })),
      findings: [
        "`web` cannot be patched, the hop `s3-route` is blocked: the route table of `private` has no S3 gateway endpoint, and the route table has no default route (`table`). Add an S3 gateway endpoint (com.amazonaws.REGION.s3) with this route table to the VPC, at no charge.",
      ],
    },
    {
      title: "an endpoint policy by which Amazon Linux 2023 ends as a success without an update",
      resources: patchedStack(changed("s3", { policy: json(ssmReads) })),
      findings: [
        "`web` cannot be patched, the hop `repository` is blocked: no statement allows s3:GetObject on `arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/blobstore/`; Statement[0] (AllowSystemsManagerBucketReads) applies to `arn:aws:s3:::aws-ssm-eu-west-1/*`, `arn:aws:s3:::aws-patch-manager-eu-west-1-5522fb710/*`, `arn:aws:s3:::patch-baseline-snapshot-eu-west-1/*` (`policy` of `s3`); dnf skips a repository that it cannot read (`skip_if_unavailable`), so Patch Manager reports Success and nothing is installed. " +
          'Add this statement: {"Sid":"AllowAnonymousPatchRepoAccess","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":["arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*","arn:aws:s3:::amazonlinux-2-repos-eu-west-1/*"]}',
      ],
    },
  ],
  good: [
    { title: "a fleet whose way is open from end to end", resources: patchedStack(), findings: [] },
    {
      title: "instances that exist already, of which nothing is known",
      resources: patchedStack({ "prod-legacy": attachedFleet }),
      findings: [],
    },
  ],
};
