import { type FleetReport, type HopReport, type PathReport, stackOfUrn } from "./path-report";

/** One sign for each verdict, in every form that people read. */
export const marks = { open: "✔", blocked: "✘", unknown: "?", "not-needed": "–" } as const;

/** What is said of a report without fleets. */
export const noFleet = "No fleet: no instance, Auto Scaling group or launch template.";

/** What is to be told, once for all hops and all fleets that share it: what breaks for one reason is mended once. */
export interface Break extends Omit<HopReport, "hop"> {
  readonly hops: readonly string[];
  readonly fleets: readonly FleetReport[];
}

/** All that is not simply open: what is blocked first, then what is unknown, then what is open with a note. */
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

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

/** Why a hop is what it is, as a clause; of a hop that is open, what is worth knowing, and of a blocked one both. */
export function reasonOf({ verdict, because, note }: Omit<HopReport, "hop">): string {
  if (verdict === "unknown") return `it would have to be known: ${because}`;
  if (verdict === "blocked") return note === undefined ? because : `${because}; ${note}`;
  return note ?? because;
}

/** What an endpoint says to the repository of one system. */
export interface RefusedRepository {
  readonly urn: string;
  readonly endpoint: string;
  readonly region: string;
  readonly system: string;
  readonly verdict: "blocked" | "unknown";
  readonly because: string;
}

/** What endpoints do not admit for sure, beside what the fleets' breaks say already. */
export function refusedRepositories({ fleets, endpointPolicies }: PathReport): RefusedRepository[] {
  const said = new Set(
    fleets.flatMap(({ operatingSystem, hops }) =>
      hops.filter(({ hop }) => hop === "repository").map(({ resource = "" }) => `${operatingSystem} ${resource}`),
    ),
  );
  return endpointPolicies.flatMap(({ urn, name, region, repositories }) =>
    Object.entries(repositories)
      .filter(([system, { verdict }]) => verdict !== "allow" && !said.has(`${system} ${urn}`))
      .map(([system, { verdict, because }]) => ({
        urn,
        endpoint: name,
        region,
        system,
        verdict: verdict === "deny" ? ("blocked" as const) : ("unknown" as const),
        because,
      })),
  );
}

/** A few of many, and how many more there are. */
export function some(names: readonly string[], most: number): string {
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}

/** The names of fleets, with their stacks where several stacks have one of a name. */
export function labelsOf(fleets: readonly FleetReport[]): (fleet: FleetReport) => string {
  const alike = groupedBy(fleets, ({ name }) => name);
  return ({ name, urn }) => (alike.get(name)!.length > 1 ? `${name} (${stackOfUrn(urn)})` : name);
}
