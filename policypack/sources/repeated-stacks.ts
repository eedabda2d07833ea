import { groupedBy } from "../stack/grouped-by";
import { known, readText } from "../stack/reading";
import type { StackFacts, StackFile } from "./source";

/**
 * Without the files of stacks that are given twice: a plan counts before a state, and the later state before the other.
 *
 * @returns the files that are left, and a sentence for each that is not
 */
export function withoutRepeated(files: readonly StackFile[]): { kept: StackFile[]; remarks: string[] } {
  const remarks: string[] = [];
  const kept = [...groupedBy(files, stackIn).values()].flatMap((alike) => {
    const [best, ...others] = [...alike].sort(byValue);
    for (const other of others) remarks.push(whyLeftOut(other, best!));
    return best!;
  });
  const plans = kept.filter(({ isPlan }) => isPlan);
  const known = kept.filter((file) => {
    const plan = file.isPlan ? undefined : plans.find((one) => isOfOneTerraform(one, file));
    if (plan) remarks.push(whyLeftOut(file, plan));
    return !plan;
  });
  return { kept: known, remarks };
}

/** By Terraform's lineage, or else by name. */
function stackIn({ file, stacks, isPlan }: StackFile): string {
  const [first, ...others] = stacks;
  if (!first || others.length > 0) return file;
  return first.lineage !== undefined && !isPlan ? `lineage ${first.lineage}` : first.name;
}

function byValue(a: StackFile, b: StackFile): number {
  if (a.isPlan !== b.isPlan) return a.isPlan ? -1 : 1;
  const [one, other] = [a.stacks[0], b.stacks[0]];
  return (other?.serial ?? 0) - (one?.serial ?? 0) || timeOf(other) - timeOf(one);
}

function timeOf(facts: StackFacts | undefined): number {
  return Date.parse(facts?.updated ?? "") || 0;
}

/** A plan of Terraform has no lineage: it is of the state whose resources have its addresses and ids. */
function isOfOneTerraform(plan: StackFile, state: StackFile): boolean {
  if (![plan, state].every(({ stacks }) => stacks[0]?.name.startsWith("terraform/"))) return false;
  const idsOf = ({ resources }: StackFile) =>
    resources.flatMap(({ name, props, isRead }) => {
      const id = isRead ? undefined : known(readText(props, "id"));
      return id === undefined ? [] : [`${name} ${id}`];
    });
  const ofState = new Set(idsOf(state));
  return idsOf(plan).some((one) => ofState.has(one));
}

function whyLeftOut(left: StackFile, used: StackFile): string {
  const name = used.stacks[0]?.name ?? "a stack";
  if (used.isPlan && !left.isPlan) {
    return `${left.file} is the state of \`${name}\`, of which ${used.file} is the plan: the plan is used.`;
  }
  const [a, b] = [left.stacks[0], used.stacks[0]];
  const isLater = (b?.serial ?? 0) > (a?.serial ?? 0) || timeOf(b) > timeOf(a);
  return `${left.file} and ${used.file} contain the same stack \`${name}\`: ${used.file} is used${isLater ? ", which is the later one" : ""}.`;
}
