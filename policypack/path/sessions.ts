import { type SessionNeed, sessionNeeds } from "../facts/sessions";
import type { Fleet } from "../stack/fleets";
import { known, plain, read, readText } from "../stack/reading";
import type { StackResource } from "../stack/resource";
import { roleOfFleet } from "../stack/roles";
import type { Stack } from "../stack/stack";
import { permission } from "./permissions";
import type { ServiceEgress } from "./egress";
import { egressOf } from "./subnet-egress";

/** What Session Manager preferences require and a fleet surely lacks. */
export interface SessionLack {
  readonly preferences: StackResource;
  readonly need: SessionNeed;
  readonly fleet: Fleet;
  /** Why there is no route to the service, … */
  readonly noRoute?: string;
  /** … or the action that its role is not allowed. */
  readonly action?: string;
}

/** What sessions on a fleet lack, by all preferences in a stack. What is unknown does not count as lacking. */
export function sessionLacks(stack: Stack, fleet: Fleet): SessionLack[] {
  const asked = stack.derive(sessionPreferences);
  if (asked.length === 0) return [];
  const bySubnet = egressOf(stack, fleet, ["logs", "kms"]);
  const role = roleOfFleet(stack, fleet);
  return asked.flatMap(({ preferences, need }): SessionLack[] => {
    const lack = { preferences, need, fleet };
    const noRoute = bySubnet
      .map((egress) => closed(need.service === "s3" ? egress.s3 : egress.services[need.service]))
      .find((because) => because !== undefined);
    const action = role && need.actions.find((one) => permission(role, fleet, one).is === "denied");
    return [
      ...(noRoute === undefined ? [] : [{ ...lack, noRoute }]),
      ...(action === undefined ? [] : [{ ...lack, action }]),
    ];
  });
}

/** Why a path is closed. */
function closed(egress: ServiceEgress | undefined): string | undefined {
  return egress?.is === "internet" && egress.internet.is === "none" ? egress.internet.because : undefined;
}

interface Asked {
  readonly preferences: StackResource;
  readonly need: SessionNeed;
}

/** The documents of type `Session`, the default preferences among them, and what each requires. */
function sessionPreferences(stack: Stack): Asked[] {
  return stack.of("document").flatMap((preferences) => {
    if (known(readText(preferences.props, "documentType")) !== "Session") return [];
    const content = known(plain(read(preferences.props, "content")));
    const text = typeof content === "string" ? content : JSON.stringify(content ?? "");
    return Object.entries(sessionNeeds).flatMap(([input, need]) =>
      isGiven(input, text) ? [{ preferences, need }] : [],
    );
  });
}

/** Whether an input of a document has a value, in JSON or YAML. */
function isGiven(input: string, text: string): boolean {
  return new RegExp(`\\b${input}["']?\\s*:[ \\t]*["']?[^"'\\s,}]`).test(text);
}
