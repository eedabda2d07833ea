import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureEngine, ensureYamlHost } from "../../offline/engine";
import { OfflineStack, policyPack, runCommand } from "./offline-stack";

const command = join(policyPack, "patchpath.js");
const programs = join(__dirname, "programs", "languages");
const region = "eu-central-1";

/** The report on a state, as JSON. */
async function reportOn(state: string): Promise<unknown> {
  const { stdout } = await runCommand(process.execPath, [command, "explain", "--state", state, "--format", "json"]);
  return JSON.parse(stdout);
}

const stateOf = (language: string) => join(programs, language, "state.json");

describe("a stack of plain aws resources", () => {
  let ofTypeScript: unknown;
  before(async () => {
    ofTypeScript = await reportOn(stateOf("typescript"));
  });

  it("has a report: the endpoint policy denies the repositories to its fleet", () => {
    const { fleets } = ofTypeScript as { fleets: { verdict: string; hops: { hop: string; verdict: string }[] }[] };
    const blocked = fleets.map(({ verdict, hops }) => [
      verdict,
      hops.filter((hop) => hop.verdict === "blocked").map(({ hop }) => hop),
    ]);
    deepStrictEqual(blocked, [["blocked", ["repository"]]]);
  });

  for (const language of ["yaml", "python"]) {
    it(`has the same report from the recorded state of its ${language} program`, async () => {
      deepStrictEqual(await reportOn(stateOf(language)), ofTypeScript);
    });
  }
});

/** Its language host is built once, which takes minutes. */
if (process.env["PATCHPATH_WHOLE_MATRICES"]) {
  describe("a YAML program", function () {
    this.timeout(1_800_000);
    before(async () => {
      const log = (progress: string) => process.stderr.write(`patchpath: ${progress}\n`);
      await ensureYamlHost(await ensureEngine(log), log);
    });

    it("of plain aws resources has the report of its TypeScript twin", async () => {
      const stack = new YamlStack("languages/yaml", region);
      try {
        strictEqual((await stack.up()).code, 0);
        const { resources } = await stack.report();
        deepStrictEqual(resources, await reportOn(stateOf("typescript")));
      } finally {
        stack.remove();
      }
    });

    it("previews and creates a PatchTopology that passes the pack, with outputs for others", async () => {
      const stack = new YamlStack("languages/yaml-component", "ap-northeast-1");
      try {
        const preview = await stack.preview("--policy-pack", policyPack);
        strictEqual(preview.code, 0, preview.output);
        const up = await stack.up("--policy-pack", policyPack);
        strictEqual(up.code, 0, up.output);
        const { stdout } = await stack.run(["stack", "output", "--json", "--stack", "test"]);
        const { endpoints, windowId, role } = JSON.parse(stdout) as Record<string, unknown>;
        deepStrictEqual(Object.keys(endpoints as object).sort(), ["ssm", "ssmmessages"]);
        match(String(windowId), /^mw-[0-9a-f]{17}$/);
        match(String(role), /^sessions-role-/);
        const { fleets } = (await stack.report()).resources as { fleets: { name: string; verdict: string }[] };
        deepStrictEqual(
          fleets.map(({ name, verdict }) => [name, verdict]),
          [["fleets-web-group", "patchable"]],
        );
        const again = await stack.preview();
        match(again.output, /^ +\d+ unchanged$/m);
        ok(!/to (create|update|replace|delete)/.test(again.output), again.output);
      } finally {
        stack.remove();
      }
    });

    it("gets the errors of the component for arguments that types cannot check", async () => {
      const stack = new YamlStack("languages/yaml-component", "ap-northeast-1");
      try {
        const file = join(stack.program, "Pulumi.yaml");
        const text = readFileSync(file, "utf8");
        writeFileSync(
          file,
          text.replace("patchGroup: web", 'patchGroup: "${extra.id}"').replace("${fleets.network.vpcId}", "vpc-1"),
        );
        const { code, output } = await stack.preview();
        strictEqual(code, 1, output);
        match(
          output,
          /property patchGroup .*has a problem: is not known until the update; expected a value that is known at preview, since resources or policies follow from it/,
        );
      } finally {
        stack.remove();
      }
    });
  });
}

/** With the package of the components, from this checkout: a folder that only refers to its provider. */
class YamlStack extends OfflineStack {
  constructor(program: string, ofRegion: string) {
    super(program, { "aws:region": ofRegion });
    const plugin = join(this.program, "plugin");
    mkdirSync(plugin);
    cpSync(join(__dirname, "..", "..", "components", "PulumiPlugin.yaml"), join(plugin, "PulumiPlugin.yaml"));
    const main = "../node_modules/@patchpath/components/bin/provider/main.js";
    writeFileSync(join(plugin, "package.json"), JSON.stringify({ private: true, main }));
  }

  async report(): Promise<{ resources: unknown }> {
    const state = join(this.folder, "state.json");
    await this.run(["stack", "export", "--stack", "test", "--file", state]);
    return { resources: await reportOn(state) };
  }
}
