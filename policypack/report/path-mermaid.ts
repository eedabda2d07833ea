import type { FleetReport, PathReport } from "./path-report";

const classes = {
  open: "fill:#dff5e1,stroke:#2e7d32",
  blocked: "fill:#fde0dc,stroke:#c62828",
  unknown: "fill:#fff4d6,stroke:#b58900",
} as const;

/** The flow of each fleet as a Mermaid diagram: the hops in order, each in the colour of its verdict. */
export function pathsAsMermaid({ fleets }: PathReport): string {
  return [
    "flowchart LR",
    ...fleets.flatMap((fleet, i) => chainOf(fleet, `f${i}`)),
    ...Object.entries(classes).map(([name, style]) => `  classDef ${name} ${style}`),
  ].join("\n");
}

/** Hops that are not needed are left out: a picture of what must hold. */
function chainOf({ name, operatingSystem, hops }: FleetReport, id: string): string[] {
  const shown = hops.filter(({ verdict }) => verdict !== "not-needed");
  const nodes = shown.map(({ hop, verdict }, i) => `  ${id}h${i}["${hop}"]:::${verdict}`);
  const chain = [id, ...shown.map((_, i) => `${id}h${i}`)].join(" --> ");
  return [`  ${id}(["${escaped(name)} (${escaped(operatingSystem)})"])`, ...nodes, `  ${chain}`];
}

function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9 _.:/-]/g, "_");
}
