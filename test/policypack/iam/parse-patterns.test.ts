import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { DocumentKind } from "../../../policypack/iam/document";
import { parsePolicy } from "../../../policypack/iam/parse";

/** What is said of one statement with a part, whether AWS refuses it, and whether the statement can still be read. */
function saidOf(part: object, kind: DocumentKind) {
  const principal = kind === "identity" ? {} : { Principal: "*" };
  const resource = kind === "trust" ? {} : { Resource: "*" };
  const whole = { Effect: "Allow", Action: "*", ...principal, ...resource, ...part };
  const { document, problems, advice } = parsePolicy({ Version: "2012-10-17", Statement: whole }, kind);
  const words = ({ where, message }: { where: string; message: string }) => `${where} ${message}`;
  return {
    refused: problems.map(words),
    advised: advice.map(words),
    isReadable: document?.statements[0]?.unreadable === undefined,
  };
}

const arn = "`*` or an ARN, such as `arn:aws:s3:::bucket/*`";
const refused = (words: string) => ({ refused: [words], advised: [] });
const advised = (words: string) => ({ refused: [], advised: [words] });
const right = { refused: [], advised: [], isReadable: true };

/**
 * Resources of an identity policy: source
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html, and the recorded documents that
 * facts/document-checks.ts names. What can still be compared with an ARN is read, even where AWS refuses it.
 */
const wrongResources: readonly (readonly [
  resource: string,
  said: { readonly refused: string[]; readonly advised: string[] },
  isReadable: boolean,
])[] = [
  ["bucket/*", refused(`has \`bucket/*\`; expected ${arn}`), false],
  ["*-logs", refused(`has \`*-logs\`; expected ${arn}`), true],
  ["arn:aws", refused(`has \`arn:aws\`, which does not name a service; expected ${arn}`), false],
  ["arn:aws::::bucket", refused(`has \`arn:aws::::bucket\`, which does not name a service; expected ${arn}`), true],
  ["arn:*", advised(`has \`arn:*\`, which does not name a service; expected ${arn}`), true],
  ["arn:a*s", advised(`has \`arn:a*s\`, which does not name a service; expected ${arn}`), false],
  ["arn:${aws:x}", advised("has `arn:${aws:x}`; expected " + arn), false],
  ["arn:aws:s3", advised(`has \`arn:aws:s3\`; expected ${arn}`), false],
  ["arn:aws:s3::", refused(`has \`arn:aws:s3::\`; expected ${arn}`), false],
  ["arn:aws:s3::*", refused(`has \`arn:aws:s3::*\`; expected ${arn}`), true],
  ["arn:aws:sqs:*:1", advised(`has \`arn:aws:sqs:*:1\`; expected ${arn}`), false],
  ["arm:aws:s3:::bucket", advised(`has \`arm:aws:s3:::bucket\`; expected ${arn}`), false],
  ["an arn:aws:s3:::bucket/*", advised(`has \`an arn:aws:s3:::bucket/*\`; expected ${arn}`), false],
  [
    "arn:asw:s3:::bucket/*",
    refused(
      "has `arn:asw:s3:::bucket/*`, whose partition does not exist; expected one of `aws`, `aws-cn`, `aws-eusc`, `aws-iso`, `aws-iso-b`, `aws-iso-e`, `aws-iso-f`, `aws-us-gov`",
    ),
    true,
  ],
  [
    "arn:aws:*:::bucket",
    refused("has `arn:aws:*:::bucket`, with a wildcard in the service; expected its name, or `*` for all resources"),
    true,
  ],
  ...["s3:eu-west-1::bucket", "s3:eu-west-1::logs2026a/key", "iam:eu-west-1:123456789012:role/web"].map(
    (rest) =>
      [
        `arn:aws:${rest}`,
        refused(`has \`arn:aws:${rest}\`; an ARN of this resource has no region, such as \`arn:aws:s3:::bucket/*\``),
        true,
      ] as const,
  ),
];

const rightResources = [
  "*",
  "${aws:PrincipalTag/home}",
  "${aws:PrincipalTag/home}/x",
  // https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
  ...["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"].map(
    (partition) => `arn:${partition}:s3:::bucket/*`,
  ),
  "arn:*:s3:::bucket/*",
  "arn:aws-?s-gov:s3:::bucket/*",
  "arn:${aws:PrincipalTag/partition}:s3:::bucket/*",
  "arn:aws:s3:*",
  "arn:aws:s3:eu-west-1*",
  "arn:aws:s3:eu-west-1:123456789012:accesspoint/own",
  "arn:aws:s3:eu-west-1:123456789012:*",
  "arn:aws:s3:*:123456789012:bucket",
  "arn:aws:iam:*:123456789012:role/web",
  "arn:aws:sqs:eu-west-1:123456789012:queue",
];

