import { deepStrictEqual, match, ok, rejects } from "node:assert/strict";
import { GetParameterCommand, GetParametersByPathCommand, SSMClient } from "@aws-sdk/client-ssm";
import { TerminateInstancesCommand } from "@aws-sdk/client-ec2";
import { readOnlyPolicy } from "../../audit/src";
import { actions } from "../../audit/src/calls";
import { clientsFor } from "../../audit/src/clients";
import { sendJson } from "../../audit/src/json-service";

/** Nothing listens here: a request that is sent would fail with another error. */
const nowhere = { region: "eu-west-1", endpoint: "http://127.0.0.1:9" };

describe("the calls of an audit", () => {
  it("only describe, list, get, search and select", () => {
    for (const action of actions()) match(action, /^[a-z0-9-]+:(Describe|List|Get|Search|Select)[A-Za-z]+$/);
  });

  it("read no parameter, no secret and no object", () => {
    const reading = actions().filter((one) => /Parameter|Secret|GetObject|Password|ConsoleOutput|Credential/.test(one));
    deepStrictEqual(reading, []);
  });

  it("are exactly the actions of the policy, except the one that needs no permission", () => {
    const { Statement } = readOnlyPolicy() as { Statement: { Effect: string; Action: string[]; Resource: string }[] };
    const allowed = Statement.flatMap(({ Action }) => Action);
    deepStrictEqual([...allowed, "sts:GetCallerIdentity"].sort(), [...actions()].sort());
    deepStrictEqual(allowed, [...allowed].sort());
    ok(JSON.stringify(readOnlyPolicy()).length < 6144, "a managed policy has at most 6,144 characters");
  });
});

describe("the clients of an audit", () => {
  const { ssm, ec2, settings } = clientsFor(nowhere);
  const refused = (action: string) => ({ message: `${action} is not a call that an audit makes` });

  it("reject GetParameter and similar operations before sending", async () => {
    await rejects(ssm.send(new GetParameterCommand({ Name: "secret" })), refused("ssm:GetParameter"));
    await rejects(ssm.send(new GetParametersByPathCommand({ Path: "/" })), refused("ssm:GetParametersByPath"));
  });

  it("reject every change", async () => {
    await rejects(ec2.send(new TerminateInstancesCommand({ InstanceIds: ["i-1"] })), refused("ec2:TerminateInstances"));
    const deletion = sendJson("ssm-quicksetup", settings, { operation: "DeleteConfigurationManager" });
    await rejects(deletion, refused("ssm-quicksetup:DeleteConfigurationManager"));
  });

  it("are what rejects the calls, not the SDK", async () => {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const bare = new SSMClient({ ...nowhere, credentials, maxAttempts: 1 });
    await rejects(bare.send(new GetParameterCommand({ Name: "secret" })), { code: "ECONNREFUSED" });
  });
});
