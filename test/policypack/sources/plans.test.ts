import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { explainCommand } from "../../../policypack/cli/explain-command";
import { readStackFile } from "../../../policypack/sources/stack-file";
import { fileOfPlan, recordedPlans } from "./plans";
import { terminalTelling } from "../cli/terminal";

const terminal = terminalTelling();

/** Recorded from the real engine, so that the differences are what the engine really prints. */
describe("a plan that ended with an error", () => {
  for (const [name, { isWhole }] of Object.entries(recordedPlans)) {
    const file = fileOfPlan(name);
    const { resources, partial } = readStackFile(file, undefined);

    if (isWhole) {
      it(`is complete, and so is its report: ${name}`, () => {
        deepStrictEqual(resources.map(({ name: resource }) => resource).sort(), [
          "instance",
          "instance",
          "managed",
          "plans-test",
          "private",
          "vpc",
          "web",
        ]);
        strictEqual(partial, undefined);
        const { output, code } = explainCommand(false, { plan: file, format: "text" }, terminal);
        strictEqual(code, 1);
        match(output, /^✘ web cannot be patched\.\n[^]*\n +web\n +amazon-linux-2023\nagent +✔ open\n/);
        match(output, /BLOCKED/);
      });
    } else {
      it(`is partial: ${name}`, () => {
        strictEqual(
          partial,
          `\`${file}\` is the plan of a preview that failed, so this report is partial; fix its errors and create it again.`,
        );
      });
    }
  }
});
