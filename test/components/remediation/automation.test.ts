import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceDocument } from "../../../components/remediation/automation-document";
import { automationPermissions } from "../../../components/remediation/automation-policy";
import { managedPolicyVersions } from "../../../policypack/facts/managed-policy-actions";
import { decisionOn } from "./identity-decision";
import {
  type RoleArgs,
  Stage,
  aws,
  changesIn,
  cloudWatch,
  core,
  deprecated,
  emr,
  failureOf,
  stepsOf,
  trust,
} from "./stage";

const exceptions = { legacy: "until the move in March" };
const replace = replaceDocument({ [deprecated]: [core, cloudWatch] }, exceptions);

/** The documents as Systems Manager runs them, with real calls to an account in moto. */
describe("the automation", () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.set();
  });
  after(() => {
    stage.emulator.stop();
  });
  const run = (id: string, document = replace) => stage.run(document, { ResourceId: id });

  describe("that replaces", () => {
    it("attaches the replacements, verifies, and only then detaches", async () => {
      const { name, id } = await stage.role([deprecated, emr]);
      const result = await run(id);
      strictEqual(result.status, "Success", failureOf(result));
      deepStrictEqual(stepsOf(result), [
        "FindRole Success",
        "ReadQuota Success",
        "Plan Success",
        "Attach Success",
        "WaitForIam Success",
        "Verify Success",
        "Detach Success",
        "Confirm Success",
      ]);
      deepStrictEqual(result.outputs, {
        "FindRole.RoleName": name,
        "Plan.Attach": [core, cloudWatch],
        "Plan.Detach": [deprecated],
      });
      deepStrictEqual(changesIn((await stage.emulator.callsSince()).calls), [
        "AttachRolePolicy AmazonSSMManagedInstanceCore",
        "AttachRolePolicy CloudWatchAgentServerPolicy",
        "DetachRolePolicy AmazonEC2RoleforSSM",
      ]);
      deepStrictEqual(await stage.policiesOf(name), [core, cloudWatch, emr].sort());
    });

    it("changes nothing on a second run, or on a role that was fixed in the meantime", async () => {
      const { name, id } = await stage.role([core]);
      const result = await run(id);
      strictEqual(result.status, "Success", failureOf(result));
      deepStrictEqual(changesIn((await stage.emulator.callsSince()).calls), []);
      deepStrictEqual(await stage.policiesOf(name), [core]);
    });

    it("keeps a replacement that the role already has, also in a rollback", async () => {
      const { name, id } = await stage.role([deprecated, core]);
      await stage.emulator.fail({ operation: "DetachRolePolicy", argument: deprecated, error: "AccessDenied" });
      strictEqual((await run(id)).status, "Failed");
      await stage.emulator.callsSince();
      deepStrictEqual(await stage.policiesOf(name), [core, deprecated]);
      strictEqual((await run(id)).status, "Success");
      deepStrictEqual(await stage.policiesOf(name), [core, cloudWatch]);
    });

    it("keeps the permissions boundary of a role", async () => {
      const boundary = aws("PowerUserAccess");
      const { name, id } = await stage.role([deprecated], { PermissionsBoundary: boundary });
      strictEqual((await run(id)).status, "Success");
      deepStrictEqual(await stage.policiesOf(name), [core, cloudWatch]);
      const { Role } = (await stage.emulator.call("iam", "get_role", { RoleName: name })) as {
        Role: { PermissionsBoundary: { PermissionsBoundaryArn: string } };
      };
      strictEqual(Role.PermissionsBoundary.PermissionsBoundaryArn, boundary);
    });

    it("works for a role with a path, and for a role of hybrid nodes", async () => {
      for (const args of [{ Path: "/teams/web/" }, { AssumeRolePolicyDocument: trust("ssm.amazonaws.com") }]) {
        const { name, id } = await stage.role([deprecated], args);
        strictEqual((await run(id)).status, "Success");
        deepStrictEqual(await stage.policiesOf(name), [core, cloudWatch]);
      }
    });

    it("retries if IAM throttles", async () => {
      const { name, id } = await stage.role([deprecated]);
      for (const operation of ["GetAccountSummary", "GetRole", "AttachRolePolicy", "DetachRolePolicy"]) {
        await stage.emulator.fail({ operation, error: "Throttling", times: 3 });
      }
      const result = await run(id);
      strictEqual(result.status, "Success", failureOf(result));
      ok((await stage.emulator.callsSince()).waits >= 9); // three times in each of the scripts' calls
      deepStrictEqual(await stage.policiesOf(name), [core, cloudWatch]);
    });
  });

  describe("for a role that must not be changed", () => {
    const refused: readonly (readonly [string, readonly string[], RoleArgs, RegExp])[] = [
      [
        "two policies more than the limit of ten for a role",
        [
          deprecated,
          ...["AmazonS3ReadOnlyAccess", "AmazonSNSReadOnlyAccess", "AmazonSQSReadOnlyAccess"].map(aws),
        ].concat(
          ["ReadOnlyAccess", "SecurityAudit", "AmazonEC2ReadOnlyAccess", "AmazonRDSReadOnlyAccess"].map(aws),
          ["AmazonVPCReadOnlyAccess"].map(aws),
        ),
        {},
        /role role-\d+ would have 11 managed policies during the replacement; expected at most 10, the quota; detach unused policies/,
      ],
      [
        "a role of another service",
        [deprecated],
        { AssumeRolePolicyDocument: trust("lambda.amazonaws.com") },
        /is assumed by lambda\.amazonaws\.com; expected a role of instances/,
      ],
      [
        "a service-linked role",
        [deprecated],
        { Path: "/aws-service-role/ssm.amazonaws.com/" },
        /is a service-linked role, which only its service can change/,
      ],
      ["an exception", [deprecated], { RoleName: "legacy" }, /role legacy is an exception: until the move in March/],
    ];
    for (const [what, policies, args, message] of refused) {
      it(`does not change ${what}, and says why`, async () => {
        const { name, id } = await stage.role(policies, args);
        const result = await run(id);
        strictEqual(result.status, "Failed");
        match(failureOf(result), message);
        deepStrictEqual(stepsOf(result), ["FindRole Success", "ReadQuota Success", "Plan Failed"]);
        deepStrictEqual(changesIn((await stage.emulator.callsSince()).calls), []);
        deepStrictEqual(await stage.policiesOf(name), [...policies].sort());
      });
    }

    it("does not start for a user or a group", async () => {
      const { User } = (await stage.emulator.call("iam", "create_user", { UserName: "person" })) as {
        User: { UserId: string };
      };
      const { Group } = (await stage.emulator.call("iam", "create_group", { GroupName: "people" })) as {
        Group: { GroupId: string };
      };
      await stage.emulator.call("iam", "attach_user_policy", { UserName: "person", PolicyArn: deprecated });
      await stage.emulator.call("iam", "attach_group_policy", { GroupName: "people", PolicyArn: deprecated });
      for (const id of [User.UserId.replace(/^(?!AIDA)/, "AIDA"), Group.GroupId.replace(/^(?!AGPA)/, "AGPA")]) {
        const result = await run(id);
        strictEqual(result.status, "Refused");
        match(result.message ?? "", /^ResourceId does not match/);
      }
      deepStrictEqual((await stage.emulator.callsSince()).calls, []);
      const attached = await Promise.all([
        stage.emulator.call("iam", "list_attached_user_policies", { UserName: "person" }),
        stage.emulator.call("iam", "list_attached_group_policies", { GroupName: "people" }),
      ]);
      for (const { AttachedPolicies } of attached) {
        deepStrictEqual(AttachedPolicies, [{ PolicyName: "AmazonEC2RoleforSSM", PolicyArn: deprecated }]);
      }
    });

    it("fails before any change for a deleted role, and for one that was created again with the same name", async () => {
      const gone = await run("AROAAAAAAAAAAAAAAAAAA");
      deepStrictEqual(stepsOf(gone), ["FindRole Failed"]);
      const { name } = await stage.role([deprecated]);
      const plan = replace.mainSteps.find((step) => step.name === "Plan")!;
      const stale = {
        ...replace,
        mainSteps: [
          {
            ...plan,
            inputs: {
              ...plan.inputs,
              InputPayload: { ...(plan.inputs["InputPayload"] as object), RoleName: name, Quota: 10 },
            },
          },
        ],
        outputs: [],
      };
      match(failureOf(await run("AROAAAAAAAAAAAAAAAAAA", stale)), /has the id AROA\w+; expected AROAAAAAAAAAAAAAAAAAA/);
    });
  });

  it("requires no more permissions than its role has", async () => {
    const permissions = automationPermissions(
      { partition: "aws", accountId: "123456789012" },
      [deprecated, core, cloudWatch],
      ["legacy"],
    );
    const { name, id } = await stage.role([deprecated]);
    await stage.emulator.fail({ operation: "DetachRolePolicy", argument: deprecated, error: "AccessDenied" });
    await run(id);
    const { calls } = await stage.emulator.callsSince();
    ok(calls.some(({ operation }) => operation === "DetachRolePolicy"));
    for (const { service, operation, params } of calls) {
      const target = params["RoleName"] === undefined ? "*" : `arn:aws:iam::123456789012:role/${name}`;
      const verdict = decisionOn(permissions, `${service}:${operation}`, target, params["PolicyArn"]);
      strictEqual(verdict, "allow", operation);
    }
  });

  it("has a guide with commands that exist in the AWS CLI", async () => {
    const guide = readFileSync(join(__dirname, "..", "..", "..", "docs", "remediation.md"), "utf8");
    const commands = [...guide.matchAll(/^aws (\S+) (\S+)(.*)$/gm)];
    ok(commands.length >= 15);
    for (const [command, cli = "", operation = "", options = ""] of commands) {
      const service = cli === "configservice" ? "config" : cli;
      const inputs = await stage.emulator.inputsOf(service, operation.replaceAll("-", "_"));
      const known = new Set([...inputs.map((name) => name.toLowerCase()), "query"]);
      for (const [, option = ""] of options.matchAll(/ --([a-z-]+)/g))
        ok(known.has(option.replaceAll("-", "")), command);
    }
  });

  it("has the managed policies of the emulator's copy of the AWS list", async () => {
    for (const [name, version] of Object.entries(managedPolicyVersions)) {
      if (name === "PowerUserAccess") continue; // our table has only a part of it, and says so
      const path = name.startsWith("AmazonEC2") ? "service-role/" : "";
      const PolicyArn = aws(`${path}${name}`);
      const VersionId = version!.versionId;
      const { PolicyVersion } = (await stage.emulator.call("iam", "get_policy_version", { PolicyArn, VersionId })) as {
        PolicyVersion: { Document: { Statement: { Action: string | string[]; Resource: string }[] } };
      };
      deepStrictEqual(actionsIn(version!.document), actionsIn(PolicyVersion.Document), name);
    }
  });
});

/** `action on resource`, each once and in order. */
function actionsIn({
  Statement,
}: {
  readonly Statement: readonly {
    readonly Action?: string | readonly string[];
    readonly Resource: string | readonly string[];
  }[];
}): string[] {
  return Statement.flatMap(({ Action = [], Resource }) =>
    [Action].flat().map((action) => `${action} on ${[Resource].flat().join()}`),
  ).sort();
}
