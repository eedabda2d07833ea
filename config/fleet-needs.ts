import { type FleetNeeds, fleetTiers } from "@patchpath/components";
import { isSystem } from "patchpath/facts";
import { elements, record } from "./values";

/** What a fleet's value asks of a topology, whatever else is wrong with it; `undefined` where its system is none. */
export function needsOf(fleet: unknown): FleetNeeds | undefined {
  const { operatingSystem, repositories, subnets } = record(fleet);
  if (typeof operatingSystem !== "string" || !isSystem(operatingSystem)) return undefined;
  return {
    operatingSystem,
    repositories: elements(repositories).filter((one) => typeof one === "string"),
    subnets: fleetTiers.find((one) => one === subnets),
  };
}
