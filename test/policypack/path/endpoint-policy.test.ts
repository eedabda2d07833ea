import { deepStrictEqual } from "node:assert/strict";
import { s3PolicyInForce } from "../../../policypack/path/endpoint-policy";
import { endpointOf } from "../../../policypack/stack/endpoints";
import { anonymousReads, json } from "../rules/examples";
import { resource } from "../stack/resources";

describe("the policy of an S3 endpoint", () => {
  const policyIn = (region: string | undefined, policy = json(anonymousReads)) => {
    const made = resource("aws:ec2/vpcEndpoint:VpcEndpoint", "s3", { vpcId: "vpc-1", policy, region });
    const found = s3PolicyInForce(endpointOf(made));
    return found.is === "unknown" ? found.openQuestion : found.is === "document" ? found.region : found.is;
  };

  it("is asked about the buckets of its region", () => {
    deepStrictEqual(policyIn("eu-west-1"), "eu-west-1");
    deepStrictEqual(policyIn("eu-nowhere-9"), "the buckets in `eu-nowhere-9`, which is not a supported region");
    deepStrictEqual(policyIn(undefined), "the region of the endpoint");
  });

  it("is unknown if it is not a policy document, in any region", () => {
    deepStrictEqual(policyIn(undefined, "{"), "how AWS evaluates a policy that is not a valid policy document");
  });
});
