import { placeOfSyntaxError } from "../iam/json";
import { isObject } from "../iam/problems";
import type { StackResource } from "../stack/resource";
import { nameOfFile, readText } from "./input-file";
import { type Json, type ResourceState, mergedProps, propsOf, recordIn, related, stateIn } from "./resource-state";
import { UsageError } from "./usage-error";

/** The resources of a stack, read from a file. */
export interface StackFile {
  readonly resources: readonly StackResource[];
  /** Why resources are missing, as a sentence; `undefined` if none is. */
  readonly partial: string | undefined;
}

const wanted = "pass `pulumi stack export` or `pulumi preview --json --show-sames`";

/** Supported versions of the state format; the fourth adds features that no hop depends on. */
const versions: readonly unknown[] = [3, 4];

/** Other files that may be passed by mistake, and what to do. */
const others: readonly { readonly is: (json: Json) => boolean; readonly hint: string }[] = [
  {
    is: (json) => "terraform_version" in json || "planned_values" in json,
    hint: `is a Terraform state or plan; ${wanted} of a Pulumi stack`,
  },
  {
    is: (json) => "AWSTemplateFormatVersion" in json || "Resources" in json,
    hint: `is a CloudFormation template; ${wanted} of a Pulumi stack`,
  },
  { is: (json) => "Statement" in json, hint: "is a policy document; pass it to `patchpath policy`" },
  {
    is: (json) => "checkpoint" in json,
    hint: "is a file of a Pulumi backend; pass the output of `pulumi stack export`",
  },
  {
    is: (json) => "resourcePlans" in json,
    hint: "is a plan of `--save-plan`, which has no outputs; pass `pulumi preview --json --show-sames`",
  },
  {
    is: (json) => "deployment" in json && typeof json["version"] === "number" && json["version"] > 4,
    hint: "is a state of a version later than 4; update patchpath",
  },
  {
    is: (json) => "deployment" in json && !versions.includes(json["version"]),
    hint: "is a state of a version other than 3 or 4; export it again with a current Pulumi CLI: `pulumi stack export`",
  },
];

/**
 * Reads a state (`pulumi stack export`) or a plan (`pulumi preview --json --show-sames`); `-` is standard input.
 *
 * @param region of the stack, if the file does not contain it
 * @throws UsageError for anything else
 */
export function readStackFile(file: string, region: string | undefined): StackFile {
  const name = nameOfFile(file);
  const json = parse(name, readText(file));
  if (!isObject(json)) throw new UsageError(`${name} is not a state or a plan; ${wanted}`);
  const other = others.find(({ is }) => is(json));
  if (other) throw new UsageError(`${name} ${other.hint}`);
  if ("deployment" in json) return readState(name, json["deployment"], region);
  if ("steps" in json || "changeSummary" in json) return readPlan(name, json, region);
  throw new UsageError(`${name} is not a state or a plan; ${wanted}`);
}

/** The parser's own message quotes the text around the error, which may contain a secret: only the place is reported. */
function parse(name: string, text: string): unknown {
  if (text.trim() === "") throw new UsageError(`${name} is empty; ${wanted}`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError(`${name} is not valid JSON, or is truncated: ${placeOfSyntaxError(text)}; ${wanted}`);
  }
}

function readState(name: string, deployment: unknown, region: string | undefined): StackFile {
  if (!isObject(deployment)) {
    throw new UsageError(
      `${name} has \`deployment\` as ${kindOf(deployment)}; expected an object. Pass the output of \`pulumi stack export\`, neither encrypted nor compressed`,
    );
  }
  const states = listIn(name, deployment, "resources", "deployment.resources").map((one, i) =>
    stateIn(name, `deployment.resources[${i}]`, one),
  );
  const pairs = states.filter((state) => !state.isDeleted).map((state) => [state, propsOf(state)] as const);
  return { resources: related(pairs, region), partial: undefined };
}

function readPlan(name: string, json: Json, region: string | undefined): StackFile {
  const steps = listIn(name, json, "steps", "steps").map((one, i) => stepIn(name, `steps[${i}]`, one));
  // A resource that is replaced has several steps; all of them end in the same new state.
  const pairs = new Map<string, readonly [ResourceState, Json]>();
  for (const { op, oldState, newState } of steps) {
    if (!newState || op.startsWith("delete")) continue;
    pairs.set(newState.urn, [newState, op.includes("replace") ? propsOf(newState) : mergedProps(oldState, newState)]);
  }
  const config = recordIn(json, "config");
  const regionOfStack = typeof config["aws:region"] === "string" ? config["aws:region"] : region;
  return { resources: related([...pairs.values()], regionOfStack), partial: whyPartial(name, json, steps) };
}

interface Step {
  readonly op: string;
  readonly oldState: ResourceState | undefined;
  readonly newState: ResourceState | undefined;
}

function stepIn(name: string, where: string, step: unknown): Step {
  if (!isObject(step) || typeof step["op"] !== "string") {
    throw new UsageError(
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

function listIn(name: string, record: Json, key: string, where: string): readonly unknown[] {
  const list = record[key] ?? []; // a stack without resources, and a plan without steps, leave it out
  if (Array.isArray(list)) return list as readonly unknown[];
  throw new UsageError(
    `${name} has \`${where}\` as ${kindOf(list)}; expected a list. ${wanted[0]!.toUpperCase()}${wanted.slice(1)}`,
  );
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
