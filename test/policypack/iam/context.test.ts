import { deepStrictEqual } from "node:assert/strict";
import { conditionKeyFacts } from "../../../policypack/facts/condition-keys";
import { type KeyState, callers, requestContext } from "../../../policypack/iam/context";
import { accountId, endpointId, vpcId } from "./cases/case";

const region = "eu-west-1";
const vpcBlock = "10.0.0.0/16";
const roleArn = `arn:aws:iam::${accountId}:role/web`;
const path = { region, vpcId, endpointId, accountId, vpcBlock, roleArn };
const certain = (value: string): KeyState => ({ cases: [{ is: "present", values: [value] }], openQuestion: undefined });
const anyValue: KeyState["cases"] = [{ is: "any-value" }];

/** A key of an unsigned request, with its values if the whole path is known, and if only the region is. */
const rows: readonly (readonly [key: string, known: KeyState, open?: KeyState])[] = [
  ["aws:RequestedRegion", certain(region)],
  ["aws:SourceVpc", certain(vpcId), { cases: anyValue, openQuestion: "the id of the endpoint's VPC" }],
  ["aws:SourceVpce", certain(endpointId), { cases: anyValue, openQuestion: "the id of the endpoint" }],
  ["aws:VpceAccount", certain(accountId), { cases: anyValue, openQuestion: "the account that owns the endpoint" }],
  [
    "aws:SourceVpcArn",
    certain(`arn:aws:ec2:${region}:${accountId}:vpc/${vpcId}`),
    { cases: anyValue, openQuestion: "the ARN of the endpoint's VPC" },
  ],
  [
    "aws:VpcSourceIp",
    { cases: [{ is: "within", block: vpcBlock }], openQuestion: "the private address of the instance" },
    { cases: anyValue, openQuestion: "the private address of the instance" },
  ],
  [
    "s3:TlsVersion",
    {
      cases: [
        { is: "present", values: ["1.2"] },
        { is: "present", values: ["1.3"] },
      ],
      openQuestion: "the TLS version that the client negotiates",
    },
  ],
  ["aws:PrincipalAccount", certain("anonymous")],
  ["aws:PrincipalArn", { cases: [{ is: "absent" }], openQuestion: undefined }],
  [
    "aws:ResourceAccount",
    { cases: [{ is: "aws-internal" }], openQuestion: "the value that AWS sets for `aws:ResourceAccount`" },
  ],
  [
    "aws:ResourceOrgID",
    {
      cases: [{ is: "absent" }, { is: "aws-internal" }],
      openQuestion: "the value that AWS sets for `aws:ResourceOrgID`",
    },
  ],
  ["aws:CurrentTime", { cases: anyValue, openQuestion: "the time of the request" }],
  [
    "aws:VpceOrgID",
    { cases: [{ is: "absent" }, ...anyValue], openQuestion: "the organization of the endpoint's account" },
  ],
  [
    "s3:madeUpKey",
    { cases: [{ is: "absent" }, ...anyValue], openQuestion: "the value of `s3:madeUpKey` in the request" },
  ],
];

describe("the values in a request", () => {
  for (const [key, known, open = known] of rows) {
    it(`as ${key}`, () => {
      deepStrictEqual(requestContext("anonymous", path)(key), known);
      deepStrictEqual(requestContext("anonymous", { region })(key), open);
    });
  }

  it("is the role's ARN if the role signs", () => {
    deepStrictEqual(requestContext("instanceRole", path)("aws:PrincipalArn"), certain(roleArn));
    const open = { cases: anyValue, openQuestion: "the ARN of the instance's role" };
    deepStrictEqual(requestContext("instanceRole", { region })("aws:PrincipalArn"), open);
  });

  it("may be without TLS if the agent may read over HTTP", () => {
    deepStrictEqual(requestContext("instanceRole", path)("s3:TlsVersion").cases[0], { is: "absent" });
  });

  it("is known for every type of caller", () => {
    deepStrictEqual([...callers].sort(), Object.keys(conditionKeyFacts("aws:CurrentTime")!).sort());
  });
});
