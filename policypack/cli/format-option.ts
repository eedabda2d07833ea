import { Option } from "commander";
import { type FormatOf, type ReportingCommand, formats, formatsOf, render } from "../report/formats";
import type { Page } from "../report/printing";

/** What the terminal is like. */
export interface Terminal extends Omit<Page, "remarks" | "isPartial"> {
  /** Prints a line to standard error. */
  readonly tell: (line: string) => void;
  /** Says what the command does now, where somebody watches it. */
  readonly progress: (words: string) => void;
}

/** `--format` of a command, as the help shows it. */
export function formatOption(command: ReportingCommand): Option {
  const all = formatsOf(command);
  return new Option("--format <format>", all.map(([name, { description }]) => `${name}: ${description}`).join("; "))
    .choices(all.map(([name]) => name))
    .default("text");
}

/** The report of a command, in a format; remarks that the format does not show are printed to standard error. */
export function printed<C extends ReportingCommand>(
  command: C,
  format: FormatOf<C>,
  report: Parameters<typeof render<C>>[2],
  page: Page,
  { tell }: Terminal,
): string {
  if (!formats[format].showsRemarks) for (const remark of page.remarks) tell(`patchpath: ${remark}`);
  return render(command, format, report, page);
}
