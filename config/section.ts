import { z } from "zod";
import { describe, expected, unknownKey } from "./problems";

/** A schema whose values have one of several forms. */
interface Forms {
  /** When each option of the union holds, in their order. */
  readonly names: readonly string[];
  /** The form that a value is meant to have, whether it is right or not. */
  readonly formOf: (value: unknown) => z.ZodType;
  /** Why a key is not for that form, as a predicate; `undefined` for a key of no form. */
  readonly misplaced: (name: string, value: unknown) => string | undefined;
}

const forms = new WeakMap<z.ZodType, Forms>();

/** A union that says what is wrong with a value by the form that the value is meant to have, and not by all of them. */
export function withForms<T extends readonly [z.ZodType, ...z.ZodType[]]>(options: T, about: Forms): z.ZodUnion<T> {
  const union = z.union(options);
  forms.set(union, about);
  return union;
}

/** What exists where a certain key is given, and is created by the stack where it is not. */
export function existingOrCreated<E extends z.ZodType, C extends z.ZodType>(
  key: string,
  existing: E,
  created: C,
  words: { readonly existing: string; readonly created: string },
): z.ZodUnion<readonly [E, C]> {
  const isExisting = (value: unknown) => typeof value === "object" && value !== null && Object.hasOwn(value, key);
  const has = (form: z.ZodType, name: string) => fieldsOf(form).some(({ path }) => path === name);
  return withForms([existing, created] as const, {
    names: [`with \`${key}\``, `without \`${key}\``],
    formOf: (value) => (isExisting(value) ? existing : created),
    misplaced: (name, value) => {
      if (isExisting(value)) {
        return has(created, name) ? `is for ${words.created}; expected it left out with \`${key}\`` : undefined;
      }
      return has(existing, name) ? `is for ${words.existing}; expected \`${key}\` too, or it left out` : undefined;
    },
  });
}

/** For checks of several values of an object: they run when each of them is right, whatever keys there are besides. */
export const whenRight = {
  when: ({ issues }: z.core.ParsePayload) => issues.every(({ code }) => code === "unrecognized_keys"),
};

/** The forms of a schema with their names; a schema without forms is the only one. */
export function namedForms(schema: z.ZodType): readonly { readonly name: string; readonly form: z.ZodType }[] {
  const about = forms.get(schema);
  if (!about || !(schema instanceof z.ZodUnion)) return [{ name: "", form: schema }];
  return schema.options.map((form, i) => ({ name: about.names[i]!, form: form as z.ZodType }));
}

/** Adds a problem of a value; `expected` completes "expected …". */
export function expect(context: z.RefinementCtx, path: readonly PropertyKey[], expected: string): void {
  context.addIssue({ code: "custom", path: [...path], message: expected });
}

/** Adds a problem that is said in words of its own after the key, where "is … ; expected …" does not fit. */
export function say(context: z.RefinementCtx, path: readonly PropertyKey[], words: string): void {
  context.addIssue({ code: "custom", path: [...path], message: "", params: { words } });
}

/** What is right of a value, and a line for each thing that is wrong: the key, what was found, what is allowed. */
export interface Read<T> {
  readonly value: T | undefined;
  readonly problems: readonly string[];
}

export function read<T>(schema: z.ZodType<T>, value: unknown, key: string): Read<T> {
  const form = forms.get(schema)?.formOf(value) ?? schema;
  const { data, error } = form.safeParse(value, { error: expected });
  return { value: data as T | undefined, problems: error ? error.issues.flatMap(inWords) : [] };

  function inWords(issue: z.core.$ZodIssue): string[] {
    const place = [key, ...issue.path.map(step)].join("");
    if (issue.code === "unrecognized_keys") {
      const known = namesAt(form, issue.path);
      return issue.keys.map((name) => {
        const misplaced = issue.path.length === 0 ? forms.get(schema)?.misplaced(name, value) : undefined;
        return misplaced === undefined ? unknownKey(`${place}.`, name, known) : `\`${place}.${name}\` ${misplaced}`;
      });
    }
    const words = issue.code === "custom" ? (issue.params?.["words"] as string | undefined) : undefined;
    return [`\`${place}\` ${words ?? `${describe(valueAt(value, issue.path))}; expected ${issue.message}`}`];
  }
}

/** A list whose elements are read one by one, so that what is wrong with one hides no other's problems. */
export interface ReadList<T> extends Read<readonly T[]> {
  /** At their places; `undefined` where one is wrong. */
  readonly elements: readonly (T | undefined)[];
}

export function readList<T>(list: z.ZodType<T[]>, element: z.ZodType<T>, value: unknown, key: string): ReadList<T> {
  const { data, error } = list.safeParse(value, { error: expected });
  if (data) return { value: data, elements: data, problems: [] };
  const isWhole = error.issues.some(({ path }) => path.length === 0);
  if (isWhole || !Array.isArray(value))
    return { value: undefined, elements: [], problems: read(list, value, key).problems };
  const all = value.map((one, i) => read(element, one, `${key}[${i}]`));
  return {
    value: undefined,
    elements: all.map((one) => one.value),
    problems: all.flatMap(({ problems }) => problems),
  };
}

/** A key of a section, with the schema of its value. */
export interface Field {
  /** `rules[].filters` */
  readonly path: string;
  /** `rules[]`, empty at the top. */
  readonly parent: string;
  readonly name: string;
  readonly schema: z.ZodType;
}

/** The keys of a section and of the objects in it, each with what is below it; of several forms all. */
export function fieldsOf(schema: z.ZodType, parent = ""): Field[] {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodArray) return fieldsOf(inner.element as z.ZodType, `${parent}[]`);
  if (inner instanceof z.ZodUnion) return inner.options.flatMap((form) => fieldsOf(form as z.ZodType, parent));
  if (!(inner instanceof z.ZodObject)) return [];
  return Object.entries(inner.shape as Record<string, z.ZodType>).flatMap(([name, value]) => {
    const path = parent === "" ? name : `${parent}.${name}`;
    return [{ path, parent, name, schema: value }, ...fieldsOf(value, path)];
  });
}

function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return unwrapped(schema.unwrap() as z.ZodType);
  }
  return schema instanceof z.ZodPipe ? unwrapped(schema.in as z.ZodType) : schema;
}

/** The keys that the object at a path may have. */
function namesAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const place = path
    .map((part) => (typeof part === "number" ? "[]" : step(part)))
    .join("")
    .replace(/^\./, "");
  return fieldsOf(schema).flatMap(({ parent, name }) => (parent === place ? name : []));
}

/** `.subnetCidrBlocks`, `[1]` */
function step(part: PropertyKey): string {
  return typeof part === "number" ? `[${part}]` : `.${String(part)}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, part) => (inner as Record<PropertyKey, unknown> | undefined)?.[part], value);
}
