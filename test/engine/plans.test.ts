import { deepStrictEqual, notStrictEqual } from "node:assert/strict";
import { cpSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type RecordedPlan, essenceOf, fileOfPlan, readPlan, recordedPlans } from "../policypack/sources/plans";
import { OfflineStack, policyPack, root } from "./offline-stack";

/** A pack of `packs/`, in a folder where its imports resolve. */
function packIn(stack: OfflineStack, name: NonNullable<RecordedPlan["pack"]>): string {
  if (name === "patchpath") return policyPack;
  const folder = join(stack.folder, name);
  cpSync(join(__dirname, "packs", name), folder, { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

async function planned({ fails = "", pack }: RecordedPlan): Promise<string> {
  const stack = new OfflineStack("plans", { "plans:fails": fails });
  try {
    const withPack = pack === undefined ? [] : ["--policy-pack", packIn(stack, pack)];
    const preview = await stack.preview("--json", "--show-sames", ...withPack);
    notStrictEqual(preview.code, 0, preview.output);
    return preview.stdout.replaceAll(stack.folder, "/tmp/patchpath").replaceAll(root, "/checkout");
  } finally {
    stack.remove();
  }
}

// Eight runs of the engine: in `npm test`, the recorded plans replace them, and preview-and-state.test.ts runs a
// rejection. PATCHPATH_RECORD_PLANS=1 records them again.
if (process.env["PATCHPATH_WHOLE_MATRICES"] || process.env["PATCHPATH_RECORD_PLANS"]) {
  describe("a recorded plan that ended with an error", () => {
    for (const [name, recorded] of Object.entries(recordedPlans)) {
      it(`is what the engine prints: ${name}`, async () => {
        const plan = await planned(recorded);
        if (process.env["PATCHPATH_RECORD_PLANS"]) writeFileSync(fileOfPlan(name), plan);
        deepStrictEqual(essenceOf(plan, recorded.isWhole), essenceOf(readPlan(name), recorded.isWhole));
      });
    }
  });
}
