import { agentActions, agentPolicies } from "../facts/agents";
import { awsManagedPolicyName } from "../facts/managed-policies";
import type { PolicyDocument } from "../iam/document";
import { grants } from "../iam/grants";
import type { Fleet } from "../stack/fleets";
import { known } from "../stack/reading";
import { type Role, documentMadeHere, roleInProfile, roleOf } from "../stack/roles";
import type { Stack } from "../stack/stack";
import { type HopVerdict, blocked, open, unknown } from "./hop";

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
  return ofRole(role, role.resource);
}

function ofRole(role: Role, resource: NonNullable<Role["resource"]>): HopVerdict {
  if (role.trustsEc2 === false) {
    return blocked(
      "its role does not trust EC2",
      { resource, property: "assumeRolePolicy" },
      'Let {"Service":"ec2.amazonaws.com"} assume the role by sts:AssumeRole.',
    );
  }
  if (role.trustsEc2 === "unknown")
    return unknown("the trust policy of its role", { resource, property: "assumeRolePolicy" });
  if (role.hasBoundary)
    return unknown("what the permissions boundary of its role leaves", { resource, property: "permissionsBoundary" });
  const core = role.managedPolicies.find(({ arn }) =>
    agentPolicies.includes(awsManagedPolicyName(known(arn) ?? "") ?? ""),
  );
  const denies = role.inlinePolicies.some((document) => document?.statements.some(({ effect }) => effect === "Deny"));
  if (core && !denies) {
    return open(`its role has ${awsManagedPolicyName(known(core.arn) ?? "")}`, { evidence: core });
  }
  const { documents, isWhole } = documentsOf(role);
  const missing = agentActions.find((action) => grants(documents, action) === false);
  if (missing && isWhole && !core) {
    const because = `its role does not grant \`${missing}\`, nor does it have AmazonSSMManagedInstanceCore`;
    return blocked(because, { resource }, attachCore);
  }
  if (isWhole && agentActions.every((action) => grants(documents, action) === true)) {
    return open("the policies of its role grant what the SSM agent needs", { evidence: { resource } });
  }
  return unknown("what the policies of its role grant together", { resource });
}

/** The role's documents as far as they are in sight; AWS's own managed policies that don't serve the agent grant nothing here. */
function documentsOf(role: Role): { documents: PolicyDocument[]; isWhole: boolean } {
  const documents: PolicyDocument[] = [];
  let isWhole = true;
  const take = (document: PolicyDocument | undefined) => {
    if (document) documents.push(document);
    else isWhole = false;
  };
  for (const policy of role.managedPolicies) {
    const { arn } = policy;
    if (policy.madeHere?.is === "resource") {
      take(documentMadeHere(policy));
    } else if (awsManagedPolicyName(known(arn) ?? "") === undefined) {
      isWhole = false; // a customer's policy from elsewhere, or one that isn't known yet
    } else if (mayServeTheAgent(awsManagedPolicyName(known(arn) ?? "") ?? "")) {
      isWhole = false;
    }
  }
  for (const document of role.inlinePolicies) take(document);
  return { documents, isWhole };
}

/** AWS's managed policies about Systems Manager, of which our tables hold a few only, and the broad ones. */
function mayServeTheAgent(name: string): boolean {
  return /SSM|SystemsManager|PowerUser|Administrator|EC2Role|FullAccess/i.test(name);
}
