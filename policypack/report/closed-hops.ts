import { some } from "../iam/problems";
import type { ClosedHop } from "../path/blast-radius";
import { groupedBy } from "../stack/grouped-by";
import { type StackResource, stackOfUrn } from "../stack/resource";

/** What this stack closes of others: a sentence for all fleets that one resource closes one hop of for one reason. */
export function closedInWords(closed: readonly ClosedHop[]): { resource: StackResource; message: string }[] {
  const alike = groupedBy(closed, ({ at, hop, verdict, before }) =>
    JSON.stringify([at.urn, hop, verdict.because, before === undefined, before === "blocked"]),
  );
  return [...alike.values()].map((group) => {
    const { at, hop, verdict, before } = group[0]!;
    const doubt =
      before === undefined
        ? " Cannot determine whether it was open before: add the exported state of this stack to the context."
        : before === "blocked"
          ? " It was blocked before."
          : "";
    const message = `\`${at.name}\` closes \`${hop}\` for ${fleetsInWords(group)}: ${verdict.because}.${doubt} ${verdict.fix ?? ""}`;
    return { resource: at, message: message.trim() };
  });
}

/** `14 fleets of payments/prod (web, api and 12 more), 2 fleets of shop/prod (a and b)`. */
function fleetsInWords(closed: readonly ClosedHop[]): string {
  const byStack = groupedBy(closed, ({ path }) => stackOfUrn(path.fleet.resource.urn));
  const stacks = [...byStack].map(([stack, ofStack]) => {
    const names = some(ofStack.map(({ path }) => `\`${path.fleet.name}\``));
    return `${ofStack.length} ${ofStack.length === 1 ? "fleet" : "fleets"} of ${stack} (${names})`;
  });
  return some(stacks);
}
