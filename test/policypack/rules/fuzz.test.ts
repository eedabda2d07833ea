import { deepStrictEqual } from "node:assert/strict";
import * as fc from "fast-check";
import { rules } from "../../../policypack/rules";
import { resourceTypes } from "../../../policypack/stack/kinds";
import { findingsOf, unknown } from "./analyze";

/** The types that rules read, and the properties that they read of them. */
const types = [
  ...Object.values(resourceTypes).flat(),
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/policy:Policy",
  "aws-native:iam:ManagedPolicy",
];
const properties = [
  "assumeRolePolicy",
  "assumeRolePolicyDocument",
  "id",
  "inlinePolicies",
  "ipAddressType",
  "managedPolicyArns",
  "name",
  "policies",
  "policy",
  "policyArn",
  "policyArns",
  "policyDocument",
  "privateDnsEnabled",
  "region",
  "role",
  "roleName",
  "roles",
  "serviceName",
  "vpcEndpointId",
  "vpcEndpointType",
  "vpcId",
];

/** Values that a program may contain: valid, invalid, unknown, and nested ones. */
const value = fc.oneof(
  fc.constantFrom<unknown>(unknown, "com.amazonaws.eu-west-1.s3", "Gateway", "Interface", "{", "", "web", true, null),
  fc.constantFrom<unknown>(
    '{"Statement":[]}',
    '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
    '{"Statement":[{"Effect":1}]}',
  ),
  fc.jsonValue().map((json) => JSON.parse(JSON.stringify(json).replaceAll('""', `"${unknown}"`)) as unknown),
);
const resource = fc.record({
  type: fc.constantFrom(...types),
  name: fc.constantFrom("a", "b", "c"),
  props: fc.dictionary(fc.constantFrom(...properties), value),
  from: fc.dictionary(fc.constantFrom(...properties), fc.subarray(["a", "b", "c"])),
});

describe("every rule", () => {
  for (const rule of rules) {
    it(`${rule.name} handles any stack, with each finding on one line`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(resource, { maxLength: 4 }), async (resources) => {
          // An exception in a rule would abort the whole preview, and reject here; one for an unknown value would end the
          // rule with a note.
          const findings = await findingsOf(rule, resources);
          deepStrictEqual(
            findings.filter(({ message }) => message.includes("\n") || message.includes("can't run policy")),
            [],
          );
        }),
        { numRuns: 500 },
      );
    });
  }
});
