import { additionArns, replacementArns } from "../facts/managed-policies";
import type { PolicyDocument } from "../iam/document";
import { grants } from "../iam/grants";
import { known } from "../stack/reading";
import type { AttachedManagedPolicy, Role } from "../stack/roles";
import { type Deprecated, deprecatedOn } from "./deprecated-policies";
import { documentOfAws, managedDocument } from "./managed-documents";

/** What a role is no longer allowed to do when a deprecated policy is replaced by its successors. */
export interface LostPermissions {
  /** Actions that no policy in this stack allows then. */
  readonly lost: readonly string[];
  /** Actions that are then allowed only on some resources or under a condition. */
  readonly narrowed: readonly string[];
  /** For each policy that AWS names for what successors lack, the lost actions that it gives back. */
  readonly givenBack: readonly { readonly policyArn: string; readonly actions: readonly string[] }[];
  /** Policies of the role, and successors, whose actions are not known: they may allow some of it. */
  readonly untold: readonly string[];
}

/**
 * Decides action by action what is lost; `undefined` when the actions of the deprecated policy are not known.
 *
 * @param role whose other policies count too; without it, only the successors do
 */
export function lostPermissions(deprecated: Pick<Deprecated, "policyArn" | "policy">, role?: Role) {
  const before = documentOfAws(deprecated.policyArn);
  if (!before) return undefined;
  const others = role ? otherPolicies(role) : { documents: [], untold: [] };
  const successors = replacementArns(deprecated.policyArn, deprecated.policy);
  const untold = successors.filter((arn) => !documentOfAws(arn));
  const after = [...successors.flatMap((arn) => documentOfAws(arn) ?? []), ...others.documents];
  // What a Deny of the role already denies is not a loss.
  const had = actionsOf(before).filter((action) => grants([before, ...others.documents], action) !== false);
  const lost = had.filter((action) => grants(after, action) === false);
  return {
    lost,
    narrowed: had.filter((action) => grants(after, action) === "unknown"),
    givenBack: additionArns(deprecated.policyArn, deprecated.policy).flatMap((policyArn) => {
      const document = documentOfAws(policyArn);
      const actions = document ? lost.filter((action) => grants([document], action) === true) : [];
      return actions.length > 0 ? [{ policyArn, actions }] : [];
    }),
    untold: [...untold, ...others.untold],
  } satisfies LostPermissions;
}

/** The policies that a role keeps: all but the deprecated ones. */
function otherPolicies(role: Role): { documents: PolicyDocument[]; untold: string[] } {
  const leaving = new Set(deprecatedOn(role).map(({ policyArn }) => policyArn));
  const kept = role.managedPolicies.filter(
    ({ arn, detachedBy }) => detachedBy?.isSure !== true && !leaving.has(known(arn) ?? ""),
  );
  const documents: PolicyDocument[] = [];
  const untold: string[] = [];
  for (const policy of kept) {
    const document = managedDocument(policy);
    if (document) documents.push(document);
    else untold.push(nameOf(policy));
  }
  for (const document of role.inlinePolicies) {
    if (document) documents.push(document);
    else untold.push("an inline policy that is not known yet");
  }
  return { documents, untold };
}

function nameOf({ arn, customerManaged }: AttachedManagedPolicy): string {
  return (
    known(arn) ??
    (customerManaged?.is === "resource" ? customerManaged.resource.name : "a policy that is not known yet")
  );
}

function actionsOf({ statements }: PolicyDocument): string[] {
  return statements.flatMap(({ actions }) => actions.patterns).sort();
}
