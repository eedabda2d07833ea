import { groupedBy } from "../stack/grouped-by";
import { known, readText, textsIn } from "../stack/reading";
import type { StackResource } from "../stack/resource";
import { isNetworkType } from "./network-types";
import type { Place, Unit } from "./places";

/** Two stacks that create resources with the same id. */
export interface Conflict {
  readonly units: readonly [Unit, Unit];
  readonly id: string;
  /** Whether nothing says that they are in different accounts or regions. */
  readonly isUncertain: boolean;
}

/** What is judged together, and what could not be told. */
export interface Joined {
  readonly places: readonly (readonly StackResource[])[];
  readonly conflicts: readonly Conflict[];
  /** Stacks that do not say where they are, and of which their ids don't either: each is judged by itself. */
  readonly unplaced: readonly string[];
}

/**
 * Joins units by account and region. One that does not say where it is belongs to where the ids are that it refers to, or
 * to the only place that there is.
 */
export function joinedPlaces(units: readonly Unit[]): Joined {
  const owners = ownersOf(units);
  const conflicts = conflictsIn(owners);
  const alone = new Set(conflicts.flatMap((conflict) => (conflict.isUncertain ? conflict.units : [])));
  const accounts = distinct(units.map(({ account }) => account));
  const regions = distinct(units.map(({ region }) => region)).filter((region) => region !== "global");
  if (accounts.length <= 1 && regions.length <= 1 && alone.size === 0) {
    return { places: [units.flatMap(({ resources }) => resources)], conflicts, unplaced: [] };
  }
  const unplaced = new Set<string>();
  const itself = ({ stack }: Unit) => `only ${stack}`;
  const certain = new Map<Unit, Place>(
    units.map((unit) => [unit, alone.has(unit) ? { ...unit, account: itself(unit) } : unit]),
  );
  /** What all owners of the ids that a unit refers to have in common; without such ids the only one that there is. */
  const settled = (unit: Unit, key: keyof Place, all: readonly string[]): string => {
    const own = certain.get(unit)![key];
    if (own !== undefined) return own;
    const near = referredBy(unit, owners).map((ofId) => distinct(ofId.map((owner) => certain.get(owner)![key])));
    const from = near.length > 0 ? commonTo(near) : all;
    if (from.length === 1) return from[0]!;
    if (all.length === 0 && alone.size === 0) return "";
    unplaced.add(unit.stack);
    return itself(unit);
  };
  const placed = units
    .filter(({ region }) => region !== "global")
    .map((unit) => ({
      ...unit,
      account: settled(unit, "account", accounts),
      region: settled(unit, "region", regions),
    }));
  const global = units
    .filter(({ region }) => region === "global")
    .map((unit) => {
      const siblings = distinct(placed.filter(({ stack }) => stack === unit.stack).map(({ account }) => account));
      const account = unit.account ?? (siblings.length === 1 ? siblings[0] : settled(unit, "account", accounts));
      return { ...unit, account };
    });
  return { places: withNetworks(placesOf([...placed, ...global])), conflicts, unplaced: [...unplaced] };
}

/** For each id the units that create a resource with it. */
function ownersOf(units: readonly Unit[]): ReadonlyMap<string, readonly Unit[]> {
  const created = units.flatMap((unit) =>
    unit.resources.flatMap((resource) => {
      const id = resource.isRead ? undefined : known(readText(resource.props, "id"));
      return id === undefined || !isId(id) ? [] : [{ id, unit }];
    }),
  );
  return new Map(
    [...groupedBy(created, ({ id }) => id)].map(([id, all]) => [id, distinct(all.map(({ unit }) => unit))]),
  );
}

/** `vpc-0a1b2c3d`: an id that AWS assigns, and no name. */
function isId(text: string): boolean {
  return /^[a-z]+-[0-9a-z-]+$/.test(text);
}

function conflictsIn(owners: ReadonlyMap<string, readonly Unit[]>): Conflict[] {
  const found = new Map<string, Conflict>();
  for (const [id, [first, ...others]] of owners) {
    for (const other of others) {
      if (first!.stack === other.stack) continue;
      const key = `${first!.stack} ${other.stack}`;
      const apart = areApart(first!, other);
      if (apart === false || found.has(key)) continue; // both manage one resource
      found.set(key, { units: [first!, other], id, isUncertain: apart === undefined });
    }
  }
  return [...found.values()];
}

