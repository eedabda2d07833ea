import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import {
  type AddressRange,
  inBlocks,
  readBlock,
  sizeOf,
  subtract,
  unite,
  within,
} from "../../../policypack/stack/addresses";

/** Few addresses, so that ranges overlap. */
const size = 24;
const range = fc
  .tuple(fc.nat(size - 1), fc.nat(size - 1))
  .map(([a, b]): AddressRange => ({ first: Math.min(a, b), last: Math.max(a, b) }));
const ranges = fc.array(range, { maxLength: 5 });
const every = Array.from({ length: size }, (_, i) => i);
const has = (set: readonly AddressRange[], at: number) => set.some(({ first, last }) => first <= at && at <= last);

describe("sets of addresses", () => {
  it("have unions, intersections and differences that are correct for each address", () => {
    fc.assert(
      fc.property(ranges, ranges, range, (some, others, one) => {
        const [a, b] = [unite(some), unite(others)];
        for (const at of every) {
          strictEqual(has(a, at), has(some, at));
          strictEqual(has(subtract(a, b), at), has(a, at) && !has(b, at));
          strictEqual(has(within(a, one), at), has(a, at) && has([one], at));
        }
        strictEqual(sizeOf(a), every.filter((at) => has(some, at)).length);
      }),
    );
  });

  it("are in order, and their ranges are not adjacent", () => {
    fc.assert(
      fc.property(ranges, (some) => {
        const set = unite(some);
        for (const [i, { first, last }] of set.entries()) {
          strictEqual(first <= last, true);
          if (i > 0) strictEqual(set[i - 1]!.last + 1 < first, true);
        }
      }),
    );
  });

  it("are printed as their first three CIDR blocks", () => {
    const written = (...blocks: readonly string[]) => inBlocks(unite(blocks.map((block) => readBlock(block)!)));
    strictEqual(written("185.220.101.1/32"), "185.220.101.1");
    strictEqual(written("10.0.0.0/9", "10.128.0.0/9"), "10.0.0.0/8");
    strictEqual(written("0.0.0.0/0"), "0.0.0.0/0");
    strictEqual(written("10.0.0.0/24", "10.0.2.0/23"), "10.0.0.0/24, 10.0.2.0/23");
    strictEqual(written("1.0.0.0/8", "3.0.0.0/8", "5.0.0.0/8"), "1.0.0.0/8, 3.0.0.0/8, 5.0.0.0/8");
    strictEqual(
      written("1.0.0.0/8", "3.0.0.0/8", "5.0.0.0/8", "7.0.0.0/8"),
      "1.0.0.0/8, 3.0.0.0/8, 5.0.0.0/8 and others",
    );
    strictEqual(written(), "");
  });

  it("are read from CIDR blocks", () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.integer({ min: 8, max: 32 }), (address, length) => {
        const count = 2 ** (32 - length);
        const first = Math.floor(address / count) * count;
        const set = [{ first, last: first + count - 1 }];
        deepStrictEqual([readBlock(inBlocks(set))], set);
      }),
    );
  });
});
