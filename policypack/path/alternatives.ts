import type { Fleet } from "../stack/fleets";
import { type Target, alternativesOf } from "../stack/stack";
import { type HopVerdict, gravest, unknown } from "./hop";

/**
 * What holds whichever of several resources it is. Where some block and others do not, it is unknown until the update
 * which it is.
 *
 * @param which of these it is, as a clause that follows "cannot determine"
 */
export function agreed(verdicts: readonly HopVerdict[], which: string): HopVerdict {
  const isBlocked = verdicts.map(({ verdict }) => verdict === "blocked");
  if (isBlocked.includes(true) && isBlocked.includes(false)) {
    const blocking = gravest(verdicts)!;
    return unknown(`${which}; with some, ${blocking.because}`, blocking.evidence, blocking.fix);
  }
  return gravest(verdicts) ?? unknown(which);
}

/**
 * The same fleet in each subnet that it may run in, where a reference may lead to several: at preview, what a remote
 * component returns depends on all that it creates. One fleet where its subnets are known, or nothing is known of them.
 */
export function inEachSubnet(fleet: Fleet): readonly Fleet[] {
  return eachAlternative(fleet.subnets).map((subnets) => (subnets === fleet.subnets ? fleet : { ...fleet, subnets }));
}

/** A list of references with each resource that those in doubt may lead to; the list alone where none is in doubt. */
export function eachAlternative(targets: readonly Target[]): readonly (readonly Target[])[] {
  const inDoubt = targets.filter((target) => alternativesOf(target).length > 1);
  if (inDoubt.length === 0) return [targets];
  const others = targets.filter((target) => !inDoubt.includes(target));
  const candidates = new Map(
    inDoubt
      .flatMap(alternativesOf)
      .flatMap((target) => (target.is === "resource" ? [[target.resource.urn, target]] : [])),
  );
  return [...candidates.values()].map((target) => [...others, target]);
}
