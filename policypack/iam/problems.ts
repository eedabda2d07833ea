import type { DocumentCheck } from "../facts/document-checks";

/** Text of somebody's document as a finding shows it: on one line, and not longer than is readable. */
export function printable(text: string): string {
  return withoutControls(text.length > 200 ? `${text.slice(0, 197)}...` : text);
}

/**
 * Text on one line that a terminal and a report show as it is: characters that move the cursor, break the line, change
 * the direction of writing or are invisible are shown as their code, so that the text shown is the text that AWS
 * receives.
 */
export function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, codesOf);
}

/** The same for text of several lines, and with colors, that is put together already: in JSON it stays the same value. */
export function withoutFormatting(text: string): string {
  return text.replace(/[\p{Cf}\u2028\u2029]/gu, codesOf);
}

function codesOf(character: string): string {
  return Array.from({ length: character.length }, (_, i) => {
    const code = character.charCodeAt(i).toString(16);
    return `\\u${code.padStart(4, "0")}`;
  }).join("");
}

/** How the parts of the parser say what is wrong, and where. */
export type Report = (check: DocumentCheck, where: string, message: string) => void;

/** What is wrong with one statement. */
export class StatementReport {
  /** The first place that makes it unknown what the statement does. */
  unreadable: string | undefined;
  readonly #index: number;
  readonly #report: Report;

  constructor(index: number, report: Report) {
    this.#index = index;
    this.#report = report;
  }

  /** Reports a problem that leaves no doubt about what the statement does. */
  note(check: DocumentCheck, place: string, message: string): void {
    this.#report(check, `Statement[${this.#index}]${place}`, message);
  }

  /** Reports a problem that makes it unknown what the statement does. */
  refuse(check: DocumentCheck, place: string, message: string): void {
    this.unreadable ??= `Statement[${this.#index}]${place}`;
    this.note(check, place, message);
  }

  /** Reads a text or a list of texts. Places are put together only where something is wrong: most documents are right. */
  texts(value: unknown, place: () => string): readonly string[] {
    const values = Array.isArray(value) ? (value as unknown[]) : [value];
    if (values.length === 0) this.refuse("structure", place(), "is an empty list; expected at least one text");
    const texts: string[] = [];
    for (const one of values) {
      if (typeof one === "string" && one !== "") texts.push(one);
      else {
        const check = one === null && Array.isArray(value) ? "null" : "structure";
        this.refuse(check, place(), `has ${one === "" ? "an empty text" : describe(one)}; expected text`);
      }
    }
    return texts;
  }
}

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

/** A few of many, and how many more there are: at most five, as sentences have them by default. */
export function some(names: readonly string[], most = 5): string {
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}

export function list(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(", ");
}
