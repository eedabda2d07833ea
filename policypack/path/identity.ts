import { registeringAction } from "../facts/agents";
import { awsManagedPolicyName } from "../facts/managed-policies";
import { defaultHostManagementFor } from "../stack/default-host-management";
import type { Fleet } from "../stack/fleets";
import { isOf } from "../stack/kinds";
import { known } from "../stack/reading";
import type { StackResource } from "../stack/resource";
import { type Role, roleInProfile, roleOf } from "../stack/roles";
import type { Stack, Target } from "../stack/stack";
import { systemsManager, trustsService } from "../stack/trust";
import { type Evidence, type HopVerdict, blocked, open, unknown } from "./hop";
import { type Permission, agentPermissions, servesTheAgent } from "./permissions";

const attachCore = "Attach arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore to the role of the instance profile.";

/**
 * Does the role of its instance profile allow what the SSM agent requires, or else the role of Default Host Management
 * Configuration?
 */
export function identityHop(stack: Stack, fleet: Fleet): HopVerdict {
  const { instanceProfile, resource } = fleet;
  const evidence = { resource, property: isOf("eksNodeGroup", resource) ? "nodeRoleArn" : "iamInstanceProfile" };
  if (!instanceProfile) {
    const fix = "Set an instance profile whose role has arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore.";
    return byDefault(stack, fleet, { because: "there is no instance profile", evidence, fix });
  }
  if (instanceProfile.is !== "resource") {
    return unknown(`the role of the instance profile, ${whichIsNotHere(instanceProfile)}`, evidence);
  }
  const profile = instanceProfile.resource;
  const target = roleInProfile(stack, profile);
  if (!target) return blocked("the instance profile has no role", { resource: profile, property: "role" }, attachCore);
  const role = roleOf(stack, target);
  if (!role?.resource)
    return unknown(`the role of the instance profile, ${whichIsNotHere(target)}`, { resource: profile });
  return ofRole(stack, role, role.resource, fleet);
}

function whichIsNotHere({ is }: Target): string {
  return is === "unknown" ? "which is not known until the update" : "which is not in this stack";
}

/** Why the role of the instance profile does not serve the agent, and what fixes that. */
interface Refusal {
  readonly because: string;
  readonly evidence: Evidence | undefined;
  readonly fix: string;
}

function ofRole(stack: Stack, role: Role, resource: StackResource, fleet: Fleet): HopVerdict {
  const trustPolicy = { resource, property: "assumeRolePolicy" };
  if (role.trustsEc2 === false) {
    return byDefault(stack, fleet, {
      because: "the role does not trust EC2",
      evidence: trustPolicy,
      fix: 'Allow {"Service":"ec2.amazonaws.com"} to assume the role with sts:AssumeRole.',
    });
  }
  if (role.trustsEc2 === "unknown") return unknown("whether the trust policy of the role allows EC2", trustPolicy);
  const permissions = agentPermissions(role, fleet);
  for (const one of permissions) {
    if (one.is !== "denied") continue;
    const refusal = refusalOf(role, one.action, one);
    if (one.action === registeringAction) return byDefault(stack, fleet, refusal);
    return blocked(refusal.because, refusal.evidence, refusal.fix);
  }
  for (const one of permissions) if (one.is === "unknown") return unknown(one.because, one.evidence);
  const core = role.managedPolicies.find((policy) => !policy.detachedBy && servesTheAgent(policy));
  const name = core && awsManagedPolicyName(known(core.arn) ?? "");
  return name === undefined
    ? open("the policies of the role allow the actions that the SSM agent requires", { evidence: { resource } })
    : open(`the role has ${name}`, { evidence: core });
}

/** By the role that the agent gets where that of the instance profile does not serve it. */
function byDefault(stack: Stack, fleet: Fleet, { because, evidence, fix }: Refusal): HopVerdict {
  const found = defaultHostManagementFor(stack, fleet);
  switch (found.is) {
    case "off":
      return blocked(`${because}, and Default Host Management Configuration is turned off`, evidence, fix);
    case "unknown":
      return unknown(`whether Default Host Management Configuration provides a role: ${because}`, evidence, fix);
    case "on": {
      const refused = found.role && refusedByDefault(stack, fleet, found.role);
      if (refused?.verdict === "unknown") return refused;
      if (refused) return blocked(`${because}, and ${refused.because}`, refused.evidence, fix);
      return open("Default Host Management Configuration provides a role", {
        evidence: { resource: found.resource },
        note: "Default Host Management Configuration requires SSM Agent 3.2.582.0 or later, and takes up to 30 minutes to take effect",
      });
    }
  }
}

/** Why the role of Default Host Management does not serve the agent; `undefined` where it does. */
function refusedByDefault(
  stack: Stack,
  fleet: Fleet,
  target: Target,
): (Pick<HopVerdict, "because" | "evidence"> & { verdict: "blocked" | "unknown" }) | undefined {
  const name = "the role of Default Host Management Configuration";
  const role = roleOf(stack, target);
  if (!role?.resource) {
    return { verdict: "unknown", because: `${name}, which is not in this stack`, evidence: undefined };
  }
  const evidence = { resource: role.resource };
  const trust = trustsService(role.resource, systemsManager);
  if (trust === false) return { verdict: "blocked", because: `${name} does not trust Systems Manager`, evidence };
  const refused = agentPermissions(role, fleet);
  const denied = refused.find(({ is }) => is === "denied");
  if (denied) return { verdict: "blocked", because: `${name} does not allow \`${denied.action}\``, evidence };
  const isSure = trust === true && refused.every(({ is }) => is === "granted");
  return isSure ? undefined : { verdict: "unknown", because: `whether ${name} serves the SSM agent`, evidence };
}

function refusalOf(role: Role, action: string, { by, evidence }: Permission & { is: "denied" }): Refusal {
  switch (by) {
    case "no policy": {
      const detached = role.managedPolicies.find((policy) => policy.detachedBy?.isSure && servesTheAgent(policy));
      if (detached?.detachedBy) {
        const { resource } = detached.detachedBy;
        const policy = awsManagedPolicyName(known(detached.arn) ?? "") ?? "the policy that allows it";
        return {
          because: `the role does not allow \`${action}\`: \`${resource.name}\` detaches ${policy}`,
          evidence: { resource },
          fix: `Add ${policy} and the role to \`${resource.name}\`, which owns every attachment.`,
        };
      }
      return {
        because: `the role does not allow \`${action}\`, and AmazonSSMManagedInstanceCore is not attached to it`,
        evidence,
        fix: attachCore,
      };
    }
    case "a Deny":
      return {
        because: `a policy of the role denies \`${action}\``,
        evidence,
        fix: `Remove \`${action}\` from the Deny statement.`,
      };
    case "the boundary":
      return {
        because: `the permissions boundary of the role does not allow \`${action}\``,
        evidence,
        fix: "Allow ssm:* and ssmmessages:* in the permissions boundary, or the actions of AmazonSSMManagedInstanceCore.",
      };
  }
}
