import type { StackResource } from "../stack/resource";
import { nameOfFile, readText } from "./input-file";
import { UsageError } from "./usage-error";

/** The resources of a stack, read from a file. */
export interface StackFile {
  readonly file: string;
  readonly resources: readonly StackResource[];
  /** Whether resources are missing, as in a plan without those that stay the same. */
  readonly isPartial: boolean;
}

/** A resource as states and plans have it, as far as it is read here. */
interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly delete?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly provider?: string;
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
}

interface PlanStep {
  readonly op: string;
  readonly oldState?: ResourceState;
  readonly newState?: ResourceState;
}

type Json = Readonly<Record<string, unknown>>;

/** What the file is in place of what is wanted, and what to do. */
const others: readonly { readonly is: (json: Json) => boolean; readonly hint: string }[] = [
  { is: (json) => "terraform_version" in json, hint: "is a Terraform state or plan; give `pulumi stack export`" },
  {
    is: (json) => "AWSTemplateFormatVersion" in json || "Resources" in json,
    hint: "is a CloudFormation template; give `pulumi stack export`",
  },
  { is: (json) => "Statement" in json, hint: "is a policy document; give it to `patchpath policy`" },
  {
    is: (json) => "deployment" in json && json["version"] !== 3,
    hint: "is a state of another version; export it again with a current Pulumi CLI: `pulumi stack export`",
  },
];

/**
 * Reads a state (`pulumi stack export`) or a plan (`pulumi preview --json --show-sames`); `-` is standard input.
 *
 * @throws UsageError for anything else
 */
export function readStackFile(file: string, region: string | undefined): StackFile {
  const name = nameOfFile(file);
  let json: unknown;
  try {
    json = JSON.parse(readText(file)) as unknown;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${name} is not JSON, or is cut off: ${(error as Error).message.split("\n")[0] ?? ""}`);
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new UsageError(
      `${name} is no state or plan; give \`pulumi stack export\` or \`pulumi preview --json --show-sames\``,
    );
  }
  const record = json as Json;
  const other = others.find(({ is }) => is(record));
  if (other) throw new UsageError(`${name} ${other.hint}`);
  if (Array.isArray(record["steps"])) return readPlan(file, record, region);
  const { deployment } = record;
  if (typeof deployment === "object" && deployment !== null) {
    const states = (deployment as Json)["resources"] ?? [];
    if (!Array.isArray(states)) throw new UsageError(`${name} has no list \`deployment.resources\`; export it again`);
    const resources = (states as ResourceState[]).filter((state) => !state.delete);
    return {
      file,
      resources: related(
        resources.map((state) => [state, propsOf(state)]),
        region,
      ),
      isPartial: false,
    };
  }
  throw new UsageError(
    `${name} is no state or plan; give \`pulumi stack export\` or \`pulumi preview --json --show-sames\``,
  );
}

function readPlan(file: string, json: Json, region: string | undefined): StackFile {
  const steps = (json["steps"] as PlanStep[]).filter(({ op, newState }) => newState && !op.startsWith("delete"));
  const config = (json["config"] ?? {}) as Json;
  const regionOfStack = region ?? (typeof config["aws:region"] === "string" ? config["aws:region"] : undefined);
  const pairs = steps.map(({ oldState, newState, op }): [ResourceState, Json] => {
    const isReplaced = op.includes("replace");
    const old = oldState && !isReplaced ? propsOf(oldState) : {};
    return [newState!, { ...old, ...propsOf(newState!) }];
  });
  const summary = (json["changeSummary"] ?? {}) as Json;
  const unchanged = typeof summary["same"] === "number" ? summary["same"] : 0;
  return {
    file,
    resources: related(pairs, regionOfStack),
    isPartial: unchanged > 0 && !steps.some(({ op }) => op === "same"),
  };
}

function propsOf({ inputs, outputs, id }: ResourceState): Json {
  const props = { ...withoutSecrets(inputs), ...withoutSecrets(outputs) };
  return id === undefined || id === "" ? props : { ...props, id };
}

const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Secrets are read as unknown, in plain text too: so none of them can get into a report. */
function withoutSecrets(value: Json | undefined): Json {
  return (value === undefined ? {} : hidden(value)) as Json;
}

/** The key by which Pulumi marks special values, and what it marks secrets with. Source: pulumi/sdk/nodejs/runtime/rpc.ts. */
const [signature, secret] = ["4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"];

function hidden(value: unknown): unknown {
  if (value === "[secret]") return unknownValue;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(hidden);
  if ((value as Json)[signature] === secret) return unknownValue;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hidden(inner)]));
}

/** Resources with their providers, and with each other where values come from. */
function related(pairs: readonly (readonly [ResourceState, Json])[], region: string | undefined): StackResource[] {
  const providers = new Map(pairs.map(([state, props]) => [state.urn, props]));
  const byUrn = new Map<string, StackResource>();
  const resources = pairs.map(([state, props]) => {
    const provider = providers.get((state.provider ?? "").split("::").slice(0, 4).join("::"));
    const resource: StackResource = {
      type: state.type,
      urn: state.urn,
      name: state.urn.split("::").at(-1) ?? state.urn,
      props,
      provider: { props: { ...(region !== undefined && { region }), ...provider } },
      propertyDependencies: {},
    };
    byUrn.set(state.urn, resource);
    return resource;
  });
  for (const [i, [state]] of pairs.entries()) {
    const dependencies = resources[i]!.propertyDependencies as Record<string, StackResource[]>;
    for (const [property, urns] of Object.entries(state.propertyDependencies ?? {})) {
      dependencies[property] = (urns ?? []).flatMap((urn) => byUrn.get(urn) ?? []);
    }
  }
  return resources;
}
