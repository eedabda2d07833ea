import { strictEqual } from "node:assert/strict";
import { type RequestPath, callers } from "../../../policypack/iam/context";
import { includes } from "../../../policypack/iam/principals";
import type { Truth } from "../../../policypack/iam/truth";
import { accountId } from "./cases/case";

const other = "210987654321";
const roleArn = `arn:aws:iam::${accountId}:role/fleet/web`;

/** What may be known of the role and of its way. */
const nothing = {};
const gateway = { endpointType: "Gateway", accountId, roleArn } as const;
const interfaceOnly = { endpointType: "Interface" } as const;
const ofAccount = { endpointType: "Interface", accountId } as const;
const named = { endpointType: "Interface", roleName: "web" } as const;
const namedOfAccount = { endpointType: "Interface", roleName: "web", accountId } as const;
const known = { endpointType: "Interface", accountId, roleArn } as const;

/** A principal by name, whether it is an instance's role, and why. */
const rows: readonly (readonly [value: string, path: Partial<RequestPath>, isTheRole: Truth, why: string])[] = [
  [accountId, gateway, false, "on a gateway endpoint an account is its root user only"],
  [`arn:aws:iam::${accountId}:root`, gateway, false, "on a gateway endpoint an account is its root user only"],
  [accountId, ofAccount, true, "an account stands for all of its roles"],
  [`arn:aws:iam::${accountId}:root`, ofAccount, true, "an account stands for all of its roles"],
  [other, ofAccount, false, "it is another account"],
  [other, { accountId }, false, "it is another account, whatever the endpoint"],
  [accountId, interfaceOnly, "unknown", "whose endpoint it is is not known"],
  [accountId, { accountId }, "unknown", "it may be a gateway endpoint"],
  [
    accountId,
    { endpointType: "Interface", accountId: other, roleArn },
    true,
    "the role's account counts, not the endpoint's",
  ],
  [roleArn, known, true, "it is that role"],
  [`arn:aws:iam::${accountId}:role/web`, known, false, "its path is another"],
  [`arn:aws:iam::${other}:role/fleet/web`, known, false, "it is a role of another account"],
  [`arn:aws:iam::${accountId}:role/db`, known, false, "it is another role"],
  [roleArn, namedOfAccount, true, "an account has one role of a name"],
  [`arn:aws:iam::${accountId}:role/WEB`, namedOfAccount, true, "names of roles differ by more than case"],
  [`arn:aws:iam::${other}:role/fleet/web`, namedOfAccount, false, "it is a role of another account"],
  [roleArn, named, "unknown", "it may be one of another account"],
  [`arn:aws:iam::${accountId}:role/db`, named, false, "it has another name"],
  [roleArn, nothing, "unknown", "it may be that role"],
  [roleArn, gateway, "unknown", "that a gateway endpoint takes a role is not documented"],
  [`arn:aws:iam::${accountId}:role/db`, gateway, false, "it is another role"],
  [`arn:aws:iam::${accountId}:user/web`, nothing, false, "a user is no role"],
  [`arn:aws:sts::${accountId}:federated-user/web`, nothing, false, "a federated user is no role"],
  [`arn:aws:sts::${accountId}:assumed-role/db/i-1`, named, false, "it is a session of another role"],
  [`arn:aws:sts::${accountId}:assumed-role/web/i-1`, known, "unknown", "it is one of the role's sessions"],
  [`arn:aws:iam::${accountId}:role/x:root:y`, nothing, "unknown", "only the root user's name ends in :root"],
  [
    roleArn,
    { endpointType: "Interface", accountId: other, roleArn },
    true,
    "the role's account counts, not the endpoint's",
  ],
  [roleArn, ofAccount, "unknown", "which role of the account it is is not known"],
  [`arn:aws:iam::${accountId}:role/web`, gateway, false, "its path is another"],
  [`an arn:aws:iam::${accountId}:role/db`, known, "unknown", "it is no ARN"],
  ["AROA1234567890123", known, "unknown", "a unique id has digits too, and may be that role's"],
  [`${accountId}0`, ofAccount, "unknown", "an account id has twelve digits"],
];

describe("principals", () => {
  for (const [value, path, isTheRole, why] of rows) {
    it(`AWS ${value}, for an instance's role of which ${JSON.stringify(path)} is known: ${why}`, () => {
      const principals = { negated: false, everyone: false, named: [{ type: "AWS", value }] };
      strictEqual(includes(principals, "instanceRole", path), isTheRole);
      const opposite = isTheRole === "unknown" ? isTheRole : !isTheRole;
      strictEqual(includes({ ...principals, negated: true }, "instanceRole", path), opposite, "NotPrincipal");
    });
  }

  it("of another type are no role", () => {
    for (const type of ["Service", "CanonicalUser", "Federated"]) {
      const principals = { negated: false, everyone: false, named: [{ type, value: accountId }] };
      strictEqual(includes(principals, "instanceRole", ofAccount), false);
    }
  });

  it("include nobody by name who signs nothing, nor AWS's own accounts", () => {
    const principals = { negated: false, everyone: false, named: rows.map(([value]) => ({ type: "AWS", value })) };
    strictEqual(includes(principals, "anonymous", known), false);
    strictEqual(includes(principals, "awsAccount", known), false);
  });

  it("include every caller where there are none, as in an identity policy, and where they are everyone", () => {
    for (const caller of callers) {
      strictEqual(includes(undefined, caller, undefined), true);
      strictEqual(includes({ negated: false, everyone: true, named: [] }, caller, known), true);
      strictEqual(includes({ negated: true, everyone: true, named: [] }, caller, known), false);
    }
  });
});
