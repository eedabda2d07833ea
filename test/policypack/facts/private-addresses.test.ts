import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { BlockList, isIPv4 } from "node:net";
import fc from "fast-check";
import { isPrivateAddress, privateAddresses } from "../../../policypack/facts/private-addresses";
import { contains, isPrivate, overlaps, publicAddresses, readBlock } from "../../../policypack/stack/addresses";

/** Node's own reading of the blocks. */
const list = new BlockList();
for (const { block } of privateAddresses) {
  const [network, length] = block.split("/");
  list.addSubnet(network!, Number(length));
}

describe("private addresses", () => {
  it("are, with the public ones, every address once and in order", () => {
    const all = [...privateAddresses, ...publicAddresses].sort((a, b) => a.first - b.first);
    deepStrictEqual(
      all.map(({ first }) => first),
      [0, ...all.slice(0, -1).map(({ last }) => last + 1)],
    );
    strictEqual(all.at(-1)!.last, 0xffffffff);
  });

  it("are those of their blocks, as Node reads them", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.ipV4(),
          fc.ipV4().map((text) => text.replace(/^\d+\.\d+/, "172.31")),
        ),
        (address) => {
          const range = readBlock(address)!;
          strictEqual(isPrivateAddress(address), list.check(address));
          strictEqual(isPrivate(range), list.check(address));
          strictEqual(
            publicAddresses.some((one) => overlaps(one, range)),
            !list.check(address),
          );
        },
      ),
    );
  });

  it("are no names, and no blocks that reach beyond them", () => {
    for (const text of ["10.example.com", "10.0.0", "10.0.0.0.1", "", "10.0.0.x"]) {
      strictEqual(isIPv4(text), false);
      strictEqual(isPrivateAddress(text), false, text);
    }
    const wide = readBlock("10.0.0.0/7")!;
    strictEqual(isPrivate(wide), false);
    strictEqual(contains(wide, readBlock("10.0.0.0/8")!), true);
  });
});
