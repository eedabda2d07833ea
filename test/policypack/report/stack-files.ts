import { Stack } from "../../../policypack/stack/stack";
import { type PathReport, reportOn } from "../../../policypack/report/path-report";
import { readStackFile } from "../../../policypack/sources/stack-file";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExampleResource } from "../rules/analyze";
import { patchedStack } from "../rules/network";

const provider = "urn:pulumi:test::shop::pulumi:providers:aws::default";

/** The state of a stack, as `pulumi stack export` prints it. */
export function stateOf(resources: readonly ExampleResource[], stack = "test") {
  const urnOf = (type: string, name: string) => `urn:pulumi:${stack}::shop::${type}::${name}`;
  return {
    version: 3,
    deployment: {
      manifest: {},
      resources: [
        {
          urn: urnOf("pulumi:providers:aws", "default"),
          type: "pulumi:providers:aws",
          custom: true,
          id: "p",
          inputs: { region: "eu-west-1" },
          outputs: { region: "eu-west-1" },
        },
        ...resources.map(({ type, name, props: { id, ...inputs }, computed }) => ({
          urn: urnOf(type, name),
          type,
          custom: true,
          ...(id !== undefined && { id }),
          inputs,
          outputs: { ...inputs, ...computed, ...(id !== undefined && { id }) },
          provider: `${provider.replace(":test::", `:${stack}::`)}::p`,
        })),
      ],
    },
  };
}

/** The report on states that are read from files as the command reads them. */
export function reportOnStates(...states: readonly object[]): PathReport {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  try {
    const stacks = states.map((state, i) => {
      const file = join(folder, `${i}.json`);
      writeFileSync(file, JSON.stringify(state));
      return new Stack(readStackFile(file, undefined).resources);
    });
    return reportOn(stacks);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Passes the state of a stack as a file that the command reads. */
export function withStateFile<T>(resources: readonly ExampleResource[], use: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  try {
    const file = join(folder, "state.json");
    writeFileSync(file, JSON.stringify(stateOf(resources)));
    return use(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Many instances like `web`, with the given names. */
export function fleetsLike(web: ExampleResource, names: readonly string[]): Record<string, ExampleResource> {
  return Object.fromEntries(names.map((name, i) => [name, { ...web, name, props: { ...web.props, id: `i-${i}` } }]));
}

/** The report on a stack with 200 instances like `web`, whose names are long and similar. */
export function reportOnManyFleets(replaced: Readonly<Record<string, ExampleResource>>): PathReport {
  const web = patchedStack().find(({ name }) => name === "web")!;
  const names = Array.from({ length: 200 }, (_, i) => `shop-production-fleet-of-the-department-${i}`);
  return reportOnStates(stateOf(patchedStack({ ...replaced, ...fleetsLike(web, names) })));
}
