import { agentActions } from "../facts/agents";
import { awsManagedPolicyName } from "../facts/managed-policies";
import { callContext } from "../iam/context";
import type { PolicyDocument } from "../iam/document";
import { type Call, grants } from "../iam/grants";
import { parsePolicy } from "../iam/parse";
import type { Fleet } from "../stack/fleets";
import { oncePer } from "../stack/once-per";
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
  const region = regionOf(fleet.resource);
  const found = permissionsOf(role);
  const key = `${action} ${region ?? ""}`;
  let answer = found.get(key);
  if (!answer) found.set(key, (answer = decidePermission(role, region, action)));
  return answer;
}

/** Found once for all fleets with a role. */
const permissionsOf = oncePer((_: Role) => new Map<string, Permission>());

function decidePermission(role: Role, region: string | undefined, action: string): Permission {
  const call = callIn(region);
  const answers = [byPolicies(role, action, call), byBoundary(role, action, call)];
  return answers.find(({ is }) => is === "denied") ?? answers.find(({ is }) => is === "unknown") ?? { is: "granted" };
}

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

const everything = parsePolicy(
  { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
  "identity",
).document!;

function byPolicies(role: Role, action: string, call: Call): Permission {
  const evidence = role.resource && { resource: role.resource };
  const { documents, isWhole } = documentsOf(role);
  const granted = grants(documents, action, call);
  if (granted === true && !role.hasSecretPolicy) return { is: "granted" };
  if (grants([everything, ...documents], action, call) === false) return { is: "denied", by: "a Deny", evidence };
  if (granted === false && isWhole) return { is: "denied", by: "no policy", evidence };
  return { is: "unknown", because: "which actions the policies of the role allow", evidence };
}

/**
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html, checked 2026-11-22: a role may
 * do what its policies and its boundary both allow.
 */
function byBoundary({ boundary }: Role, action: string, call: Call): Permission {
  if (!boundary) return { is: "granted" };
  const evidence =
    boundary.customerManaged?.is === "resource" ? { resource: boundary.customerManaged.resource } : boundary;
  const document = managedDocument(boundary);
  if (!document)
    return { is: "unknown", because: "which actions the permissions boundary of the role allows", evidence };
  const granted = grants([document], action, call);
  if (granted === true) return { is: "granted" };
  if (granted === false) return { is: "denied", by: "the boundary", evidence };
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
