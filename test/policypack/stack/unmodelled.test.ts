import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { whyHarmless } from "../../../policypack/facts/harmless-types";
import { isUnmodelled, shortType } from "../../../policypack/stack/unmodelled";
import { traps } from "../path/traps";

describe("the types that are not modeled", () => {
  it("are determined by namespace and name, for both providers", () => {
    strictEqual(shortType("aws:ec2/flowLog:FlowLog"), "ec2:FlowLog");
    strictEqual(shortType("aws-native:ec2:FlowLog"), "ec2:FlowLog");
    strictEqual(shortType("pulumi:providers:aws"), undefined);
    for (const [type, expected] of [
      ["aws:ec2/vpcEncryptionControl:VpcEncryptionControl", true],
      ["aws:ec2/flowLog:FlowLog", false],
      ["aws:ec2/vpc:Vpc", false],
      ["aws:s3/bucket:Bucket", false],
      ["random:index/randomId:RandomId", false],
    ] as const) {
      strictEqual(isUnmodelled({ type }), expected, type);
    }
    strictEqual(whyHarmless("ec2:FlowLog"), "observes traffic or configuration and changes neither");
  });

  it("are only in the traps about them", () => {
    const types = Object.entries(traps)
      .filter(([group]) => group !== "resources that are not modeled")
      .flatMap(([, all]) => all.flatMap(({ resources }) => resources.map(({ type }) => type)));
    ok(types.length > 1000);
    deepStrictEqual(
      [...new Set(types)].filter((type) => isUnmodelled({ type })),
      [],
    );
  });
});
