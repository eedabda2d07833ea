import { notOwned } from "../stack/ownership";
import type { StackResource } from "../stack/resource";
import type { Target } from "../stack/stack";

/** What must be open for a fleet to be patched, in the order of the flow: see docs/path.md. */
export const hops = [
  "agent",
  "identity",
  "dns",
  "control-plane",
  "security-groups",
  "network-acls",
  "s3-route",
  "payload",
  "snapshot",
  "repository",
] as const;
export type Hop = (typeof hops)[number];

/** The hops that depend on the network: on the subnets of a fleet, and on how traffic leaves them. All from there on. */
export const hopsOfNetwork: readonly Hop[] = hops.slice(hops.indexOf("control-plane"));

/** Where something was found. */
export interface Evidence {
  readonly resource: StackResource;
  readonly property?: string;
}

/** The verdict on one hop of a fleet. */
export interface HopVerdict {
  readonly verdict: "open" | "blocked" | "unknown" | "not-needed";
  /** Why, as a clause. */
  readonly because: string;
  readonly evidence?: Evidence | undefined;
  /** One remedy, as an imperative sentence. A blocked hop always has one. */
  readonly fix?: string | undefined;
  /** What an operator should also know: about an open hop, or how a blocked one shows. */
  readonly note?: string | undefined;
}

export function open(because: string, others: Pick<HopVerdict, "evidence" | "note"> = {}): HopVerdict {
  return { verdict: "open", because, ...others };
}

/**
 * Blocked where this stack creates everything that the reason is about; else unknown, since what is missing here may be
 * elsewhere.
 *
 * @param grounds the parts of the path in which something is missing or denied; by default where it was found
 */
export function blocked(
  because: string,
  evidence: Evidence | undefined,
  fix: string,
  grounds: readonly (Target | undefined)[] = evidence ? [{ is: "resource", resource: evidence.resource }] : [],
): HopVerdict {
  const foreign = notOwned(grounds);
  if (foreign === undefined) return { verdict: "blocked", because, evidence, fix };
  return unknown(
    `the configuration of ${foreign}; by what this stack shows, ${because}`,
    evidence,
    `If that holds for the configuration outside this stack too: ${fix}`,
  );
}

/**
 * @param because what could not be determined, as a clause that follows "cannot determine"
 * @param fix by default the check of the hop: see remedies.ts
 */
export function unknown(because: string, evidence?: Evidence, fix?: string): HopVerdict {
  return { verdict: "unknown", because, evidence, ...(fix !== undefined && { fix }) };
}

export function notNeeded(because: string): HopVerdict {
  return { verdict: "not-needed", because };
}

const gravity = { blocked: 3, unknown: 2, open: 1, "not-needed": 0 } as const;

/**
 * The verdict over all subnets or paths: the gravest one, the first of its kind, with the notes of all of that kind.
 */
export function gravest(verdicts: readonly HopVerdict[]): HopVerdict | undefined {
  if (verdicts.length <= 1) return verdicts[0];
  const worst = Math.max(...verdicts.map(({ verdict }) => gravity[verdict]));
  const alike = verdicts.filter(({ verdict }) => gravity[verdict] === worst);
  const notes = [...new Set(alike.flatMap(({ note }) => note ?? []))];
  const telling = alike.find(({ note }) => note !== undefined) ?? alike[0];
  return telling && notes.length > 1 ? { ...telling, note: notes.join("; ") } : telling;
}
