import { strictEqual } from "node:assert/strict";
import { readConfig } from "../../config";
import { ConfigError } from "../../config/config-error";

export const fleet = { name: "web", operatingSystem: "amazon-linux-2023" };

/** A config as the engine passes it: objects and lists as JSON. */
export function configWith(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const all: Record<string, unknown> = { "aws:region": "ap-northeast-1", "patchpath:fleets": [fleet], ...values };
  return Object.fromEntries(
    Object.entries(all)
      .filter((entry): entry is [string, unknown] => entry[1] !== undefined)
      .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

/** The lines of the error for a config, none if it is valid. */
export function problemsOf(values: Readonly<Record<string, unknown>>): string[] {
  try {
    readConfig(configWith(values));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [headline, ...lines] = error.message.split("\n");
    strictEqual(headline, "the stack config is not valid:");
    return lines.map((line) => line.replace(/^ {2}- /, ""));
  }
  return [];
}

/** What is wrong, the config, and the error; one test each. */
export type WrongConfig = readonly [
  name: string,
  values: Readonly<Record<string, unknown>>,
  problems: readonly string[],
];
