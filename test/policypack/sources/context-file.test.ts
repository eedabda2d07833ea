import { deepStrictEqual, doesNotMatch, ok, strictEqual, throws } from "node:assert/strict";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stateWith } from "../../../bench/state";
import { contextCommand } from "../../../policypack/cli/context-command";
import { contextOf, readContext } from "../../../policypack/sources/context-file";
import { InputError } from "../../../policypack/sources/input-error";
import { readStackFile } from "../../../policypack/sources/stack-file";
import { type FleetPath, hopsInOrder, pathsOf } from "../../../policypack/path/fleet-path";
import { Stack } from "../../../policypack/stack/stack";
import { traps } from "../path/traps";
import { asState } from "../path/traps/trap";
import { stateOf } from "../report/stack-files";
import { changed, patchedStack } from "../rules/network";

const verdictsOf = (stack: Stack) =>
  pathsOf(stack).map((path: FleetPath) => [
    path.fleet.name,
    path.system?.id,
    path.patchers.map(({ resource, covers, operation }) => [resource.name, covers, operation]),
    hopsInOrder(path).map(({ hop, verdict: { verdict, because, note, fix } }) => [hop, verdict, because, note, fix]),
  ]);

describe("a context", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, content: object | string) => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content, undefined, 4));
    return path;
  };
  const write = (paths: readonly string[], name: string) => {
    const told: string[] = [];
    const out = join(folder, name);
    const { output, code } = contextCommand(paths, { out }, { tell: (line) => told.push(line) });
    return { output: output.replace(`${folder}/`, ""), code, told, out };
  };

  for (const { title, resources, region } of Object.values(traps).flat()) {
    it(`has the verdicts of the state: ${title}`, () => {
      const state = asState(resources, region);
      const facts = { name: "test/test", outputs: {}, reads: [] };
      const read = { file: "x", resources: state.resources, stacks: [facts], isPlan: false, partial: undefined };
      const json = JSON.parse(JSON.stringify(contextOf([read]))) as Record<string, unknown>;
      deepStrictEqual(verdictsOf(new Stack(readContext("x", json).resources)), verdictsOf(state));
    });
  }

  it("is at most a quarter of a typical state, a twentieth compressed, and is read the same from both", () => {
    const state = file("state.json", JSON.stringify(JSON.parse(stateWith(1000)), undefined, 4));
    const [plain, compressed] = [write([state], "context.json"), write([state], "context.json.gz")];
    strictEqual(plain.output, "590 of 1002 resources written to context.json");
    const sizes = [state, plain.out, compressed.out].map((path) => statSync(path).size);
    ok(sizes[1]! <= sizes[0]! / 4, `${sizes[1]!} of ${sizes[0]!} bytes`);
    ok(sizes[2]! <= sizes[0]! / 20, `${sizes[2]!} of ${sizes[0]!} bytes`);
    const names = (path: string) => readStackFile(path, undefined).resources.map(({ urn }) => urn);
    deepStrictEqual(names(compressed.out), names(plain.out));
  });

  it("contains no secrets", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: '"hunter2"' };
    const state = file("secret.json", stateOf(patchedStack(changed("web", { userData: secret }))));
    const { out } = write([state], "no-secret.json");
    doesNotMatch(JSON.stringify(readStackFile(out, undefined).resources.map(({ props }) => props)), /hunter2/);
  });

  it("cannot be created from a plan", () => {
    const plan = file("plan.json", { steps: [], changeSummary: {} });
    throws(
      () => write([plan], "x.json"),
      new InputError(`\`${plan}\` is a plan; expected states, which show what exists`),
    );
  });

  it("is rejected if it has a later version, or is damaged", () => {
    throws(
      () => readContext("`x`", { patchpath: "context", version: 2 }),
      new InputError("`x` is a context of a later version of patchpath; update patchpath"),
    );
    throws(
      () => readContext("`x`", { version: 1, stacks: [], resources: [{}] }),
      new InputError("`x` is damaged: `resources[0]` has no type, name or stack; create it again"),
    );
  });
});
