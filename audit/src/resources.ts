import type { Place, StackResource } from "patchpath/account";

/** The properties of a resource; `undefined` is left out. */
export type Props = Readonly<Record<string, unknown>>;

/** Makes the resources of one place, of the classic provider's types. */
export type Maker = (type: string, id: string, props: Props, name?: string) => StackResource;

/** With URNs in which the account takes the place of the project and the region that of the stack. */
export function makerOf({ account, region }: Place): Maker {
  const provider = { props: { region } };
  return (type, id, props, name) => {
    const given = Object.entries<unknown>({ id, ...props }).filter(([, value]) => value !== undefined);
    return {
      type,
      urn: `urn:pulumi:${region}::${account}::${type}::${id}`,
      name: name ?? id,
      props: Object.fromEntries(given),
      provider,
    };
  };
}

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Tags as a record. */
export function tagsOf(tags: readonly Tag[] | undefined): Record<string, string> {
  return Object.fromEntries(
    (tags ?? []).flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? ""] as const])),
  );
}

/** A name for people, by the tag `Name`, that also contains the id for the next command. */
export function named(id: string, tags: readonly Tag[] | undefined): string {
  const name = tagsOf(tags)["Name"];
  return name ? `${name} (${id})` : id;
}

/** What is there; lists of the SDK's answers may be missing, and so may their parts. */
export function present<T>(values: readonly (T | undefined)[] | undefined): T[] {
  return (values ?? []).flatMap((value) => value ?? []);
}
