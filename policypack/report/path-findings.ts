import { isSystem, systems } from "../facts/systems";
import { type FleetPath, hopsInOrder } from "../path/fleet-path";
import type { Hop, HopVerdict } from "../path/hop";
import { neededRepositories } from "../path/needed-repositories";
import { repositoryVerdicts } from "../path/repository-reads";
import { type SessionLack, sessionLacks } from "../path/sessions";
import { endpointsOf } from "../stack/endpoints";
import { isBottlerocket } from "../stack/systems";
import { managementOf } from "../stack/management";
import { known } from "../stack/reading";
import type { StackResource } from "../stack/resource";
import type { Stack } from "../stack/stack";
import { some } from "./path-breaks";

/** Something worth knowing that blocks nothing. */
export interface Advice {
  readonly resource: StackResource;
  /** Of the kind of advice, for filters and exemptions. */
  readonly id: string;
  readonly message: string;
}

/** Whether Systems Manager is meant to patch a fleet: its role serves the agent, or something names it. */
export function isMeantToBePatched(stack: Stack, { fleet, hops }: FleetPath): boolean {
  return hops.identity.verdict === "open" || managementOf(stack, fleet)?.isSure === true;
}

/** A blocked hop in words. */
export function blockedHop({ fleet }: FleetPath, hop: Hop, { because, evidence, fix, note }: HopVerdict): string {
  const where = evidence && evidence.resource.urn !== fleet.resource.urn ? ` (${placeOf(evidence)})` : "";
  return `\`${fleet.name}\` would not be patched, the hop \`${hop}\` is blocked: ${because}${where}${note === undefined ? "" : `; ${note}`}. ${fix ?? ""}`.trim();
}

/** A resource and a property of it, as findings name them. */
export function placeOf({ resource, property }: NonNullable<HopVerdict["evidence"]>): string {
  return property === undefined ? `\`${resource.name}\`` : `\`${property}\` of \`${resource.name}\``;
}

/** Whether a fleet is meant to be patched may be unknown, too; `undefined` where it is not. */
export function undecidedManagement(stack: Stack, path: FleetPath): string | undefined {
  const management = isMeantToBePatched(stack, path) ? undefined : managementOf(stack, path.fleet);
  return (
    management &&
    `Whether anything patches \`${path.fleet.name}\` is unknown; it would have to be known: which instances ${management.by} targets.`
  );
}

/** What stayed unknown about a fleet, in one sentence; `undefined` when nothing did. */
export function undecidedPath(path: FleetPath): string | undefined {
  const open = hopsInOrder(path).filter(({ verdict }) => verdict.verdict === "unknown");
  if (open.length === 0) return undefined;
  const questions = new Map<string, Hop[]>();
  for (const { hop, verdict } of open) questions.set(verdict.because, [...(questions.get(verdict.because) ?? []), hop]);
  const words = [...questions].map(([because, hops]) => `${because} (${hops.join(", ")})`);
  return `Whether \`${path.fleet.name}\` is patched is unknown; it would have to be known: ${words.join("; ")}.`;
}

/** All advice about a stack. */
export function adviceOn(stack: Stack, paths: readonly FleetPath[], day: string): Advice[] {
  return [
    ...paths.flatMap((path) => adviceOnFleet(stack, path, day)),
    ...optionalEndpoints(stack),
    ...refusedSystems(stack),
    ...sessions(stack, paths),
  ];
}

