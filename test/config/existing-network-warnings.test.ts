import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { type ExistingNetwork, s3EndpointPolicy } from "@patchpath/components";
import { readConfig } from "../../config";
import { type Required, warningsOfNetwork } from "../../config/existing-network";
import { found, vpcId } from "./found-network";
import { configWith } from "./problems";

const account = { boundary: "account", accountId: "123456789012" } as const;
const stack = (values: object = {}) => readConfig(configWith({ "aws:region": "eu-west-1", ...values }));
const required: Required = {
  ...stack(),
  endpoints: { interface: true, sharedWith: [] },
  optionalServices: [],
  wsus: {},
};

describe("an existing network", () => {
  it("has warnings if names change for other clients, and about custom name servers", () => {
    const others = { ...required, endpoints: { interface: true, sharedWith: "vpc" } } as const;
    deepStrictEqual(warningsOfNetwork(found, required), [
      "the S3 endpoint of this stack applies to everything that uses `rtb-1`, and denies reads that the account does not sign, such as those of container image layers; set `patchpath:endpointPolicy.serviceBuckets` for what runs there",
      `everything in ${vpcId} will resolve \`ssm.eu-west-1.amazonaws.com\`, \`ssmmessages.eu-west-1.amazonaws.com\` to the endpoints of this stack, which allow the fleets only`,
    ]);
    const endpoints = { ...found.endpoints, own: ["s3", "ssm", "ssmmessages"] as const };
    deepStrictEqual(warningsOfNetwork({ ...found, endpoints }, others), [], "if they exist");
    deepStrictEqual(warningsOfNetwork({ ...found, endpoints, nameServers: ["10.0.0.5"] }, others), [
      `${vpcId} has the name servers 10.0.0.5; cannot determine whether they forward the names of endpoints to the resolver of the VPC, without which the agent does not use the endpoints`,
    ]);
  });

  it("has no warning about the S3 endpoint if the boundary or an existing endpoint allows the reads", () => {
    const hasOwn = { ...found, endpoints: { ...found.endpoints, own: ["ssm", "ssmmessages"] as const } };
    const about = (network: ExistingNetwork, policy: object) =>
      warningsOfNetwork(network, {
        ...required,
        endpointPolicy: stack({ "patchpath:endpointPolicy": policy }).endpointPolicy,
      });
    strictEqual(about(hasOwn, {}).length, 1);
    deepStrictEqual(about(hasOwn, { serviceBuckets: ["ecr"] }), [
      "the S3 endpoint of this stack applies to everything that uses `rtb-1`, and denies reads of services other than `ecr` that the account does not sign, such as those of container image layers; set `patchpath:endpointPolicy.serviceBuckets` for what runs there",
    ]);
    deepStrictEqual(about(hasOwn, { trustBoundary: "vpc" }), []);
    const policy = JSON.stringify(s3EndpointPolicy("eu-west-1", account));
    const s3 = { id: "vpce-1", policy, prefixListId: "pl-1", routeTableIds: ["rtb-1"] };
    deepStrictEqual(about({ ...hasOwn, endpoints: { ...hasOwn.endpoints, s3 } }, {}), []);
  });
});
