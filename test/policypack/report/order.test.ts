import { deepStrictEqual, notDeepStrictEqual } from "node:assert/strict";
import { reportOn } from "../../../policypack/report/path-report";
import type { StackResource } from "../../../policypack/stack/resource";
import { Stack } from "../../../policypack/stack/stack";
import { traps } from "../path/traps";
import { asPreview, asState } from "../path/traps/trap";
import { patchedStack } from "../rules/network";
import { allOutputs, reordered } from "./any-order";
import { fleetsLike } from "./stack-files";

const isThorough = Boolean(process.env["PATCHPATH_WHOLE_MATRICES"]);
const seeds = isThorough ? [1, 2, 3, 4, 5, 6, 7, 8] : [1];

/** The differences in the output for the same resources in another order. */
function differing(
  resources: readonly StackResource[],
  others: readonly StackResource[],
  ...without: readonly string[]
): string[] {
  const [one, other] = [allOutputs(resources, ...without), allOutputs(others, ...without)];
  return Object.keys(one).filter((output) => one[output] !== other[output]);
}

/** The engine registers resources as they come, in an order that can differ between two runs of a program. */
describe("the output for a stack, in any order of its resources", () => {
  it("is the same byte for byte, for one trap in three as a state or as a preview", () => {
    const sample = Object.values(traps)
      .flat()
      .filter((_, i) => isThorough || i % 3 === 0);
    for (const [i, { title, resources, region }] of sample.entries()) {
      const forms = [asState, asPreview].filter((_, form) => isThorough || form === i % 2);
      for (const { resources: all } of forms.map((form) => form(resources, region))) {
        // The layout of a page takes longer than all the rest.
        const without = isThorough || i % 20 < 2 ? [] : ["html"];
        for (const seed of seeds) {
          deepStrictEqual(differing(reordered(all, 0), reordered(all, seed), ...without), [], title);
        }
      }
    }
  });

  it("is the same for many fleets, by their names and numbers", () => {
    const web = patchedStack().find(({ name }) => name === "web")!;
    const names = ["web-10", "web-9", "api", "Web-9", "web-09"];
    const all = asState(patchedStack(fleetsLike(web, names))).resources;
    const fleets = (seed: number) => reportOn([new Stack(reordered(all, seed))]).fleets.map(({ name }) => name);
    deepStrictEqual(fleets(1), ["api", "web", "web-09", "web-9", "Web-9", "web-10"]);
    for (const seed of [2, 3, 4]) deepStrictEqual(fleets(seed), fleets(1));
  });

  it("is compared for orders that differ", () => {
    const all = new Stack(asState(patchedStack()).resources).resources.map(({ name }) => name);
    const orders = seeds.map((seed) => reordered(asState(patchedStack()).resources, seed).map(({ name }) => name));
    for (const order of orders) notDeepStrictEqual(order, all);
  });
});
