import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { maxAvailabilityZones, overlap, privateSubnetCidrBlocks, readCidrBlock } from "@patchpath/components";
import { assert, constantFrom, integer, property } from "fast-check";
import { Netmask } from "netmask";

/** VPC blocks of every size that the layout takes, at every place of the private ranges. */
const vpcBlocks = integer({ min: 16, max: 24 }).chain((bits) =>
  constantFrom("10.0.0.0", "10.255.0.0", "172.16.0.0", "172.31.0.0", "192.168.0.0").map((base) => `${base}/${bits}`),
);

describe("the layout of subnets", () => {
  it("takes the first sixteenths of the VPC's block", () => {
    deepStrictEqual(privateSubnetCidrBlocks("10.20.0.0/16", 3), ["10.20.0.0/20", "10.20.16.0/20", "10.20.32.0/20"]);
  });

  it("keeps subnets inside the lower half of the VPC and apart from each other", () => {
    assert(
      property(vpcBlocks, (vpcText) => {
        const vpc = new Netmask(vpcText);
        const lowerHalf = new Netmask(`${vpc.base}/${vpc.bitmask + 1}`);
        const subnets = privateSubnetCidrBlocks(vpcText, maxAvailabilityZones).map((text) => new Netmask(text));
        ok(subnets.every((subnet) => lowerHalf.contains(subnet.base) && lowerHalf.contains(subnet.last)));
        ok(subnets.every((a, i) => subnets.every((b, j) => i === j || !overlap(a, b))));
      }),
    );
  });

  it("does not move a subnet when a zone is added", () => {
    assert(
      property(vpcBlocks, integer({ min: 1, max: maxAvailabilityZones - 1 }), (vpc, zones) => {
        deepStrictEqual(privateSubnetCidrBlocks(vpc, zones + 1).slice(0, zones), privateSubnetCidrBlocks(vpc, zones));
      }),
    );
  });

  it("makes no subnet smaller than AWS allows", () => {
    strictEqual(privateSubnetCidrBlocks("10.0.0.0/24", 1)[0], "10.0.0.0/28");
  });

  for (const [block, zones] of [
    ["10.0.0.0/25", 1],
    ["10.0.0.0/15", 1],
    ["10.0.0.0/16", 7],
    ["10.0.0.1/16", 1],
    ["ten", 1],
  ] as const) {
    it(`has no layout for ${zones} zones in ${block}`, () => {
      throws(() => privateSubnetCidrBlocks(block, zones), { message: `no layout for ${zones} zones in \`${block}\`` });
    });
  }

  it("reads network addresses only", () => {
    strictEqual(readCidrBlock("10.0.0.0/16")?.toString(), "10.0.0.0/16");
    for (const text of ["10.0.0.1/16", "10.0.0.0", "10.0.0.0/33", "300.0.0.0/8", "10.0.0/16", "", "::/0"]) {
      strictEqual(readCidrBlock(text), undefined, text);
    }
  });
});
