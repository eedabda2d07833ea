import type { PathReport } from "./path-report";
import type { Arrow, NodePicture, Picture, Tone } from "./picture/parts";
import { pictureOf } from "./picture/picture";

const colours = {
  open: { fill: "#dff5e1", stroke: "#2e7d32" },
  blocked: { fill: "#fde0dc", stroke: "#c62828" },
  unknown: { fill: "#fff4d6", stroke: "#b58900" },
} as const;

/** Mermaid draws no more than 500 arrows and 50,000 characters, and people read far less. */
const mostGroups = 40;

/**
 * The networks that fleets are in, as a Mermaid diagram: VPCs, tiers of subnets with their fleets, and what these reach, with
 * the verdicts of the hops on that way.
 *
 * @param shown number of groups of fleets that are drawn; how many more fleets there are is in a node of its own
 */
export function pathsAsMermaid(report: PathReport, shown: number = mostGroups): string {
  if (report.fleets.length === 0) return ["flowchart LR", '  none(["no fleet"])'].join("\n");
  return pictureAsMermaid(pictureOf(report, shown));
}

export function pictureAsMermaid({ vpcs, outside, arrows, rest }: Picture): string {
  return [
    "flowchart LR",
    ...vpcs.flatMap(({ id, title, tiers, nodes }) => [
      `  subgraph ${id}["${escaped(title)}"]`,
      ...tiers.flatMap((tier) => [
        `    subgraph ${tier.id}["${[tier.title, ...(tier.subtitle === undefined ? [] : [tier.subtitle])].map(escaped).join("<br>")}"]`,
        ...tier.nodes.map((node) => `      ${nodeAsMermaid(node)}`),
        "    end",
      ]),
      ...nodes.map((node) => `    ${nodeAsMermaid(node)}`),
      "  end",
    ]),
    ...outside.map((node) => `  ${nodeAsMermaid(node)}`),
    ...(rest === undefined ? [] : [`  more(["${escaped(rest)}"])`]),
    ...arrows.map(arrowAsMermaid),
    ...Object.keys(colours).flatMap((tone) => lineStyle(tone as keyof typeof colours, arrows)),
    ...Object.entries(colours).map(([name, { fill, stroke }]) => `  classDef ${name} fill:${fill},stroke:${stroke}`),
  ].join("\n");
}

const shapes = { fleets: ["([", "])"], place: ["([", "])"], endpoint: ["[[", "]]"], gateway: ["{{", "}}"] } as const;

function nodeAsMermaid({ id, is, lines, tone }: NodePicture): string {
  const [start, end] = shapes[is];
  return `${id}${start}"${lines.map(escaped).join("<br>")}"${end}${tone === "none" ? "" : `:::${tone}`}`;
}

function arrowAsMermaid({ from, to, label }: Arrow): string {
  return label.length === 0 ? `  ${from} --> ${to}` : `  ${from} -- "${label.map(escaped).join("<br>")}" --> ${to}`;
}

function lineStyle(tone: Exclude<Tone, "none">, arrows: readonly Arrow[]): string[] {
  const of = arrows.flatMap((arrow, i) => (arrow.tone === tone ? [i] : []));
  return of.length === 0 ? [] : [`  linkStyle ${of.join(",")} stroke:${colours[tone].stroke}`];
}

/** Quotes, brackets and the like mean something to Mermaid. */
function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N} _.,:/()✔✘?…-]/gu, "_");
}
