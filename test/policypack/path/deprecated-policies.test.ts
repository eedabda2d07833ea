import { deepStrictEqual } from "node:assert/strict";
import { deprecatedOn, successorOf } from "../../../policypack/path/deprecated-policies";
import { rolesOf } from "../../../policypack/stack/roles";
import { unknown } from "../rules/analyze";
import { role } from "../rules/examples";
import { asState } from "./traps/trap";

const arn = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const forSsm = arn("service-role/AmazonEC2RoleforSSM");
const forLambda = arn("AWSLambdaFullAccess");
const current = arn("AmazonSSMManagedInstanceCore");

/** The deprecated policies of a role that a service assumes; `undefined`: its trust policy is not known. */
function deprecated(service: string | undefined, ...managedPolicyArns: readonly string[]) {
  const others = { managedPolicyArns, ...(service === undefined && { assumeRolePolicy: unknown }) };
  const [found] = rolesOf(asState([role("web", service ?? "", others)]));
  return deprecatedOn(found!);
}

describe("the deprecated policies of a role", () => {
  const names = (...of: Parameters<typeof deprecated>) => deprecated(...of).map(({ policy }) => policy.name);

  it("are all of them on a role of instances", () => {
    deepStrictEqual(names("ec2.amazonaws.com", current, forLambda, forSsm, unknown), [
      "AmazonEC2RoleforSSM",
      "AWSLambdaFullAccess",
    ]);
  });

  it("are those meant for instances on any other role, or one that may be either", () => {
    deepStrictEqual(names("lambda.amazonaws.com", forLambda, forSsm), ["AmazonEC2RoleforSSM"]);
    deepStrictEqual(names(undefined, forLambda, forSsm), ["AmazonEC2RoleforSSM"]);
  });

  it("have a successor where AWS names one", () => {
    const successor = (of: string) => successorOf(deprecated("ec2.amazonaws.com", of)[0]!);
    deepStrictEqual(successor(forSsm), current);
    deepStrictEqual(successor(forLambda), undefined); // a guess from the names
    deepStrictEqual(successor(arn("service-role/AmazonElasticMapReduceforEC2Role")), undefined);
    const [policy] = deprecated("ec2.amazonaws.com", forSsm);
    const several = { ...policy!.policy, replacements: ["One", "Another"] };
    deepStrictEqual(successorOf({ policyArn: forSsm, policy: several }), undefined);
  });
});
