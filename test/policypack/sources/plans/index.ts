import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A plan that ended with an error, as the real engine printed it: `test/engine/plans.test.ts` holds it to that. */
export interface RecordedPlan {
  /** What goes wrong, for `programs/plans`. */
  readonly fails?: string;
  readonly pack?: "patchpath" | "no-instances";
  /** Whether all that the program makes is in it. */
  readonly isWhole: boolean;
}

/** By what went wrong: also the names of the files beside this one. */
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
 * A plan as far as two runs agree: the first line of each error with its resource, and the resources, if it is whole;
 * how far a program comes before it fails is chance.
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
