import { withoutControls } from "../../iam/problems";

const entities: Readonly<Record<string, string>> = {
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Text as HTML: every text of a page goes through here. Names come from states and may contain anything, also what changes
 * the direction of writing, which is shown as its code.
 */
export function escaped(text: string): string {
  return withoutControls(text)
    .replace(/\p{Cs}/gu, "\uFFFD")
    .replace(/[<>&"']/g, (character) => entities[character]!);
}

/** A sentence with values in backticks, which become code. One that is not closed opens none. */
export function sentence(text: string): string {
  const parts = text.split("`");
  return parts
    .map((part, i) => {
      const html = escaped(part);
      if (i % 2 === 0) return html;
      return i < parts.length - 1 ? `<code>${html}</code>` : `\`${html}`;
    })
    .join("");
}

/** Text of several lines, as it is to be copied. */
export function lines(all: readonly string[]): string {
  return all.map(escaped).join("\n");
}

/** JSON in an element of HTML, which it cannot end. */
export function embedded(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
