import { some } from "../iam/problems";
import { fleetsOf } from "../stack/fleets";
import { groupedBy } from "../stack/grouped-by";
import { stackOfUrn } from "../stack/resource";
import type { Stack } from "../stack/stack";

/** The subnets of fleets that none of several stacks creates: a sentence for each stack that refers to some. */
export function missingSubnets(stacks: readonly Stack[], files: number): string[] {
  if (files < 2) return [];
  const missing = stacks.flatMap((stack) =>
    fleetsOf(stack).flatMap(({ name, subnets, resource }) =>
      subnets.flatMap((subnet) =>
        subnet.is === "outside" ? [{ name, id: subnet.id, stack: stackOfUrn(resource.urn) }] : [],
      ),
    ),
  );
  return [...groupedBy(missing, ({ stack }) => stack)].map(([stack, all]) => {
    const names = (values: readonly string[]) => some([...new Set(values)].map((value) => `\`${value}\``));
    return `No given stack creates the subnets ${names(all.map(({ id }) => id))} of ${names(all.map(({ name }) => name))} (${stack}); add the state of the stack that does.`;
  });
}
