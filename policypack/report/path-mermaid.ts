import { labelsOf } from "./path-breaks";
import type { FleetReport, PathReport } from "./path-report";

const classes = {
  open: "fill:#dff5e1,stroke:#2e7d32",
  blocked: "fill:#fde0dc,stroke:#c62828",
  unknown: "fill:#fff4d6,stroke:#b58900",
} as const;

/** Mermaid draws no more than 500 arrows, and a fleet has up to 10. */
const mostFleets = 40;

/**
 * The flow of each fleet as a Mermaid diagram: the hops in order, each in the colour of its verdict.
 *
 * @param most fleets that are drawn; how many more there are stands in a node of its own
 */
export function pathsAsMermaid({ fleets }: PathReport, most = mostFleets): string {
  const label = labelsOf(fleets);
  const rest = fleets.length - most;
  return [
    "flowchart LR",
    ...(fleets.length === 0 ? ['  none(["no fleet"])'] : []),
    ...fleets.slice(0, most).flatMap((fleet, i) => chainOf(fleet, label(fleet), `f${i}`)),
    ...(rest > 0 ? [`  more(["and ${rest} more"])`] : []),
    ...Object.entries(classes).map(([name, style]) => `  classDef ${name} ${style}`),
  ].join("\n");
}

/** Hops that are not needed are left out: a picture of what must hold. */
function chainOf({ operatingSystem, hops }: FleetReport, label: string, id: string): string[] {
  const shown = hops.filter(({ verdict }) => verdict !== "not-needed");
  const nodes = shown.map(({ hop, verdict }, i) => `  ${id}h${i}["${hop}"]:::${verdict}`);
  const chain = [id, ...shown.map((_, i) => `${id}h${i}`)].join(" --> ");
  return [`  ${id}(["${escaped(label)} (${escaped(operatingSystem)})"])`, ...nodes, `  ${chain}`];
}

/** Quotes, brackets and the like mean something to Mermaid. */
function escaped(text: string): string {
  const plain = text.replace(/[^\p{L}\p{N} _.:/()-]/gu, "_");
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
}
