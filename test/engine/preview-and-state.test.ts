import { deepStrictEqual, notStrictEqual, strictEqual } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readStackFile } from "../../policypack/sources/stack-file";
import { hopsInOrder } from "../../policypack/path/fleet-path";
import { pathsOf } from "../../policypack/path/fleet-path";
import { Stack } from "../../policypack/stack/stack";
import { allOutputs, shuffled } from "../policypack/report/any-order";
import { OfflineStack, policyPack } from "./offline-stack";

/** What must be blocked in each variant of the program; `undefined` for the correct ones. */
const variants: Readonly<Record<string, string | undefined>> = {
  correct: undefined,
  "main-table": undefined,
  "default-groups": undefined,
  "wrong-table": "s3-route",
  "no-private-dns": "dns",
  "no-ssmmessages": "control-plane",
  "closed-group": "security-groups",
  "no-way-to-s3": "security-groups",
  "no-core-policy": undefined, // unknown, because Default Host Management may provide a role for the agent
};

/** By fleet, the verdicts of all hops. */
type Verdicts = Readonly<Record<string, Readonly<Record<string, string>>>>;

function verdictsOf(file: string): Verdicts {
  const { resources, partial } = readStackFile(file, undefined);
  strictEqual(partial, undefined);
  return Object.fromEntries(
    pathsOf(new Stack(resources)).map((path) => [
      path.fleet.name,
      Object.fromEntries(hopsInOrder(path).map(({ hop, verdict }) => [hop, verdict.verdict])),
    ]),
  );
}

const blockedIn = (verdicts: Verdicts) =>
  Object.fromEntries(
    Object.entries(verdicts).map(([fleet, hops]) => [
      fleet,
      Object.keys(hops)
        .filter((hop) => hops[hop] === "blocked")
        .join(),
    ]),
  );

/** The resources in files. */
const lists = {
  "plan.json": ({ steps }: { steps: unknown[] }) => steps,
  "state.json": ({ deployment }: { deployment: { resources: unknown[] } }) => deployment.resources,
};

/** One preview and one update of many small networks at once, because runs of the engine take the time. */
describe("the path of real programs, in the engine", () => {
  const stack = new OfflineStack("paths", { "paths:variants": Object.keys(variants) });
  let preview: Verdicts;
  let state: Verdicts;

  const save = (name: string, text: string) => {
    const file = join(stack.folder, name);
    writeFileSync(file, text);
    return file;
  };

  before(async () => {
    // One preview is enough: the pack rejects it, and the plan contains every step nevertheless.
    const plan = await stack.preview("--json", "--show-sames", "--policy-pack", policyPack);
    notStrictEqual(plan.code, 0, plan.output);
    preview = verdictsOf(save("plan.json", plan.stdout));
    const up = await stack.up();
    strictEqual(up.code, 0, up.output);
    state = verdictsOf(save("state.json", (await stack.run(["stack", "export", "--stack", "test"])).stdout));
  });
  after(() => {
    stack.remove();
  });

  const expected = Object.fromEntries(Object.entries(variants).map(([name, hop]) => [name, hop ?? ""]));

  it("blocks exactly the hop of each variant, by its state", () => {
    deepStrictEqual(blockedIn(state), expected);
    strictEqual(state["no-core-policy"]!["identity"], "unknown");
  });

  it("reports the same for a plan and a state byte for byte, in any order", () => {
    for (const [file, listIn] of Object.entries(lists)) {
      const json = JSON.parse(readFileSync(join(stack.folder, file), "utf8")) as never;
      const said = (seed: number) => {
        const list = listIn(json);
        list.splice(0, list.length, ...shuffled(list, seed));
        return allOutputs(readStackFile(save("shuffled.json", JSON.stringify(json)), undefined).resources);
      };
      deepStrictEqual(said(1), said(2), file);
    }
  });

  it("reports the same at preview, without ids, as for the state", () => {
    deepStrictEqual(preview, state);
  });
});
