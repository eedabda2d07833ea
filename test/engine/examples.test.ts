import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ensureEngine, ensureYamlHost } from "../../offline/engine";
import { Page } from "../pages/page";
import {
  type Scenario,
  type Deployment,
  Deployed,
  asRecorded,
  contextOf,
  exampleFolders,
  examples,
  reportOn,
  scenarios,
} from "./example-stacks";
import { pythonWithPulumi } from "./python-host";
import { policyPack, root } from "./offline-stack";

const isWhole = Boolean(process.env["PATCHPATH_WHOLE_MATRICES"]);
/** Writes the recorded states and plans anew. */
const records = Boolean(process.env["PATCHPATH_RECORD_EXAMPLES"]);
/** A folder with the component providers of `@pulumi/awsx` and `@pulumi/eks`, and `node_modules` with both packages. */
const componentProviders = process.env["PATCHPATH_COMPONENT_PROVIDERS"];

/** The rules with mandatory findings in the output of a preview. */
function rejectedBy(output: string): string[] {
  const rules = [...output.matchAll(/\[mandatory\].*? {2}([a-z0-9-]+) {2}\(/g)].map(([, rule]) => rule!);
  return [...new Set(rules)];
}

const log = (progress: string) => process.stderr.write(`patchpath: ${progress}\n`);

/** What a scenario requires in addition to the checkout. */
async function environmentFor(requires: Scenario["requires"]): Promise<Record<string, string>> {
  if (requires === "yaml") {
    await ensureYamlHost(await ensureEngine(log), log);
  } else if (requires === "python") {
    return { PATH: await pythonWithPulumi(log) };
  } else if (requires === "awsx and eks" && componentProviders !== undefined) {
    const folders = [componentProviders, join(root, "offline", "plugins", "others"), process.env["PATH"]];
    return { PATH: folders.join(delimiter), NODE_MODULES: join(componentProviders, "node_modules") };
  }
  return {};
}

describe("the examples", () => {
  const index = new Page("examples/README.md");

  it("are listed, and each has a page and a program", () => {
    const folders = exampleFolders();
    ok(folders.length >= 8);
    deepStrictEqual(
      [...new Set(index.links.flatMap((link) => /^([a-z-]+)\/README\.md$/.exec(link)?.[1] ?? []))].sort(),
      folders,
    );
    const programs = scenarios.flatMap(({ deployments }) => deployments.map(({ program }) => program));
    for (const folder of folders)
      ok(
        programs.some((program) => program.split("/")[0] === folder),
        folder,
      );
    for (const program of programs) ok(existsSync(join(examples, program, "Pulumi.yaml")), program);
  });

  if (!isWhole && !records) return; // in `npm test`, test/readme.test.ts judges what is recorded of them

  for (const { requires, deployments } of scenarios) {
    if (requires === "awsx and eks" && componentProviders === undefined) continue; // no test, rather than one that tests nothing
    describe(deployments.map(({ program, stack }) => `${program} (${stack})`).join(", "), function () {
      this.timeout(1_800_000);
      let deployed: Deployed;
      before(async () => {
        deployed = new Deployed(await environmentFor(requires));
      });
      after(() => {
        deployed.remove();
      });

      for (const deployment of deployments) {
        it(`is judged at preview and deployed as its page says: ${deployment.program} (${deployment.stack})`, async () => {
          await holds(deployed, deployment);
        });
      }
    });
  }
});

async function holds(deployed: Deployed, deployment: Deployment): Promise<void> {
  const { records: state, plan, rejected, shownOn } = deployment;
  const preview = await deployed.preview(deployment);
  deepStrictEqual(rejectedBy(preview.output).sort(), [...rejected].sort(), preview.output);
  strictEqual(preview.code === 0, rejected.length === 0, preview.output);
  if (shownOn !== undefined)
    ok(preview.output.replace(policyPack, "policypack").includes(startShownOn(shownOn)), preview.output);
  if (plan !== undefined) await compare("--plan", plan, await deployed.plan(deployment), deployed);
  const up = await deployed.up(deployment);
  strictEqual(up.code, 0, up.output);
  if (state !== undefined) await compare("--state", state, await deployed.export(deployment), deployed);
}

/** The first block of text on a page, up to a line `...`. */
function startShownOn(page: string): string {
  const block = new Page(page).blocks.find(({ language }) => language === "text");
  return block!.text.replace(/^ *\.\.\.\n[^]*/m, "");
}

/** The reports are compared, not the files: some names are random. */
async function compare(option: "--plan" | "--state", file: string, text: string, deployed: Deployed): Promise<void> {
  const path = join(examples, file);
  const fresh = deployed.write("fresh.json", text);
  if (records) {
    const whole = option === "--state" ? await contextOf(fresh, join(deployed.folder, "context.json")) : text;
    writeFileSync(path, asRecorded(whole));
  }
  strictEqual(await reportOn(option, fresh), await reportOn(option, path), file);
  ok(!readFileSync(path, "utf8").includes("/tmp/"), `${file} has a path of the machine on which it was recorded`);
}