/** Whether two units are in different accounts or regions; `undefined` where that is not known. */
function areApart(a: Place, b: Place): boolean | undefined {
  const differ = (key: keyof Place) => (a[key] === undefined || b[key] === undefined ? undefined : a[key] !== b[key]);
  const [account, region] = [differ("account"), differ("region")];
  if (account === true || region === true) return true;
  return account === false && region === false ? false : undefined;
}

/** The owners of each id that a unit refers to and does not create itself. */
function referredBy(unit: Unit, owners: ReadonlyMap<string, readonly Unit[]>): (readonly Unit[])[] {
  const texts = new Set(unit.resources.flatMap(({ props }) => textsIn(props)));
  return [...texts].flatMap((text) => {
    const ofId = owners.get(text);
    return ofId === undefined || ofId.some((owner) => owner.stack === unit.stack) ? [] : [ofId];
  });
}

function commonTo(lists: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = lists;
  return first.filter((value) => others.every((list) => list.includes(value)));
}

function distinct<T>(values: readonly (T | undefined)[]): T[] {
  return [...new Set(values)].filter((value) => value !== undefined);
}

/** By account and region. What belongs to all regions of an account is in each, and reported in the first. */
function placesOf(units: readonly Unit[]): (readonly StackResource[])[] {
  const regional = groupedBy(
    units.filter(({ region }) => region !== "global"),
    ({ account, region }) => `${account ?? ""} ${region ?? ""}`,
  );
  const global = groupedBy(
    units.filter(({ region }) => region === "global"),
    ({ account }) => account,
  );
  const seen = new Set<string | undefined>();
  const places = [...regional.values()].map((own) => {
    const { account } = own[0]!;
    const ofAccount = (global.get(account) ?? []).flatMap(({ resources }) => resources);
    const shown = seen.has(account) ? ofAccount.map(asContext) : ofAccount;
    seen.add(account);
    return [...own.flatMap(({ resources }) => resources), ...shown];
  });
  const others = [...global].filter(([account]) => !seen.has(account));
  return [...places, ...others.map(([, own]) => own.flatMap(({ resources }) => resources))];
}

function asContext(resource: StackResource): StackResource {
  return { ...resource, isContext: true };
}

/** Each place with the networks of others that refer to it, or that it refers to, by ids. */
function withNetworks(places: readonly (readonly StackResource[])[]): (readonly StackResource[])[] {
  if (places.length === 1) return [...places];
  const ids = places.map((place) => new Set(place.flatMap((resource) => idOfPart(resource) ?? [])));
  const owners = groupedBy(
    ids.flatMap((own, i) => [...own].map((id) => ({ id, i }))),
    ({ id }) => id,
  );
  /** Of two places with the same ids neither means the other one by them. */
  const apart = new Set(
    [...owners.values()].flatMap((all) => all.flatMap((a) => all.filter((b) => b !== a).map((b) => `${a.i} ${b.i}`))),
  );
  const linked = places.map(() => new Set<number>());
  for (const [i, place] of places.entries()) {
    for (const text of place.flatMap(({ type, props }) => (type.startsWith("aws") ? textsIn(props) : []))) {
      const [owner, ...others] = ids[i]!.has(text) ? [] : (owners.get(text) ?? []);
      if (!owner || others.length > 0 || apart.has(`${i} ${owner.i}`)) continue;
      linked[i]!.add(owner.i);
      linked[owner.i]!.add(i);
    }
  }
  const networks = places.map((place) => place.filter(({ type }) => isNetworkType(type)).map(asContext));
  return places.map((place, i) => {
    const shown = new Set(place.map(({ urn }) => urn));
    return [...place, ...[...linked[i]!].flatMap((other) => networks[other]!.filter(({ urn }) => !shown.has(urn)))];
  });
}

/** The id of a part of a network that is created in this place. */
function idOfPart({ type, props, isRead }: StackResource): string | undefined {
  const id = isRead || !isNetworkType(type) ? undefined : known(readText(props, "id"));
  return id !== undefined && isId(id) ? id : undefined;
}
