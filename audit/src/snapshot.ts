import { type ExplainOutput, type ReadPlace, type StackResource, unknownText } from "patchpath/account";

/**
 * What was read, in the form of a state that `pulumi stack export` prints, so that `patchpath explain --state` judges it again
 * without the account; beside it the report of that time, which a later audit is compared with.
 */
export function snapshotOf(places: readonly ReadPlace[], report: ExplainOutput, at: string): object {
  return {
    version: 3,
    patchpath: { version: 1, at, report },
    deployment: {
      manifest: { time: at, magic: "", version: "" },
      resources: places.flatMap((place) => [providerOf(place), ...place.resources.map((one) => stateOf(one, place))]),
    },
  };
}

/** The account and the region of the resources of a place stand in their provider. */
function providerOf({ place: { account, region } }: ReadPlace): object {
  const type = "pulumi:providers:aws";
  const urn = `urn:pulumi:${region}::${account}::${type}::${region}`;
  const inputs = { region, allowedAccountIds: [account] };
  return { urn, type, custom: true, id: account, inputs, outputs: inputs };
}

/** Reports name a resource of a state by the end of its URN, so that here it is the name for people. */
function stateOf({ urn, type, name, props }: StackResource, { place: { account, region } }: ReadPlace): object {
  const named = [...urn.split("::").slice(0, 3), name].join("::");
  const provider = `urn:pulumi:${region}::${account}::pulumi:providers:aws::${region}::${account}`;
  return { urn: named, type, custom: true, id: props["id"], inputs: {}, outputs: withoutTexts(props), provider };
}

/** Where secrets may stand: what instances run at launch, what documents contain, what commands are given. */
const texts = ["userData", "userDataBase64", "content"];
const parametersThatTell = ["Operation", "RebootOption"];

function withoutTexts(props: StackResource["props"]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(props).map(([key, value]) => {
      if (texts.includes(key)) return [key, unknownText];
      if (key === "parameters") return [key, keptParameters(value)];
      if (key === "taskInvocationParameters") return [key, keptOfTask(value)];
      return [key, value];
    }),
  );
}

function keptParameters(parameters: unknown): unknown {
  if (typeof parameters !== "object" || parameters === null) return parameters;
  return Object.fromEntries(
    Object.entries(parameters).map(([key, value]) => [key, parametersThatTell.includes(key) ? value : unknownText]),
  );
}

interface TaskParameters {
  readonly parameters?: readonly { readonly name: string; readonly values: unknown }[];
}

function keptOfTask(invocation: unknown): unknown {
  const kinds = Object.entries((invocation ?? {}) as Readonly<Record<string, TaskParameters>>);
  return Object.fromEntries(
    kinds.map(([kind, { parameters = [] }]) => [
      kind,
      { parameters: parameters.filter(({ name }) => parametersThatTell.includes(name)) },
    ]),
  );
}

/** The report in a snapshot; `undefined` for a file that is none. */
export function reportIn(snapshot: unknown): ExplainOutput | undefined {
  const { patchpath } = snapshot as {
    readonly patchpath?: { readonly version?: number; readonly report?: ExplainOutput };
  };
  return patchpath?.version === 1 ? patchpath.report : undefined;
}
