import { deepStrictEqual } from "node:assert/strict";
import { allStatements, managedPolicyStatements } from "../../../components/endpoints/managed-policy-statements";

const arn = (name: string) => `arn:aws:iam::aws:policy/${name}`;

const actionsOf = (service: "ssm" | "logs" | "monitoring", ...arns: string[]) =>
  managedPolicyStatements([service], arns)[service]?.flatMap(({ Action }) => Action);

// This does not show whether AWS has changed a policy since: the versions are those in the facts.
describe("the statements for managed policies of fleets", () => {
  it("allow what the policy allows of the service", () => {
    deepStrictEqual(actionsOf("logs", arn("CloudWatchAgentServerPolicy")), [
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:DescribeLogGroups",
      "logs:DescribeLogStreams",
      "logs:PutLogEvents",
      "logs:PutRetentionPolicy",
    ]);
    deepStrictEqual(actionsOf("monitoring", arn("CloudWatchAgentServerPolicy")), ["cloudwatch:PutMetricData"]);
  });

  it("allow all of the service if the policy does", () => {
    deepStrictEqual(actionsOf("ssm", arn("AdministratorAccess")), ["ssm:*"]);
    deepStrictEqual(actionsOf("logs", arn("PowerUserAccess")), ["logs:*"]);
  });

  it("are omitted if the agent's own calls are all, or the policy is not known", () => {
    deepStrictEqual(managedPolicyStatements(["ssm"], [arn("CloudWatchAgentServerPolicy")]), {});
    deepStrictEqual(managedPolicyStatements(["ssm", "logs"], ["arn:aws:iam::123456789012:policy/Own"]), {});
  });

  it("are joined with others by service", () => {
    const one = { Sid: "One", Effect: "Allow", Action: "ssm:A" } as const;
    const two = { Sid: "Two", Effect: "Allow", Action: "ssm:B" } as const;
    deepStrictEqual(allStatements({ ssm: [one] }, {}, { ssm: [two], logs: [two] }), { ssm: [one, two], logs: [two] });
  });
});
