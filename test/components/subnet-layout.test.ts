import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { assert, constantFrom, integer, property } from "fast-check";
import { Netmask } from "netmask";
import {
  type SubnetTier,
  ipv6SubnetCidrBlock,
  longestVpcPrefix,
  maxAvailabilityZones,
  overlap,
  readCidrBlock,
  subnetCidrBlocks,
} from "../../components/network/subnet-layout";

/** VPC CIDR blocks of every size that the layout supports, at every position in the private ranges. */
const vpcBlocks = integer({ min: 16, max: 24 }).chain((bits) =>
  constantFrom("10.0.0.0", "10.255.0.0", "172.16.0.0", "172.31.0.0", "192.168.0.0").map((base) => `${base}/${bits}`),
);

const tiers = ["isolated", "private", "public", "server"] as const;
const zonesOf = (tier: SubnetTier) => (tier === "server" ? 1 : maxAvailabilityZones);

describe("the layout of subnets", () => {
  it("assigns each tier its part of the VPC's CIDR block", () => {
    deepStrictEqual(subnetCidrBlocks("10.20.0.0/16", "isolated", 3), [
      "10.20.0.0/20",
      "10.20.16.0/20",
      "10.20.32.0/20",
    ]);
    deepStrictEqual(subnetCidrBlocks("10.20.0.0/16", "private", 2), ["10.20.96.0/20", "10.20.112.0/20"]);
    deepStrictEqual(subnetCidrBlocks("10.20.0.0/16", "public", 2), ["10.20.192.0/21", "10.20.200.0/21"]);
    deepStrictEqual(subnetCidrBlocks("10.20.0.0/16", "server", 1), ["10.20.240.0/21"]);
  });

  it("keeps the subnets of all tiers inside the VPC without overlaps", () => {
    assert(
      property(vpcBlocks, (vpcText) => {
        const vpc = new Netmask(vpcText);
        const subnets = tiers
          .filter((tier) => vpc.bitmask <= longestVpcPrefix(tier))
          .flatMap((tier) => subnetCidrBlocks(vpcText, tier, zonesOf(tier)))
          .map((text) => new Netmask(text));
        ok(subnets.every((subnet) => vpc.contains(subnet.base) && vpc.contains(subnet.last)));
        ok(subnets.every((a, i) => subnets.every((b, j) => i === j || !overlap(a, b))));
      }),
    );
  });

  it("does not move a subnet when an Availability Zone is added", () => {
    assert(
      property(vpcBlocks, integer({ min: 1, max: maxAvailabilityZones - 1 }), (vpc, zones) => {
        deepStrictEqual(
          subnetCidrBlocks(vpc, "isolated", zones + 1).slice(0, zones),
          subnetCidrBlocks(vpc, "isolated", zones),
        );
      }),
    );
  });

  it("creates no subnet smaller than AWS allows", () => {
    strictEqual(subnetCidrBlocks("10.0.0.0/24", "private", 1)[0], "10.0.0.96/28");
    strictEqual(subnetCidrBlocks("10.0.0.0/23", "public", 1)[0], "10.0.1.128/28");
  });

  for (const [block, tier, zones] of [
    ["10.0.0.0/25", "isolated", 1],
    ["10.0.0.0/24", "public", 1],
    ["10.0.0.0/15", "isolated", 1],
    ["10.0.0.0/16", "private", 7],
    ["10.0.0.0/16", "server", 3],
    ["10.0.0.1/16", "isolated", 1],
    ["ten", "isolated", 1],
  ] as const) {
    it(`is an error for ${zones} ${tier} subnets in ${block}`, () => {
      throws(() => subnetCidrBlocks(block, tier, zones), {
        message: `\`${block}\` cannot hold ${zones} ${tier} subnets`,
      });
    });
  }

  it("has a unique IPv6 /64 for every tier and Availability Zone", () => {
    const tiers: readonly SubnetTier[] = ["isolated", "private", "public", "server"];
    const all = tiers.flatMap((tier) =>
      Array.from({ length: maxAvailabilityZones }, (_, zone) =>
        ipv6SubnetCidrBlock("2001:db8:0:1a00::/56", tier, zone),
      ),
    );
    strictEqual(new Set(all).size, tiers.length * maxAvailabilityZones);
    ok(all.every((block) => /^2001:db8:0:1a[0-9a-f]{2}::\/64$/.test(block)));
    strictEqual(ipv6SubnetCidrBlock("2001:db8::/56", "private", 1), "2001:db8:0:11::/64");
    for (const text of ["2001:db8::/48", "2001:db8:0:1a01::/56", "10.0.0.0/56", ""]) {
      throws(() => ipv6SubnetCidrBlock(text, "isolated", 0), { message: `\`${text}\` is not an IPv6 /56 block` });
    }
  });

  it("accepts network addresses only", () => {
    strictEqual(readCidrBlock("10.0.0.0/16")?.toString(), "10.0.0.0/16");
    for (const text of ["10.0.0.1/16", "10.0.0.0", "10.0.0.0/33", "300.0.0.0/8", "10.0.0/16", "", "::/0"]) {
      strictEqual(readCidrBlock(text), undefined, text);
    }
  });
});
