import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert/strict";
import { availabilityZones, placeOf } from "../../../offline/aws/account";
import { invokes } from "../../../offline/aws/invokes";
import { AwsObjects } from "../../../offline/aws/objects";
import { awsInputs } from "../../../offline/aws/schema";
import { type Properties, asText } from "../../../offline/aws/values";

const invoke = (token: string, args: Properties = {}, region = "eu-west-1") =>
  invokes[token]!(args, placeOf(region), new AwsObjects());

describe("the stand-in's invokes", () => {
  it("have their arguments from @pulumi/aws", () => {
    deepStrictEqual(Object.keys(awsInputs().invokes).sort(), Object.keys(invokes).sort());
  });

  it("return the region and the account", () => {
    strictEqual(invoke("aws:index/getRegion:getRegion")["region"], "eu-west-1");
    strictEqual(invoke("aws:index/getCallerIdentity:getCallerIdentity")["accountId"], "123456789012");
    strictEqual(invoke("aws:index/getPartition:getPartition", {}, "cn-north-1")["dnsSuffix"], "amazonaws.com.cn");
  });

  it("return the zones of a region", () => {
    deepStrictEqual(invoke("aws:index/getAvailabilityZones:getAvailabilityZones", {}, "ap-northeast-1")["names"], [
      "ap-northeast-1a",
      "ap-northeast-1c",
      "ap-northeast-1d",
    ]);
    strictEqual(availabilityZones("eu-west-1")[0]!.id, "euw1-az1");
  });

  it("find a VPC, its parts and S3's prefix list", () => {
    const vpc = invoke("aws:ec2/getVpc:getVpc", { id: "vpc-1" });
    strictEqual(vpc["enableDnsSupport"], true);
    strictEqual(invoke("aws:ec2/getSubnet:getSubnet", { id: "subnet-1" })["id"], "subnet-1");
    strictEqual(invoke("aws:ec2/getRouteTable:getRouteTable", { routeTableId: "rtb-1" })["routeTableId"], "rtb-1");
    match(
      asText(invoke("aws:ec2/getPrefixList:getPrefixList", { name: "com.amazonaws.eu-west-1.s3" })["id"]),
      /^pl-[0-9a-f]{8}$/,
    );
    strictEqual(
      invoke("aws:ec2/getVpcEndpointService:getVpcEndpointService", { service: "s3" })["serviceName"],
      "com.amazonaws.eu-west-1.s3",
    );
  });

  it("find the public images of AWS, and no other parameter", () => {
    const name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
    match(asText(invoke("aws:ssm/getParameter:getParameter", { name })["value"]), /^ami-[0-9a-f]{17}$/);
    ok(invoke("aws:ec2/getAmi:getAmi", { mostRecent: true })["imageId"]);
    throws(() => invoke("aws:ssm/getParameter:getParameter", { name: "/own" }), /`\/own` was not found/);
  });

  it("write policy documents as the provider does", () => {
    const { json } = invoke("aws:iam/getPolicyDocument:getPolicyDocument", {
      statements: [
        {
          sid: "One",
          actions: ["s3:GetObject"],
          resources: ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"],
          principals: [{ type: "*", identifiers: ["*"] }],
          conditions: [{ test: "StringEquals", variable: "aws:SourceVpc", values: ["vpc-1"] }],
        },
      ],
      overridePolicyDocuments: [
        JSON.stringify({ Statement: [{ Sid: "Two", Effect: "Deny", Action: "*", Resource: "*" }] }),
      ],
    });
    deepStrictEqual(JSON.parse(asText(json)), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "One",
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"],
          Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } },
        },
        { Sid: "Two", Effect: "Deny", Action: "*", Resource: "*" },
      ],
    });
  });

  it("support no region that the facts do not have", () => {
    throws(
      () => placeOf("mars-north-1"),
      /the region `mars-north-1` is not supported by the stand-in AWS; expected one of af-south-1/,
    );
  });
});
