import type { Place } from "./account";
import type { AwsObjects } from "./objects";
import { type Properties, type Value, asText, isObject } from "./values";

/** Returns the result of an invoke as AWS would in the configured region. */
export type Invoke = (args: Properties, place: Place, aws: AwsObjects) => Properties;

/** @throws Error if AWS would find nothing. */
export function missing(what: string): never {
  throw new Error(`${what} was not found in the account of the stand-in AWS`);
}

export const text = (args: Properties, name: string): string | undefined => {
  const value = args[name];
  return typeof value === "string" && value !== "" ? value : undefined;
};

/** The filters of a lookup, by name. */
export function filtersOf(args: Properties): { name: string; values: string[] }[] {
  const filters = args["filters"];
  return (Array.isArray(filters) ? filters : []).filter(isObject).map((filter) => ({
    name: asText(filter["name"]),
    values: Array.isArray(filter["values"]) ? filter["values"].map((value: Value) => asText(value)) : [],
  }));
}

export function firstFilterValue(args: Properties, name: string): string | undefined {
  return filtersOf(args).find((filter) => filter.name === name)?.values[0];
}
