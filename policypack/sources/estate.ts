import { some } from "../iam/problems";
import type { StackResource } from "../stack/resource";
import { type Conflict, type Joined, joinedPlaces } from "./joined-places";
import { unitsOf } from "./places";
import { withoutReadTwins } from "./read-twins";
import { withoutRepeated } from "./repeated-stacks";
import type { StackFile } from "./source";
import { cyclesAmong, staleReads } from "./stack-reads";

/** Several stacks, joined as far as they are in one account and region. */
export interface Estate {
  /** The resources of each account and region; what is reported in another one, and only judged with, is marked as context. */
  readonly places: readonly (readonly StackResource[])[];
  /** Sentences on how the stacks fit together. */
  readonly remarks: readonly string[];
}

/**
 * Joins stacks: ids, ARNs and names are followed across them, within one account and region each. Ids are also followed
 * into the networks of other accounts, such as that of a transit gateway.
 */
export function estateOf(files: readonly StackFile[]): Estate {
  const { kept, remarks } = withoutRepeated(files);
  const joined = joinedPlaces(unitsOf(withoutReadTwins(kept.flatMap(({ resources }) => resources))));
  return {
    places: joined.places,
    remarks: [
      ...remarks,
      ...remarksOn(joined),
      ...staleReads(kept),
      ...cyclesAmong(kept.flatMap(({ stacks }) => stacks)),
    ],
  };
}

function remarksOn({ conflicts, unplaced }: Joined): string[] {
  const names = unplaced.map((name) => `\`${name}\``);
  return [
    ...conflicts.map(conflictInWords),
    ...(names.length === 0
      ? []
      : [
          `Cannot determine the account or region of ${some(names)}: ${names.length === 1 ? "it is" : "each is"} judged without the other stacks.`,
        ]),
  ];
}

function conflictInWords({ units: [a, b], id, isUncertain }: Conflict): string {
  const both = `\`${a.stack}\` and \`${b.stack}\` create the same ids, such as \`${id}\``;
  return isUncertain
    ? `${both}, and do not say that they are in different accounts or regions: each is judged without the other stacks.`
    : `${both}, in different accounts or regions: each is judged in its own.`;
}
