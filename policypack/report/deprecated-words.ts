import { deprecatedPolicyOf, replacementArns } from "../facts/managed-policies";
import { printable } from "../iam/problems";
import { type Deprecated, successorOf } from "../path/deprecated-policies";
import { type LostPermissions, lostPermissions } from "../path/lost-permissions";
import { isOf } from "../stack/kinds";

/** Deprecated policies in the words of the rule and the command. */

type Named = Pick<Deprecated, "policyArn" | "policy">;

/** What is wrong, what is expected, and what to do, as sentences. */
export function deprecatedInWords({ property, policyArn, policy }: Deprecated): string {
  const found = `\`${property}\` has the deprecated \`${policyArn}\``;
  if (policy.replacements.length === 0) {
    return `${found}, for which AWS names no successor. Detach it and attach a policy of the actions in use.`;
  }
  const loss = lostPermissions({ policyArn, policy });
  const lacking = loss && loss.lost.length > 0 ? ` ${lackingInWords(loss)}` : "";
  return `${found}; expected ${expectedInWords({ policyArn, policy })}. Attach that first, then detach the deprecated policy.${lacking}`;
}

/** The successors, and whether AWS says so. */
export function expectedInWords({ policyArn, policy }: Named): string {
  const doubt = policy.replacementConfirmed ? "" : " (its successor by name; not confirmed by AWS's documentation)";
  return `${replacementArns(policyArn, policy)
    .map((arn) => `\`${arn}\``)
    .join(", ")}${doubt}`;
}

function lackingInWords({ lost }: LostPermissions): string {
  const services = [...new Set(lost.map((action) => action.split(":")[0]))].map((service) => `\`${service}\``);
  return `It lacks ${lost.length} actions of the deprecated policy (of ${services.join(", ")}), which \`patchpath roles\` lists.`;
}

/** The permissions that are lost, in sentences. */
export function lossInWords(policyArn: string, loss: LostPermissions | undefined): string[] {
  if (!loss) return [`Its permissions are not known to Patchpath; review \`${policyArn}\` before you detach it.`];
  const { lost, narrowed, givenBack, untold } = loss;
  const back = new Set(givenBack.flatMap(({ actions }) => actions));
  const own = lost.filter((action) => !back.has(action));
  return [
    ...(lost.length === 0 && narrowed.length === 0 ? ["No permissions are lost."] : []),
    ...(lost.length > 0 ? [`Lost: ${lost.join(", ")}.`] : []),
    ...(narrowed.length > 0 ? [`Allowed only on some resources or under a condition: ${narrowed.join(", ")}.`] : []),
    ...givenBack.map(({ policyArn: arn, actions }) => `If in use, attach \`${arn}\` for ${actions.join(", ")}.`),
    ...(own.length > 0 && givenBack.length > 0
      ? [`If in use, attach a policy of your own for ${own.join(", ")}.`]
      : []),
    ...(untold.length > 0
      ? [
          `Some of these may remain, since the permissions of these policies are not known to Patchpath: ${untold.map(printable).join(", ")}.`,
        ]
      : []),
  ];
}

/**
 * What to change in the program, as a sentence.
 *
 * @param present ARNs of the policies that the role has
 */
export function patchInWords(deprecated: Deprecated, present: readonly string[]): string {
  const { resource, property, policyArn } = deprecated;
  const name = `\`${printable(resource.name)}\``;
  const successor = successorOf(deprecated);
  if (isOf("policyAttachment", resource)) {
    const next = successor ? `a RolePolicyAttachment of \`${successor}\`` : "a policy of the actions in use";
    return `Give the role ${next}; then remove the role from \`roles\` of the PolicyAttachment ${name}, which owns every attachment of its policy in the account.`;
  }
  const isAttachment = isOf("rolePolicyAttachment", resource);
  const place = isAttachment ? `the RolePolicyAttachment ${name}` : `\`${property}\` of ${kindIn(deprecated)} ${name}`;
  if (!successor) {
    const policy = deprecatedPolicyOf(policyArn);
    const candidate = policy && policy.replacements.length > 0 ? `${expectedInWords(deprecated)} or ` : "";
    return `Give the role ${candidate}a policy of the actions in use; then remove ${place}.`;
  }
  if (present.includes(successor)) return `Remove ${place}: the role already has \`${successor}\`.`;
  if (isAttachment) return `Set \`policyArn\` of ${place} to \`${successor}\`.`;
  return `Replace ${place} with \`${successor}\`.`;
}

function kindIn({ resource }: Deprecated): string {
  return isOf("role", resource) ? "the Role" : "the RolePolicyAttachmentsExclusive";
}
