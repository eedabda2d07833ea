import { type RuleExamples, accountOnly, anonymousReads, json, s3Endpoint } from "./examples";
import { changed, interfaceEndpoint, patchedStack } from "./network";

const ssmBuckets = [
  "arn:aws:s3:::aws-ssm-eu-west-1/*",
  "arn:aws:s3:::aws-patch-manager-eu-west-1-5522fb710/*",
  "arn:aws:s3:::patch-baseline-snapshot-eu-west-1/*",
];

export const examples: RuleExamples = {
  bad: [
    {
      title: "an endpoint that current agents do not use",
      resources: patchedStack({ ec2messages: interfaceEndpoint("ec2messages") }),
      findings: [
        "[ec2messages] The endpoint `ec2messages` serves only SSM agents before 3.3.40.0 and is billed by the hour; current agents use ssmmessages.",
      ],
    },
    {
      title: "a fleet that nothing patches",
      resources: patchedStack({ ...changed("web", { tags: {} }), core: undefined }),
      findings: [
        "[unmanaged] Nothing in this stack patches `web`: it has no patch group, and nothing that patches targets it. To patch it, give it a role with AmazonSSMManagedInstanceCore, and add a maintenance window task or a State Manager association that runs AWS-RunPatchBaseline with the operation Install, or a Quick Setup patch policy.",
      ],
    },
    {
      title: "a blocked hop of a fleet whose role serves the SSM agent, and that nothing patches",
      resources: patchedStack({
        ...changed("web", { tags: {} }),
        ...changed("ssm", { privateDnsEnabled: false }),
      }),
      findings: [
        "[blocked-dns] `web` cannot be patched, the hop `dns` is blocked: private DNS is disabled for `ssm`, and no hosted zone of the VPC resolves its name to the endpoint (`privateDnsEnabled` of `ssm`). Set privateDnsEnabled to true on the endpoint `ssm`.",
        "[unpatched] Nothing in this stack runs Patch Manager on `web`. Add a maintenance window task or a State Manager association that runs AWS-RunPatchBaseline with the operation Install, or a Quick Setup patch policy.",
      ],
    },
    {
      title: "a fleet with a patch group, whose task cannot run",
      resources: patchedStack(changed("patch", { taskInvocationParameters: {} })),
      findings: [
        "[unpatched] `patch` cannot run, and nothing else in this stack runs Patch Manager on `web`. Fix it, or add a maintenance window task or a State Manager association that runs AWS-RunPatchBaseline with the operation Install, or a Quick Setup patch policy.",
      ],
    },
    {
      title: "a fleet with an open path that nothing patches",
      resources: patchedStack({ patch: undefined }),
      findings: [
        "[unpatched] Nothing in this stack runs Patch Manager on `web`. Add a maintenance window task or a State Manager association that runs AWS-RunPatchBaseline with the operation Install, or a Quick Setup patch policy.",
      ],
    },
    {
      title: "a fleet that is only scanned",
      resources: patchedStack({
        patch: {
          type: "aws:ssm/association:Association",
          name: "scan",
          props: {
            name: "AWS-RunPatchBaseline",
            parameters: { Operation: "Scan" },
            targets: [{ key: "tag:PatchGroup", values: ["prod"] }],
          },
        },
      }),
      findings: [
        "[unpatched] `scan` only scans `web`, and nothing in this stack installs patches on it. Add a maintenance window task or a State Manager association that runs AWS-RunPatchBaseline with the operation Install, or a Quick Setup patch policy.",
      ],
    },
    {
      title: "session logs that a fleet cannot write",
      resources: patchedStack({
        preferences: {
          type: "aws:ssm/document:Document",
          name: "preferences",
          props: {
            name: "SSM-SessionManagerRunShell",
            documentType: "Session",
            content: '{"sessionType":"Standard_Stream","inputs":{"cloudWatchLogGroupName":"sessions"}}',
          },
        },
      }),
      findings: [
        "[session-logs] `preferences` logs sessions to CloudWatch Logs, but `web` cannot reach that service: no `logs` endpoint, and the route table has no default route.",
        "[session-permissions] `preferences` logs sessions to CloudWatch Logs, but the policies of the role of `web` do not allow `logs:CreateLogStream`.",
      ],
    },
    {
      title: "an operating system past its end of support",
      resources: patchedStack(
        changed("web", {
          ami: "resolve:ssm:/aws/service/ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-x86_64-gp2",
        }),
      ),
      findings: [
        "[past-support] `web` runs amazon-linux-2, whose support ended on 2026-06-30: there are no new patches.",
      ],
    },
    {
      title: "an endpoint policy that denies live patches, and repositories that no fleet requires",
      resources: patchedStack(
        changed("s3", {
          policy: json(
            {
              ...anonymousReads,
              Resource: ["core/*", "blobstore/*"].map((key) => `arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/${key}`),
            },
            { ...anonymousReads, Sid: "Ssm", Resource: ssmBuckets },
          ),
        }),
      ),
      findings: [
        "[note-repository] repository: the endpoint policy denies `kernel-livepatch` (no kernel live patches are installed), `amazonlinux-nvidia` (NVIDIA drivers are not installed or updated).",
        "[amazon-linux-2-refused] The policy of `s3` denies the unsigned reads of Amazon Linux 2, whose support ended on 2026-06-30; no fleet in this stack needs these reads.",
      ],
    },
    {
      title: "policies that AWS accepts and reads differently than intended",
      resources: [
        s3Endpoint(
          json(
            { ...anonymousReads, Principal: { AWS: "123456789012" } },
            {
              ...accountOnly,
              Condition: { StringEquals: { "aws:PrincpalAccount": "123456789012" } },
            },
          ),
        ),
      ],
      findings: [
        '[policy-document] `policy`: `Statement[0].Principal` names principals; expected `"*"` on a gateway endpoint, and a condition on `aws:PrincipalArn`',
        "[policy-document] `policy`: `Statement[1].Condition.StringEquals.aws:PrincpalAccount` is not a condition key that AWS documents, so this condition never holds; did you mean `aws:PrincipalAccount`?",
      ],
    },
  ],
  good: [{ title: "a fleet with everything that it requires", resources: patchedStack(), findings: [] }],
};
