import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { type AddressRange, readBlock, unite } from "../../../policypack/stack/addresses";
import { type RouteEntry, routeAddresses } from "../../../policypack/stack/routing";

const block = (text: string): AddressRange => readBlock(text)!;
const route = (target: string, origin: RouteEntry<string>["origin"], ...blocks: readonly string[]) => ({
  target,
  origin,
  blocks: blocks.map(block),
});
const targets = (entries: readonly RouteEntry<string>[], ...asked: readonly string[]) =>
  routeAddresses(entries, unite(asked.map(block))).map(({ target }) => target);

describe("the evaluator of routes", () => {
  it("chooses the longest prefix, in any order of the routes", () => {
    const entries = [route("nat", "static", "0.0.0.0/0"), route("tgw", "static", "10.0.0.0/8")];
    for (const some of [entries, [...entries].reverse()]) {
      deepStrictEqual(targets(some, "10.1.0.0/16"), ["tgw"]);
      deepStrictEqual(targets(some, "11.1.0.0/16"), ["nat"]);
      deepStrictEqual(targets(some, "0.0.0.0/0"), ["tgw", "nat"]);
    }
  });

  it("chooses, among routes for one CIDR block, a static one before a prefix list, and local last", () => {
    const origins = ["static", "prefix list", "propagated", "local"] as const;
    for (const [i, first] of origins.entries()) {
      for (const second of origins.slice(i + 1)) {
        const entries = [route(second, second, "10.0.0.0/16"), route(first, first, "10.0.0.0/16")];
        deepStrictEqual(targets(entries, "10.0.0.0/16"), [first]);
      }
    }
  });

  it("lists addresses without a route last, if there are any", () => {
    deepStrictEqual(targets([route("nat", "static", "0.0.0.0/1")], "0.0.0.0/0"), ["nat", undefined]);
    deepStrictEqual(targets([route("nat", "static", "0.0.0.0/1", "128.0.0.0/1")], "0.0.0.0/0"), ["nat"]);
    deepStrictEqual(targets([], "10.0.0.0/8"), [undefined]);
  });

  it("divides addresses in the way that each would be routed alone", () => {
    /** The last five bits of an address, so that CIDR blocks overlap; the others are 0. */
    const anyBlock = fc
      .tuple(fc.nat(31), fc.integer({ min: 27, max: 32 }))
      .map(([address, length]) => ({ length, range: block(`0.0.0.${address}/${length}`) }));
    const origins = ["static", "prefix list", "propagated", "local"] as const;
    const anyEntry = fc.record({
      blocks: fc.array(anyBlock, { minLength: 1, maxLength: 3 }),
      origin: fc.constantFrom(...origins),
      target: fc.constantFrom("a", "b", "c", "d"),
    });
    const isOfOneTarget = (entries: readonly { blocks: readonly { range: AddressRange }[]; origin: string }[]) => {
      const keys = entries.flatMap(({ blocks, origin }) =>
        blocks.map(({ range }) => `${origin} ${range.first}-${range.last}`),
      );
      return new Set(keys).size === keys.length; // AWS rejects two routes for one destination
    };
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 6 }).filter(isOfOneTarget), (entries) => {
        const parts = routeAddresses(
          entries.map(({ blocks, ...entry }) => ({ ...entry, blocks: blocks.map(({ range }) => range) })),
          [{ first: 0, last: 31 }],
        );
        for (let address = 0; address < 32; address += 1) {
          let best: { length: number; rank: number; target: string } | undefined;
          for (const { blocks, origin, target } of entries) {
            for (const { length, range } of blocks) {
              if (address < range.first || range.last < address) continue;
              const rank = origins.indexOf(origin);
              if (!best || length > best.length || (length === best.length && rank < best.rank)) {
                best = { length, rank, target };
              }
            }
          }
          const found = parts.filter(({ addresses }) =>
            addresses.some(({ first, last }) => first <= address && address <= last),
          );
          strictEqual(found.length, 1, "each address is in exactly one part");
          strictEqual(found[0]!.target, best?.target);
        }
      }),
    );
  });
});
