import { deepStrictEqual, doesNotMatch, match, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { exported, quick, resourcesIn, runCommand, runPulumi } from "./offline-stack";

const root = join(__dirname, "..", "..");

/** Our own program with the config in the checkout, run in place: what `npm start` previews. */
describe("the dev stack", () => {
  const configFile = join(root, "Pulumi.dev.yaml");
  const configBefore = readFileSync(configFile, "utf8");
  const page = readFileSync(join(root, "docs", "how-to", "try-without-an-aws-account.md"), "utf8");
  const state = mkdtempSync(join(tmpdir(), "patchpath-dev-"));
  const pulumi = (...args: string[]) => runPulumi(state, args);
  after(() => {
    rmSync(state, { recursive: true, force: true });
  });

  it("is deployed with its policy pack", async () => {
    strictEqual((await pulumi("stack", "init", "dev")).code, 0);
    // Its preview is `npm start`, below.
    const up = await pulumi("up", "--yes", "--skip-preview", "--stack", "dev", "--policy-pack", "policypack");
    strictEqual(up.code, 0, up.output);
    match(up.output, /patchpath@v/);
    doesNotMatch(up.output, /\[mandatory\]/);
    match(up.output, /vpcId +: "vpc-[0-9a-f]{17}"/);
  });

  // existing-network.test.ts has a second up of the same components, policy-pack.test.ts of another program.
  if (process.env["PATCHPATH_WHOLE_MATRICES"]) {
    it("is unchanged by a second up", async () => {
      const again = await pulumi("up", "--yes", "--skip-preview", "--stack", "dev", "--expect-no-changes");
      strictEqual(again.code, 0, again.output);
    });
  }

  for (const format of ["text", "mermaid"]) {
    it(`has the report on its page: ${format}`, async () => {
      const file = join(state, "dev.json");
      writeFileSync(file, JSON.stringify(exported(state, "dev")));
      const explain = await runCommand("npx", ["patchpath", "explain", "--state", file, "--format", format], {});
      strictEqual(explain.code, 0, explain.output);
      ok(page.includes(`\n\`\`\`${format}\n${explain.stdout.trimEnd()}\n\`\`\`\n`), explain.stdout);
    });
  }

  it("leaves nothing after destroy, and the checkout unchanged", async () => {
    const destroy = await pulumi("destroy", "--yes", "--skip-preview", "--stack", "dev");
    strictEqual(destroy.code, 0, destroy.output);
    deepStrictEqual(resourcesOfTheState(), []);
    strictEqual(readFileSync(configFile, "utf8"), configBefore);
  });

  it("is what npm start previews, with the last lines on its page", async () => {
    const start = await runCommand("npm", ["start", "--silent"], {
      ...quick,
      PATCHPATH_STATE_DIR: join(state, "start"),
    });
    strictEqual(start.code, 0, start.output);
    const closing = start.stdout.trimEnd().split("\n").slice(-2).join("\n");
    ok(page.includes(closing), closing);
  });

  it("rejects an invalid config with all problems in one error, and creates nothing", async () => {
    const file = join(state, "wrong.yaml");
    const fleet = { name: "web", operatingSystem: "amazon-linux-2023" };
    const config = {
      "aws:region": "ap-northeast-1",
      "patchpath:topology": "star",
      "patchpath:network": { cidrBlock: "10.0.0.0/16", availabilityZones: 9 },
      "patchpath:fleets": [fleet, fleet, { name: "old", operatingSystem: "beos" }],
    };
    writeFileSync(file, stringify({ config }));
    const up = await pulumi("up", "--yes", "--skip-preview", "--stack", "dev", "--config-file", file);
    notStrictEqual(up.code, 0);
    match(up.output, /error: the stack config is not valid:/);
    match(up.output, /- `patchpath:topology` is `star`; expected one of `endpoint-only`, `nat`, `wsus`, `auto`/);
    match(
      up.output,
      /fleets\[2\]\.operatingSystem` is `beos`; expected one of the \d+ values in docs\/config\.md, such as /,
    );
    match(up.output, /- `patchpath:network\.availabilityZones` is `9`; expected /);
    match(up.output, /fleets\[1\]\.name` is `web`, as `fleets\[0\]\.name` is; expected a unique name/);
    doesNotMatch(up.output, /at .*\.ts:\d+/);
    deepStrictEqual(resourcesOfTheState(), []);
  });

  function resourcesOfTheState(): unknown[] {
    return resourcesIn(state, "dev").filter(({ type }) => type !== "pulumi:pulumi:Stack");
  }
});
