import { printable } from "../iam/problems";
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
    { heading: "Contradictions", lines: contradictions.map(contradictionInWords) },
    { heading: "Since the earlier audit", lines: changes.map(changeInWords) },
    { heading: "Drift from the given states", lines: drift.map(changeInWords) },
  ].filter(({ lines }) => lines.length > 0);
}

function contradictionInWords({ name, because, next }: Contradiction): string {
  return `${printable(name)}: ${because}. ${next}`;
}

function changeInWords({ name, hop, is, because }: Change): string {
  const what = hop === "fleet" ? printable(name) : `\`${hop}\` of ${printable(name)}`;
  return `${words[is]}: ${what}: ${because}`;
}

/** What Systems Manager reports of each fleet: a sentence for each, with what is alike said once. */
export function seenInWords(fleets: readonly FleetReport[], label: (fleet: FleetReport) => string): string[] {
  return fleets.flatMap((fleet) => (fleet.seen ? [`Systems Manager on ${label(fleet)}: ${inWords(fleet.seen)}.`] : []));
}

function inWords(seen: Seen): string {
  const { instances, running, online, lastSeen, lastOperation, installed, missing, failed, compliant, assessed } = seen;
  if (instances === 0) return "no instance";
  const stopped = instances - running;
  const parts = [
    `${online} of ${running} running instances online`,
    ...(online < running ? [lastSeen === undefined ? "the others were never seen" : `last seen ${lastSeen}`] : []),
    ...(stopped > 0 ? [`${stopped} not running`] : []),
    lastOperation === undefined
      ? "no patch operation"
      : `last ${lastOperation.operation} ${lastOperation.at}: ${installed} installed, ${missing} missing, ${failed} failed`,
    ...(assessed > 0 ? [`${compliant} of ${assessed} compliant`] : []),
  ];
  return parts.join("; ");
}
