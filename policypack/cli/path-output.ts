import { writeFileSync } from "node:fs";
import { withoutFormatting } from "../iam/problems";
import type { FormatOf } from "../report/formats";
import { type PathReport, exitCodeOfPaths } from "../report/path-report";
import type { Page } from "../report/printing";
import { type Terminal, printed } from "./format-option";
import { UsageError } from "./usage-error";

export interface OutputOptions {
  readonly format: FormatOf<"explain">;
  /** Shows a long text whole. */
  readonly all?: boolean;
  /** Shows of a text only the verdict. */
  readonly quiet?: boolean;
  readonly out?: string;
}

/**
 * Prints a report on patch paths, or writes it to a file: the same for every command that has one.
 *
 * @returns what to print, and the exit code
 * @throws UsageError
 */
export function pathOutput(
  report: PathReport,
  { remarks, isPartial }: Required<Pick<Page, "remarks" | "isPartial">>,
  { format, all: isWhole = false, quiet: isQuiet = false, out }: OutputOptions,
  terminal: Terminal,
): { output: string; code: number } {
  const colour = terminal.colour && out === undefined;
  const text = printed(
    "explain",
    format,
    report,
    { ...terminal, remarks, isPartial, isWhole, isQuiet, colour },
    terminal,
  );
  // What a partial report omits is unknown: a pipeline must not read it as open.
  const code = exitCodeOfPaths(report) || (isPartial ? 3 : 0);
  if (out === undefined) return { output: text, code };
  writeOutput("--out", out, `${withoutFormatting(text)}\n`);
  return { output: `written to ${out}`, code };
}

/** @throws UsageError with the option that named the file */
export function writeOutput(option: string, file: string, text: string | Buffer): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`${option} \`${file}\` cannot be written: ${(error as Error).message.split(",")[0] ?? ""}`);
  }
}
