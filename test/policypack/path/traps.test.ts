import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { type FleetPath, hopsInOrder } from "../../../policypack/path/fleet-path";
import { hops as allHops } from "../../../policypack/path/hop";
import { adviceOn } from "../../../policypack/path/advice";
import { pathsOf } from "../../../policypack/path/fleet-path";
import type { Stack } from "../../../policypack/stack/stack";
import { traps } from "./traps";
import { type Trap, asPreview, asState } from "./traps/trap";

const day = "2026-11-22";

/** The path of the fleet `web`, which every trap has. */
function pathOfWeb(stack: Stack): FleetPath {
  const path = pathsOf(stack).find(({ fleet }) => fleet.name === "web");
  ok(path, "the stack has no fleet `web`");
  return path;
}

/** The hops with a verdict, each with its reason, so that a failure shows what went wrong. */
function hopsThatAre(verdict: "blocked" | "unknown", path: FleetPath): string[] {
  return hopsInOrder(path).flatMap((one) =>
    one.verdict.verdict === verdict ? [verdict === "blocked" ? `${one.hop}: ${one.verdict.because}` : one.hop] : [],
  );
}

const unknownsWithoutFix = (path: FleetPath) =>
  hopsInOrder(path).filter(({ verdict }) => verdict.verdict === "unknown" && !/\.$|[\]}]$/.test(verdict.fix ?? ""));

const inOrder = (path: FleetPath, hops: readonly string[]) =>
  hopsInOrder(path).flatMap(({ hop }) => (hops.includes(hop) ? [hop] : []));

function expectedBlock({ blocks }: Trap): string[] {
  return blocks ? [`${blocks[0]}: ${blocks[1]}`] : [];
}

for (const [group, ofGroup] of Object.entries(traps)) {
  describe(`the path's traps: ${group}`, () => {
    for (const trap of ofGroup) {
      it(`${trap.title}: ${trap.why}`, () => {
        const state = asState(trap.resources, trap.region);
        const path = pathOfWeb(state);
        deepStrictEqual(hopsThatAre("blocked", path), expectedBlock(trap), "what is blocked");
        deepStrictEqual(hopsThatAre("unknown", path), inOrder(path, trap.leavesUnknown ?? []), "what is unknown");
        deepStrictEqual(unknownsWithoutFix(path), [], "what is unknown without a fix");
        const advice = adviceOn(state, pathsOf(state), day).map(({ id }) => id);
        deepStrictEqual(advice, trap.advice ?? [], "what is advised");
      });

      it(`… at preview too (${trap.title})`, () => {
        const path = pathOfWeb(asPreview(trap.resources, trap.region, trap.component));
        const undecided = trap.unknownAtPreview ?? [];
        const block = trap.blocks && undecided.includes(trap.blocks[0]) ? [] : expectedBlock(trap);
        deepStrictEqual(hopsThatAre("blocked", path), block, "what is blocked");
        const unknowns = inOrder(path, [...(trap.leavesUnknown ?? []), ...undecided]);
        deepStrictEqual(hopsThatAre("unknown", path), unknowns, "what is unknown");
        deepStrictEqual(unknownsWithoutFix(path), [], "what is unknown without a fix");
      });
    }
  });
}

describe("the path's traps", () => {
  const all = Object.values(traps).flat();

  it("are at least sixty, with unique titles", () => {
    ok(all.length >= 60, `there are ${all.length}`);
    strictEqual(new Set(all.map(({ title }) => title)).size, all.length, "two traps have the same title");
  });

  it("block every hop, and leave correct stacks alone", () => {
    const blocked = new Set(all.flatMap(({ blocks }) => (blocks ? [blocks[0]] : [])));
    deepStrictEqual([...blocked].sort(), [...allHops].sort());
    ok(all.some(({ blocks, leavesUnknown }) => !blocks && !leavesUnknown));
  });
});
