import { deepStrictEqual, match, ok } from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const root = join(__dirname, "..");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly "runs-on"?: string;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: {
    readonly push?: { readonly branches: readonly string[] };
    readonly workflow_call?: { readonly inputs: Readonly<Record<string, { readonly required: boolean }>> };
  };
  readonly jobs: Readonly<Record<string, Job>>;
}

const read = (path: string) => parse(readFileSync(join(root, path), "utf8"), { strict: true }) as Workflow;
const stages = ["dev", "staging", "prod"];

/**
 * The workflows that users copy, as documents: what they run, and in which order. Whether GitHub accepts them is
 * checked manually with actionlint; they were never run there.
 */
describe("the workflows from development to production", () => {
  const { on, jobs } = read("docs/ci/stacks.yml");
  const called = read("docs/ci/stack.yml");
  const inputs = called.on.workflow_call?.inputs ?? {};
  const { preview, ...ups } = jobs;

  it("list the stacks of this checkout", () => {
    const stacks = readdirSync(root).flatMap((name) => /^Pulumi\.(\w+)\.yaml$/.exec(name)?.[1] ?? []);
    deepStrictEqual(stacks.sort(), [...stages].sort());
  });

  it("preview every stack for a pull request, and update none", () => {
    deepStrictEqual(preview?.strategy?.matrix["stack"], stages);
    deepStrictEqual(preview.if, "github.event_name == 'pull_request'");
    match(preview.with?.["command"] ?? "", /^pulumi preview /);
    deepStrictEqual(preview.with?.["environment"], "${{ matrix.stack }}-preview");
  });

  it("deploy a merge one stage after the other", () => {
    deepStrictEqual(on.push?.branches, ["main"]);
    deepStrictEqual(
      Object.entries(ups).map(([name, { needs, with: given }]) => [
        name,
        needs,
        given?.["stack"],
        given?.["environment"],
        given?.["command"],
      ]),
      stages.map((stage, i) => [stage, stages[i - 1], stage, stage, "pulumi up --yes"]),
    );
    // What needs a job that is skipped is skipped too, so on pull requests none of them runs.
    deepStrictEqual(ups["dev"]?.if, "github.event_name == 'push'");
  });

  it("pass all inputs of the called workflow, and no others", () => {
    for (const job of Object.values(jobs)) {
      deepStrictEqual(job.uses, "./.github/workflows/stack.yml");
      deepStrictEqual(Object.keys(job.with ?? {}).sort(), Object.keys(inputs).sort());
    }
    const used = [...readFileSync(join(root, "docs/ci/stack.yml"), "utf8").matchAll(/inputs\.(\w+)/g)];
    deepStrictEqual([...new Set(used.map(([, name]) => name))].sort(), Object.keys(inputs).sort());
  });

  it("run the command with the pack, without prompts", () => {
    const steps = called.jobs["run"]?.steps ?? [];
    deepStrictEqual(
      steps.at(-1)?.run,
      '${{ inputs.command }} --stack "$STACK" --policy-pack policypack --non-interactive',
    );
    deepStrictEqual(steps.at(-1)?.env?.["STACK"], "${{ inputs.stack }}");
  });

  it("use the same versions of actions as the workflow of this checkout", () => {
    const usedBy = ({ jobs: all }: Workflow) =>
      Object.values(all).flatMap(({ steps = [] }) => steps.flatMap(({ uses }) => uses ?? []));
    const common = usedBy(called).filter((action) => action.startsWith("actions/"));
    const own = usedBy(read(".github/workflows/check.yml"));
    ok(common.length > 0 && common.every((action) => own.includes(action)), common.join(", "));
  });
});

describe("the workflow of this checkout", () => {
  const { check, install } = read(".github/workflows/check.yml").jobs;

  it("checks on every supported version of Node, from the oldest", () => {
    const { engines } = JSON.parse(readFileSync(join(root, "policypack/package.json"), "utf8")) as {
      engines: { node: string };
    };
    deepStrictEqual(check?.strategy?.matrix["node"], [20, 22, 24]);
    match(engines.node, /^>=20\./);
    deepStrictEqual(check.steps?.at(-1)?.run, ".ci/run");
  });

  it("installs the package on the operating systems that the other jobs do not cover", () => {
    deepStrictEqual(install?.["runs-on"], "${{ matrix.os }}");
    deepStrictEqual(install.strategy?.matrix["os"], ["windows-latest", "macos-latest"]);
    const runs = (install.steps ?? []).flatMap(({ run }) => run ?? []);
    deepStrictEqual(runs, ["npm ci", "npx mocha test/packages/patchpath.test.ts"]);
    ok(existsSync(join(root, "test/packages/patchpath.test.ts")));
  });
});
