import { placeOfSyntaxError } from "../iam/json";
import { isObject } from "../iam/problems";
import type { StackResource } from "../stack/resource";
import { nameOfFile, readText } from "./input-file";
import { type Json, type ResourceState, mergedProps, propsOf, recordIn, related, stateIn } from "./resource-state";
import { UsageError } from "./usage-error";

/** The resources of a stack, read from a file. */
export interface StackFile {
  readonly resources: readonly StackResource[];
  /** Why resources are missing, as a sentence; `undefined` when all are there. */
  readonly partial: string | undefined;
}

const wanted = "give `pulumi stack export` or `pulumi preview --json --show-sames`";

/** Versions of the state's form that are read; the fourth adds features which no hop asks about. */
const versions: readonly unknown[] = [3, 4];

/** What the file is in place of what is wanted, and what to do. */
const others: readonly { readonly is: (json: Json) => boolean; readonly hint: string }[] = [
  {
    is: (json) => "terraform_version" in json || "planned_values" in json,
    hint: `is a Terraform state or plan; ${wanted} of a Pulumi stack`,
  },
  {
    is: (json) => "AWSTemplateFormatVersion" in json || "Resources" in json,
    hint: `is a CloudFormation template; ${wanted} of a Pulumi stack`,
  },
  { is: (json) => "Statement" in json, hint: "is a policy document; give it to `patchpath policy`" },
  { is: (json) => "checkpoint" in json, hint: "is a backend's own file; give what `pulumi stack export` prints" },
  {
    is: (json) => "resourcePlans" in json,
    hint: "is a plan of `--save-plan`, which has no outputs; give `pulumi preview --json --show-sames`",
  },
  {
    is: (json) => "deployment" in json && typeof json["version"] === "number" && json["version"] > 4,
    hint: "is a state of a later version than 4; update patchpath",
  },
  {
    is: (json) => "deployment" in json && !versions.includes(json["version"]),
    hint: "is a state of another version than 3 or 4; export it again with a current Pulumi CLI: `pulumi stack export`",
  },
];

/**
 * Reads a state (`pulumi stack export`) or a plan (`pulumi preview --json --show-sames`); `-` is standard input.
 *
 * @param region of the stack, where the file does not tell it
 * @throws UsageError for anything else
 */
export function readStackFile(file: string, region: string | undefined): StackFile {
  const name = nameOfFile(file);
  const json = parse(name, readText(file));
  if (!isObject(json)) throw new UsageError(`${name} is no state or plan; ${wanted}`);
  const other = others.find(({ is }) => is(json));
  if (other) throw new UsageError(`${name} ${other.hint}`);
  if ("deployment" in json) return readState(name, json["deployment"], region);
  if ("steps" in json || "changeSummary" in json) return readPlan(name, json, region);
  throw new UsageError(`${name} is no state or plan; ${wanted}`);
}

/** The parser's own words quote the text around the mistake, where a secret may stand: only the place is told. */
function parse(name: string, text: string): unknown {
  if (text.trim() === "") throw new UsageError(`${name} is empty; ${wanted}`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError(`${name} is not JSON, or is cut off: ${placeOfSyntaxError(text)}; ${wanted}`);
  }
}

function readState(name: string, deployment: unknown, region: string | undefined): StackFile {
  if (!isObject(deployment)) {
    throw new UsageError(
      `${name} has \`deployment\` as ${kindOf(deployment)}, not as an object; give what \`pulumi stack export\` prints, not encrypted or packed`,
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
  const regionOfStack = region ?? (typeof config["aws:region"] === "string" ? config["aws:region"] : undefined);
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
      `${name} has ${kindOf(step)} without \`op\` at \`${where}\`; make the plan again: \`pulumi preview --json --show-sames\``,
    );
  }
  const at = (state: "oldState" | "newState") =>
    step[state] === undefined || step[state] === null ? undefined : stateIn(name, `${where}.${state}`, step[state]);
  return { op: step["op"], oldState: at("oldState"), newState: at("newState") };
}

/**
 * All that the engine says, and at no resource, when a policy refuses a preview that ran to its end: then every step is
 * in the plan. Whatever cuts a plan short (an exception, a provider's error, an interruption) has an error of its own.
 * Source: `Execute` in pulumi/pkg/resource/deploy/deployment_executor.go, and test/engine/plans.test.ts.
 */
const refusal = /^(error: )?preview failed$/;

function isRefusal({ urn, message }: Json): boolean {
  return !urn && typeof message === "string" && refusal.test(message.trim());
}

function whyPartial(name: string, json: Json, steps: readonly Step[]): string | undefined {
  const { same } = recordIn(json, "changeSummary");
  const shown = steps.filter(({ op }) => op === "same").length;
  if (typeof same === "number" && same > shown) {
    return `${name} lacks what stays the same (${same - shown} of ${same} resources), so this report is partial; make the plan with \`--show-sames\`.`;
  }
  const diagnostics = Array.isArray(json["diagnostics"]) ? json["diagnostics"] : [];
  if (diagnostics.some((one) => isObject(one) && one["severity"] === "error" && !isRefusal(one))) {
    return `${name} is a preview that failed, so this report is partial; mend what it says and make it again.`;
  }
  return undefined;
}

function listIn(name: string, record: Json, key: string, where: string): readonly unknown[] {
  const list = record[key] ?? []; // a stack without resources, and a plan without steps, leave it out
  if (Array.isArray(list)) return list as readonly unknown[];
  throw new UsageError(`${name} has \`${where}\` as ${kindOf(list)}, not as a list; ${wanted}`);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
