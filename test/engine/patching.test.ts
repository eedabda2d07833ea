import { deepStrictEqual, doesNotMatch, match, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { resourcesIn, runPulumi } from "./offline-stack";

const linux = { name: "web", operatingSystem: "amazon-linux-2023" };
const windows = { name: "files", operatingSystem: "windows-server-2022" };
const canary = { name: "canary", operatingSystem: "amazon-linux-2023" };
const topologies = {
  "endpoint-only": [linux, canary],
  nat: [linux, canary, windows],
  wsus: [linux, canary, windows],
} as const;

const output = { s3: true, cloudWatch: true };
const methods = {
  "maintenance-window": {
    schedule: "cron(0 18 ? * TUE#2 *)",
    offset: 3,
    scanSchedule: "rate(1 day)",
    hooks: { onExit: "Report" },
    output,
    windows: [{ name: "first", fleets: ["canary"], schedule: "cron(0 18 ? * TUE#2 *)" }],
  },
  "patch-policy": { schedule: "cron(0 2 ? * SUN *)", output: { s3: true } },
  "host-management": {},
  "on-demand": { output },
} as const;

const all = (Object.keys(methods) as (keyof typeof methods)[]).flatMap((method) =>
  (Object.keys(topologies) as (keyof typeof topologies)[]).map((topology) => ({ method, topology })),
);
/** A change must pass the method with the most resources. */
const core = all.slice(0, 1);

/** Our own program on the real engine with the pack: every method with every topology that supports it. */
const isWhole = Boolean(process.env["PATCHPATH_WHOLE_MATRICES"]);
for (const { method, topology } of isWhole ? all : core) {
  describe(`patching by ${method} under ${topology}`, () => {
    const isScheduled = method === "maintenance-window" || method === "patch-policy";
    const folder = mkdtempSync(join(tmpdir(), "patchpath-patching-"));
    const file = join(folder, "config.yaml");
    const state = join(folder, "state");
    const pulumi = (...args: string[]) => runPulumi(state, args);
    const stack = ["--stack", "test", "--config-file", file];
    const configure = (settings: object = {}, fleets: readonly object[] = topologies[topology]) => {
      const config = {
        "aws:region": "eu-west-1",
        "patchpath:topology": topology,
        "patchpath:fleets": fleets,
        "patchpath:patching": { method, ...methods[method], ...settings },
      };
      writeFileSync(file, stringify({ config }));
    };
    after(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    // dev-stack.test.ts has the pack on an up, with a maintenance window.
    it(`${isWhole ? "passes the pack, " : ""}is deployed${isScheduled ? "" : ", and a second up changes nothing"}`, async () => {
      configure();
      strictEqual((await pulumi("stack", "init", "test")).code, 0);
      const withPack = isWhole ? ["--policy-pack", "policypack"] : [];
      const up = await pulumi("up", "--yes", "--skip-preview", ...stack, ...withPack);
      strictEqual(up.code, 0, up.output);
      doesNotMatch(up.output, /\[mandatory\]/);
      match(up.output, new RegExp(`method *: "${method}"`));
      if (isScheduled) return; // the next test shows that nothing but its change differs
      const again = await pulumi("up", "--yes", "--skip-preview", ...stack, "--expect-no-changes");
      strictEqual(again.code, 0, again.output);
    });

    if (topology === "endpoint-only" && isWhole) {
      it("rejects an additional Windows fleet, which this topology cannot patch, and names those that can", async () => {
        configure({}, [linux, canary, windows]);
        const preview = await pulumi("preview", ...stack);
        notStrictEqual(preview.code, 0);
        match(
          preview.output,
          /`patchpath:fleets\[2\]\.operatingSystem`: Windows Server 2022 gets its updates from Microsoft Update or a WSUS server, which `endpoint-only` does not reach; expected the topology `nat` \(.*\) or `wsus` \(.*\)/,
        );
        doesNotMatch(preview.output, / at .*\.[jt]s:\d+/);
      });
    }

    if (isScheduled) {
      it("changes the schedule in place, and nothing else", async () => {
        configure({ schedule: "cron(0 3 ? * TUE#2 *)" });
        const preview = await pulumi("preview", ...stack, "--json", "--diff");
        strictEqual(preview.code, 0, preview.output);
        const { steps } = JSON.parse(preview.stdout) as { steps: { op: string; urn: string }[] };
        const changed = steps.filter(({ op }) => op !== "same");
        deepStrictEqual(
          changed.map(({ op }) => op),
          ["update"],
        );
        match(changed[0]?.urn ?? "", /patch-(window|policy)$/);
        if (isWhole) strictEqual((await pulumi("up", "--yes", "--skip-preview", ...stack)).code, 0);
      });
    }

    it("leaves nothing after destroy", async () => {
      if (process.env["PATCHPATH_KEEP_STATES"]) {
        const { stdout } = await pulumi("stack", "export", "--show-secrets", "--stack", "test");
        writeFileSync(join(process.env["PATCHPATH_KEEP_STATES"], `${method}-${topology}.json`), stdout);
      }
      const destroy = await pulumi("destroy", "--yes", "--skip-preview", ...stack);
      strictEqual(destroy.code, 0, destroy.output);
      ok(!resourcesIn(state, "test").some(({ type }) => type.startsWith("aws:")));
    });
  });
}
