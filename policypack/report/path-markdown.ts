import { some, withoutControls } from "../iam/problems";
import { costInWords } from "./cost-report";
import {
  type Break,
  type EndpointBreak,
  countOf,
  gravity,
  inOrderOfUrgency,
  labelsOf,
  marks,
  noFleet,
  patchingInWords,
  reasonOf,
  successorsInWords,
} from "./path-breaks";
import { pictureAsMermaid } from "./path-mermaid";
import type { FleetReport, PathReport } from "./path-report";
import { pictureOf } from "./picture/picture";
import { asCodeBlock, remedyIn } from "./remedy";
import { accountInWords, seenInWords } from "./seen-words";

/** What a comment shows of each kind: GitHub takes 65,536 characters, and readers far less. */
const most = { fleets: 20, breaks: 20, pictures: 5 } as const;

/**
 * For the comment of a pull request: the fleets by hops, what to do, what patches each fleet, and a diagram of what is not
 * open. Of many fleets the blocked ones come first, and the rest is counted.
 *
 * @param remarks sentences about the whole report
 */
export function pathsAsMarkdown(report: PathReport, remarks: readonly string[]): string {
  const fleets = [...report.fleets].sort((a, b) => gravity.indexOf(a.verdict) - gravity.indexOf(b.verdict));
  const label = labelsOf(fleets);
  const picture = fleets.length === 0 ? undefined : pictureOf({ ...report, fleets }, most.pictures);
  return [
    "### Patch path",
    ...remarks.map((remark) => `> ${inline(remark)}`),
    ...accountInWords(report).map(
      ({ heading, lines }) => `**${heading}**\n\n${lines.map((line) => `- ${inline(line)}`).join("\n")}`,
    ),
    ...(fleets.length === 0 ? [noFleet(report)] : [table(fleets, label)]),
    ...upTo(most.fleets, fleets, countOf),
    items(report, label),
    ...patchingInWords(fleets, (fleet) => code(label(fleet))).map(inline),
    ...seenInWords(fleets.slice(0, most.fleets), (fleet) => code(label(fleet))).map(inline),
    ...report.monthlyCosts.map((one) => inline(costInWords(one))),
    ...(picture === undefined || picture.isAllOpen ? [] : [`\`\`\`mermaid\n${pictureAsMermaid(picture)}\n\`\`\``]),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function table(fleets: readonly FleetReport[], label: (fleet: FleetReport) => string): string {
  const hops = fleets[0]!.hops.map(({ hop }) => hop);
  return [
    `| fleet | system | ${hops.join(" | ")} | verdict |`,
    `| --- | --- | ${hops.map(() => "---").join(" | ")} | --- |`,
    ...fleets
      .slice(0, most.fleets)
      .map(
        (fleet) =>
          `| ${code(label(fleet)).replaceAll("|", "\\|")} | ${fleet.operatingSystem} | ${fleet.hops.map(({ verdict }) => marks[verdict]).join(" | ")} | **${fleet.verdict}** |`,
      ),
  ].join("\n");
}

/** How many more there are than shown. */
function upTo<T>(shown: number, all: readonly T[], count: (rest: readonly T[]) => string): string[] {
  const rest = all.slice(shown);
  return rest.length === 0 ? [] : [`And ${rest.length} more: ${count(rest)}.`];
}

function items(report: PathReport, label: (fleet: FleetReport) => string): string {
  const breaks = inOrderOfUrgency(report, (one) => breakItem(one, label), endpointItem);
  const ofRoles = report.deprecatedPolicies.map(
    (one) =>
      `- ! **role** ${code(one.role)} has the deprecated ${code(one.policyArn)}; ${successorsInWords(one, code)}`,
  );
  const all = [...breaks, ...ofRoles];
  const more = upTo(most.breaks, all, () => "see the text format of `patchpath explain`");
  return [...all.slice(0, most.breaks), ...more.map((sentence) => `- ${sentence}`)].join("\n");
}

function breakItem(one: Break, label: (fleet: FleetReport) => string): string {
  const { hops, verdict, fleets, fix } = one;
  const names = some(fleets.map((fleet) => code(label(fleet))));
  return `- ${marks[verdict]} **${hops.join(", ")}** (${names}): ${inline(reasonOf(one))}${fixInItem(fix)}`;
}

function endpointItem({ endpoint, system, verdict, because, fix }: EndpointBreak): string {
  return `- ${marks[verdict]} **endpoint** ${code(endpoint)}, reads of ${system}: ${inline(because)}${fixInItem(fix)}`;
}

/** A policy to paste is a block of code. */
function fixInItem(fix: string | undefined): string {
  if (fix === undefined) return "";
  const { sentence, policy } = remedyIn(fix);
  return `. ${inline(sentence)}${asCodeBlock(policy)}`;
}

/** Names may hold anything: as code they are neither markup nor a mention, and a long one does not fill the comment. */
export function code(text: string): string {
  const short = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  return `\`${onOneLine(short.replaceAll("`", "'"))}\``;
}

/** Names come from states, and may hold anything: also what colors a terminal, or changes the direction of writing. */
function onOneLine(text: string): string {
  return withoutControls(text.replace(/\s+/g, " "));
}

/**
 * A sentence with values in backticks. These are code already, JSON becomes code, and nothing else is read as markup.
 * Several backticks in a row would open another kind of code, and one that is not closed opens none.
 */
export function inline(sentence: string): string {
  return onOneLine(sentence)
    .replace(/`{2,}/g, "`")
    .split("`")
    .map((part, i, parts) => (i % 2 === 1 && i < parts.length - 1 ? part : plain(part)))
    .join("`");
}

function plain(text: string): string {
  const [, before = "", json] = /^([^{]*)(\{.*\})$/.exec(text) ?? [];
  return json === undefined ? text.replace(/[\\<>[\]*_#]/g, "\\$&") : `${plain(before)}\`${json}\``;
}
