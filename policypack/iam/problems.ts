/** Text of somebody's document as a finding shows it: on one line, and no longer than a reader bears. */
export function printable(text: string): string {
  const shown = text.length > 200 ? `${text.slice(0, 197)}...` : text;
  return shown.replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** How the parts of the parser say what is wrong, and where. */
export type Report = (where: string, message: string) => void;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as a finding shows it: short, and never an object spread over the line. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "an object";
  return `\`${printable(typeof value === "string" ? value : JSON.stringify(value))}\``;
}

export function list(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(", ");
}
