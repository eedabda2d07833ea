import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where the engine and its home live: outside the work tree, so that a clean clone finds them again.
 * `PATCHPATH_CACHE_DIR` moves it; otherwise `$XDG_CACHE_HOME/patchpath` or `~/.cache/patchpath`.
 */
export function cacheFolder(...below: string[]): string {
  const own = process.env["PATCHPATH_CACHE_DIR"];
  const root = own ? own : join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "patchpath");
  return join(root, ...below);
}
