import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { replaceDocument, rollBackDocument } from "../../../components/remediation/automation-document";
import type { Fault } from "./emulator";
import { Stage, changesIn, cloudWatch, core, deprecated, emr, failureOf, stepsOf } from "./stage";

const replace = replaceDocument({ [deprecated]: [core, cloudWatch] }, {});
const replaceBoth = replaceDocument({ [emr]: [core], [deprecated]: [core] }, {});

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

  describe("that fails", () => {
    const halfWay: readonly (readonly [string, Fault])[] = [
      ["the first attachment", { operation: "AttachRolePolicy", argument: core, error: "LimitExceeded" }],
      ["the second attachment", { operation: "AttachRolePolicy", argument: cloudWatch, error: "LimitExceeded" }],
      ["the detachment", { operation: "DetachRolePolicy", argument: deprecated, error: "AccessDenied" }],
      [
        "an attachment that IAM accepts but does not create",
        { operation: "AttachRolePolicy", argument: core, error: null },
      ],
      ["the verification", { operation: "ListAttachedRolePolicies", error: "ServiceFailure", times: 1 }],
    ];
    for (const [what, fault] of halfWay) {
      it(`at ${what} leaves the role unchanged, and the automation failed`, async () => {
        const { name, id } = await stage.role([deprecated, emr]);
        const document = what === "the verification" ? withoutReadsInPlan() : replace;
        await stage.emulator.fail(fault);
        const result = await run(id, document);
        strictEqual(result.status, "Failed");
        deepStrictEqual(stepsOf(result).slice(-2), ["RollBackAttach Success", "RollBackDetach Success"]);
        await stage.emulator.callsSince();
        deepStrictEqual(await stage.policiesOf(name), [deprecated, emr]);
      });
    }

    it("at the second of two detachments attaches the first policy again", async () => {
      const { name, id } = await stage.role([deprecated, emr]);
      await stage.emulator.fail({ operation: "DetachRolePolicy", argument: emr, error: "AccessDenied" });
      strictEqual((await run(id, replaceBoth)).status, "Failed");
      deepStrictEqual(changesIn((await stage.emulator.callsSince()).calls).slice(1, 2), [
        "DetachRolePolicy AmazonEC2RoleforSSM",
      ]);
      deepStrictEqual(await stage.policiesOf(name), [deprecated, emr]);
    });

    it("and cannot attach the old policy again keeps the new ones", async () => {
      const { name, id } = await stage.role([deprecated, emr]);
      await stage.emulator.fail({ operation: "DetachRolePolicy", argument: emr, error: "AccessDenied" });
      await stage.emulator.fail({ operation: "AttachRolePolicy", argument: deprecated, error: "PolicyNotAttachable" });
      const result = await run(id, replaceBoth);
      deepStrictEqual(stepsOf(result).slice(-2), ["Detach Failed", "RollBackAttach Failed"]);
      await stage.emulator.callsSince();
      deepStrictEqual(await stage.policiesOf(name), [core, emr]);
    });

    /** The plan also reads what is attached: here it is given, so that only the verification fails. */
    function withoutReadsInPlan() {
      const mainSteps = replace.mainSteps.map((step) =>
        step.name === "Plan"
          ? {
              ...step,
              inputs: {
                ...step.inputs,
                Script: `def plan(events, context):\n    return ${JSON.stringify({ Attach: [core, cloudWatch], Detach: [deprecated], Successors: [core, cloudWatch] })}\n`,
              },
            }
          : step,
      );
      return { ...replace, mainSteps };
    }
  });

  describe("that rolls back", () => {
    const rollBack = (name: string, attach: readonly string[], detach: readonly string[]) =>
      stage.run(rollBackDocument(), {
        RoleName: name,
        Attach: attach,
        Detach: detach,
      });

    it("rolls back a replacement with its outputs", async () => {
      const { name, id } = await stage.role([deprecated, emr]);
      const { outputs } = await run(id);
      const result = await rollBack(name, outputs["Plan.Detach"] as string[], outputs["Plan.Attach"] as string[]);
      strictEqual(result.status, "Success", failureOf(result));
      deepStrictEqual(await stage.policiesOf(name), [deprecated, emr]);
    });

    it("detaches nothing if the old policy can no longer be attached", async () => {
      const { name } = await stage.role([core, cloudWatch]);
      await stage.emulator.fail({ operation: "AttachRolePolicy", error: "PolicyNotAttachable" });
      const result = await rollBack(name, [deprecated], [core, cloudWatch]);
      deepStrictEqual(stepsOf(result), ["Attach Failed"]);
      await stage.emulator.callsSince();
      deepStrictEqual(await stage.policiesOf(name), [core, cloudWatch]);
    });

    it("stops at a list that Automation could not resolve", async () => {
      const { name } = await stage.role([core]);
      const { parameters, ...others } = rollBackDocument();
      const document = {
        ...others,
        parameters: { ...parameters, Attach: { ...parameters["RoleName"]!, allowedPattern: "" } },
      };
      const result = await stage.run(document, { RoleName: name, Attach: "{{ Plan.Attach }}", Detach: [core] });
      deepStrictEqual(stepsOf(result), ["Attach Failed"]);
      strictEqual(failureOf(result), "TypeError: PolicyArns is '{{ Plan.Attach }}'; expected a list");
      deepStrictEqual(await stage.policiesOf(name), [core]);
    });

    it("rejects an invalid name and invalid lists", async () => {
      strictEqual((await rollBack("../x", [], [])).status, "Refused");
      const one = await stage.run(rollBackDocument(), { RoleName: "x", Attach: deprecated, Detach: [] });
      strictEqual(one.status, "Refused");
    });
  });
});
