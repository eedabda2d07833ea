import { match, ok, strictEqual } from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { runCommand } from "../engine/offline-stack";
import { actionlint, zizmor } from "./linters";

const root = join(__dirname, "..", "..");
const text = (path: string) => readFileSync(join(root, path), "utf8");

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly object[] };
}

describe("the published workflows and the action", () => {
  it("have examples that are valid YAML and name this version", () => {
    for (const page of ["docs/ci/README.md", "docs/ci/gitlab.md"]) {
      const blocks = [...text(page).matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block = ""]) => block);
      ok(blocks.length > 0, page);
      for (const block of blocks) parse(block, { strict: true });
    }
  });

  // Both linters are built first: half a minute, once.
  if (!process.env["PATCHPATH_WHOLE_MATRICES"]) return;

  const repository = mkdtempSync(join(tmpdir(), "patchpath-"));
  const workflows = join(repository, ".github", "workflows");
  before(() => {
    for (const folder of [workflows, join(repository, ".git")]) mkdirSync(folder, { recursive: true });
    for (const folder of ["docs/ci", ".github/workflows"]) {
      for (const file of readdirSync(join(root, folder)).filter((name) => name.endsWith(".yml"))) {
        cpSync(join(root, folder, file), join(workflows, file));
      }
    }
    return Promise.all([actionlint(), zizmor()]);
  });
  after(() => {
    rmSync(repository, { recursive: true });
  });

  /** actionlint reads no steps of an action: they become those of a job whose workflow has the action's inputs. */
  const asWorkflow = ({ inputs, runs }: Action) => ({
    on: {
      workflow_call: {
        inputs: Object.fromEntries(Object.keys(inputs).map((name) => [name, { type: "string", required: true }])),
      },
    },
    permissions: {},
    jobs: { action: { "runs-on": "ubuntu-latest", steps: runs.steps } },
  });
  const lint = async (action: Action) => {
    writeFileSync(join(workflows, "action.yml"), stringify(asWorkflow(action)));
    return runCommand(await actionlint(), ["-no-color"], {}, repository);
  };
  const action = parse(text("action.yml")) as Action;

  it("pass actionlint", async () => {
    const { code, output } = await lint(action);
    strictEqual(code, 0, output);
    strictEqual(action.runs.using, "composite");
    const wrong = await lint({ ...action, inputs: {} });
    match(wrong.output, /property "stack" is not defined/); // it did read the action's steps
  });

  it("pass zizmor", async () => {
    const audit = async (...files: string[]) =>
      runCommand(
        await zizmor(),
        ["--offline", "--quiet", "--color", "never", "--min-severity", "medium", ...files],
        {},
        repository,
      );
    const files = ["action.yml", "docs/ci/pull-request.yml"].map((file) => join(root, file));
    const { code, output } = await audit(...files);
    strictEqual(code, 0, output);

    const injected = text("action.yml").replace('"$STACK"', "${{ inputs.stack }}");
    mkdirSync(join(repository, "injected"), { recursive: true });
    writeFileSync(join(repository, "injected", "action.yml"), injected);
    match((await audit(join(repository, "injected", "action.yml"))).output, /template-injection/);
  });
});
