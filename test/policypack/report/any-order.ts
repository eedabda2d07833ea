import { type ReportingCommand, formatsOf } from "../../../policypack/report/formats";
import { reportOn } from "../../../policypack/report/path-report";
import { reportOnRoles } from "../../../policypack/report/roles-report";
import { rules } from "../../../policypack/rules";
import type { StackResource } from "../../../policypack/stack/resource";
import { inOneAnalysis, stackOf } from "../../../policypack/stack/stack";

/**
 * All output about a stack: of each command in each format, and of the stack face of each rule.
 *
 * @param without formats that are left out
 */
export function allOutputs(
  resources: readonly StackResource[],
  ...without: readonly string[]
): Readonly<Record<string, string>> {
  return inOneAnalysis(
    () => outputsOf(resources, without),
    () => false,
    () => undefined,
  );
}

function outputsOf(resources: readonly StackResource[], without: readonly string[]): Readonly<Record<string, string>> {
  const stack = stackOf(resources);
  const page = { remarks: [], width: 120, colour: false, version: "0.0.0" };
  const formats = (command: ReportingCommand) => formatsOf(command).filter(([name]) => !without.includes(name));
  const explained = formats("explain").map(
    ([name, { explain }]) => [`explain, ${name}`, explain!(reportOn([stack]), page)] as const,
  );
  const listed = formats("roles").map(
    ([name, { roles }]) => [`roles, ${name}`, roles!(reportOnRoles([stack]), page)] as const,
  );
  return {
    ...Object.fromEntries([...explained, ...listed]),
    ...Object.fromEntries(rules.map(({ name, validateStack }) => [name, findingsBy(validateStack, resources)])),
  };
}

function findingsBy(face: (typeof rules)[number]["validateStack"], resources: readonly StackResource[]): string {
  const findings: string[] = [];
  const report = (message: string, urn?: string) => findings.push(`${urn ?? ""} ${message}`);
  void face?.({ resources, getConfig: () => ({}) } as never, report);
  return findings.join("\n");
}

/** The same resources, and the origins of each property, in another order. */
export function reordered(resources: readonly StackResource[], seed: number): StackResource[] {
  const copies = new Map(resources.map((resource) => [resource, { ...resource }]));
  for (const copy of copies.values()) {
    const { propertyDependencies = {} } = copy;
    const others = Object.entries(propertyDependencies).map(
      ([property, from]) => [property, shuffled(from, seed).map((one) => copies.get(one) ?? one)] as const,
    );
    Object.assign(copy, { propertyDependencies: Object.fromEntries(shuffled(others, seed)) });
  }
  return shuffled([...copies.values()], seed);
}

/** A list in an order that depends only on the seed. */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
  const mixed = [...list];
  let state = seed;
  for (let i = mixed.length - 1; i > 0; i -= 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const j = state % (i + 1);
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}
