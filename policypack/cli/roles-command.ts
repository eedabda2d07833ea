import { rolesAsMarkdown, rolesAsText } from "../report/roles-text";
import { type RolesReport, exitCodeOfRoles, reportOnRoles } from "../report/roles-report";
import { Stack } from "../stack/stack";
import { readStackFile } from "./stack-file";

export interface RolesOptions {
  readonly state: readonly string[];
  readonly format: "text" | "json" | "markdown";
}

/**
 * `patchpath roles`: which roles have policies that AWS deprecates, where these come from, what replaces them and what
 * would be lost.
 *
 * @param colour whether text may have colours
 * @returns what to print, and the exit code
 * @throws UsageError
 */
export function rolesCommand({ state, format }: RolesOptions, colour: boolean): { output: string; code: number } {
  const files = [...new Set(state)].map((file) => readStackFile(file, undefined));
  const remarks = files.flatMap(({ partial }) => partial ?? []);
  const report = reportOnRoles(files.map(({ resources }) => new Stack(resources)));
  // What a partial plan leaves out is unknown: a pipeline must not take it for none.
  const code = exitCodeOfRoles(report) || (remarks.length > 0 ? 3 : 0);
  return { output: render(report, remarks, format, colour), code };
}

function render(report: RolesReport, remarks: readonly string[], format: RolesOptions["format"], colour: boolean) {
  switch (format) {
    case "json":
      return JSON.stringify(report, undefined, 2);
    case "markdown":
      return rolesAsMarkdown(report, remarks);
    case "text":
      return rolesAsText(report, remarks, colour);
  }
}
