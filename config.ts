import type { Choice, PriceSettings, Topology } from "@patchpath/components";
import type { EndpointService, Region } from "patchpath/facts";
import { z } from "zod";
import { checkSources } from "./config/baseline-sources";
import { type Baseline, baseline, baselines, checkBaselines } from "./config/baselines";
import { ConfigError } from "./config/config-error";
import { checkEndpointPolicy, endpointPolicy } from "./config/endpoint-policy";
import { checkEndpoints, endpoints } from "./config/endpoints";
import { checkExistingFleets } from "./config/existing-fleets";
import { type Fleet, checkFleets, fleet, fleets } from "./config/fleets";
import { instanceRole } from "./config/instance-role";
import { monitoring } from "./config/monitoring";
import { checkNetwork, network } from "./config/network";
import { checkPatching, patching } from "./config/patching";
import { priceSettings, servicesOf } from "./config/prices";
import { unknownKey } from "./config/problems";
import { checkRegion, readRegion } from "./config/region";
import { checkRemediation, remediation } from "./config/remediation";
import { read, readList } from "./config/section";
import { sessions } from "./config/sessions";
import { resolveTopology, topology } from "./config/topology";
import { traffic } from "./config/traffic";
import { namespace } from "./config/values";
import { warningsOf } from "./config/warnings";
import { checkWindows } from "./config/windows";
import { checkWsus, wsus } from "./config/wsus";

/** The sections of the stack config, namespace `patchpath`: all have defaults but the fleets. */
export const sections = {
  topology,
  network,
  fleets,
  endpoints,
  endpointPolicy,
  instanceRole,
  patching,
  baselines,
  monitoring,
  sessions,
  wsus,
  remediation,
  traffic,
};

/** The whole, as editors and generators need it. It says what is wrong in zod's words: `readConfig` says it in ours. */
export const stackConfig = z.strictObject(sections);

type Sections = z.output<typeof stackConfig>;

export type StackConfig = Readonly<Omit<Sections, "topology" | "fleets" | "baselines">> & {
  readonly fleets: readonly Fleet[];
  readonly baselines: readonly Baseline[];
  readonly region: Region;
  /** As asked for, or as chosen. */
  readonly topology: Topology;
  /** Why it was chosen, with `auto`. */
  readonly choice: Choice | undefined;
  readonly prices: PriceSettings;
  /** Services that require an interface endpoint in addition to the agent's own. */
  readonly optionalServices: readonly EndpointService[];
  /** What is allowed and rarely meant. */
  readonly warnings: readonly string[];
};

/** What concerns several sections: each check runs on those that are right by themselves. */
const checks = [
  checkRegion,
  checkNetwork,
  checkFleets,
  checkExistingFleets,
  checkEndpoints,
  checkEndpointPolicy,
  checkPatching,
  checkWindows,
  checkRemediation,
  checkWsus,
  checkBaselines,
  checkSources,
];

/**
 * Reads the config of a stack, in two phases: each section by its schema, then what concerns several of them. A wrong
 * config fails once, with everything that is wrong, before anything is created.
 *
 * @param all every key with its text, as `patchpath:network`; objects and lists are JSON
 * @throws ConfigError
 */
export function readConfig(all: Readonly<Record<string, string>>): StackConfig {
  const values = valuesOf(all);
  const problems: string[] = [];
  const names = Object.keys(sections);
  for (const name of values.keys()) if (!names.includes(name)) problems.push(unknownKey(namespace, name, names));

  const region = noted(readRegion(all["aws:region"])).value;
  const asked = section("topology");
  const fleetList = noted(readList(fleets, fleet, values.get("fleets"), `${namespace}fleets`));
  const baselineList = noted(readList(baselines, baseline, values.get("baselines"), `${namespace}baselines`));
  const parts = {
    region,
    network: section("network"),
    fleets: fleetList.value,
    endpoints: section("endpoints"),
    endpointPolicy: section("endpointPolicy"),
    instanceRole: section("instanceRole"),
    patching: section("patching"),
    baselines: baselineList.value,
    monitoring: section("monitoring"),
    sessions: section("sessions"),
    wsus: section("wsus"),
    remediation: section("remediation"),
    traffic: section("traffic"),
  };
  const { network: place, endpoints: reach, sessions: logs, patching: runs, wsus: server, traffic: billed } = parts;
  const priced = complete({
    region,
    network: place,
    endpoints: reach,
    sessions: logs,
    patching: runs,
    wsus: server,
    traffic: billed,
  });
  const prices = priced && priceSettings(priced);
  const { topology: resolved, choice } = resolveTopology(asked, parts.fleets, prices);
  const lists = { eachFleet: fleetList.elements, eachBaseline: baselineList.elements };
  const config = { ...parts, ...lists, prices, topology: resolved, given: new Set(values.keys()) };
  problems.push(...checks.flatMap((check) => check(config)));

  const whole = complete({ ...parts, topology: resolved, prices });
  if (problems.length > 0 || !whole) throw new ConfigError(problems);
  return { ...whole, choice, optionalServices: servicesOf(whole), warnings: warningsOf(whole) };

  function section<Name extends keyof Sections>(name: Name): Sections[Name] | undefined {
    return noted(read(sections[name] as unknown as z.ZodType<Sections[Name]>, values.get(name), `${namespace}${name}`))
      .value;
  }

  function noted<T extends { readonly problems: readonly string[] }>(result: T): T {
    problems.push(...result.problems);
    return result;
  }
}

type Complete<T> = { readonly [Name in keyof T]: Exclude<T[Name], undefined> };

/** All of the parts, unless one is missing. */
function complete<T extends object>(parts: T): Complete<T> | undefined {
  return Object.values(parts).includes(undefined) ? undefined : (parts as Complete<T>);
}

/** The namespace's values: objects and lists come as JSON, and what isn't JSON is a text. */
function valuesOf(all: Readonly<Record<string, string>>): Map<string, unknown> {
  const own = Object.entries(all).filter(([key]) => key.startsWith(namespace));
  return new Map(
    own.map(([key, value]) => {
      const name = key.slice(namespace.length);
      try {
        return [name, JSON.parse(value) as unknown];
      } catch {
        return [name, value];
      }
    }),
  );
}
