import type { FormatOf } from "../report/formats";
import { exitCodeOfRoles, reportOnRoles } from "../report/roles-report";
import { readEstate } from "./estate-files";
import { type Terminal, printed } from "./format-option";

export interface RolesOptions {
  readonly state: readonly string[];
  /** Judges each stack by itself. */
  readonly separate?: boolean;
  readonly format: FormatOf<"roles">;
}

/**
 * `patchpath roles`: which roles have deprecated policies, where these are attached, what replaces them, and which
 * permissions would be lost.
 *
 * @returns what to print, and the exit code
 * @throws UsageError
 */
export function rolesCommand(
  { state, separate, format }: RolesOptions,
  terminal: Terminal,
): { output: string; code: number } {
  const { stacks, remarks, isPartial } = readEstate(state, { separate: separate ?? false }, terminal);
  const report = reportOnRoles(stacks);
  // What a partial plan omits is unknown: a pipeline must not read it as none.
  const code = exitCodeOfRoles(report) || (isPartial ? 3 : 0);
  return { output: printed("roles", format, report, { ...terminal, remarks, isPartial }, terminal), code };
}
