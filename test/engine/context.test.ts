import { match, notStrictEqual, strictEqual } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stateOf } from "../policypack/report/stack-files";
import type { ExampleResource } from "../policypack/rules/analyze";
import { accountOnly, json } from "../policypack/rules/examples";
import { changed, patchedStack } from "../policypack/rules/network";
import { policyPack, runPulumi } from "./offline-stack";

const isWorkload = ({ type }: ExampleResource) => /instance:|instanceProfile|iam\/|ssm\//i.test(type);

/** The states of other stacks reach the pack through the engine: with the environment, and with the config. */
describe("a policy pack with context, in the engine", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, content: object) => {
    writeFileSync(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const network = patchedStack().filter((one) => !isWorkload(one));
  const workload = file("workload.json", stateOf(patchedStack().filter(isWorkload), "payments"));
  const open = file("network.json", stateOf(network, "network"));
  const narrowed = patchedStack(changed("s3", { policy: json(accountOnly) })).filter((one) => !isWorkload(one));
  const closed = file("narrowed.json", stateOf(narrowed, "network"));

  const analyze = (state: string, config: object, environment: Readonly<Record<string, string>> = {}) =>
    runPulumi(
      folder,
      [
        "policy",
        "analyze",
        "--file",
        state,
        "--policy-pack",
        policyPack,
        "--policy-pack-config",
        file("config.json", config),
      ],
      environment,
    );
  const decided = { "patch-path-is-decided": "mandatory" };

  it("passes a workload that is decided only with its network", async () => {
    notStrictEqual((await analyze(workload, decided)).code, 0);
    const { code, output } = await analyze(workload, decided, { PATCHPATH_CONTEXT: open });
    strictEqual(code, 0, output);
  });

  it("rejects a workload whose network is broken", async () => {
    const { code, output } = await analyze(workload, { "patch-path-is-open": { context: [closed] } });
    notStrictEqual(code, 0, output);
    match(output, /`web` cannot be patched, the hop `repository` is blocked/);
  });

  it("rejects a network that closes a hop of another stack's fleet", async () => {
    const { code, output } = await analyze(closed, {}, { PATCHPATH_CONTEXT: `${workload}:${open}` });
    notStrictEqual(code, 0, output);
    match(output, /`s3` closes `repository` for 1 fleet of shop\/payments \(`web`\)/);
  });

  it("reports a file that is missing", async () => {
    const { code, output } = await analyze(workload, {}, { PATCHPATH_CONTEXT: join(folder, "missing.json") });
    notStrictEqual(code, 0, output);
    match(output, /patchpath: `[^`]*missing\.json` cannot be read: ENOENT/);
  });
});
