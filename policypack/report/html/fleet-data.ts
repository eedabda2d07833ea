import { gzipSync } from "node:zlib";
import { printable, withoutControls } from "../../iam/problems";
import { groupedBy } from "../../stack/grouped-by";
import { stackOfUrn } from "../../stack/resource";
import { gravity, marks, patchersInWords, placeOf, whyOf } from "../path-breaks";
import type { FleetReport, HopReport } from "../path-report";
import { notOpen } from "../picture/fleet-groups";
import { verdictsOf } from "../picture/nodes";
import { remedyIn } from "../remedy";
import { seenOf } from "../seen-words";
import { embedded } from "./markup";

/** The fleets as the script of the page reads them: what many have in common is there once, and has a number. */
export interface FleetData {
  readonly words: Readonly<Record<string, string>>;
  /** A mark for each verdict. */
  readonly marks: Readonly<Record<string, string>>;
  readonly hops: readonly string[];
  readonly texts: readonly string[];
  /** A sentence, and what to paste. */
  readonly fixes: readonly (readonly [sentence: string, policy: string])[];
  /** Hop, verdict, and the numbers of reason, place and fix; -1 for none. */
  readonly steps: readonly (readonly [hop: number, verdict: string, why: number, place: number, fix: number])[];
  /** The numbers of the steps, after the verdict, and the numbers of a summary and of what patches the fleet. */
  readonly paths: readonly (readonly [verdict: string, summary: number, patching: number, ...steps: number[]])[];
  /** Numbers of system, stack and path, and of what Systems Manager reports; -1 for nothing. */
  readonly fleets: readonly (readonly [name: string, system: number, stack: number, path: number, seen: number])[];
}

/** What the script says. `#` is a number. */
const words = {
  shown: "# of # fleets",
  more: "Show # more",
  none: "No fleet matches.",
  at: "at",
  fix: "Fix:",
  copy: "Copy",
  copied: "Copied",
  paste: "JSON to copy",
  patching: "Patching:",
  seen: "Systems Manager:",
} as const;

/** Numbers for values, in the order of their first use. */
class Numbers<T> {
  readonly all: T[] = [];
  readonly #numbers = new Map<string, number>();

  of(value: T): number {
    const key = typeof value === "string" ? value : JSON.stringify(value);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.all.length);
    return this.all.push(value) - 1;
  }
}

/** @returns the data, and the number of the path of each fleet */
export function fleetData(fleets: readonly FleetReport[]): {
  data: FleetData;
  paths: ReadonlyMap<FleetReport, number>;
} {
  const hops = fleets[0]?.hops.map(({ hop }) => hop) ?? [];
  const texts = new Numbers<string>();
  const fixes = new Numbers<readonly [string, string]>();
  const steps = new Numbers<FleetData["steps"][number]>();
  const paths = new Numbers<FleetData["paths"][number]>();
  const textOf = (text: string | undefined) => (text === undefined ? -1 : texts.of(withoutControls(text)));
  const fixOf = (fix: string | undefined) => {
    if (fix === undefined) return -1;
    const { sentence, policy } = remedyIn(fix);
    return fixes.of([withoutControls(sentence), policy.map(withoutControls).join("\n")]);
  };
  const stepOf = (hop: HopReport, i: number) =>
    steps.of([i, hop.verdict, textOf(whyOf(hop)), textOf(placeOf(hop)), fixOf(hop.fix)]);
  const numbers = new Map<FleetReport, number>();
  const shown = gravestFirst(fleets).map((fleet): FleetData["fleets"][number] => {
    const path = paths.of([
      fleet.verdict,
      textOf(summaryOf(fleet)),
      textOf(patchersInWords(fleet)),
      ...fleet.hops.map(stepOf),
    ]);
    numbers.set(fleet, path);
    return [
      printable(fleet.name),
      textOf(fleet.operatingSystem),
      textOf(stackOfUrn(fleet.urn)),
      path,
      textOf(seenOf(fleet)),
    ];
  });
  const parts = { texts: texts.all, fixes: fixes.all, steps: steps.all, paths: paths.all };
  return {
    data: { words, marks: { ...marks, patchable: marks.open }, hops, ...parts, fleets: shown },
    paths: numbers,
  };
}

/** The hops that break the path, or may. */
function summaryOf(fleet: FleetReport): string {
  return verdictsOf(notOpen(fleet), fleet.hops.length).join("; ");
}

/** Of each verdict first what breaks at the most hops. */
function gravestFirst(fleets: readonly FleetReport[]): FleetReport[] {
  const broken = ({ hops }: FleetReport) => hops.filter(({ verdict }) => verdict === "blocked").length;
  const byVerdict = groupedBy(fleets, ({ verdict }) => verdict);
  return gravity.flatMap((verdict) => [...(byVerdict.get(verdict) ?? [])].sort((a, b) => broken(b) - broken(a)));
}

/** From this size on, data is compressed: a page is to be attached to a message. */
const mostPlain = 1_000_000;

/** The data as a block that no browser runs. */
export function dataBlock(data: FleetData): string {
  const json = embedded(data);
  if (json.length <= mostPlain) return `<script type="application/json" id="data">${json}</script>`;
  return `<script type="application/gzip" id="data">${gzipSync(json).toString("base64")}</script>`;
}
