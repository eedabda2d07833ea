import type { Change, FleetOutput } from "patchpath/account";

const gravity = { "not-needed": 0, open: 0, unknown: 1, blocked: 2 } as const;

/** What became worse or better since an earlier audit: fleets by their URNs, which contain ids. What broke comes first. */
export function changesSince(before: readonly FleetOutput[], now: readonly FleetOutput[]): Change[] {
  const earlier = new Map(before.map((fleet) => [fleet.urn, fleet]));
  const current = new Map(now.map((fleet) => [fleet.urn, fleet]));
  const changes = now.flatMap((fleet): Change[] => {
    const old = earlier.get(fleet.urn);
    return old ? hopsSince(old, fleet) : [{ name: fleet.name, hop: "fleet", is: "appeared", because: fleet.verdict }];
  });
  const gone = before
    .filter(({ urn }) => !current.has(urn))
    .map(({ name, verdict }): Change => ({ name, hop: "fleet", is: "disappeared", because: `it was ${verdict}` }));
  return [...changes, ...gone].sort((a, b) => order.indexOf(a.is) - order.indexOf(b.is));
}

const order: readonly Change["is"][] = ["broke", "healed", "changed", "appeared", "disappeared"];

function hopsSince(old: FleetOutput, fleet: FleetOutput): Change[] {
  return fleet.hops.flatMap(({ hop, verdict, because }): Change[] => {
    const was = old.hops.find((one) => one.hop === hop)?.verdict;
    if (was === undefined || was === verdict) return [];
    const is = verdict === "blocked" ? "broke" : gravity[verdict] < gravity[was] ? "healed" : "changed";
    return [{ name: fleet.name, hop, is, because: `${was} before, ${verdict} now: ${because}` }];
  });
}
