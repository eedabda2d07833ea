import { agentActions } from "../facts/agents";
import { awsManagedPolicyName } from "../facts/managed-policies";
import type { Fleet } from "../stack/fleets";
import { known } from "../stack/reading";
import type { StackResource } from "../stack/resource";
import { type Role, roleInProfile, roleOf } from "../stack/roles";
import type { Stack } from "../stack/stack";
import { type HopVerdict, blocked, open, unknown } from "./hop";
import { type Permission, permission, servesTheAgent } from "./permissions";

const attachCore = "Attach arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore to the role of the instance profile.";

/** Does the role of its instance profile let the SSM agent work? */
export function identityHop(stack: Stack, fleet: Fleet): HopVerdict {
  const { instanceProfile, resource } = fleet;
  if (!instanceProfile) {
    return unknown("who gives it permissions: it has no instance profile, and Default Host Management may serve it", {
      resource,
      property: "iamInstanceProfile",
    });
  }
  if (instanceProfile.is !== "resource") {
    return unknown("the role of its instance profile, which this stack does not make", {
      resource,
      property: "iamInstanceProfile",
    });
  }
  const profile = instanceProfile.resource;
  const target = roleInProfile(stack, profile);
  if (!target) return blocked("its instance profile has no role", { resource: profile, property: "role" }, attachCore);
  const role = roleOf(stack, target);
  if (!role?.resource)
    return unknown("the role of its instance profile, which this stack does not make", { resource: profile });
  return ofRole(role, role.resource, fleet);
}

function ofRole(role: Role, resource: StackResource, fleet: Fleet): HopVerdict {
  if (role.trustsEc2 === false) {
    return blocked(
      "its role does not trust EC2",
      { resource, property: "assumeRolePolicy" },
      'Let {"Service":"ec2.amazonaws.com"} assume the role by sts:AssumeRole.',
    );
  }
  if (role.trustsEc2 === "unknown")
    return unknown("the trust policy of its role", { resource, property: "assumeRolePolicy" });
  const permissions = agentActions.map((action) => ({ action, ...permission(role, fleet, action) }));
  for (const one of permissions) if (one.is === "refused") return refused(one.action, one);
  for (const one of permissions) if (one.is === "unknown") return unknown(one.because, one.evidence);
  const core = role.managedPolicies.find((policy) => servesTheAgent(policy));
  const name = core && awsManagedPolicyName(known(core.arn) ?? "");
  return name === undefined
    ? open("the policies of its role grant what the SSM agent needs", { evidence: { resource } })
    : open(`its role has ${name}`, { evidence: core });
}

function refused(action: string, { by, evidence }: Permission & { is: "refused" }): HopVerdict {
  switch (by) {
    case "no policy":
      return blocked(
        `its role does not grant \`${action}\`, nor does it have AmazonSSMManagedInstanceCore`,
        evidence,
        attachCore,
      );
    case "a Deny":
      return blocked(`a policy of its role denies \`${action}\``, evidence, `Take \`${action}\` out of the Deny.`);
    case "the boundary":
      return blocked(
        `the permissions boundary of its role does not admit \`${action}\``,
        evidence,
        "Admit ssm:* and ssmmessages:* in the permissions boundary, or the actions of AmazonSSMManagedInstanceCore.",
      );
  }
}
