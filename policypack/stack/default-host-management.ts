import { defaultHostManagementSetting } from "../facts/agents";
import type { Fleet } from "./fleets";
import { type Reading, asText, known, read, readText } from "./reading";
import { type StackResource, given, regionOf } from "./resource";
import type { Stack, Target } from "./stack";

/**
 * Default Host Management Configuration, by which the SSM agent gets a role of the account where its instance profile
 * does not serve it.
 */
export type DefaultHostManagement =
  /** With its role; `undefined` for one that Systems Manager creates itself. */
  | { readonly is: "on"; readonly resource: StackResource; readonly role: Target | undefined }
  | { readonly is: "off"; readonly resource: StackResource }
  | { readonly is: "unknown"; readonly resource: StackResource | undefined };

/** What a stack says of it in the region of a fleet: it is one setting for each account and region. */
export function defaultHostManagementFor(stack: Stack, { resource: fleet }: Fleet): DefaultHostManagement {
  const region = regionOf(fleet);
  const said = stack.derive(settingsOf).filter(({ resource }) => {
    const own = regionOf(resource);
    return own === undefined || region === undefined || own === region;
  });
  const [first, ...others] = said;
  if (!first || others.length > 0) return { is: "unknown", resource: first?.resource };
  const isHere = region !== undefined && regionOf(first.resource) === region;
  return isHere ? first : { is: "unknown", resource: first.resource };
}

type Setting = DefaultHostManagement & { readonly resource: StackResource };

function settingsOf(stack: Stack): Setting[] {
  return [
    ...stack.of("serviceSetting").flatMap((setting) => bySetting(stack, setting)),
    ...stack.of("defaultHostManagement").map((resource): Setting => {
      const role = followRole(stack, resource, "customerManagedRoleArn", given(resource, "customerManagedRoleArn"));
      return { is: "on", resource, role };
    }),
  ];
}

/**
 * The setting's value is the name of a role, with its path, and its status is `Default` where nobody has set it: it has to be
 * turned on. Source: `SettingValue` of UpdateServiceSetting and `Status` of ServiceSetting in the API reference of Systems
 * Manager, in copies, checked 2026-11-28. Which value turns it off is unconfirmed, so another that is no name is unknown.
 */
function bySetting(stack: Stack, resource: StackResource): Setting[] {
  const { props } = resource;
  const id = readText(props, "settingId");
  if (id.is === "known" && !id.value.endsWith(defaultHostManagementSetting)) return [];
  const value = asText(read(props, "settingValue"));
  if (id.is !== "known" || value.is === "absent") return [{ is: "unknown", resource }];
  if (value.is === "unknown") {
    const role = followRole(stack, resource, "settingValue", value); // the name of a role of the stack, at preview
    return [role?.is === "resource" ? { is: "on", resource, role } : { is: "unknown", resource }];
  }
  if (known(readText(props, "status")) === "Default") return [{ is: "off", resource }];
  if (!/^[\w+=,.@/-]+$/.test(value.value)) return [{ is: "unknown", resource }];
  const name: Reading = { is: "known", value: value.value.split("/").at(-1)! };
  return [{ is: "on", resource, role: followRole(stack, resource, "settingValue", name) }];
}

function followRole(stack: Stack, from: StackResource, property: string, role: Reading): Target | undefined {
  return stack.follow(role, from, property, "role");
}
