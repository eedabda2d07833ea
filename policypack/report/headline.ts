import { printable } from "../iam/problems";
import { stackOfUrn } from "../stack/resource";
import { countOf, noFleet } from "./path-breaks";
import { type FleetReport, type PathReport, exitCodeOfPaths } from "./path-report";

/** The verdict of a report, as a sentence without its end. */
export interface Headline {
  readonly verdict: "blocked" | "unknown" | "open";
  readonly words: string;
  /** What it counts. */
  readonly counts?: string;
}

/** The verdict on all fleets and endpoints, as the exit code has it. */
export function headlineOf(report: PathReport, isPartial: boolean): Headline {
  const { fleets } = report;
  const [first] = fleets;
  if (first === undefined) return { verdict: "unknown", words: noFleet(report).replace(/\.$/, "") };
  const count = (verdict: FleetReport["verdict"]) => fleets.filter((fleet) => fleet.verdict === verdict).length;
  const [blocked, unknown] = [count("blocked"), count("unknown")];
  const name = printable(first.name);
  const some = (number: number) => (fleets.length === 1 ? name : `${number} of ${fleets.length} fleets`);
  const counts = `${countOf(fleets)} in ${stacksOf(fleets)}`;
  if (blocked > 0) return { verdict: "blocked", words: `${some(blocked)} cannot be patched`, counts };
  const endpoint = exitCodeOfPaths(report) === 1 ? ", and an S3 endpoint denies a read of dnf or yum" : "";
  const verdict = endpoint !== "" ? "blocked" : unknown > 0 || isPartial ? "unknown" : "open";
  if (unknown > 0) return { verdict, words: `Whether ${some(unknown)} can be patched is unknown${endpoint}`, counts };
  const all = fleets.length === 1 ? name : `${isPartial ? "all" : "All"} ${fleets.length} fleets`;
  const caution = isPartial ? "As far as a partial report shows, " : "";
  return { verdict, words: `${caution}${all} can be patched${endpoint}`, counts };
}

function stacksOf(fleets: readonly FleetReport[]): string {
  const [stack = "", ...others] = new Set(fleets.map(({ urn }) => stackOfUrn(urn)));
  return others.length === 0 ? stack : `${others.length + 1} stacks`;
}
