import { systems } from "../facts/systems";
import { some } from "../iam/problems";
import { reasonOfDecision } from "../iam/words";
import { type FleetPath, hopsInOrder } from "../path/fleet-path";
import type { Hop, HopVerdict } from "../path/hop";
import { type RepositoryVerdict, allowingReads } from "../path/repository-reads";
import type { Patcher } from "../stack/patchers";

/** Findings of the rules in words: one sentence says what is wrong and where, the next what to do. */

/** A blocked hop. */
export function blockedHop({ fleet }: FleetPath, hop: Hop, { because, evidence, fix, note }: HopVerdict): string {
  const where = evidence && evidence.resource.urn !== fleet.resource.urn ? ` (${placeOf(evidence)})` : "";
  return `\`${fleet.name}\` cannot be patched, the hop \`${hop}\` is blocked: ${because}${where}${note === undefined ? "" : `; ${note}`}. ${fix ?? ""}`.trim();
}

function placeOf({ resource, property }: NonNullable<HopVerdict["evidence"]>): string {
  return property === undefined ? `\`${resource.name}\`` : `\`${property}\` of \`${resource.name}\``;
}

/** What patches cannot run. */
export function unrunnable({ resource, lacks }: Pick<Patcher, "resource" | "lacks">): string {
  return `\`${resource.name}\` cannot run: ${lacks?.document ?? ""} requires the parameter \`Operation\`, which is not set. Set \`Operation\` to \`Install\`, or to \`Scan\`.`;
}

/** That it is unknown whether anything patches a fleet; `undefined` when nothing in the stack may. */
export function undecidedPatching({ fleet, patchers }: FleetPath): string | undefined {
  const names = patchers.map(({ resource }) => `\`${resource.name}\``);
  return names.length === 0
    ? undefined
    : `Whether anything patches \`${fleet.name}\` is unknown: cannot determine whether ${some(names)} ${names.length === 1 ? "does" : "do"}.`;
}

/** What is unknown about a fleet, in one sentence; `undefined` when nothing is. */
export function undecidedPath(path: FleetPath): string | undefined {
  const undecided = hopsInOrder(path).filter(({ verdict }) => verdict.verdict === "unknown");
  if (undecided.length === 0) return undefined;
  const questions = new Map<string, Hop[]>();
  for (const { hop, verdict } of undecided)
    questions.set(verdict.because, [...(questions.get(verdict.because) ?? []), hop]);
  const words = [...questions].map(([because, hops]) => `${because} (${hops.join(", ")})`);
  return `Whether \`${path.fleet.name}\` can be patched is unknown: cannot determine ${words.join("; ")}.`;
}

/** What is unknown about the unsigned reads, in one sentence for all systems of which the same is. */
export function undecidedReads(verdicts: readonly RepositoryVerdict[]): string[] {
  const waiting = new Map<string, string[]>();
  for (const { system, decision } of verdicts) {
    if (decision.verdict !== "unknown") continue;
    const question = reasonOfDecision(decision);
    waiting.set(question, [...(waiting.get(question) ?? []), systems[system].name]);
  }
  return [...waiting].map(
    ([question, names]) =>
      `Whether the unsigned reads of ${names.join(" and ")} are allowed is unknown: cannot determine ${question}.`,
  );
}

/** Why the unsigned reads of a repository are denied, and the statement that allows them. */
export function deniedReads(
  { system, decision, refused }: RepositoryVerdict & { decision: { verdict: "deny" } },
  region: string,
  beforeRemedy = "",
): string {
  const name = `${systems[system].name}${refused ? ` (\`${refused.name}\`)` : ""}`;
  const consequence = refused ? `; ${refused.whenRefused}` : "";
  return `The unsigned reads of ${name} are denied: ${reasonOfDecision(decision)}${consequence}. ${beforeRemedy}${allowingReads(decision, region)}`;
}
