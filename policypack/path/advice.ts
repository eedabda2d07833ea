import { isSystem, systems } from "../facts/systems";
import { some } from "../iam/problems";
import { endpointsOf } from "../stack/endpoints";
import { known } from "../stack/reading";
import { isTargeted } from "../stack/management";
import type { Patcher } from "../stack/patchers";
import type { StackResource } from "../stack/resource";
import type { Stack } from "../stack/stack";
import { type FleetPath, hopsInOrder } from "./fleet-path";
import { neededRepositories } from "./needed-repositories";
import { isManaged, isPatched } from "./patching";
import { repositoryVerdicts } from "./repository-reads";
import { type SessionLack, sessionLacks } from "./sessions";

/** Something worth knowing that blocks nothing. */
export interface Advice {
  readonly resource: StackResource;
  /** Of the kind of advice, for filters and exemptions. */
  readonly id: string;
  readonly message: string;
}

/** All advice about a stack. */
export function adviceOn(stack: Stack, paths: readonly FleetPath[], day: string): Advice[] {
  return [
    ...paths.flatMap((path) => adviceOnFleet(stack, path, day)),
    ...optionalEndpoints(stack),
    ...deniedSystems(stack),
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
        ? "there are no new patches"
        : `new patches are available with extended support only, until ${extended}`;
    say("past-support", `\`${fleet.name}\` runs ${system?.id ?? ""}, whose support ended on ${end}: ${what}.`);
  }
  const isWholeImage = system?.updateSource === "whole-image";
  // Of one that is managed, that the hop is blocked is a finding: see rules/gate.ts.
  if (isWholeImage && !isManaged(stack, path)) {
    say(
      "bottlerocket",
      `\`${fleet.name}\` runs Bottlerocket, which is updated as a whole image; Patch Manager does not patch it.`,
    );
  }
  if (!isPatched(path) && !isWholeImage) say(...unpatched(stack, path));
  for (const { hop, verdict } of hopsInOrder(path)) {
    if (verdict.verdict === "open" && verdict.note) say(`note-${hop}`, `${hop}: ${verdict.note}.`);
  }
  return advice;
}

const whatToAdd =
  "a maintenance window task or a State Manager association that runs AWS-RunPatchBaseline with the operation Install, or a Quick Setup patch policy";

/** That nothing installs patches on a fleet, and what to add: of one that Systems Manager does not manage, a role as well. */
function unpatched(stack: Stack, path: FleetPath): [id: string, message: string] {
  const { fleet, hops, patchers } = path;
  const name = `\`${fleet.name}\``;
  const named = (ofThem: readonly Patcher[]) => ofThem.map(({ resource }) => `\`${resource.name}\``);
  const scans = named(patchers.filter(({ lacks }) => lacks === undefined));
  const stuck = named(patchers.filter(({ lacks }) => lacks !== undefined));
  if (scans.length > 0) {
    const found = `${some(scans)} only ${scans.length === 1 ? "scans" : "scan"} ${name}, and nothing in this stack installs patches on it.`;
    return ["unpatched", `${found} Add ${whatToAdd}.`];
  }
  if (stuck.length > 0) {
    const found = `${some(stuck)} cannot run, and nothing else in this stack runs Patch Manager on ${name}.`;
    return ["unpatched", `${found} Fix it, or add ${whatToAdd}.`];
  }
  if (isManaged(stack, path) || isTargeted(stack, fleet) !== false) {
    return ["unpatched", `Nothing in this stack runs Patch Manager on ${name}. Add ${whatToAdd}.`];
  }
  const lacks = hops.identity.verdict === "blocked" ? "no role for the SSM agent and no patch group" : "no patch group";
  const blocked = hopsInOrder(path).filter(({ verdict }) => verdict.verdict === "blocked");
  const also = blocked.length > 0 ? ` Also blocked: ${blocked.map(({ hop }) => hop).join(", ")}.` : "";
  const message = `Nothing in this stack patches ${name}: it has ${lacks}, and nothing that patches targets it.${also}`;
  return [
    "unmanaged",
    `${message} To patch it, give it a role with AmazonSSMManagedInstanceCore, and add ${whatToAdd}.`,
  ];
}

/** Denying a system past its support that no fleet runs may be intended: worth knowing, and no more. */
function deniedSystems(stack: Stack): Advice[] {
  return endpointsOf(stack).flatMap((endpoint) => {
    const needed = neededRepositories(stack, endpoint.vpc);
    const verdicts = repositoryVerdicts(endpoint);
    // Where a needed one is denied too, the remedy is the same for both.
    if (verdicts.some(({ system, decision }) => decision.verdict === "deny" && needed.includes(system))) return [];
    return verdicts
      .filter(({ system, decision }) => decision.verdict === "deny" && !needed.includes(system))
      .map(({ system }) => ({
        resource: endpoint.resource,
        id: `${system}-refused`,
        message: `The policy of \`${endpoint.resource.name}\` denies the unsigned reads of ${systems[system].name}, whose support ended on ${systems[system].endOfSupport}; no fleet in this stack needs these reads.`,
      }));
  });
}

/** Agents since 3.3.40.0 do not need it; an interface endpoint is billed by the hour. */
function optionalEndpoints(stack: Stack): Advice[] {
  return endpointsOf(stack)
    .filter(({ service }) => known(service) === "ec2messages")
    .map(({ resource }) => ({
      resource,
      id: "ec2messages",
      message: `The endpoint \`${resource.name}\` serves only SSM agents before 3.3.40.0 and is billed by the hour; current agents use ssmmessages.`,
    }));
}

/** What sessions lack on fleets that have some; once for all fleets that lack the same. */
function sessions(stack: Stack, paths: readonly FleetPath[]): Advice[] {
  const alike = new Map<string, SessionLack[]>();
  for (const { fleet, hops } of paths) {
    if (hops["control-plane"].verdict !== "open") continue;
    for (const lack of sessionLacks(stack, fleet)) {
      const key = [lack.preferences.urn, lack.need.service, lack.action ?? lack.noRoute].join(" ");
      alike.set(key, [...(alike.get(key) ?? []), lack]);
    }
  }
  return [...alike.values()].map((lacks): Advice => {
    const { preferences, need, action, noRoute } = lacks[0]!;
    const fleets = some(lacks.map(({ fleet }) => `\`${fleet.name}\``));
    const purpose = `\`${preferences.name}\` ${need.purpose}`;
    return action === undefined
      ? {
          resource: preferences,
          id: `session-${need.service}`,
          message: `${purpose}, but ${fleets} cannot reach that service: no \`${need.service}\` endpoint, and ${noRoute ?? ""}.`,
        }
      : {
          resource: preferences,
          id: "session-permissions",
          message: `${purpose}, but the policies of the role of ${fleets} do not allow \`${action}\`.`,
        };
  });
}
