import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { satisfies } from "semver";
import { cacheFolder } from "./cache";

/** `policy analyze --file` came with 3.249: an older CLI on the PATH is passed over. */
export const acceptedVersions = ">=3.249.0 <4";

/** What `offline/pulumi` answers to whoever asks with `PATCHPATH_WHO_ARE_YOU`; a real CLI tells its version. */
const itself = "offline/pulumi";

/** Set for everything below an engine from the PATH. */
export const startedFromPath = "PATCHPATH_ENGINE_FROM_PATH";

/** What the PATH has: an engine that is new enough, and the commands before it that only lead back to offline/pulumi. */
export interface FoundOnPath {
  readonly engine: { readonly command: string; readonly version: string } | undefined;
  readonly leadingBack: readonly string[];
}

/** Looks for a `pulumi` on the PATH, as the shell does, but past those that would start this command again and again. */
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
    // The shell would run this one too; an older one further down the PATH is nobody's choice.
    const engine = version && satisfies(version, acceptedVersions) ? { command, version } : undefined;
    return { engine, leadingBack };
  }
  return { engine: undefined, leadingBack };
}

/** Asking a CLI for its version takes 0.4 s, so the answer is kept until the file changes. */
function versionOf(command: string): string | undefined {
  const { mtimeMs, size } = statSync(command);
  const key = `${command} ${mtimeMs} ${size}`;
  const memory = cacheFolder("version-on-path.json");
  // Below an engine from the PATH it is asked again: a wrapper may meanwhile lead back to here.
  const remembered = process.env[startedFromPath] ? undefined : readMemory(memory)[key];
  if (remembered) return remembered;
  const { stdout } = spawnSync(command, ["version"], {
    encoding: "utf8",
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true", PATCHPATH_WHO_ARE_YOU: "1" },
  });
  const version = (stdout as string | null)?.trim().replace(/^v/, ""); // null for a file that can't be run
  if (version && version !== itself) {
    mkdirSync(cacheFolder(), { recursive: true });
    writeFileSync(`${memory}.${process.pid}`, JSON.stringify({ [key]: version }));
    renameSync(`${memory}.${process.pid}`, memory); // several processes ask at once in tests
  }
  return version || undefined;
}

function readMemory(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  } catch {
    return {}; // not there yet, or broken: the answer is only kept to save time
  }
}