describe("a resource of a policy", () => {
  for (const [resource, said, isReadable] of wrongResources) {
    for (const element of ["Resource", "NotResource"]) {
      it(`${resource} is ${said.refused.length > 0 ? "refused" : "advised against"} as ${element}`, () => {
        const inElement = (words: string) => `Statement[0].${element} ${words}`;
        deepStrictEqual(saidOf({ Resource: undefined, [element]: resource }, "identity"), {
          refused: said.refused.map(inElement),
          advised: said.advised.map(inElement),
          isReadable,
        });
      });
    }
  }

  for (const resource of rightResources) {
    it(`${resource} is right`, () => {
      deepStrictEqual(saidOf({ Resource: resource }, "identity"), right);
    });
  }

  // https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html, "Considerations"
  for (const account of ["1234*", "1*", "*1", "?23456789012", "12345678901?", "12*12"]) {
    const resource = `arn:aws:sqs:eu-west-1:${account}:queue`;
    it(`${resource} is advised against on an endpoint, and nowhere else`, () => {
      const message = `Statement[0].Resource has \`${resource}\`; on an endpoint the account of an ARN is a number or a wildcard, not both`;
      for (const kind of ["endpoint", "gateway-endpoint"] as const) {
        deepStrictEqual(saidOf({ Resource: resource }, kind), { ...advised(message), isReadable: true }, kind);
      }
      for (const kind of ["identity", "managed", "resource"] as const) {
        deepStrictEqual(saidOf({ Resource: resource }, kind).advised, [], kind);
      }
    });
  }
  for (const account of ["123456789012", "*", "????????????", ""]) {
    const resource = `arn:aws:sqs:eu-west-1:${account}:queue`;
    it(`${resource} is right on an endpoint`, () => {
      deepStrictEqual(saidOf({ Resource: resource }, "endpoint"), right);
    });
  }
});

const action = "`*` or `service:Action`, such as `s3:GetObject`";

describe("an action of a policy", () => {
  for (const [name, kind, why] of [
    ["GetObject", "refused", "has no service"],
    ["s3:Get:Object", "refused", "has two colons"],
    ["s*:GetObject", "refused", "has a wildcard in the service"],
    [":GetObject", "refused", "has an empty service"],
    ["s3:", "advised", "has an empty name"],
    ["s3:Get Object", "advised", "has a space in its name"],
  ] as const) {
    it(`${name} is ${kind === "refused" ? "refused" : "advised against"}, because it ${why}`, () => {
      const message = `Statement[0].Action has \`${name}\`; expected ${action}`;
      const said = kind === "refused" ? refused(message) : advised(message);
      deepStrictEqual(saidOf({ Action: name }, "identity"), { ...said, isReadable: false });
    });
  }

  for (const name of ["*", "*:*", "s3:*", "s3:GetObj?ct", "S3:getobject", "aws-marketplace:Subscribe", "a4b.x:Get-2"]) {
    it(`${name} is right`, () => {
      deepStrictEqual(saidOf({ Action: name }, "identity"), right);
    });
  }

  it("is one of STS in a trust policy", () => {
    const principal = { Principal: { Service: "ec2.amazonaws.com" } };
    for (const name of ["sts:AssumeRole", "STS:TagSession", "sts:*"]) {
      deepStrictEqual(saidOf({ ...principal, Action: name }, "trust"), right, name);
    }
    for (const name of ["s3:GetObject", "*:AssumeRole", "xsts:AssumeRole"]) {
      const message = `Statement[0].Action has \`${name}\`; expected an action of STS, such as \`sts:AssumeRole\``;
      deepStrictEqual(saidOf({ ...principal, Action: name }, "trust"), { ...refused(message), isReadable: false });
    }
    const message = "Statement[0].Action is `*`; expected an action of STS, such as `sts:AssumeRole`";
    deepStrictEqual(saidOf({ ...principal, Action: "*" }, "trust"), { ...advised(message), isReadable: true });
  });

  it("makes a statement unknown if it cannot be read", () => {
    strictEqual(saidOf({ Action: ["s3:GetObject", "GetObject"] }, "endpoint").isReadable, false);
  });
});
