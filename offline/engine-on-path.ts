import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { satisfies } from "semver";
import { cacheFolder } from "./cache";

/** `policy analyze --file` was added in 3.249: an older CLI on the PATH is ignored. */
export const acceptedVersions = ">=3.249.0 <4";

/** What `offline/pulumi` prints if `PATCHPATH_WHO_ARE_YOU` is set; a real CLI prints its version. */
const itself = "offline/pulumi";

/** Set for all child processes of an engine from the PATH. */
export const startedFromPath = "PATCHPATH_ENGINE_FROM_PATH";

/** An engine on the PATH that is new enough, and commands before it that only start offline/pulumi. */
export interface FoundOnPath {
  readonly engine: { readonly command: string; readonly version: string } | undefined;
  readonly leadingBack: readonly string[];
}

/** Looks for `pulumi` on the PATH, as the shell does, but skips commands that would start this command again. */
export function engineOnPath(): FoundOnPath {
  const leadingBack: string[] = [];
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const command = join(folder, "pulumi");
    if (!folder || !existsSync(command) || !statSync(command).isFile()) continue;
    const version = versionOf(command);
    if (version === itself) {
      leadingBack.push(command);
      continue;
    }
    // The shell would run this one too, so commands further down the PATH are not considered.
    const engine = version && satisfies(version, acceptedVersions) ? { command, version } : undefined;
    return { engine, leadingBack };
  }
  return { engine: undefined, leadingBack };
}

/** The version of a CLI. Since `version` takes 0.4 s, the result is cached until the file changes. */
function versionOf(command: string): string | undefined {
  const { mtimeMs, size } = statSync(command);
  const key = `${command} ${mtimeMs} ${size}`;
  const cache = cacheFolder("version-on-path.json");
  // In child processes of an engine from the PATH, the cache is not used: a wrapper may now start offline/pulumi.
  const cached = process.env[startedFromPath] ? undefined : readCache(cache)[key];
  if (cached) return cached;
  const { stdout } = spawnSync(command, ["version"], {
    encoding: "utf8",
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true", PATCHPATH_WHO_ARE_YOU: "1" },
  });
  const version = (stdout as string | null)?.trim().replace(/^v/, ""); // null for a file that cannot be run
  if (version && version !== itself) {
    mkdirSync(cacheFolder(), { recursive: true });
    writeFileSync(`${cache}.${process.pid}`, JSON.stringify({ [key]: version }));
    renameSync(`${cache}.${process.pid}`, cache); // tests run several processes at once
  }
  return version || undefined;
}

function readCache(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  } catch {
    return {}; // missing or broken: it is only a cache
  }
}
