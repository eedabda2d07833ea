import { createColors } from "picocolors";
import { printable, some, withoutControls } from "../iam/problems";
import { stackOfUrn } from "../stack/resource";
import { groupedBy } from "../stack/grouped-by";
import {
  type Break,
  type EndpointBreak,
  gravity,
  inOrderOfUrgency,
  labelsOf,
  marks,
  patchingInWords,
  placeOf,
  reasonOf,
  successorsInWords,
} from "./path-breaks";
import { costInWords } from "./cost-report";
import { headlineOf } from "./headline";
import type { FleetReport, PathReport } from "./path-report";
import type { Page } from "./printing";
import { remedyIn } from "./remedy";
import { accountInWords, seenInWords } from "./seen-words";
import { narrowestTerminal, shortened } from "./wrapped";

type Paint = Readonly<Record<Break["verdict"] | FleetReport["verdict"], (text: string) => string>>;

/** Columns of the names of hops, and of the narrowest and widest column of a fleet. */
const [headWidth, narrowest, widest] = [17, "– not-needed".length, 30];

/**
 * For people at a terminal: the verdict, each break with its reason, place and fix, fleets by hops, and what patches each fleet.
 * Tables keep to the columns of the terminal. A long report that is not whole shows what breaks, most fleets first.
 */
export function pathsAsText(
  report: PathReport,
  { remarks, width, colour, isWhole = true, isPartial = false, isQuiet = false }: Omit<Page, "version">,
): string {
  const colours = createColors(colour);
  const paint: Paint = {
    open: colours.green,
    patchable: colours.green,
    blocked: colours.red,
    unknown: colours.yellow,
    "not-needed": colours.dim,
  };
  const headline = headlineOf(report, isPartial);
  const verdict = paint[headline.verdict](`${marks[headline.verdict]} ${headline.words}.`);
  if (isQuiet) return verdict;
  const label = labelsOf(report.fleets);
  const { columns, rest } = shownOf(columnsOf(report.fleets), isWhole);
  const limited = (lines: string[], what: string) =>
    isWhole || lines.length <= mostShown
      ? lines
      : [...lines.slice(0, mostShown), `… and ${lines.length - mostShown} more ${what}; --all shows them.`];
  return [
    ...remarks.map((remark) => `${paint.unknown(remark)}\n`),
    ...accountInWords(report).map(
      ({ heading, lines }) => `${paint.unknown(`${heading}:`)}\n${lines.map((line) => `  ${line}`).join("\n")}\n`,
    ),
    `${verdict}\n`,
    ...asParagraph(
      limited(
        inOrderOfUrgency(
          report,
          (one) => breakAsText(one, some(one.fleets.map(label)), paint),
          (one) => endpointAsText(one, paint),
        ),
        "findings",
      ),
    ),
    ...(report.fleets.length === 0 ? [] : tables(columns, report.fleets, Math.max(width, narrowestTerminal), paint)),
    ...(rest === undefined ? [] : [`${rest}\n`]),
    ...limited(
      patchingInWords(report.fleets, (fleet) => printable(label(fleet))),
      "sentences on what patches fleets",
    ),
    ...seenInWords(report.fleets, (fleet) => printable(label(fleet))),
    ...report.deprecatedPolicies.map(
      (one) =>
        `${paint.unknown(`! role ${printable(one.role)}:`)} has the deprecated ${one.policyArn}; ${successorsInWords(one)}`,
    ),
    ...report.monthlyCosts.map(costInWords),
  ]
    .join("\n")
    .trimEnd();
}

/** With an empty line after it, where there is something. */
function asParagraph(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [...lines, ""];
}

/** A column of the table: the fleets of one stack and system with the same verdicts. */
interface Column {
  readonly first: FleetReport;
  readonly others: number;
}

function columnsOf(fleets: readonly FleetReport[]): Column[] {
  const answerOf = ({ urn, operatingSystem, hops }: FleetReport) =>
    [stackOfUrn(urn), operatingSystem, ...hops.map(({ verdict }) => verdict)].join(" ");
  return [...groupedBy(fleets, answerOf).values()].map((alike) => ({ first: alike[0]!, others: alike.length - 1 }));
}

/** How many columns, and findings, a report shows that is not whole. */
const mostShown = 24;

