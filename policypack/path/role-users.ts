import { fleetsOf, instanceProfileOf, specificationsOf } from "../stack/fleets";
import type { StackResource } from "../stack/resource";
import { type Role, roleInProfile, roleOf } from "../stack/roles";
import type { Stack, Target } from "../stack/stack";

/** What gives a role to instances. */
export interface RoleUsers {
  readonly instanceProfiles: readonly StackResource[];
  /** Instances, Auto Scaling groups, launch templates and launch configurations with such a profile. */
  readonly launchers: readonly StackResource[];
}

const noUsers: RoleUsers = { instanceProfiles: [], launchers: [] };

/** Who uses a role: what to check before its policies change. */
export function usersOf(stack: Stack, role: Role): RoleUsers {
  return stack.derive(usersByRole).get(role) ?? noUsers;
}

function usersByRole(stack: Stack): ReadonlyMap<Role, RoleUsers> {
  const launchersByProfile = launchersOf(stack);
  const users = new Map<Role, { instanceProfiles: StackResource[]; launchers: StackResource[] }>();
  for (const profile of stack.of("instanceProfile")) {
    const target = roleInProfile(stack, profile);
    const role = target && roleOf(stack, target);
    if (!role) continue;
    const ofRole = users.get(role) ?? { instanceProfiles: [], launchers: [] };
    ofRole.instanceProfiles.push(profile);
    ofRole.launchers.push(...(launchersByProfile.get(profile.urn) ?? []));
    users.set(role, ofRole);
  }
  return users;
}

/** By the URN of the profile, each launcher once. */
function launchersOf(stack: Stack): ReadonlyMap<string, readonly StackResource[]> {
  const templates = [...stack.of("launchTemplate"), ...stack.of("launchConfiguration")];
  const pairs: (readonly [Target | undefined, StackResource])[] = [
    ...fleetsOf(stack)
      .flatMap(specificationsOf)
      .map(({ instanceProfile, resource }) => [instanceProfile, resource] as const),
    ...templates.map((template) => [instanceProfileOf(stack, template), template] as const),
  ];
  const launchers = new Map<string, Set<StackResource>>();
  for (const [profile, launcher] of pairs) {
    if (profile?.is !== "resource") continue;
    const { urn } = profile.resource;
    launchers.set(urn, (launchers.get(urn) ?? new Set()).add(launcher));
  }
  return new Map([...launchers].map(([urn, set]) => [urn, [...set]]));
}
