import { isObject } from "../iam/problems";
import { groupedBy } from "../stack/grouped-by";
import { nameOfUrn } from "../stack/resource";

/** A resource, as far as its name depends on it, and its properties. */
type Named = readonly [
  state: { readonly urn: string; readonly type: string; readonly parent: string },
  props: Readonly<Record<string, unknown>>,
];

/**
 * The name of each resource by its URN. Resources of one type with the same logical name, such as `this[0]` in each of
 * several modules, are told apart by the name of their parent or by their tag `Name`.
 */
export function namesOf(pairs: readonly Named[]): ReadonlyMap<string, string> {
  const alike = groupedBy(pairs, ([{ type, urn }]) => `${type}::${nameOfUrn(urn)}`);
  return new Map([...alike.values()].flatMap(namesAmong));
}

function namesAmong(alike: readonly Named[]): (readonly [string, string])[] {
  const own = alike.map(([{ urn }]) => nameOfUrn(urn));
  const candidates =
    alike.length === 1 ? [] : [alike.map(([state]) => parentOf(state)), alike.map(([, props]) => tagOf(props))];
  const telling = candidates.find(
    (names) => names.every((name) => name !== "") && new Set(names).size === alike.length,
  );
  return alike.map(([{ urn }], i) => [urn, telling ? `${telling[i]!}/${own[i]!}` : own[i]!]);
}

function parentOf({ parent }: Named[0]): string {
  return parent === "" ? "" : nameOfUrn(parent);
}

function tagOf({ tags }: Named[1]): string {
  return isObject(tags) && typeof tags["Name"] === "string" ? tags["Name"] : "";
}
