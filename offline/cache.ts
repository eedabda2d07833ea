import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The folder of the engine and its home, outside the work tree, so that a new clone finds them again: `PATCHPATH_CACHE_DIR`, else
 * `$XDG_CACHE_HOME/patchpath` or `~/.cache/patchpath`.
 */
export function cacheFolder(...below: string[]): string {
  const own = process.env["PATCHPATH_CACHE_DIR"];
  const root = own ? own : join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "patchpath");
  return join(root, ...below);
}
