import { isObject, list } from "./iam/problems";
import { rules } from "./rules";
import { patchPathIsOpen } from "./rules/patch-path-is-open";
import type { Rule } from "./rules/rule";
import { type DeclaredImages, declarationsIn } from "./stack/declared-images";

/** The levels that the engine knows. Source: `EnforcementLevel` of pulumi/sdk/go/common/apitype/policy.go. */
export const levels: readonly string[] = ["advisory", "mandatory", "remediate", "disabled"];

/**
 * What the engine silently ignores in a policy-pack config: names of rules that do not exist, options that a rule does not
 * have, options under `all`, and levels that a rule does not support. Each leaves a team with a gate that is not set.
 *
 * @param config by rule, each a level or an object of options
 * @returns one sentence for each problem, with its place
 */
export function silentProblemsOf(config: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(config).flatMap(([name, value]) => {
    const options = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
    const level = typeof value === "string" ? value : options["enforcementLevel"];
    if (name === "all") return unknownOptions(name, options, []);
    const rule = rules.find((one) => one.name === name);
    if (!rule)
      return [
        `\`${name}\` is not a rule of this pack; expected one of ${list(["all", ...rules.map((one) => one.name)])}.`,
      ];
    return [...unknownOptions(name, options, optionsOf(rule)), ...impossibleLevel(rule, level)];
  });
}

/** The images that a config declares. */
export function imagesIn(config: Readonly<Record<string, unknown>>): DeclaredImages {
  const options = config[patchPathIsOpen.name];
  const images = isObject(options) ? options["images"] : undefined;
  return declarationsIn(isObject(images) ? images : {});
}

/** The names of a rule's options. */
export function optionsOf(rule: Rule): string[] {
  return Object.keys(rule.configSchema.properties);
}

function unknownOptions(name: string, options: Readonly<Record<string, unknown>>, known: readonly string[]): string[] {
  const allowed = ["enforcementLevel", ...known];
  return Object.keys(options)
    .filter((option) => !allowed.includes(option))
    .map((option) => `\`${name}.${option}\` is not an option; expected one of ${list(allowed)}.`);
}

function impossibleLevel(rule: Rule, level: unknown): string[] {
  if (level !== "remediate" || rule.remediateResource) return [];
  return [
    `\`${rule.name}\` has the level \`remediate\`, which it does not support; expected \`mandatory\`, \`advisory\` or \`disabled\`.`,
  ];
}
