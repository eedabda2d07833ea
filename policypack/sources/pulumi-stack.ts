import { stackOfUrn } from "../stack/resource";
import { type Json, recordIn } from "./json-parts";
import type { ResourceState } from "./pulumi-resource";
import type { StackFacts } from "./source";

/**
 * What the resources of a stack say of it.
 *
 * @param updated when it was last updated
 */
export function factsOf(states: readonly ResourceState[], updated?: unknown): StackFacts[] {
  const [first] = states;
  if (!first) return [];
  const root = states.find(({ type }) => type === "pulumi:pulumi:Stack");
  const references = states.filter(({ type }) => type === "pulumi:pulumi:StackReference");
  return [
    {
      name: stackOfUrn(first.urn),
      updated: typeof updated === "string" ? updated : undefined,
      outputs: root?.outputs ?? {},
      reads: references.map(({ inputs, outputs }) => ({
        name: nameIn(inputs) ?? nameIn(outputs) ?? "",
        outputs: recordIn(outputs, "outputs"),
      })),
    },
  ];
}

function nameIn({ name }: Json): string | undefined {
  return typeof name === "string" ? name : undefined;
}
