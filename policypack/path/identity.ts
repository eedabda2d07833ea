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

/** Does the role of its instance profile allow what the SSM agent requires? */
export function identityHop(stack: Stack, fleet: Fleet): HopVerdict {
  const { instanceProfile, resource } = fleet;
  if (!instanceProfile) {
    return unknown(
      "which role the SSM agent uses: there is no instance profile, and Default Host Management Configuration may provide one",
      {
        resource,
        property: "iamInstanceProfile",
      },
    );
  }
  if (instanceProfile.is !== "resource") {
    return unknown("the role of the instance profile, which is not in this stack", {
      resource,
      property: "iamInstanceProfile",
    });
  }
  const profile = instanceProfile.resource;
  const target = roleInProfile(stack, profile);
  if (!target) return blocked("the instance profile has no role", { resource: profile, property: "role" }, attachCore);
  const role = roleOf(stack, target);
  if (!role?.resource)
    return unknown("the role of the instance profile, which is not in this stack", { resource: profile });
  return ofRole(role, role.resource, fleet);
}

function ofRole(role: Role, resource: StackResource, fleet: Fleet): HopVerdict {
  if (role.trustsEc2 === false) {
    return blocked(
      "the role does not trust EC2",
      { resource, property: "assumeRolePolicy" },
      'Allow {"Service":"ec2.amazonaws.com"} to assume the role with sts:AssumeRole.',
    );
  }
  if (role.trustsEc2 === "unknown")
    return unknown("the trust policy of the role", { resource, property: "assumeRolePolicy" });
  const permissions = agentActions.map((action) => ({ action, ...permission(role, fleet, action) }));
  for (const one of permissions) if (one.is === "denied") return denied(one.action, one);
  for (const one of permissions) if (one.is === "unknown") return unknown(one.because, one.evidence);
  const core = role.managedPolicies.find((policy) => servesTheAgent(policy));
  const name = core && awsManagedPolicyName(known(core.arn) ?? "");
  return name === undefined
    ? open("the policies of the role allow the actions that the SSM agent requires", { evidence: { resource } })
    : open(`the role has ${name}`, { evidence: core });
}

function denied(action: string, { by, evidence }: Permission & { is: "denied" }): HopVerdict {
  switch (by) {
    case "no policy":
      return blocked(
        `the role does not allow \`${action}\`, and AmazonSSMManagedInstanceCore is not attached to it`,
        evidence,
        attachCore,
      );
    case "a Deny":
      return blocked(
        `a policy of the role denies \`${action}\``,
        evidence,
        `Remove \`${action}\` from the Deny statement.`,
      );
    case "the boundary":
      return blocked(
        `the permissions boundary of the role does not allow \`${action}\``,
        evidence,
        "Allow ssm:* and ssmmessages:* in the permissions boundary, or the actions of AmazonSSMManagedInstanceCore.",
      );
  }
}