/** The columns to show: of a long report those that break, the most fleets first, and the others as a sentence. */
function shownOf(columns: readonly Column[], isWhole: boolean): { columns: readonly Column[]; rest?: string } {
  if (isWhole || columns.length <= mostShown) return { columns };
  const sizeOf = ({ others }: Column) => others + 1;
  const sorted = [...columns].sort(
    (a, b) => gravity.indexOf(a.first.verdict) - gravity.indexOf(b.first.verdict) || sizeOf(b) - sizeOf(a),
  );
  const shown = sorted.filter(({ first }) => first.verdict !== "patchable").slice(0, mostShown);
  const left = sorted.filter((column) => !shown.includes(column));
  const counts = gravity.flatMap((verdict) => {
    const count = left.filter(({ first }) => first.verdict === verdict).reduce((sum, one) => sum + sizeOf(one), 0);
    return count === 0 ? [] : [`${count} ${verdict}`];
  });
  return { columns: shown, rest: `Fleets that are not shown: ${counts.join(", ")}; --all shows them.` };
}

/** Hops are the rows; as many columns side by side as the width holds. */
function tables(columns: readonly Column[], fleets: readonly FleetReport[], width: number, paint: Paint): string[] {
  const isOfMany = new Set(fleets.map(({ urn }) => stackOfUrn(urn))).size > 1;
  const headsOf = ({ first: { name, urn, operatingSystem }, others }: Column, length = Infinity) => {
    const more = others === 0 ? "" : ` and ${others} more`;
    return [
      `${shortened(printable(name), Math.max(1, length - more.length))}${more}`,
      ...(isOfMany ? [stackOfUrn(urn)] : []),
      operatingSystem,
    ];
  };
  const longest = columns
    .flatMap((column) => headsOf(column))
    .reduce((most, { length }) => Math.max(most, length), narrowest);
  const room = Math.floor((width - headWidth + 2) / columns.length) - 2; // for each, if all stand side by side
  const content = Math.min(longest, Math.max(widest, room), width - headWidth);
  const perTable = Math.max(1, Math.floor((width - headWidth + 2) / (content + 2)));
  const line = (head: string, cells: readonly string[], painted: readonly ((text: string) => string)[] = []) => {
    const shown = cells.map((cell, i) => {
      const text = shortened(printable(cell), content);
      const padding = i === cells.length - 1 ? "" : " ".repeat(content + 2 - text.length);
      return `${(painted[i] ?? String)(text)}${padding}`;
    });
    return `${head.padEnd(headWidth)}${shown.join("")}`;
  };
  const blocks: string[] = [];
  for (let at = 0; at < columns.length; at += perTable) {
    const heads = columns.slice(at, at + perTable).map((column) => headsOf(column, content));
    const shown = columns.slice(at, at + perTable).map(({ first }) => first);
    const rows = shown[0]!.hops.map(({ hop }, i) => {
      const verdicts = shown.map(({ hops }) => hops[i]!.verdict);
      const cells = verdicts.map((verdict) => `${marks[verdict]} ${verdict}`);
      return line(
        hop,
        cells,
        verdicts.map((verdict) => paint[verdict]),
      );
    });
    const conclusions = shown.map(({ verdict }) => verdict.toUpperCase());
    blocks.push(
      [
        ...heads[0]!.map((_, i) =>
          line(
            "",
            heads.map((head) => head[i]!),
          ),
        ),
        ...rows,
        line(
          "",
          conclusions,
          shown.map(({ verdict }) => paint[verdict]),
        ),
        "",
      ].join("\n"),
    );
  }
  return blocks;
}

function breakAsText(one: Break, fleets: string, paint: Paint): string {
  const { hops, verdict, fix } = one;
  const place = placeOf(one);
  return [
    `${paint[verdict](`${marks[verdict]} ${hops.join(", ")} (${printable(fleets)}):`)} ${withoutControls(reasonOf(one))}`,
    ...(place === undefined ? [] : [`    at ${place}`]),
    ...fixAsText(fix),
  ].join("\n");
}

function endpointAsText({ endpoint, region, system, verdict, because, fix }: EndpointBreak, paint: Paint): string {
  const head = `${marks[verdict]} endpoint ${printable(endpoint)} (${printable(region)}), reads of ${system}:`;
  return [`${paint[verdict](head)} ${withoutControls(because)}`, ...fixAsText(fix)].join("\n");
}

/** A policy to paste has lines of its own. */
function fixAsText(fix: string | undefined): string[] {
  if (fix === undefined) return [];
  const { sentence, policy } = remedyIn(fix);
  return [`    fix: ${withoutControls(sentence)}`, ...policy.map((line) => `    ${line}`)];
}
