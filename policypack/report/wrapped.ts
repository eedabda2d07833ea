import { stripVTControlCharacters } from "node:util";

/** In narrower terminals nothing can be read; they break the lines themselves. */
export const narrowestTerminal = 40;

/**
 * Text that is not wider than a terminal: longer lines are broken at spaces, and continued four columns to the right of
 * their beginning. A text in quotes is never broken within: it is part of a policy to paste.
 *
 * @param width columns of the terminal
 */
export function wrapped(text: string, width: number): string {
  const columns = Math.max(width, narrowestTerminal);
  return text
    .split("\n")
    .flatMap((line) => (lengthOf(line) <= columns ? [line] : brokenLine(line, columns)))
    .join("\n");
}

function brokenLine(line: string, columns: number): string[] {
  const [indent = ""] = /^ */.exec(line) ?? [];
  const continued = `${indent}    `;
  const lines: string[] = [];
  let current = indent;
  let isEmpty = true;
  for (const word of line
    .trimStart()
    .split(" ")
    .flatMap((one) => parts(one, columns - continued.length))) {
    if (!isEmpty && lengthOf(current) + 1 + lengthOf(word) > columns) {
      lines.push(current);
      current = continued;
      isEmpty = true;
    }
    current += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, current];
}

/** A word that is longer than a line, in parts. */
function parts(word: string, length: number): string[] {
  if (lengthOf(word) <= length || stripVTControlCharacters(word).startsWith('"')) return [word];
  const characters = word.match(character) ?? [];
  return Array.from({ length: Math.ceil(characters.length / length) }, (_, i) =>
    characters.slice(i * length, (i + 1) * length).join(""),
  );
}

const color = `(?:${String.fromCharCode(27)}\\[[\\d;]*m)*`;
/** A character with what colors it before and behind. */
const character = new RegExp(`${color}.${color}`, "gu");

/** Without what colors it. */
function lengthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** Cut in the middle: names of one program differ at their end, those of one kind at their beginning. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = Math.floor((length - 1) / 2);
  return `${text.slice(0, length - 1 - end)}…${text.slice(text.length - end)}`;
}
