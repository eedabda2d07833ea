import { groupedBy } from "../stack/grouped-by";
import { printable, some } from "../iam/problems";
import { nameOfUrn, stackOfUrn } from "../stack/resource";
import type { DeprecatedPolicyReport, FleetReport, HopReport, PathReport } from "./path-report";

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

const urgency: readonly string[] = ["blocked", "unknown", "open", "not-needed"];

/** Everything that is not simply open: what is blocked first, then what is unknown, then what is open with a note; of each what concerns most fleets. */
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
  return [...breaks.values()].sort(
    (a, b) => urgency.indexOf(a.verdict) - urgency.indexOf(b.verdict) || b.fleets.length - a.fleets.length,
  );
}

/** The reason of a verdict, as a clause; of an open hop its note, and of a blocked hop both. */
export function reasonOf({ verdict, because, note }: Omit<HopReport, "hop">): string {
  if (verdict === "unknown") return `cannot determine ${because}`;
  if (verdict === "blocked") return inOneClause(because, note);
  return note ?? because;
}

/** The same of a hop by itself: of an open hop its reason and its note. */
export function whyOf(hop: Omit<HopReport, "hop">): string {
  return hop.verdict === "open" ? inOneClause(hop.because, hop.note) : reasonOf(hop);
}

/** Where it was found: `policy of s3`. */
export function placeOf({ resource, property }: Omit<HopReport, "hop">): string | undefined {
  if (resource === undefined) return undefined;
  return `${property === undefined ? "" : `${property} of `}${printable(nameOfUrn(resource))}`;
}

function inOneClause(because: string, note: string | undefined): string {
  return note === undefined ? because : `${because}; ${note}`;
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
  /** What fixes it, as a sentence. */
  readonly fix?: string;
}

/** What endpoints are not certain to allow, in addition to what the fleets' breaks say already. */
export function endpointBreaksOf({ fleets, endpointPolicies }: PathReport): EndpointBreak[] {
  const said = new Set(
    fleets.flatMap(({ operatingSystem, hops }) =>
      hops.filter(({ hop }) => hop === "repository").map(({ resource = "" }) => `${operatingSystem} ${resource}`),
    ),
  );
  const breaks = endpointPolicies.flatMap(({ policyUrn: urn, name, region, repositories, denials }) =>
    Object.entries(repositories)
      .filter(([system, { verdict }]) => verdict !== "allow" && !said.has(`${system} ${urn}`))
      .map(([system, { verdict, because }]): EndpointBreak => {
        const denial = denials[system as keyof typeof denials];
        const place = { urn, endpoint: name, region, system };
        return verdict === "deny"
          ? {
              ...place,
              verdict: "blocked",
              because: inOneClause(because, denial?.note),
              ...(denial && { fix: denial.fix }),
            }
          : { ...place, verdict: "unknown", because: `cannot determine ${because}` };
      }),
  );
  return breaks.sort((a, b) => urgency.indexOf(a.verdict) - urgency.indexOf(b.verdict));
}

/** What a report tells of, in its order: what is blocked, at fleets and then at endpoints, before what is unknown. */
export function inOrderOfUrgency<T>(
  report: PathReport,
  ofFleets: (one: Break) => T,
  ofEndpoint: (one: EndpointBreak) => T,
): T[] {
  const breaks = breaksOf(report.fleets);
  const endpoints = endpointBreaksOf(report);
  return urgency.flatMap((verdict) => [
    ...breaks.filter((one) => one.verdict === verdict).map(ofFleets),
    ...endpoints.filter((one) => one.verdict === verdict).map(ofEndpoint),
  ]);
}

/** What patches fleets and when, or that nothing does: a sentence for all fleets of which the same holds. */
export function patchingInWords(fleets: readonly FleetReport[], label: (fleet: FleetReport) => string): string[] {
  const alike = groupedBy(fleets, ({ patchedBy }) => JSON.stringify(patchedBy));
  return [...alike.values()].map((group) => {
    return `Patching of ${some(group.map(label))}: ${patchersInWords(group[0]!)}`;
  });
}

/** The same of one fleet, without its name: `by nothing in this stack.` */
export function patchersInWords({ patchedBy }: FleetReport): string {
  const patchers = patchedBy.map(({ name, what, schedule, unknown }) => {
    const details = [
      what,
      ...(schedule === undefined ? [] : [schedule]),
      ...(unknown === undefined ? [] : [`cannot determine ${unknown}`]),
    ];
    return `\`${printable(name)}\` (${details.map(printable).join("; ")})`;
  });
  return patchers.length === 0 ? "by nothing in this stack." : `by ${some(patchers)}.`;
}

/** What is expected instead of a deprecated policy, as a clause. @param shown how an ARN is shown */
export function successorsInWords(
  { replacements }: Pick<DeprecatedPolicyReport, "replacements">,
  shown: (arn: string) => string = String,
): string {
  return replacements.length > 0 ? `expected ${replacements.map(shown).join(", ")}` : "AWS names no successor";
}

/** The names of fleets, with their stacks where several fleets have the same name. */
export function labelsOf(fleets: readonly FleetReport[]): (fleet: FleetReport) => string {
  const alike = groupedBy(fleets, ({ name }) => name);
  return ({ name, urn }) => (alike.get(name)!.length > 1 ? `${name} (${stackOfUrn(urn)})` : name);
}

/** The verdicts on fleets, the gravest first. */
export const gravity = ["blocked", "unknown", "patchable"] as const satisfies readonly FleetReport["verdict"][];

/** `10 blocked, 170 patchable`. */
export function countOf(fleets: readonly FleetReport[]): string {
  return gravity
    .map((verdict) => [fleets.filter((fleet) => fleet.verdict === verdict).length, verdict] as const)
    .filter(([count]) => count > 0)
    .map(([count, verdict]) => `${count} ${verdict}`)
    .join(", ");
}
