import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { BlockList, isIPv4 } from "node:net";
import fc from "fast-check";
import { isPrivateAddress, privateAddresses } from "../../../policypack/facts/private-addresses";
import { specialAddresses } from "../../../policypack/facts/special-addresses";
import { contains, overlaps, publicAddresses, readBlock } from "../../../policypack/stack/addresses";

/** CIDR blocks as Node reads them. */
function listOf(blocks: readonly { readonly block: string }[]): BlockList {
  const list = new BlockList();
  for (const { block } of blocks) {
    const [network, length] = block.split("/");
    list.addSubnet(network!, Number(length));
  }
  return list;
}

const privates = listOf(privateAddresses);
const specials = listOf(specialAddresses);

/** Addresses, many of them at the edges of a CIDR block. */
const anyAddress = fc.oneof(
  fc.ipV4(),
  fc.ipV4().map((text) => text.replace(/^\d+\.\d+/, "172.31")),
  fc
    .tuple(fc.constantFrom(...specialAddresses), fc.ipV4())
    .map(([{ block }, text]) => [...block.split(".").slice(0, 2), ...text.split(".").slice(2)].join(".")),
);

describe("private addresses", () => {
  it("are the addresses of their CIDR blocks, as Node reads them", () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        strictEqual(isPrivateAddress(address), privates.check(address));
      }),
    );
  });

  it("are not names", () => {
    for (const text of ["10.example.com", "10.0.0", "10.0.0.0.1", "", "10.0.0.x"]) {
      strictEqual(isIPv4(text), false);
      strictEqual(isPrivateAddress(text), false, text);
    }
  });
});

describe("special addresses", () => {
  it("cover, with the public ones, every address exactly once", () => {
    const all = [...specialAddresses.map(({ block }) => readBlock(block)!), ...publicAddresses];
    const inOrder = all.sort((a, b) => a.first - b.first);
    deepStrictEqual(
      inOrder.map(({ first }) => first),
      [0, ...inOrder.slice(0, -1).map(({ last }) => last + 1)],
    );
    strictEqual(inOrder.at(-1)!.last, 0xffffffff);
  });

  it("are the addresses of their CIDR blocks, as Node reads them", () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        const range = readBlock(address)!;
        strictEqual(
          publicAddresses.some((one) => overlaps(one, range)),
          !specials.check(address),
        );
      }),
    );
  });

  it("include all private ones", () => {
    for (const { block } of privateAddresses) {
      const range = readBlock(block)!;
      strictEqual(
        specialAddresses.some((one) => contains(readBlock(one.block)!, range)),
        true,
      );
    }
  });
});
