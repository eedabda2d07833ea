import { strictEqual } from "node:assert/strict";
import { callers } from "../../../policypack/iam/context";
import { includes } from "../../../policypack/iam/principals";
import type { Truth } from "../../../policypack/iam/truth";
import { accountId } from "./cases/case";

/** A principal by name, whether it is an instance's role, and why. */
const rows: readonly (readonly [type: string, value: string, isTheRole: Truth, why: string])[] = [
  ["AWS", accountId, false, "an account is its root user only"],
  ["AWS", `arn:aws:iam::${accountId}:root`, false, "an account is its root user only"],
  ["AWS", `arn:aws:iam::${accountId}:role/web`, "unknown", "it may be that role"],
  ["AWS", `arn:aws:iam::${accountId}:role/x:root:y`, "unknown", "only the root user's name ends in :root"],
  ["AWS", "AROA1234567890123", "unknown", "a unique id has digits too, and may be that role's"],
  ["AWS", `${accountId}0`, "unknown", "an account id has twelve digits"],
  ["Service", "ec2.amazonaws.com", false, "a role is no service"],
  ["CanonicalUser", accountId, false, "a role is no canonical user"],
];

describe("principals", () => {
  for (const [type, value, isTheRole, why] of rows) {
    it(`${type} ${value}, for an instance's role: ${why}`, () => {
      const principals = { negated: false, everyone: false, named: [{ type, value }] };
      strictEqual(includes(principals, "instanceRole"), isTheRole);
      const opposite = isTheRole === "unknown" ? isTheRole : !isTheRole;
      strictEqual(includes({ ...principals, negated: true }, "instanceRole"), opposite, "NotPrincipal");
    });
  }

  it("include nobody by name who signs nothing, nor AWS's own accounts", () => {
    const named = { negated: false, everyone: false, named: rows.map(([type, value]) => ({ type, value })) };
    strictEqual(includes(named, "anonymous"), false);
    strictEqual(includes(named, "awsAccount"), false);
  });

  it("include every caller where there are none, as in an identity policy, and where they are everyone", () => {
    for (const caller of callers) {
      strictEqual(includes(undefined, caller), true);
      strictEqual(includes({ negated: false, everyone: true, named: [] }, caller), true);
      strictEqual(includes({ negated: true, everyone: true, named: [] }, caller), false);
    }
  });
});
