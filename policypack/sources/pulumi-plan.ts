import { isObject } from "../iam/problems";
import { InputError } from "./input-error";
import { type Json, kindOf, listIn, recordIn } from "./json-parts";
import { type ResourceState, mergedProps, propsOf, related, stateIn } from "./pulumi-resource";
import { factsOf } from "./pulumi-stack";
import type { StackFile } from "./source";

/** Reads a plan, as `pulumi preview --json --show-sames` prints it. @throws InputError */
export function readPlan(name: string, json: Json, region: string | undefined): StackFile {
  const steps = listIn(name, json, "steps", "steps").map((one, i) => stepIn(name, `steps[${i}]`, one));
  // A resource that is replaced has several steps; all of them end in the same new state.
  const pairs = new Map<string, readonly [ResourceState, Json]>();
  for (const { op, oldState, newState } of steps) {
    if (!newState || op.startsWith("delete")) continue;
    pairs.set(newState.urn, [newState, op.includes("replace") ? propsOf(newState) : mergedProps(oldState, newState)]);
  }
  const config = recordIn(json, "config");
  const regionOfStack = typeof config["aws:region"] === "string" ? config["aws:region"] : region;
  return {
    file: name,
    resources: related([...pairs.values()], regionOfStack),
    stacks: factsOf([...pairs.values()].map(([state]) => state)),
    isPlan: true,
    partial: whyPartial(name, json, steps),
  };
}

interface Step {
  readonly op: string;
  readonly oldState: ResourceState | undefined;
  readonly newState: ResourceState | undefined;
}

function stepIn(name: string, where: string, step: unknown): Step {
  if (!isObject(step) || typeof step["op"] !== "string") {
    throw new InputError(
      `${name} has ${kindOf(step)} without \`op\` at \`${where}\`; create the plan again: \`pulumi preview --json --show-sames\``,
    );
  }
  const at = (state: "oldState" | "newState") =>
    step[state] === undefined || step[state] === null ? undefined : stateIn(name, `${where}.${state}`, step[state]);
  return { op: step["op"], oldState: at("oldState"), newState: at("newState") };
}

/**
 * The only error of the engine, without a resource, when a policy rejects a preview that ran to its end: every step is then
 * in the plan. Whatever ends a plan early (an exception, a provider's error, an interruption) adds another error.
 * Source: `Execute` in pulumi/pkg/resource/deploy/deployment_executor.go, and test/engine/plans.test.ts.
 */
const rejection = /^(error: )?preview failed$/;

function isRejection({ urn, message }: Json): boolean {
  return !urn && typeof message === "string" && rejection.test(message.trim());
}

function whyPartial(name: string, json: Json, steps: readonly Step[]): string | undefined {
  const { same } = recordIn(json, "changeSummary");
  const shown = steps.filter(({ op }) => op === "same").length;
  if (typeof same === "number" && same > shown) {
    return `${name} omits unchanged resources (${same - shown} of ${same}), so this report is partial; create the plan with \`--show-sames\`.`;
  }
  const diagnostics = Array.isArray(json["diagnostics"]) ? json["diagnostics"] : [];
  if (diagnostics.some((one) => isObject(one) && one["severity"] === "error" && !isRejection(one))) {
    return `${name} is the plan of a preview that failed, so this report is partial; fix its errors and create it again.`;
  }
  return undefined;
}
