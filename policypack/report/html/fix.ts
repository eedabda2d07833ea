import { remedyIn } from "../remedy";
import { lines, sentence } from "./markup";

/** A button that the script shows, since it does nothing without it. */
export const copyButton = '<button type="button" class="copy" data-done="Copied" data-js hidden>Copy</button>';

/** A remedy: a sentence, and what to paste. */
export function fixAsHtml(fix: string | undefined): string[] {
  if (fix === undefined) return [];
  const { sentence: words, policy } = remedyIn(fix);
  return [
    '<div class="fix">',
    `<p><b>Fix:</b> <span>${sentence(words)}</span>${policy.length === 0 ? ` ${copyButton}` : ""}</p>`,
    ...(policy.length === 0 ? [] : [policyToCopy(policy)]),
    "</div>",
  ];
}

/** Lines of JSON that a reader pastes. A keyboard reaches them to scroll. */
export function policyToCopy(policy: readonly string[]): string {
  return `<div class="paste"><pre tabindex="0" role="group" aria-label="JSON to copy"><code>${lines(policy)}</code></pre>${copyButton}</div>`;
}
