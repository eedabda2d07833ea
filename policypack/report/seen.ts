/** What Systems Manager reports of the instances of a fleet. */
export interface Seen {
  /** How many instances the fleet has. */
  readonly instances: number;
  /** How many of them run; the others cannot answer. */
  readonly running: number;
  /** How many of those that run are connected to Systems Manager. */
  readonly online: number;
  /** When the last of those that are not connected was seen, as an ISO date with time. Absent if none was ever seen. */
  readonly lastSeen?: string;
  /** The last patch operation of the fleet. Absent if there was none. */
  readonly lastOperation?: { readonly operation: string; readonly at: string };
  /** Patches by their state, over all instances: as the last operations reported them. */
  readonly installed: number;
  readonly missing: number;
  readonly failed: number;
  /** How many instances are compliant, of those with patch compliance. */
  readonly compliant: number;
  readonly assessed: number;
}

/** What the model concludes and Systems Manager reports, where they cannot both be right. */
export interface Contradiction {
  /** URN of the fleet. */
  readonly urn: string;
  /** Logical name of the fleet. */
  readonly name: string;
  readonly kind: "compliant-without-repository" | "open-and-not-online" | "online-and-blocked";
  /** What is said and what is seen, as a clause. */
  readonly because: string;
  /** What to do, as a sentence. */
  readonly next: string;
}

/** What changed at a hop of a fleet since an earlier audit. */
export interface Change {
  readonly name: string;
  /** A hop, or `fleet` for one that appeared or disappeared. */
  readonly hop: string;
  readonly is: "broke" | "healed" | "changed" | "appeared" | "disappeared";
  /** From which verdict to which, and why, as a clause. */
  readonly because: string;
}

/** What `patchpath audit` adds to the report on the paths. */
export interface AccountReport {
  /** When the account was read, as an ISO date with time. */
  readonly at: string;
  readonly contradictions: readonly Contradiction[];
  /** Since the audit that `--since` names; absent without it. */
  readonly changes?: readonly Change[];
  /** Where the account differs from the states that were passed, as far as it matters to a hop. */
  readonly drift?: readonly Change[];
}
