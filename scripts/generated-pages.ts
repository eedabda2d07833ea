import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";

const root = join(__dirname, "..");

/** The text of a file in the checkout; `undefined` if it does not exist. */
export function textOf(file: string): string | undefined {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** The names of the files in a folder of the checkout. */
export function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder));
}

/**
 * Replaces the text between the markers of a part.
 *
 * @throws Error if the file does not have these markers
 */
export function replacePart(text: string, part: string, content: string, file: string): string {
  const [begin, end] = [`<!-- generated: ${part} -->`, `<!-- end: ${part} -->`];
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${file} has no part "${part}" (between ${begin} and ${end})`);
  return `${text.slice(0, from)}${begin}\n\n${content}\n\n${text.slice(to)}`;
}

/** Generated pages: written, or with `isCheck` only compared with the existing files. */
export class GeneratedPages {
  /** Files that are not up to date. */
  readonly stale: string[] = [];

  constructor(readonly isCheck: boolean) {}

  async put(file: string, text: string): Promise<void> {
    const path = join(root, file);
    const formatted = await format(text, { ...(await resolveConfig(path)), filepath: path });
    if (textOf(file) === formatted) return;
    if (this.isCheck) this.stale.push(file);
    else writeFileSync(path, formatted);
  }
}
