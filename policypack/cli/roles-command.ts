import type { FormatOf } from "../report/formats";
import { exitCodeOfRoles, reportOnRoles } from "../report/roles-report";
import { Stack } from "../stack/stack";
import { type Terminal, printed } from "./format-option";
import { readStackFile } from "../sources/stack-file";

export interface RolesOptions {
  readonly state: readonly string[];
  readonly format: FormatOf<"roles">;
}

/**
 * `patchpath roles`: which roles have deprecated policies, where these are attached, what replaces them, and which
 * permissions would be lost.
 *
 * @returns what to print, and the exit code
 * @throws UsageError
 */
export function rolesCommand({ state, format }: RolesOptions, terminal: Terminal): { output: string; code: number } {
  const files = [...new Set(state)].map((file) => readStackFile(file, undefined));
  const remarks = files.flatMap(({ partial }) => partial ?? []);
  const report = reportOnRoles(files.map(({ resources }) => new Stack(resources)));
  // What a partial plan omits is unknown: a pipeline must not read it as none.
  const code = exitCodeOfRoles(report) || (remarks.length > 0 ? 3 : 0);
  return { output: printed("roles", format, report, { ...terminal, remarks }, terminal), code };
}
