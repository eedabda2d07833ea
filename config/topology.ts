import {
  type Choice,
  type PriceSettings,
  type Topology,
  chooseTopology,
  costDifference,
  dividedServices,
  optionalServices,
  topologies,
} from "@patchpath/components";
import { type EndpointService, isRegion } from "patchpath/facts";
import { z } from "zod";
import { askedServices, hasInterfaceEndpoints } from "./endpoints";
import { needsOf } from "./fleet-needs";
import { elements, record } from "./values";

/** `patchpath:topology`. */
export const topology = z.enum([...topologies, "auto"]).default("endpoint-only");

const gigabytes = z.number().min(0).default(0);

/** `patchpath:traffic`: gigabytes in a month, for the price. None are counted unless given: they differ too much. */
export const traffic = z.strictObject({ natGateway: gigabytes, interfaceEndpoints: gigabytes }).prefault({});

/** Beside the update files: the system and the database. */
const wsusRootGiB = 80;

/**
 * What the price of a stack depends on, whatever is wrong with its config: a value that is wrong counts as not given.
 * What a network has already is not known yet, and counts as if it were made. `undefined` without a region.
 */
export function priceSettings(
  values: Readonly<Record<string, unknown>>,
  region: string | undefined,
): PriceSettings | undefined {
  if (region === undefined || !isRegion(region)) return undefined;
  const { availabilityZones, natGateways = "per-zone", subnetIds, vpcId } = record(values["network"]);
  const { natGateway, interfaceEndpoints } = record(values["traffic"]);
  const { instanceType, contentGiB, server } = record(values["wsus"]);
  const { logGroup, encrypted } = record(values["sessions"]);
  const { cloudWatch } = record(record(values["patching"])["output"]);
  const optional = optionalServices({
    asked: askedServices(values["endpoints"]),
    sessions: { logGroup: logGroup !== false, encrypted: encrypted === true },
    output: { cloudWatch: cloudWatch === true },
  });
  const count = (value: unknown, otherwise: number) => (typeof value === "number" && value >= 0 ? value : otherwise);
  return {
    region,
    zones: count(availabilityZones, elements(subnetIds).length || 2),
    natGateways: vpcId !== undefined ? "none" : natGateways === "single" ? "single" : "per-zone",
    interfaceEndpoints: hasInterfaceEndpoints(values["endpoints"])
      ? dividedServices(optional, centralServices(record(values["endpoints"])["central"])).own.length
      : 0,
    gigabytesPerMonth: { natGateway: count(natGateway, 0), interfaceEndpoints: count(interfaceEndpoints, 0) },
    wsusServer:
      server === undefined
        ? {
            instanceType: typeof instanceType === "string" ? instanceType : "m6i.large",
            volumeGiB: count(contentGiB, 300) + wsusRootGiB,
          }
        : undefined,
  };
}

/** Central endpoints are the hub's, and so is their price. */
function centralServices(central: unknown): Parameters<typeof dividedServices>[1] {
  if (central === undefined) return undefined;
  const { services } = record(central);
  return { services: Array.isArray(services) ? (services as EndpointService[]) : undefined };
}

/** The topology that a config asks for, or for `auto` the choice of one. */
export function resolveTopology(
  values: Readonly<Record<string, unknown>>,
  prices: PriceSettings | undefined,
): { readonly topology: string; readonly choice?: Choice } {
  const asked = values["topology"] ?? "endpoint-only";
  if (asked !== "auto" || !prices) return { topology: typeof asked === "string" ? asked : JSON.stringify(asked) };
  const choice = chooseTopology(
    elements(values["fleets"]).flatMap((fleet) => needsOf(fleet) ?? []),
    prices,
  );
  return { topology: choice.topology, choice };
}

/** `\`nat\` (65.70 USD a month more than \`endpoint-only\`)` for each topology that would do. */
export function withPrices(
  alternatives: readonly Topology[],
  from: Topology,
  prices: PriceSettings | undefined,
): string {
  return alternatives.map((to) => `\`${to}\`${prices ? ` (${costDifference(from, to, prices)})` : ""}`).join(" or ");
}
