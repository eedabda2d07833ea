import { agentActions } from "../facts/agents";
import { awsManagedPolicyName } from "../facts/managed-policies";
import { callContext } from "../iam/context";
import type { PolicyDocument } from "../iam/document";
import { type Call, effectsOf, granted, grants, together } from "../iam/grants";
import type { Fleet } from "../stack/fleets";
import { oncePer, oncePerTexts } from "../stack/once-per";
import { known } from "../stack/reading";
import { regionOf } from "../stack/resource";
import type { AttachedManagedPolicy, Role } from "../stack/roles";
import type { Evidence } from "./hop";
import { managedDocument } from "./managed-documents";

/** Whether a role may do something. */
export type Permission =
  | { readonly is: "granted" }
  | {
      readonly is: "denied";
      readonly by: "no policy" | "a Deny" | "the boundary";
      readonly evidence: Evidence | undefined;
    }
  | { readonly is: "unknown"; readonly because: string; readonly evidence: Evidence | undefined };

/** Whether the role of a fleet is allowed an action, by its policies in this stack, within its permissions boundary. */
export function permission(role: Role, fleet: Fleet, action: string): Permission {
  return permissionIn(role, regionOf(fleet.resource), action);
}

/** What a role is allowed of what the SSM agent does. */
export function agentPermissions(role: Role, fleet: Fleet): readonly (Permission & { readonly action: string })[] {
  return agentPermissionsIn(role, regionOf(fleet.resource));
}

const agentPermissionsIn = oncePerTexts((role: Role, region: string | undefined) =>
  agentActions.map((action) => ({ action, ...permissionIn(role, region, action) })),
);

const permissionIn = oncePerTexts((role: Role, region: string | undefined, action: string): Permission => {
  const answers = [byPolicies(role, region, action), byBoundary(role, region, action)];
  return answers.find(({ is }) => is === "denied") ?? answers.find(({ is }) => is === "unknown") ?? { is: "granted" };
});

/** What a document says of a call from a region. */
const effectsIn = oncePerTexts((document: PolicyDocument, region: string | undefined, action: string) =>
  effectsOf(document, action, callIn(region)),
);

/** A call from a region, without anything about its network path. */
function callIn(region: string | undefined): Call {
  const context = callContext({ region });
  const anything = {
    cases: [{ is: "absent" }, { is: "any-value" }],
    openQuestion: "the network path of the calls",
  } as const;
  return {
    caller: "instanceRole",
    context: (key) => (/^aws:(source(vpc|ip)|vpc)/i.test(key) ? anything : context(key)),
  };
}

function byPolicies(role: Role, region: string | undefined, action: string): Permission {
  const evidence = role.resource && { resource: role.resource };
  const { documents, isWhole } = documentsOf(role);
  const effects = together(documents.map((document) => effectsIn(document, region, action)));
  if (granted(effects) === true && !role.hasSecretPolicy) return { is: "granted" };
  if (effects.denies === true) return { is: "denied", by: "a Deny", evidence };
  if (granted(effects) === false && isWhole) return { is: "denied", by: "no policy", evidence };
  return { is: "unknown", because: "which actions the policies of the role allow", evidence };
}

/**
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html, checked 2026-11-22: a role may
 * do what its policies and its boundary both allow.
 */
function byBoundary({ boundary }: Role, region: string | undefined, action: string): Permission {
  if (!boundary) return { is: "granted" };
  const evidence =
    boundary.customerManaged?.is === "resource" ? { resource: boundary.customerManaged.resource } : boundary;
  const document = managedDocument(boundary);
  if (!document)
    return { is: "unknown", because: "which actions the permissions boundary of the role allows", evidence };
  const isGranted = granted(effectsIn(document, region, action));
  if (isGranted === true) return { is: "granted" };
  if (isGranted === false) return { is: "denied", by: "the boundary", evidence };
  return { is: "unknown", because: `whether the permissions boundary of the role allows \`${action}\``, evidence };
}

interface Documents {
  readonly documents: readonly PolicyDocument[];
  readonly isWhole: boolean;
}

/** The role's documents in this stack; AWS managed policies that are not about the agent count as granting nothing. */
const documentsOf = oncePer((role: Role): Documents => {
  const managed = role.managedPolicies
    .filter((policy) => policy.detachedBy?.isSure !== true && !isAboutSomethingElse(policy))
    .map((policy) => (policy.detachedBy ? undefined : managedDocument(policy)));
  const all = [...role.inlinePolicies, ...managed];
  const documents = all.filter((document) => document !== undefined);
  return { documents, isWhole: role.resource !== undefined && documents.length === all.length };
});

/** Whether a policy alone allows everything that the agent requires. */
export function servesTheAgent(policy: AttachedManagedPolicy): boolean {
  const document = managedDocument(policy);
  return document !== undefined && allowsTheAgent(document);
}

const allowsTheAgent = oncePer((document: PolicyDocument): boolean =>
  agentActions.every((action) => grants([document], action) === true),
);

/** AWS managed policies, except those about Systems Manager (facts/ has only a few of them) and the broad ones. */
function isAboutSomethingElse(policy: AttachedManagedPolicy): boolean {
  const name = awsManagedPolicyName(known(policy.arn) ?? "");
  if (policy.customerManaged?.is === "resource" || name === undefined || managedDocument(policy)) return false;
  return !/SSM|SystemsManager|PowerUser|Administrator|EC2Role|FullAccess/i.test(name);
}
