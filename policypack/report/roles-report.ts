import { replacementArns } from "../facts/managed-policies";
import { printable } from "../iam/problems";
import { type Deprecated, deprecatedAmong, deprecatedOn } from "../path/deprecated-policies";
import { type LostPermissions, lostPermissions } from "../path/lost-permissions";
import { usersOf } from "../path/role-users";
import { groupedBy } from "../stack/grouped-by";
import { known } from "../stack/reading";
import type { StackResource } from "../stack/resource";
import { type Role, rolesOf } from "../stack/roles";
import type { Stack } from "../stack/stack";
import { patchInWords } from "./deprecated-words";

/** What `patchpath roles` reports, in every format: `npm run docs` writes `schemas/roles.json` from it. */
export interface RolesReport {
  readonly version: 1;
  /** Roles with deprecated policies, and roles for which that is unknown. */
  readonly roles: readonly RoleReport[];
}

export interface RoleReport {
  /** Logical name of the role, or the name of one that is not in this stack. */
  readonly role: string;
  /** URN of the role, or of what attaches a policy to one that is not in this stack. */
  readonly urn: string;
  /** Whether EC2 may assume it, or an instance profile has it. */
  readonly forInstances: true | false | "unknown";
  /** The profiles, and the instances, groups, templates and launch configurations that have them. */
  readonly users: readonly UserReport[];
  readonly deprecatedPolicies: readonly DeprecatedOnRole[];
  /** What cannot be determined, each as a noun clause. */
  readonly unknown: readonly string[];
}

export interface UserReport {
  readonly name: string;
  readonly urn: string;
}

export interface DeprecatedOnRole {
  readonly policyArn: string;
  /** What attaches it. */
  readonly resource: string;
  /** The property that does. */
  readonly property: string;
  readonly replacements: readonly string[];
  /** `false`: the successor is inferred from the names only. */
  readonly replacementConfirmed: boolean;
  /** `null`: the permissions of the policy are not known to Patchpath. */
  readonly permissions: LostPermissions | null;
  /** What to change in the program, as a sentence. */
  readonly patch: string;
}

/** Reports on all stacks as one. */
export function reportOnRoles(stacks: readonly Stack[]): RolesReport {
  return {
    version: 1,
    roles: oncePerRole(stacks.flatMap((stack) => rolesOf(stack).map((role) => roleReport(stack, role)))).filter(
      ({ deprecatedPolicies, unknown }) => deprecatedPolicies.length > 0 || unknown.length > 0,
    ),
  };
}

/** A role is in every region of its account: its users in all of them together. */
function oncePerRole(roles: readonly RoleReport[]): RoleReport[] {
  return [...groupedBy(roles, ({ urn, role }) => `${urn} ${role}`).values()].map((alike) => {
    const users = new Map(alike.flatMap((one) => one.users.map((user) => [user.urn, user])));
    return { ...alike[0]!, users: [...users.values()] };
  });
}

function roleReport(stack: Stack, role: Role): RoleReport {
  const { instanceProfiles, launchers } = usersOf(stack, role);
  const present = role.managedPolicies.flatMap(({ arn }) => known(arn) ?? []);
  const place = role.resource ?? role.managedPolicies[0]?.resource ?? instanceProfiles[0];
  return {
    role: role.resource?.name ?? role.name ?? "unknown",
    urn: place?.urn ?? "unknown",
    forInstances: role.isForInstances,
    users: [...instanceProfiles, ...launchers].map(userReport),
    deprecatedPolicies: deprecatedOn(role).map((deprecated) => onRole(deprecated, role, present)),
    unknown: openQuestions(role),
  };
}

function userReport({ name, urn }: StackResource): UserReport {
  return { name, urn };
}

function onRole(deprecated: Deprecated, role: Role, present: readonly string[]): DeprecatedOnRole {
  const { resource, property, policyArn, policy } = deprecated;
  return {
    policyArn,
    resource: resource.urn,
    property,
    replacements: replacementArns(policyArn, policy),
    replacementConfirmed: policy.replacementConfirmed,
    permissions: lostPermissions(deprecated, role) ?? null,
    patch: patchInWords(deprecated, present),
  };
}

function openQuestions({ managedPolicies, isForInstances }: Role): string[] {
  const unread = managedPolicies.filter(
    ({ arn, customerManaged }) => arn.is === "unknown" && customerManaged?.is !== "resource",
  );
  const others = isForInstances === "unknown" ? deprecatedAmong(managedPolicies, false) : [];
  return [
    ...unread.map(
      ({ resource, property }) => `which policy \`${property}\` of \`${printable(resource.name)}\` attaches`,
    ),
    ...others.map(({ policyArn }) => `whether it is an instance role, since it has the deprecated \`${policyArn}\``),
  ];
}

/** The command's exit code: 0 none found, 1 found, 3 none found but something unknown. */
export function exitCodeOfRoles({ roles }: RolesReport): 0 | 1 | 3 {
  if (roles.some(({ deprecatedPolicies }) => deprecatedPolicies.length > 0)) return 1;
  return roles.length > 0 ? 3 : 0;
}
