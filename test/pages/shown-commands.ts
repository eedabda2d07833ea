import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Printed, served } from "../command/patchpath";
import { type Block, type Page, root } from "./page";

/** The commands that need nothing but the files that they name. */
const offlineCommands = ["policy", "explain", "roles", "config", "context"];

/** A block with commands whose output is the next block. */
export interface Shown {
  readonly page: Page;
  readonly block: Block;
  readonly output: Block;
}

/** A command line without the comment at its end; `undefined` if it is none of `patchpath`, or has a pipe. */
function argsOf(line: string): string[] | undefined {
  const [, rest] = /^npx patchpath (.*?)(?: +#.*)?$/.exec(line) ?? [];
  if (rest === undefined || /[|<>]/.test(rest)) return undefined;
  return rest.split(" ").filter((arg) => arg !== "");
}

function linesOf({ text }: Block): string[] {
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

/** Blocks that end with a command whose output is shown. */
export function shownOn(page: Page): Shown[] {
  return page.blocks.flatMap((block) => {
    if (block.language !== "sh") return [];
    const output = page.after(block);
    if (output?.language !== "text" && output?.language !== "mermaid") return [];
    return [{ page, block, output }];
  });
}

/** Whether nothing but commands that work offline stands in a block. */
export function isRunnable({ block }: Shown): boolean {
  return linesOf(block).every((line) => offlineCommands.includes(argsOf(line)?.[0] ?? ""));
}

/** Runs the commands of blocks, each in a folder with what its page names. @returns the result of each block's last command */
export function run(shown: readonly Shown[]): Printed[] {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-pages-"));
  try {
    const folders = new Map<Page, string>();
    const commands = shown.flatMap(({ page, block }, i) => {
      const cwd = folders.get(page) ?? folderFor(page, join(folder, String(folders.size)));
      folders.set(page, cwd);
      return linesOf(block).map((line) => ({ i, command: { cwd, args: argsOf(line)! } }));
    });
    const results = commands.map(({ command: { args, cwd } }) => served(args, cwd));
    return shown.map((_, i) => results[commands.map((one) => one.i).lastIndexOf(i)]!);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The help of commands of `patchpath`. */
export function helpOf(commands: readonly string[]): ReadonlyMap<string, string> {
  return new Map(commands.map((command) => [command, served(["help", command], root).output]));
}

interface Report {
  readonly fleets: readonly { readonly hops: readonly { readonly hop: string; readonly verdict: string }[] }[];
}

/** The reports on states, as JSON. */
export function explainedWith(states: readonly string[]): Report[] {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-states-"));
  try {
    return states.map((state) => {
      writeFileSync(join(folder, "state.json"), state);
      return JSON.parse(served(["explain", "--state", "state.json", "--format", "json"], folder).output) as Report;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A folder with the files that the page shows, and the examples. The page of an example is about the files beside it. */
function folderFor(page: Page, folder: string): string {
  if (page.path.startsWith("examples/")) return join(root, dirname(page.path));
  mkdirSync(folder);
  symlinkSync(join(root, "examples"), join(folder, "examples"));
  for (const { file, text } of page.blocks) if (file !== undefined) writeFileSync(join(folder, file), text);
  return folder;
}

/** A block as a pattern of an output: a line `...` stands for any lines. */
export function pattern(block: string): RegExp {
  const lines = block
    .trimEnd()
    .split("\n")
    .map((line) => (line.trim() === "..." ? "(?:.*\\n)*?.*" : line.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
  return new RegExp(`^${lines.join("\\n")}\\n$`);
}
