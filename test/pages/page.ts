import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "..", "..");

/** A fenced code block. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** Name of the file that the block is, by a comment above it: `<!-- file: policy.json -->`. */
  readonly file: string | undefined;
  /** Index of the line of its opening fence. */
  readonly line: number;
  /** Index of the line of its closing fence. */
  readonly end: number;
}

/** A Markdown page of this repository, as far as tests compare pages with the product and with each other. */
export class Page {
  readonly lines: readonly string[];
  readonly blocks: readonly Block[];

  constructor(
    readonly path: string,
    text = readFileSync(join(root, path), "utf8"),
  ) {
    this.lines = text.split("\n");
    this.blocks = [...blocksIn(this.lines)];
  }

  /** The lines outside of code blocks; those inside are empty, so that indexes stay. */
  get prose(): readonly string[] {
    return this.lines.map((line, i) => (this.blocks.some((block) => i >= block.line && i <= block.end) ? "" : line));
  }

  /** The block that follows another with nothing but empty lines between them. */
  after(block: Block): Block | undefined {
    const next = this.blocks.find(({ line }) => line > block.end);
    const between = this.lines.slice(block.end + 1, next?.line);
    return between.every((line) => line.trim() === "") ? next : undefined;
  }

  get headings(): readonly { readonly level: number; readonly text: string }[] {
    return this.prose.flatMap((line) => {
      const [, marks, text] = /^(#{1,6}) +(.*?) *$/.exec(line) ?? [];
      return marks === undefined || text === undefined ? [] : [{ level: marks.length, text }];
    });
  }

  /** The anchors of its headings, as GitHub makes them. */
  get anchors(): ReadonlySet<string> {
    const anchors = new Set<string>();
    for (const { text } of this.headings) {
      const slug = slugOf(text);
      let anchor = slug;
      for (let i = 1; anchors.has(anchor); i++) anchor = `${slug}-${i}`;
      anchors.add(anchor);
    }
    return anchors;
  }

  /** The targets of its links and images, in order. */
  get links(): readonly string[] {
    const text = this.prose.map((line) => line.replace(/`[^`]*`/g, (code) => code.replace(/[[\]()]/g, ""))).join("\n");
    return [...text.matchAll(/\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)/g)].map(([, target]) => target!);
  }

  /** For each of its tables the number of cells of each row. */
  get tables(): readonly (readonly number[])[] {
    const tables: number[][] = [];
    this.prose.forEach((line, i) => {
      if (!line.startsWith("|")) return;
      if (!this.prose[i - 1]?.startsWith("|")) tables.push([]);
      tables.at(-1)!.push(line.replaceAll("\\|", "").split("|").length - 2);
    });
    return tables;
  }
}

function* blocksIn(lines: readonly string[]): Generator<Block> {
  let open: { readonly fence: string; readonly language: string; readonly line: number } | undefined;
  for (const [i, line] of lines.entries()) {
    const [, indent = "", fence, language = ""] = /^( *)(`{3,})(\w*)\s*$/.exec(line) ?? [];
    if (fence === undefined) continue;
    if (!open) {
      open = { fence: indent + fence, language, line: i };
    } else if (line.trimEnd() === open.fence) {
      const text = lines.slice(open.line + 1, i).map((one) => `${one.slice(indent.length)}\n`);
      yield {
        language: open.language,
        text: text.join(""),
        file: fileAbove(lines, open.line),
        line: open.line,
        end: i,
      };
      open = undefined;
    }
  }
}

function fileAbove(lines: readonly string[], line: number): string | undefined {
  const above = lines[line - 1] === "" ? lines[line - 2] : lines[line - 1];
  return /^<!-- file: (\S+) -->$/.exec(above ?? "")?.[1];
}

/** The anchor of a heading on GitHub, before duplicates are numbered. */
export function slugOf(heading: string): string {
  const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[`*]/g, "");
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, "")
    .replaceAll(" ", "-");
}

/** Every Markdown page that git knows or would take, in order. */
export function allPages(): Page[] {
  const command = ["ls-files", "--cached", "--others", "--exclude-standard", "--", "*.md"];
  const files = execFileSync("git", command, { cwd: root, encoding: "utf8" }).trim().split("\n");
  return files
    .filter((file) => existsSync(join(root, file)))
    .sort()
    .map((file) => new Page(file));
}
