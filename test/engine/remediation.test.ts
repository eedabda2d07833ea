import { deepStrictEqual, doesNotMatch, match, strictEqual } from "node:assert/strict";
import { rolesCommand } from "../../policypack/cli/roles-command";
import { OfflineStack } from "./offline-stack";
import { terminalTelling } from "../policypack/cli/terminal";

/** The remediation of deprecated policies on the real engine, from its first day to its last. */
describe("the remediation of deprecated policies, in the engine", () => {
  const stack = new OfflineStack("remediation", { "remediation:mode": "report" });
  after(() => {
    stack.remove();
  });

  it("is created in the mode report, with all that it requires", async () => {
    const up = await stack.up();
    strictEqual(up.code, 0, up.output);
    const { "fix-remediation": remediation, "fix-replace": replace } = await stack.resources();
    strictEqual(remediation?.outputs?.["automatic"], false);
    strictEqual(remediation.outputs["targetId"], replace?.id);
  });

  it("leaves a state in which `patchpath roles` finds what the remediation is for", () => {
    const terminal = terminalTelling();
    const { output, code } = rolesCommand({ state: [stack.export()], format: "text" }, terminal);
    strictEqual(code, 1);
    match(output, /^✘ role legacy, used by InstanceProfile legacy-profile\n/);
    doesNotMatch(output, /fix-/);
  });

  it("becomes automatic, and report again, with a change of one resource", async () => {
    const modes = process.env["PATCHPATH_WHOLE_MATRICES"] ? (["automatic", "report"] as const) : ["automatic"];
    for (const mode of modes) {
      const before = await stack.resources();
      stack.configure({ "remediation:mode": mode });
      const up = await stack.up();
      strictEqual(up.code, 0, up.output);
      const after = await stack.resources();
      const changed = Object.keys(after).filter(
        (name) => JSON.stringify(after[name]?.inputs) !== JSON.stringify(before[name]?.inputs),
      );
      deepStrictEqual(changed, ["fix-remediation"]);
      strictEqual(after["fix-remediation"]?.outputs?.["automatic"], mode === "automatic");
      strictEqual(after["fix-remediation"].id, before["fix-remediation"]?.id);
    }
  });

  it("leaves nothing after destroy", async () => {
    const destroy = await stack.destroy();
    strictEqual(destroy.code, 0, destroy.output);
    deepStrictEqual(await stack.resources(), {});
  });
});
