import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type PatchTarget, suffixOf, tagTarget } from "./patch-target";

/**
 * Creates an association for each target that updates the SSM agent, at once and then every week, as children of the component in the
 * options. An instance that has the latest version is not changed. The agent downloads its package from the bucket `amazon-ssm-REGION`,
 * which the policy of the S3 endpoint and the roles of the fleets allow.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-automatic-updates.html, checked 2026-11-28.
 */
export function createAgentUpdates(
  name: string,
  targets: readonly PatchTarget[],
  opts: pulumi.CustomResourceOptions,
): void {
  for (const target of targets) {
    new aws.ssm.Association(
      `${name}${suffixOf(target)}`,
      {
        name: "AWS-UpdateSSMAgent",
        targets: [tagTarget(target)],
        scheduleExpression: "rate(7 days)",
        maxConcurrency: "50%",
        // An instance that cannot be reached must not prevent the update of others.
        maxErrors: "100%",
      },
      opts,
    );
  }
}
