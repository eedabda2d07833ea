import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Region } from "patchpath/facts";
import type { PatchTarget } from "./patch-target";
import { trustOfSystemsManager, windowRolePolicy } from "./window-role-policy";

export interface WindowRoleSettings {
  readonly region: Region;
  /** The instances that the maintenance window targets. */
  readonly targets: readonly PatchTarget[];
  /** Names of the documents that the tasks of the maintenance window send. */
  readonly documents: readonly pulumi.Input<string>[];
  readonly tags: Readonly<Record<string, string>>;
}

/** Creates the service role for the tasks of a maintenance window, as a child of the component in the options. */
export function createWindowRole(
  name: string,
  { region, targets, documents, tags }: WindowRoleSettings,
  opts: pulumi.CustomResourceOptions,
): aws.iam.Role {
  const role = new aws.iam.Role(
    name,
    {
      description: "Maintenance windows: sends commands to one patch group",
      assumeRolePolicy: JSON.stringify(trustOfSystemsManager()),
      tags,
    },
    opts,
  );
  const { accountId } = aws.getCallerIdentityOutput({}, opts);
  const policy = pulumi
    .all([accountId, pulumi.all([...documents])])
    .apply(([account, names]) => windowRolePolicy(region, account, targets, names));
  new aws.iam.RolePolicy(name, { role: role.name, policy: pulumi.jsonStringify(policy) }, opts);
  return role;
}
