import { groupedBy } from "../stack/grouped-by";
import { printable, some } from "../iam/problems";
import { stackOfUrn } from "../stack/resource";
import type { FleetReport, HopReport, PathReport } from "./path-report";

/** How many names a sentence has at most. */
export const mostNames = 5;

/** One mark for each verdict, in every format for people. */
export const marks = { open: "✔", blocked: "✘", unknown: "?", "not-needed": "–" } as const;

/** Shown if a report has no fleets: what was read, so that an empty report is no silence. */
export function noFleet({ resources }: Pick<PathReport, "resources">): string {
  return `No fleet found: 0 of ${resources} resources launch instances (no instance, Auto Scaling group or launch template).`;
}

/** What is blocked, unknown or worth a note, once for all hops and fleets that share it: what breaks for one reason is fixed once. */
export interface Break extends Omit<HopReport, "hop"> {
  readonly hops: readonly string[];
  readonly fleets: readonly FleetReport[];
}

/** Everything that is not simply open: what is blocked first, then what is unknown, then what is open with a note. */
export function breaksOf(fleets: readonly FleetReport[]): Break[] {
  const breaks = new Map<string, Break & { readonly fleets: FleetReport[] }>();
  for (const fleet of fleets) {
    const told = fleet.hops.filter(({ verdict, note }) => verdict === "blocked" || verdict === "unknown" || note);
    for (const [reason, alike] of groupedBy(told, ({ hop: _, ...others }) => JSON.stringify(others))) {
      const { hop: _, ...first } = alike[0]!;
      const hops = alike.map(({ hop }) => hop);
      const key = `${hops.join()} ${reason}`;
      const known = breaks.get(key);
      if (known) known.fleets.push(fleet);
      else breaks.set(key, { ...first, hops, fleets: [fleet] });
    }
  }
  const urgency = ["blocked", "unknown", "open", "not-needed"];
  return [...breaks.values()].sort((a, b) => urgency.indexOf(a.verdict) - urgency.indexOf(b.verdict));
}

/** The reason of a verdict, as a clause; of an open hop its note, and of a blocked hop both. */
export function reasonOf({ verdict, because, note }: Omit<HopReport, "hop">): string {
  if (verdict === "unknown") return `cannot determine ${because}`;
  if (verdict === "blocked") return note === undefined ? because : `${because}; ${note}`;
  return note ?? because;
}

/** The verdict of an endpoint on the repository of one system. */
export interface EndpointBreak {
  /** URN of the resource that has the policy. */
  readonly urn: string;
  readonly endpoint: string;
  readonly region: string;
  readonly system: string;
  readonly verdict: "blocked" | "unknown";
  readonly because: string;
}

/** What endpoints are not certain to allow, in addition to what the fleets' breaks say already. */
export function endpointBreaksOf({ fleets, endpointPolicies }: PathReport): EndpointBreak[] {
  const said = new Set(
    fleets.flatMap(({ operatingSystem, hops }) =>
      hops.filter(({ hop }) => hop === "repository").map(({ resource = "" }) => `${operatingSystem} ${resource}`),
    ),
  );
  return endpointPolicies.flatMap(({ policyUrn: urn, name, region, repositories }) =>
    Object.entries(repositories)
      .filter(([system, { verdict }]) => verdict !== "allow" && !said.has(`${system} ${urn}`))
      .map(([system, { verdict, because }]) => ({
        urn,
        endpoint: name,
        region,
        system,
        ...(verdict === "deny"
          ? { verdict: "blocked" as const, because }
          : { verdict: "unknown" as const, because: `cannot determine ${because}` }),
      })),
  );
}

/** What patches fleets and when, or that nothing does: a sentence for all fleets of which the same holds. */
export function patchingInWords(fleets: readonly FleetReport[], label: (fleet: FleetReport) => string): string[] {
  const alike = groupedBy(fleets, ({ patchedBy }) => JSON.stringify(patchedBy));
  return [...alike.values()].map((group) => {
    const names = some(group.map(label), mostNames);
    const patchers = group[0]!.patchedBy.map(({ name, what, schedule, unknown }) => {
      const details = [
        what,
        ...(schedule === undefined ? [] : [schedule]),
        ...(unknown === undefined ? [] : [`cannot determine ${unknown}`]),
      ];
      return `\`${printable(name)}\` (${details.map(printable).join("; ")})`;
    });
    return patchers.length === 0
      ? `Patching of ${names}: by nothing in this stack.`
      : `Patching of ${names}: by ${some(patchers, mostNames)}.`;
  });
}

/** The names of fleets, with their stacks where several fleets have the same name. */
export function labelsOf(fleets: readonly FleetReport[]): (fleet: FleetReport) => string {
  const alike = groupedBy(fleets, ({ name }) => name);
  return ({ name, urn }) => (alike.get(name)!.length > 1 ? `${name} (${stackOfUrn(urn)})` : name);
}
