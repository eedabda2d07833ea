import { deepStrictEqual, ok } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FleetPath, hopsInOrder, pathsOf } from "../../../policypack/path/fleet-path";
import { readStackFile } from "../../../policypack/sources/stack-file";
import { Stack } from "../../../policypack/stack/stack";
import { traps } from "../path/traps";
import { asPreview, asState } from "../path/traps/trap";
import { hasTwin, planOf, shownStateOf, tfstateOf } from "./as-terraform";

/** The verdict on each hop with its reason and fix, with names as Pulumi has them. */
function verdictsOf(path: FleetPath | undefined): unknown {
  ok(path, "there is no fleet `web`");
  return hopsInOrder(path).map(({ hop, verdict: { verdict, because, fix } }) =>
    [hop, verdict, because, fix].map((text) => text?.replace(/\baws_\w+\.([\w-]+)/g, "$1")),
  );
}

const webOf = (stack: Stack, name: RegExp) => pathsOf(stack).find(({ fleet }) => name.test(fleet.name));

describe("Terraform twins of the path's traps", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const read = (json: object) => {
    const file = join(folder, "twin.json");
    writeFileSync(file, JSON.stringify(json));
    return new Stack(readStackFile(file, undefined).resources);
  };
  const twins = Object.values(traps)
    .flat()
    // A data source is not a resource, so a stack that reads resources has no twin.
    .filter(({ resources }) => hasTwin(resources) && !resources.some(({ isRead }) => isRead));

  it("are at least forty", () => {
    ok(twins.length >= 40, `there are ${twins.length}`);
  });

  const whole = process.env["PATCHPATH_WHOLE_MATRICES"] !== undefined;
  for (const [i, { title, resources, region }] of twins.filter((trap) => trap.region === undefined).entries()) {
    if (!whole && i % 4 !== 0) continue;
    it(`have the verdicts of: ${title}`, () => {
      const state = asState(resources, region);
      const expected = verdictsOf(webOf(state, /^web$/));
      const twin = /^aws_\w+\.web$/;
      deepStrictEqual(verdictsOf(webOf(read(tfstateOf(state.resources)), twin)), expected, "terraform.tfstate");
      deepStrictEqual(verdictsOf(webOf(read(shownStateOf(state.resources)), twin)), expected, "show of a state");
      const preview = asPreview(resources, region);
      const planned = verdictsOf(webOf(preview, /^web$/));
      deepStrictEqual(verdictsOf(webOf(read(planOf(preview.resources)), twin)), planned, "show of a plan");
    });
  }
});
