import { createColors } from "picocolors";
import { printable } from "../iam/problems";
import type { FleetReport, HopReport, PathReport } from "./path-report";

const marks = { open: "✔", blocked: "✘", unknown: "?", "not-needed": "–" } as const;
const words = { patched: "patched", blocked: "blocked", unknown: "unknown" } as const;

/**
 * For people at a terminal: fleets by hops, then each break with its place, reason and fix.
 *
 * @param width columns of the terminal
 */
export function pathsAsText(report: PathReport, width: number, colour: boolean): string {
  const colours = createColors(colour);
  const paint: Record<HopReport["verdict"] | FleetReport["verdict"], (text: string) => string> = {
    open: colours.green,
    patched: colours.green,
    blocked: colours.red,
    unknown: colours.yellow,
    "not-needed": colours.dim,
  };
  const breaks = report.fleets.flatMap((fleet) =>
    fleet.hops
      .filter(({ verdict, note }) => verdict === "blocked" || verdict === "unknown" || note !== undefined)
      .map((hop) => ({ fleet, hop })),
  );
  return [
    ...(report.fleets.length === 0 ? ["No fleet: no instance, Auto Scaling group or launch template."] : []),
    ...tables(report.fleets, width, paint),
    ...breaks.map(({ fleet, hop }) => breakAsText(fleet, hop, paint)),
    ...report.endpointPolicies.flatMap(({ name, region, repositories }) =>
      Object.entries(repositories)
        .filter(([, { verdict }]) => verdict !== "allow")
        .map(
          ([system, { verdict, because }]) =>
            `${verdict === "deny" ? "✘" : "?"} endpoint ${name} (${region}), ${system}: ${because}`,
        ),
    ),
    ...report.deprecatedPolicies.map(
      ({ role, policyArn, replacements }) =>
        `✘ role ${role} has the deprecated ${policyArn}; ${replacements.length > 0 ? `expected ${replacements.join(", ")}` : "AWS names no successor"}`,
    ),
  ].join("\n");
}

/** Hops are the rows; as many fleets side by side as the width holds. */
function tables(
  fleets: readonly FleetReport[],
  width: number,
  paint: Readonly<Record<string, (text: string) => string>>,
): string[] {
  const first = 17;
  const column =
    Math.min(
      30,
      Math.max(
        10,
        ...fleets.map(({ name }) => name.length),
        ...fleets.map(({ operatingSystem }) => operatingSystem.length),
      ),
    ) + 2;
  const perTable = Math.max(1, Math.floor((width - first) / column));
  const blocks: string[] = [];
  for (let at = 0; at < fleets.length; at += perTable) {
    const shown = fleets.slice(at, at + perTable);
    const cell = (text: string) =>
      printable(text)
        .slice(0, column - 2)
        .padEnd(column);
    const line = (head: string, cells: readonly string[]) => `${head.padEnd(first)}${cells.join("")}`.trimEnd();
    const rows = (shown[0]?.hops ?? []).map(({ hop }, i) =>
      line(
        hop,
        shown.map((fleet) =>
          paint[fleet.hops[i]!.verdict]!(cell(`${marks[fleet.hops[i]!.verdict]} ${fleet.hops[i]!.verdict}`)),
        ),
      ),
    );
    blocks.push(
      [
        line(
          "",
          shown.map(({ name }) => cell(name)),
        ),
        line(
          "",
          shown.map(({ operatingSystem }) => cell(operatingSystem)),
        ),
        ...rows,
        line(
          "",
          shown.map(({ verdict }) => paint[verdict]!(cell(words[verdict].toUpperCase()))),
        ),
      ].join("\n") + "\n",
    );
  }
  return blocks;
}

function breakAsText(
  fleet: FleetReport,
  { hop, verdict, because, note, resource, property, fix }: HopReport,
  paint: Readonly<Record<string, (text: string) => string>>,
): string {
  const place =
    resource === undefined
      ? ""
      : `\n    at ${property === undefined ? "" : `${property} of `}${resource.split("::").at(-1) ?? ""}`;
  const said =
    verdict === "unknown"
      ? `it would have to be known: ${because.replace(/^it would have to be known: /, "")}`
      : because;
  return [
    `${paint[verdict]!(`${marks[verdict]} ${fleet.name}: ${hop}`)} ${note ?? said}${place}`,
    ...(fix !== undefined ? [`    fix: ${fix}`] : []),
  ].join("\n");
}
