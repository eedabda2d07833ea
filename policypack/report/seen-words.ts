import { printable, some, withoutControls } from "../iam/problems";
import { groupedBy } from "../stack/grouped-by";
import type { FleetReport, PathReport } from "./path-report";
import type { Change, Contradiction, Seen } from "./seen";

/** A paragraph of a report with a heading: what only a live account shows. */
export interface AccountPart {
  readonly heading: string;
  readonly lines: readonly string[];
}

const words: Readonly<Record<Change["is"], string>> = {
  broke: "broke",
  healed: "healed",
  changed: "changed",
  appeared: "new",
  disappeared: "gone",
};

/** What contradicts, what changed and what drifted, in this order; parts with nothing to say are left out. */
export function accountInWords({ account }: PathReport): AccountPart[] {
  if (!account) return [];
  const { contradictions, changes = [], drift = [] } = account;
  return [
    { heading: "Contradictions", lines: contradictionsInWords(contradictions) },
    { heading: "Since the earlier audit", lines: changesInWords(changes) },
    { heading: "Drift from the given states", lines: changesInWords(drift) },
  ].filter(({ lines }) => lines.length > 0);
}

/** What holds of several fleets alike is said once. */
function contradictionsInWords(contradictions: readonly Contradiction[]): string[] {
  const alike = groupedBy(contradictions, ({ because, next }) => `${because}. ${next}`);
  return [...alike].map(([sentence, of]) => `${namesOf(of)}: ${withoutControls(sentence)}`);
}

function changesInWords(changes: readonly Change[]): string[] {
  const alike = groupedBy(changes, ({ hop, is, because }) => JSON.stringify([hop, is, because]));
  return [...alike.values()].map((group) => {
    const { hop, is, because } = group[0]!;
    return `${words[is]}: ${hop === "fleet" ? "" : `\`${hop}\` of `}${namesOf(group)}: ${withoutControls(because)}`;
  });
}

function namesOf(of: readonly { readonly name: string }[]): string {
  return some(of.map(({ name }) => printable(name)));
}

/** With more fleets than this a report shows what Systems Manager reports of all together. */
const mostSentences = 20;

/** What Systems Manager reports: a sentence for the fleets of which the same holds, or one for very many. */
export function seenInWords(fleets: readonly FleetReport[], label: (fleet: FleetReport) => string): string[] {
  const seen = fleets.flatMap((fleet) => (fleet.seen ? [{ fleet, said: inWords(fleet.seen) }] : []));
  const alike = [...groupedBy(seen, ({ said }) => said)];
  if (alike.length > mostSentences) return [`Systems Manager on all fleets: ${inWords(sumOf(fleets))}.`];
  return alike.map(([said, of]) => {
    const names = of.map(({ fleet }) => label(fleet));
    return `Systems Manager on ${some(names)}: ${said}.`;
  });
}

/** The same of one fleet, without its name. */
export function seenOf({ seen }: FleetReport): string | undefined {
  return seen && `${inWords(seen)}.`;
}

/** Without dates, which differ from fleet to fleet. */
function sumOf(fleets: readonly FleetReport[]): Omit<Seen, "lastSeen" | "lastOperation"> {
  const counts = ["instances", "running", "online", "installed", "missing", "failed", "compliant", "assessed"] as const;
  const total = (name: (typeof counts)[number]) => fleets.reduce((sum, { seen }) => sum + (seen?.[name] ?? 0), 0);
  return Object.fromEntries(counts.map((name) => [name, total(name)])) as Record<(typeof counts)[number], number>;
}

function inWords(seen: Seen): string {
  const { instances, running, online, lastSeen, lastOperation, installed, missing, failed, compliant, assessed } = seen;
  if (instances === 0) return "no instance";
  const stopped = instances - running;
  const states = `${installed} patches installed, ${missing} missing, ${failed} failed`;
  const parts = [
    `${online} of ${running} running instances online`,
    ...(lastSeen === undefined ? [] : [`the others last seen ${lastSeen}`]),
    ...(stopped > 0 ? [`${stopped} not running`] : []),
    lastOperation === undefined ? states : `last ${lastOperation.operation} ${lastOperation.at}, ${states}`,
    ...(assessed > 0 ? [`${compliant} of ${assessed} compliant`] : []),
  ];
  return parts.join("; ");
}
