import type { z } from "zod";

/** Values of which one is expected. */
export function listed(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(", ");
}

/** What a schema says of some values, a line for each thing that is wrong: the key, what was found, what is allowed. */
export function problemsIn(error: z.ZodError, prefix: string, values: unknown): string[] {
  return error.issues.flatMap((issue) => {
    const key = `${prefix}${pathOf(issue.path)}`;
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((name) => `\`${prefix}${pathOf([...issue.path, name])}\` is not a key of this config`);
    }
    return [`\`${key}\` ${describe(valueAt(values, issue.path))}; expected ${expected(issue)}`];
  });
}

function describe(value: unknown): string {
  if (value === undefined) return "is missing";
  const json = JSON.stringify(value); // with escapes, so that it stays on its line
  const text = typeof value === "string" && !isJson(value) ? json.slice(1, -1) : json; // `"2"` is told from `2`
  return `is \`${text.length > 80 ? `${text.slice(0, 80)}…` : text}\``;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const typeNames: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "`true` or `false`",
  int: "a whole number",
  number: "a number",
  object: "an object",
  string: "text",
};

function expected(issue: z.core.$ZodIssue): string {
  const unit = "origin" in issue && issue.origin === "array" ? " element" : "";
  switch (issue.code) {
    case "invalid_value":
      return `one of ${listed(issue.values.map(String))}`;
    case "invalid_type":
      return typeNames[issue.expected] ?? issue.expected;
    case "too_small":
      return `at least ${String(issue.minimum)}${unit}`;
    case "too_big":
      return `at most ${String(issue.maximum)}${unit}`;
    default:
      return issue.message; // of our own: it completes "expected …"
  }
}

/** `network.subnetCidrBlocks[1]` */
function pathOf(path: readonly PropertyKey[]): string {
  const parts = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`));
  return parts.join("").replace(/^\./, "");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, part) => (inner as Record<PropertyKey, unknown> | undefined)?.[part], value);
}
