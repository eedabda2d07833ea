import { deepStrictEqual } from "node:assert/strict";
import { conditionKeyFacts } from "../../../policypack/facts/condition-keys";
import {
  type KeyState,
  callContext,
  callers,
  requestContext,
  unsignedReadContext,
} from "../../../policypack/iam/context";
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

  it("is the region, where that is known", () => {
    const open = { cases: anyValue, openQuestion: "the region" };
    deepStrictEqual(requestContext("anonymous", { region: undefined })("aws:RequestedRegion"), open);
  });

  it("is the ARN of the VPC, where all of its parts are known", () => {
    const open = { cases: anyValue, openQuestion: "the ARN of the endpoint's VPC" };
    for (const part of [{ region: undefined }, { region: "mars-1" }, { vpcId: undefined }, { accountId: undefined }]) {
      deepStrictEqual(
        requestContext("anonymous", { ...path, ...part })("aws:SourceVpcArn"),
        open,
        JSON.stringify(part),
      );
    }
    deepStrictEqual(
      requestContext("anonymous", { ...path, region: "cn-north-1" })("aws:SourceVpcArn"),
      certain(`arn:aws-cn:ec2:cn-north-1:${accountId}:vpc/${vpcId}`),
    );
  });

  describe("of a call on a resource that is not known", () => {
    const call = callContext(path);
    const read = (isHttps: boolean) => unsignedReadContext(path, isHttps);
    const open = (key: string, what: string): KeyState => ({
      cases: [{ is: "absent" }, { is: "any-value" }],
      openQuestion: `the value of \`${key}\` in the ${what}`,
    });

    it("contains its caller and its path", () => {
      deepStrictEqual(call("aws:PrincipalArn"), certain(roleArn));
      deepStrictEqual(read(true)("aws:PrincipalAccount"), certain("anonymous"));
      for (const context of [call, read(true)]) deepStrictEqual(context("aws:SourceVpc"), certain(vpcId));
    });

    it("contains whether it uses HTTPS", () => {
      deepStrictEqual(call("aws:SecureTransport"), certain("true"));
      deepStrictEqual(read(true)("AWS:securetransport"), certain("true"));
      deepStrictEqual(read(false)("aws:SecureTransport"), certain("false"));
    });

    it("contains nothing about the resource", () => {
      for (const key of [
        "aws:ResourceAccount",
        "AWS:resourceorgid",
        "aws:ResourceTag/team",
        "s3:prefix",
        "S3:TlsVersion",
      ]) {
        deepStrictEqual(call(key), open(key, "call"));
        deepStrictEqual(read(false)(key), open(key, "call"));
      }
    });

    it("contains nothing about a key with a similar name", () => {
      for (const key of ["x-aws:SecureTransport", "aws:SecureTransports", "x-aws:ResourceAccount", "x-s3:prefix"]) {
        deepStrictEqual(call(key), open(key, "request"));
      }
    });
  });

  it("is known for every type of caller", () => {
    deepStrictEqual([...callers].sort(), Object.keys(conditionKeyFacts("aws:CurrentTime")!).sort());
  });
});
