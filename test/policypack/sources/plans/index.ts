import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A plan that ended with an error, as the real engine printed it, which `test/engine/plans.test.ts` verifies. */
export interface RecordedPlan {
  /** What goes wrong, for `programs/plans`. */
  readonly fails?: string;
  readonly pack?: "patchpath" | "no-instances";
  /** Whether it contains everything that the program creates. */
  readonly isWhole: boolean;
}

/** By what went wrong, which is also the name of the file in this folder. */
export const recordedPlans: Readonly<Record<string, RecordedPlan>> = {
  "refused-by-a-stack-face": { pack: "patchpath", isWhole: true },
  "refused-by-a-resource-face": { fails: "resource face", pack: "patchpath", isWhole: true },
  "refused-by-another-pack": { pack: "no-instances", isWhole: true },
  "an-exception": { fails: "exception", isWhole: false },
  "refused-and-an-exception": { fails: "resource face, late", pack: "patchpath", isWhole: false },
  "a-failed-check": { fails: "check", isWhole: false },
  "a-failed-read": { fails: "read", isWhole: false },
  "a-failed-invoke": { fails: "invoke", isWhole: false },
};

/** The file of a recorded plan. */
export function fileOfPlan(name: string): string {
  return join(__dirname, `${name}.json`);
}

export interface Plan {
  readonly steps?: readonly { readonly urn: string }[];
  readonly diagnostics?: readonly { readonly severity: string; readonly urn?: string; readonly message: string }[];
}

/**
 * A plan as far as two runs agree: the first line of each error with its resource, and its resources if it is complete;
 * how far a program runs before it fails is not deterministic.
 */
export function essenceOf(text: string, isWhole: boolean): object {
  const { steps = [], diagnostics = [] } = JSON.parse(text) as Plan;
  return {
    resources: isWhole ? steps.map(({ urn }) => urn).sort() : undefined,
    errors: diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ urn, message }) => [urn, message.split("\n")[0]!.replace(/'\/.*\/program\//, "'program/")]),
  };
}

export function readPlan(name: string): string {
  return readFileSync(fileOfPlan(name), "utf8");
}
