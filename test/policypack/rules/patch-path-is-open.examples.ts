import type { ExampleResource } from "./analyze";
import type { RuleExamples } from "./examples";
import { json } from "./examples";
import { attachedFleet, changed, patchedStack, ssmReads } from "./network";

const unmarked = { ...changed("web", { tags: {} }), patch: undefined, "window-target": undefined };
const withoutDns = changed("ssm", { privateDnsEnabled: false });
const dnsIsBlocked =
  "`web` cannot be patched, the hop `dns` is blocked: private DNS is disabled for `ssm`, and no hosted zone of the VPC resolves its name to the endpoint (`privateDnsEnabled` of `ssm`). Set privateDnsEnabled to true on the endpoint `ssm`.";

/** An association that covers every instance. */
const forAll = (name: string, document: string, parameters?: object): Record<string, ExampleResource> => ({
  [name]: {
    type: "aws:ssm/association:Association",
    name,
    props: { name: document, targets: [{ key: "InstanceIds", values: ["*"] }], ...(parameters && { parameters }) },
  },
});

export const examples: RuleExamples = {
  bad: [
    {
      title: "endpoints without private DNS, and an association that patches all instances",
      resources: patchedStack({
        ...unmarked,
        ...withoutDns,
        ...forAll("daily", "AWS-RunPatchBaseline", { Operation: "Scan" }),
      }),
      findings: [dnsIsBlocked],
    },
    {
      title: "a gateway endpoint on the route table of another subnet",
      resources: patchedStack(changed("s3", { routeTableIds: ["rtb-other"] })),
      findings: [
        "`web` cannot be patched, the hop `s3-route` is blocked: the route table of `private` has no S3 gateway endpoint, and the route table has no default route (`table`). Add an S3 gateway endpoint (com.amazonaws.REGION.s3) with this route table to the VPC, at no charge.",
      ],
    },
    {
      title: "an endpoint policy with which Amazon Linux 2023 reports success without an update",
      resources: patchedStack(changed("s3", { policy: json(ssmReads) })),
      findings: [
        "`web` cannot be patched, the hop `repository` is blocked: no statement allows s3:GetObject on `arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/blobstore/`; Statement[0] (AllowSystemsManagerBucketReads) applies to `arn:aws:s3:::aws-ssm-eu-west-1/*`, `arn:aws:s3:::aws-patch-manager-eu-west-1-5522fb710/*`, `arn:aws:s3:::patch-baseline-snapshot-eu-west-1/*` (`policy` of `s3`); dnf skips a repository that it cannot read (`skip_if_unavailable`), so Patch Manager reports Success and nothing is installed. " +
          'Add this statement: {"Sid":"AllowAnonymousPatchRepoAccess","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":["arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*","arn:aws:s3:::amazonlinux-2-repos-eu-west-1/*"]}',
      ],
    },
    {
      title: "a fleet with the tag of a patch group, and endpoints without private DNS",
      resources: patchedStack({ ...withoutDns, patch: undefined, "window-target": undefined }),
      findings: [dnsIsBlocked],
    },
    {
      title: "a fleet that is the target of an association with a document of the stack that runs AWS-RunPatchBaseline",
      resources: patchedStack({
        ...unmarked,
        ...withoutDns,
        ...forAll("nightly", "patch-all"),
        "patch-all": {
          type: "aws:ssm/document:Document",
          name: "patch-all",
          props: {
            name: "patch-all",
            content: JSON.stringify({
              schemaVersion: "2.2",
              mainSteps: [
                {
                  action: "aws:runDocument",
                  name: "patch",
                  inputs: {
                    documentType: "SSMDocument",
                    documentPath: "AWS-RunPatchBaseline",
                    documentParameters: { Operation: "Install" },
                  },
                },
              ],
            }),
          },
        },
      }),
      findings: [dnsIsBlocked],
    },
    {
      title: "a maintenance window task that lacks a required parameter",
      resources: patchedStack(changed("patch", { taskInvocationParameters: { runCommandParameters: {} } })),
      findings: [
        "`patch` cannot run: AWS-RunPatchBaseline requires the parameter `Operation`, which is not set. Set `Operation` to `Install`, or to `Scan`.",
      ],
    },
    {
      title: "an association that lacks the parameter",
      resources: patchedStack(forAll("daily", "AWS-RunPatchBaseline")),
      findings: [
        "`daily` cannot run: AWS-RunPatchBaseline requires the parameter `Operation`, which is not set. Set `Operation` to `Install`, or to `Scan`.",
      ],
    },
  ],
  good: [
    { title: "a fleet whose path is open", resources: patchedStack(), findings: [] },
    {
      title: "existing instances, of which nothing is known",
      resources: patchedStack({ "prod-legacy": attachedFleet }),
      findings: [],
    },
    {
      title: "a fleet whose role serves the SSM agent, and that nothing patches or marks for patching",
      resources: patchedStack({ ...unmarked, ...withoutDns }),
      findings: [],
    },
    {
      title: "a fleet on which an association only collects inventory",
      resources: patchedStack({ ...unmarked, ...withoutDns, ...forAll("inventory", "AWS-GatherSoftwareInventory") }),
      findings: [],
    },
    {
      title: "a fleet that is stopped every night",
      resources: patchedStack({
        ...unmarked,
        ...withoutDns,
        ...forAll("nightly", "stop"),
        stop: {
          type: "aws:ssm/document:Document",
          name: "stop",
          props: {
            name: "stop",
            content: JSON.stringify({
              description: "Runs before AWS-RunPatchBaseline of another stack",
              mainSteps: [{ action: "aws:runShellScript", name: "stop", inputs: { runCommand: ["shutdown -h now"] } }],
            }),
          },
        },
      }),
      findings: [],
    },
  ],
};
