import { deepStrictEqual } from "node:assert/strict";
import * as fc from "fast-check";
import { hopsInOrder, pathsOf } from "../../../policypack/path/fleet-path";
import { estateOf } from "../../../policypack/sources/estate";
import type { StackFile } from "../../../policypack/sources/source";
import type { StackResource } from "../../../policypack/stack/resource";
import { Stack } from "../../../policypack/stack/stack";
import { traps } from "../path/traps";
import { asPreview, asState } from "../path/traps/trap";
import { unknown } from "../rules/analyze";

/** Every fleet with the verdict, reason, note and fix of each hop. */
function verdictsOf(stacks: readonly Stack[]): unknown {
  return stacks
    .flatMap((stack) => pathsOf(stack))
    .filter(({ fleet }) => !fleet.resource.isContext)
    .map((path) => ({
      fleet: path.fleet.name,
      verdict: path.verdict,
      system: path.system?.id,
      patchedBy: path.patchers.map(({ resource, covers, operation }) => [resource.name, covers, operation]),
      hops: hopsInOrder(path).map(({ hop, verdict: { verdict, because, note, fix, evidence } }) => ({
        hop,
        verdict,
        because,
        note,
        fix,
        at: evidence?.resource.name,
      })),
    }))
    .sort((a, b) => (a.fleet < b.fleet ? -1 : 1));
}

/** A stack in two halves: `isHere` assigns each resource. References across are known, as outputs of the other half. */
function halvesOf(resources: readonly StackResource[], isHere: (i: number) => boolean): StackFile[] {
  const halves = ["network", "workload"].map((stack, half) => {
    const own = resources.filter((_, i) => isHere(i) === (half === 0));
    const moved = new Map(own.map((one) => [one.urn, { ...one, urn: one.urn.replace(":test::", `:${stack}::`) }]));
    for (const one of moved.values()) {
      const lists = Object.entries(one.propertyDependencies ?? {});
      const inside = lists.map(([property, origins]) => [property, origins.flatMap(({ urn }) => moved.get(urn) ?? [])]);
      Object.assign(one, { propertyDependencies: Object.fromEntries(inside) as object });
    }
    return { stack, resources: [...moved.values()] };
  });
  return halves.map(({ stack, resources: own }) => ({
    file: `\`${stack}.json\``,
    resources: own,
    stacks: [{ name: `test/${stack}`, outputs: {}, reads: [] }],
    isPlan: false,
    partial: undefined,
  }));
}

/**
 * One half as in its state, and the other as in its first preview, in which the IDs of the first half are known and
 * its own are not.
 */
function halfPlanned(state: Stack, preview: Stack, isHere: (i: number) => boolean): StackResource[] {
  const planned = new Map(preview.resources.map((one) => [one.urn, one]));
  const here = new Set(state.resources.filter((_, i) => isHere(i)).map(({ urn }) => urn));
  const mixed = new Map<string, StackResource>();
  for (const resource of state.resources) {
    const ahead = planned.get(resource.urn)!;
    if (here.has(resource.urn)) {
      mixed.set(resource.urn, { ...resource });
      continue;
    }
    const props = Object.entries(ahead.props).map(([property, value]) => {
      const origins = ahead.propertyDependencies?.[property] ?? [];
      const isKnown = origins.length > 0 && origins.every(({ urn }) => here.has(urn));
      const ofHere = origins.filter(({ urn }) => here.has(urn)).flatMap(({ urn }) => idsOf(state, urn));
      return [property, isKnown ? resource.props[property] : withKnown(value, resource.props[property], ofHere)];
    });
    mixed.set(resource.urn, { ...ahead, props: Object.fromEntries(props) as StackResource["props"] });
  }
  for (const one of mixed.values()) {
    const lists = Object.entries(planned.get(one.urn)!.propertyDependencies ?? {});
    // Values from the other half are known.
    const own = lists.map(([property, origins]) => [
      property,
      origins.flatMap(({ urn }) => (here.has(urn) ? [] : mixed.get(urn)!)),
    ]);
    Object.assign(one, { propertyDependencies: here.has(one.urn) ? {} : (Object.fromEntries(own) as object) });
  }
  return [...mixed.values()];
}

function idsOf(stack: Stack, urn: string): string[] {
  const { props } = stack.resources.find((one) => one.urn === urn)!;
  return Object.values(props).filter((value) => typeof value === "string");
}

/** A planned value in which the parts that are an ID of the other half are known. */
function withKnown(planned: unknown, now: unknown, ids: readonly string[]): unknown {
  if (planned === unknown) return typeof now === "string" && ids.includes(now) ? now : planned;
  if (typeof planned !== "object" || planned === null || typeof now !== "object" || now === null) return planned;
  const parts = Object.entries(planned).map(([key, part]) => [
    key,
    withKnown(part, (now as Record<string, unknown>)[key], ids),
  ]);
  return Array.isArray(planned) ? parts.map(([, part]) => part) : (Object.fromEntries(parts) as object);
}

/** `npm run test:all` tests 200 cuts of each stack. */
const isWhole = Boolean(process.env["PATCHPATH_WHOLE_MATRICES"]);
const [cuts, plannedCuts] = isWhole ? [200, 200] : [3, 1];

describe("the joined halves of a stack", () => {
  for (const { title, resources, region } of Object.values(traps).flat()) {
    it(`have the verdicts of the whole stack: ${title}`, () => {
      const whole = asState(resources, region);
      const expected = verdictsOf([whole]);
      const cut = fc.array(fc.boolean(), { minLength: whole.resources.length, maxLength: whole.resources.length });
      fc.assert(
        fc.property(cut, (sides) => {
          const { places } = estateOf(halvesOf(whole.resources, (i) => sides[i]!));
          deepStrictEqual(verdictsOf(places.map((place) => new Stack(place))), expected);
        }),
        { numRuns: cuts, seed: 20 },
      );
    });

    it(`… with one half deployed and the other only planned (${title})`, () => {
      const [state, preview] = [asState(resources, region), asPreview(resources, region)];
      const cut = fc.array(fc.boolean(), { minLength: resources.length, maxLength: resources.length });
      fc.assert(
        fc.property(cut, (sides) => {
          const isHere = (i: number) => sides[i]!;
          const whole = halfPlanned(state, preview, isHere);
          const { places } = estateOf(halvesOf(whole, isHere));
          deepStrictEqual(verdictsOf(places.map((place) => new Stack(place))), verdictsOf([new Stack(whole)]));
        }),
        { numRuns: plannedCuts, seed: 21 },
      );
    });
  }
});