function adviceOnFleet(stack: Stack, path: FleetPath, day: string): Advice[] {
  const { fleet, system } = path;
  const advice: Advice[] = [];
  const say = (id: string, message: string) => advice.push({ resource: fleet.resource, id, message });
  const facts = system && isSystem(system.id) ? systems[system.id] : undefined;
  if (facts && facts.endOfSupport < day) {
    const { endOfSupport: end, endOfExtendedSupport: extended } = facts;
    const what =
      extended === undefined || extended < day
        ? "no new patches come"
        : `new patches come by extended support only, until ${extended}`;
    say("past-support", `\`${fleet.name}\` runs ${system?.id ?? ""}, whose support ended on ${end}: ${what}.`);
  }
  if (system === undefined && isBottlerocket(stack, fleet)) {
    say(
      "bottlerocket",
      `\`${fleet.name}\` runs Bottlerocket, which is updated as a whole image; Patch Manager does not patch it.`,
    );
  }
  if (!isMeantToBePatched(stack, path) && !managementOf(stack, fleet)) {
    const blocked = hopsInOrder(path).filter(({ verdict }) => verdict.verdict === "blocked");
    const also = blocked.length > 0 ? ` Blocked besides: ${blocked.map(({ hop }) => hop).join(", ")}.` : "";
    say(
      "unmanaged",
      `Nothing in this stack patches \`${fleet.name}\`: no role of the SSM agent's, patch group or target.${also}`,
    );
  }
  for (const { hop, verdict } of hopsInOrder(path)) {
    if (verdict.verdict === "open" && verdict.note) say(`note-${hop}`, `${hop}: ${verdict.note}.`);
  }
  return advice;
}

/** A system past its support that no fleet runs may well be refused: that is worth knowing, and no more. */
function refusedSystems(stack: Stack): Advice[] {
  return endpointsOf(stack).flatMap((endpoint) => {
    const needed = neededRepositories(stack, endpoint.vpc);
    const verdicts = repositoryVerdicts(endpoint);
    // Where a needed one is refused too, the remedy is the same for both.
    if (verdicts.some(({ system, decision }) => decision.verdict === "deny" && needed.includes(system))) return [];
    return verdicts
      .filter(({ system, decision }) => decision.verdict === "deny" && !needed.includes(system))
      .map(({ system }) => ({
        resource: endpoint.resource,
        id: `${system}-refused`,
        message: `The policy of \`${endpoint.resource.name}\` refuses the unsigned reads of ${systems[system].name}, whose support ended on ${systems[system].endOfSupport}; no fleet in this stack needs them.`,
      }));
  });
}

/** Agents since 3.3.40.0 do without; an interface endpoint costs by the hour. */
function optionalEndpoints(stack: Stack): Advice[] {
  return endpointsOf(stack)
    .filter(({ service }) => known(service) === "ec2messages")
    .map(({ resource }) => ({
      resource,
      id: "ec2messages",
      message: `The endpoint \`${resource.name}\` serves SSM agents before 3.3.40.0 only, and costs by the hour; current ones use ssmmessages.`,
    }));
}

/** What sessions lack on fleets that have some; once for all fleets that lack the same. */
function sessions(stack: Stack, paths: readonly FleetPath[]): Advice[] {
  const alike = new Map<string, SessionLack[]>();
  for (const { fleet, hops } of paths) {
    if (hops["control-plane"].verdict !== "open") continue;
    for (const lack of sessionLacks(stack, fleet)) {
      const key = [lack.preferences.urn, lack.need.service, lack.action ?? lack.noWay].join(" ");
      alike.set(key, [...(alike.get(key) ?? []), lack]);
    }
  }
  return [...alike.values()].map((lacks): Advice => {
    const { preferences, need, action, noWay } = lacks[0]!;
    const fleets = some(
      lacks.map(({ fleet }) => `\`${fleet.name}\``),
      5,
    );
    const purpose = `\`${preferences.name}\` ${need.purpose}, and`;
    return action === undefined
      ? {
          resource: preferences,
          id: `session-${need.service}`,
          message: `${purpose} there is no way to that from ${fleets}: no \`${need.service}\` endpoint, and ${noWay ?? ""}.`,
        }
      : {
          resource: preferences,
          id: "session-permissions",
          message: `${purpose} \`${action}\` is not allowed to the role of ${fleets}.`,
        };
  });
}
