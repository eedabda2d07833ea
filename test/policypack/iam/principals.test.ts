import { strictEqual } from "node:assert/strict";
import { type RequestPath, callers } from "../../../policypack/iam/context";
import { includes } from "../../../policypack/iam/principals";
import type { Truth } from "../../../policypack/iam/truth";
import { accountId } from "./cases/case";

const other = "210987654321";
const roleArn = `arn:aws:iam::${accountId}:role/fleet/web`;

/** What may be known about the role and its endpoint. */
const nothing = {};
const gateway = { endpointType: "Gateway", accountId, roleArn } as const;
const interfaceOnly = { endpointType: "Interface" } as const;
const ofAccount = { endpointType: "Interface", accountId } as const;
const named = { endpointType: "Interface", roleName: "web" } as const;
const namedOfAccount = { endpointType: "Interface", roleName: "web", accountId } as const;
const known = { endpointType: "Interface", accountId, roleArn } as const;

/** A named principal, whether it is an instance's role, and why. */
const rows: readonly (readonly [value: string, path: Partial<RequestPath>, isTheRole: Truth, why: string])[] = [
  [accountId, gateway, false, "on a gateway endpoint, an account principal is only its root user"],
  [
    `arn:aws:iam::${accountId}:root`,
    gateway,
    false,
    "on a gateway endpoint, an account principal is only its root user",
  ],
  [accountId, ofAccount, true, "an account principal includes all of its roles"],
  [`arn:aws:iam::${accountId}:root`, ofAccount, true, "an account principal includes all of its roles"],
  [other, ofAccount, false, "it is another account"],
  [other, { accountId }, false, "it is another account, whatever the endpoint"],
  [accountId, interfaceOnly, "unknown", "the owner of the endpoint is not known"],
  [accountId, { accountId }, "unknown", "it may be a gateway endpoint"],
  [
    accountId,
    { endpointType: "Interface", accountId: other, roleArn },
    true,
    "the account of the role matters, not that of the endpoint",
  ],
  [roleArn, known, true, "it is that role"],
  [`arn:aws:iam::${accountId}:role/web`, known, false, "it has another path"],
  [`arn:aws:iam::${other}:role/fleet/web`, known, false, "it is a role in another account"],
  [`arn:aws:iam::${accountId}:role/db`, known, false, "it is another role"],
  [roleArn, namedOfAccount, true, "an account has one role of a name"],
  [`arn:aws:iam::${accountId}:role/WEB`, namedOfAccount, true, "names of roles differ by more than case"],
  [`arn:aws:iam::${other}:role/fleet/web`, namedOfAccount, false, "it is a role in another account"],
  [roleArn, named, "unknown", "it may be a role in another account"],
  [`arn:aws:iam::${accountId}:role/db`, named, false, "it has another name"],
  [roleArn, nothing, "unknown", "it may be that role"],
  [roleArn, gateway, "unknown", "whether a gateway endpoint supports a role as the principal is not documented"],
  [`arn:aws:iam::${accountId}:role/db`, gateway, false, "it is another role"],
  [`arn:aws:iam::${accountId}:user/web`, nothing, false, "a user is not a role"],
  [`arn:aws:sts::${accountId}:federated-user/web`, nothing, false, "a federated user is not a role"],
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
  [`arn:aws:iam::${accountId}:role/web`, gateway, false, "it has another path"],
  [`an arn:aws:iam::${accountId}:role/db`, known, "unknown", "it is not an ARN"],
  ["AROA1234567890123", known, "unknown", "a unique ID contains digits too, and may be that of the role"],
  [`${accountId}0`, ofAccount, "unknown", "an account ID has twelve digits"],
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

  it("of another type are not a role", () => {
    for (const type of ["Service", "CanonicalUser", "Federated"]) {
      const principals = { negated: false, everyone: false, named: [{ type, value: accountId }] };
      strictEqual(includes(principals, "instanceRole", ofAccount), false);
    }
  });

  it("include, if named, neither an unsigned caller nor AWS's own accounts", () => {
    const principals = { negated: false, everyone: false, named: rows.map(([value]) => ({ type: "AWS", value })) };
    strictEqual(includes(principals, "anonymous", known), false);
    strictEqual(includes(principals, "awsAccount", known), false);
  });

  it("include every caller if there are none, as in an identity policy, or if they are `*`", () => {
    for (const caller of callers) {
      strictEqual(includes(undefined, caller, undefined), true);
      strictEqual(includes({ negated: false, everyone: true, named: [] }, caller, known), true);
      strictEqual(includes({ negated: true, everyone: true, named: [] }, caller, known), false);
    }
  });
});
