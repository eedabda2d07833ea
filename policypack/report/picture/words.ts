import { some } from "../../iam/problems";
import type { Picture } from "./parts";

/** A picture in sentences, for those who do not see it. */
export function pictureInWords({ vpcs, outside, arrows, rest }: Picture): string[] {
  const names = new Map<string, string>(outside.map(({ id, lines }) => [id, lines.join(", ")]));
  const fleets: string[] = [];
  for (const vpc of vpcs) {
    for (const { id, lines } of vpc.nodes) names.set(id, lines.join(", "));
    for (const { title, nodes } of [...vpc.tiers, { title: undefined, nodes: vpc.nodes }]) {
      for (const { id, is, lines } of nodes) {
        if (is !== "fleets") continue;
        names.set(id, lines[0]!);
        fleets.push(`${lines.join(", ")} (${[title, vpc.title].filter((part) => part !== undefined).join(" of ")})`);
      }
    }
  }
  return [
    ...fleets,
    ...arrows.map(({ from, to, label }) => {
      const hops = label.length === 0 ? "" : `: ${some(label)}`;
      return `${names.get(from) ?? from} → ${names.get(to) ?? to}${hops}`;
    }),
    ...(rest === undefined ? [] : [rest]),
  ];
}
