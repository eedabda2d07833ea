import { pathsAsMarkdown } from "../../../policypack/report/path-markdown";
import { pathsAsMermaid } from "../../../policypack/report/path-mermaid";
import { contractOf, reportOn } from "../../../policypack/report/path-report";
import { pathsAsSarif } from "../../../policypack/report/path-sarif";
import { pathsAsText } from "../../../policypack/report/path-text";
import { reportOnRoles } from "../../../policypack/report/roles-report";
import { rolesAsMarkdown, rolesAsText } from "../../../policypack/report/roles-text";
import { rules } from "../../../policypack/rules";
import type { StackResource } from "../../../policypack/stack/resource";
import { inOneAnalysis, stackOf } from "../../../policypack/stack/stack";

/** All that is said of a stack: by each command in each form, and by the stack face of each rule. */
export function allOutputs(resources: readonly StackResource[]): Readonly<Record<string, string>> {
  return inOneAnalysis(
    () => outputsOf(resources),
    () => undefined,
  );
}

function outputsOf(resources: readonly StackResource[]): Readonly<Record<string, string>> {
  const stack = stackOf(resources);
  const report = reportOn([stack]);
  const roles = reportOnRoles([stack]);
  return {
    "explain, text": pathsAsText(report, [], 120, false),
    "explain, json": JSON.stringify(contractOf(report)),
    "explain, markdown": pathsAsMarkdown(report, []),
    "explain, mermaid": pathsAsMermaid(report),
    "explain, sarif": JSON.stringify(pathsAsSarif(report, "0.0.0")),
    "roles, text": rolesAsText(roles, [], false),
    "roles, json": JSON.stringify(roles),
    "roles, markdown": rolesAsMarkdown(roles, []),
    ...Object.fromEntries(rules.map(({ name, validateStack }) => [name, findingsBy(validateStack, resources)])),
  };
}

function findingsBy(face: (typeof rules)[number]["validateStack"], resources: readonly StackResource[]): string {
  const findings: string[] = [];
  const report = (message: string, urn?: string) => findings.push(`${urn ?? ""} ${message}`);
  void face?.({ resources, getConfig: () => ({}) } as never, report);
  return findings.join("\n");
}

/** The same resources, and what each property may come from, in another order. */
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

/** A list in an order that only the seed decides. */
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
