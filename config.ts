import { type Choice, type PriceSettings, type Topology, optionalServices } from "@patchpath/components";
import { type EndpointService, type Region, isRegion, regions, ssmBuckets } from "patchpath/facts";
import { z } from "zod";
import { baselines, problemsOfBaselines } from "./config/baselines";
import { problemsOfBucketReads } from "./config/baseline-sources";
import { problemsOfCentral } from "./config/central-endpoints";
import { ConfigError } from "./config/config-error";
import {
  askedServices,
  endpointPolicy,
  endpoints,
  problemsOfEndpointPolicy,
  problemsOfEndpoints,
  sourcePolicy,
} from "./config/endpoints";
import { fleets, problemsOfFleets } from "./config/fleets";
import { instanceRole } from "./config/instance-role";
import { monitoring } from "./config/monitoring";
import { networkSchema, problemsOfDualStack, problemsOfNetwork } from "./config/network";
import { patching, problemsOfPatching } from "./config/patching";
import { listed, problemsIn } from "./config/problems";
import { problemsOfRemediation, remediation } from "./config/remediation";
import { problemsOfSessions, sessions } from "./config/sessions";
import { priceSettings, resolveTopology, topology, traffic } from "./config/topology";
import { namespace, record } from "./config/values";
import { warningsOf } from "./config/warnings";
import { problemsOfSynchronization, problemsOfWsus, wsus } from "./config/wsus";

/**
 * The stack config, namespace `patchpath`: every value has a default but the fleets. A wrong config fails once, with
 * everything that is wrong, before anything is made. So the schema looks at each value by itself, and what concerns
 * several values is checked beside it, whatever the schema says.
 */
const schemaFor = (values: Readonly<Record<string, unknown>>) =>
  z.strictObject({
    topology,
    network: networkSchema(values["network"]),
    fleets,
    endpointPolicy,
    endpoints,
    instanceRole,
    patching,
    baselines,
    monitoring,
    sessions,
    traffic,
    wsus,
    remediation,
  });

/** The whole, as editors and generators need it: `policypack/schemas/stack-config.json` is generated from it. */
export const stackConfig = schemaFor({}).extend({
  network: z.union([networkSchema({}), networkSchema({ vpcId: "" })]),
});

export type StackConfig = Omit<z.infer<ReturnType<typeof schemaFor>>, "topology"> & {
  readonly region: Region;
  /** As asked for, or as chosen. */
  readonly topology: Topology;
  /** Why it was chosen, with `auto`. */
  readonly choice: Choice | undefined;
  readonly prices: PriceSettings;
  /** Services that need an interface endpoint beside the agent's own. */
  readonly optionalServices: readonly EndpointService[];
  /** What is right and yet hardly meant. */
  readonly warnings: readonly string[];
};

/**
 * Reads the config of a stack.
 *
 * @param all every key with its text, as `patchpath:network`; objects and lists are JSON
 * @throws ConfigError
 */
export function readConfig(all: Readonly<Record<string, string>>): StackConfig {
  const region = all["aws:region"];
  const values = valuesOf(all);
  const result = schemaFor(values).safeParse(values);
  const prices = priceSettings(values, region);
  const { topology, choice } = resolveTopology(values, prices);
  const problems = [
    ...problemsOfRegion(region, record(values["endpointPolicy"])["unconfirmedBuckets"]),
    ...(result.success ? [] : problemsIn(result.error, namespace, values)),
    ...problemsOfNetwork(values["network"], topology),
    ...problemsOfDualStack(values["network"], region),
    ...problemsOfFleets(values["fleets"], {
      topology,
      endpoints: values["endpoints"],
      network: values["network"],
      patching: values["patching"],
      wsus: values["wsus"],
      region,
      prices,
    }),
    ...problemsOfEndpoints(values["endpoints"], topology),
    ...problemsOfCentral(values["endpoints"], values["network"]),
    ...problemsOfEndpointPolicy(values["endpointPolicy"], region),
    ...problemsOfPatching(values["patching"], region),
    ...problemsOfSessions(values["sessions"]),
    ...problemsOfRemediation(values["remediation"], region),
    ...problemsOfWsus(values["wsus"], topology, values["network"], values["fleets"]),
    ...problemsOfSynchronization(values["wsus"], topology, values["fleets"], values["baselines"]),
    ...problemsOfBaselines(values["baselines"], {
      topology,
      fleets: values["fleets"],
      endpoints: values["endpoints"],
      region,
      method: record(values["patching"])["method"],
    }),
    ...problemsOfSources(values, region),
  ];
  if (problems.length > 0 || !result.success || !prices) throw new ConfigError(problems);
  const resolved = { ...result.data, region: prices.region, topology: topology as Topology, prices };
  return {
    ...resolved,
    choice,
    optionalServices: optionalServices({
      asked: askedServices(result.data.endpoints),
      sessions: result.data.sessions,
      output: result.data.patching.output,
    }),
    warnings: warningsOf(resolved),
  };
}

/** In a network that is there already the endpoint may be too: its policy is judged when it has been looked up. */
function problemsOfSources(values: Readonly<Record<string, unknown>>, region: string | undefined): string[] {
  if (region === undefined || !isRegion(region) || record(values["network"])["vpcId"] !== undefined) return [];
  const policy = sourcePolicy(values["endpointPolicy"], region);
  return policy ? problemsOfBucketReads(values["baselines"], values["fleets"], region, policy) : [];
}

/** The namespace's values: objects and lists come as JSON, and what isn't JSON is a text. */
function valuesOf(all: Readonly<Record<string, string>>): Record<string, unknown> {
  const own = Object.entries(all).filter(([key]) => key.startsWith(namespace));
  return Object.fromEntries(
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

/** Those whose bucket names are confirmed. */
const usableRegions = Object.keys(regions).filter((region) => isRegion(region) && ssmBuckets(region));

function problemsOfRegion(region: string | undefined, unconfirmedBuckets: unknown): string[] {
  if (region === undefined) return ["`aws:region` is missing; run `pulumi config set aws:region REGION`"];
  if (!isRegion(region)) return [`\`aws:region\` is \`${region}\`; expected one of ${listed(usableRegions)}`];
  if (ssmBuckets(region) || unconfirmedBuckets === "admit-by-pattern") return [];
  return [
    `\`aws:region\` is \`${region}\`; the names of AWS's buckets there are unconfirmed; expected another region, or \`${namespace}endpointPolicy.unconfirmedBuckets\` \`admit-by-pattern\`, which admits reads of any bucket whose name looks like theirs`,
  ];
}
