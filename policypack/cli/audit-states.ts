import { type PathReport, reportOn } from "../report/path-report";
import type { Change } from "../report/seen";
import { known, read } from "../stack/reading";
import type { StackResource } from "../stack/resource";
import { Stack } from "../stack/stack";
import type { ReadPlace } from "../report/read-accounts";
import { readStackFile } from "../sources/stack-file";

/** A state that was passed beside the account. */
export interface GivenState {
  readonly file: string;
  readonly resources: readonly StackResource[];
}

export function readStates(files: readonly string[]): GivenState[] {
  return [...new Set(files)].map((file) => ({ file, resources: readStackFile(file, undefined).resources }));
}

const idOf = ({ props }: StackResource) => known(read(props, "id"));

/** The account with the names and URNs of Pulumi for what a state owns: found by type and id. */
export function withNamesOf(states: readonly GivenState[], place: ReadPlace): ReadPlace {
  const owned = new Map(
    states.flatMap(({ resources }) => resources.map((one) => [`${one.type} ${String(idOf(one))}`, one] as const)),
  );
  const ownerOf = (resource: StackResource) => owned.get(`${resource.type} ${String(idOf(resource))}`);
  const urns = new Map<string, string>();
  const resources = place.resources.map((resource) => {
    const owner = ownerOf(resource);
    if (!owner) return resource;
    urns.set(resource.urn, owner.urn);
    return { ...resource, urn: owner.urn, name: owner.name };
  });
  const seen = new Map([...place.seen].map(([urn, one]) => [urns.get(urn) ?? urn, one]));
  return { ...place, resources, seen };
}

/** Where a hop has another verdict in the account than in the state that owns its fleet. */
export function driftFrom(states: readonly GivenState[], { fleets }: PathReport): Change[] {
  const said = new Map(
    states.flatMap(({ resources }) =>
      reportOn([new Stack(resources)]).fleets.map((fleet) => [fleet.urn, fleet] as const),
    ),
  );
  return fleets.flatMap(({ urn, name, hops }) => {
    const ofState = said.get(urn)?.hops ?? [];
    return hops.flatMap(({ hop, verdict, because }): Change[] => {
      const before = ofState.find((one) => one.hop === hop)?.verdict;
      // What the state cannot show is no drift.
      if (before === undefined || before === "unknown" || verdict === "unknown" || before === verdict) return [];
      const is = verdict === "blocked" ? "broke" : before === "blocked" ? "healed" : "changed";
      return [{ name, hop, is, because: `${before} by the state, ${verdict} in the account: ${because}` }];
    });
  });
}
