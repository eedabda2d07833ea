import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { lock } from "proper-lockfile";
import { cacheFolder } from "./cache";
import { engineOnPath } from "./engine-on-path";
import { engineVersion } from "./engine-version";
import { offlineFolder } from "./folder";
import { buildFromModules } from "./go-build";

/** A Pulumi CLI and its origin. */
export interface Engine {
  readonly command: string;
  readonly version: string;
  /** An engine that was built from Go modules has no language host; a downloaded one or one on the PATH has. */
  readonly from: "PATH" | "download" | "build";
}

/**
 * The real Pulumi engine: a `pulumi` on the PATH if it is new enough, else the official download, else a build from Go modules.
 * Downloads and builds are kept in the cache folder and created once, under a lock.
 *
 * @throws Error with a message for the user, if none of the three is possible
 */
export async function ensureEngine(log: (progress: string) => void): Promise<Engine> {
  const { engine: onPath, leadingBack } = engineOnPath();
  const engine = onPath ? { ...onPath, from: "PATH" as const } : (engineInCache() ?? (await installEngine(log)));
  for (const command of leadingBack) {
    log(`${command} on the PATH starts offline/pulumi itself; using ${engine.command} instead`);
  }
  return engine;
}

const builtCommand = () => cacheFolder("engine", `built-${engineVersion}`, "pulumi");
const downloadRoot = () => cacheFolder("engine", `official-${engineVersion}`);
const downloadedCommand = () => join(downloadRoot(), "bin", "pulumi");

function engineInCache(): Engine | undefined {
  if (existsSync(downloadedCommand())) {
    return { command: downloadedCommand(), version: engineVersion, from: "download" };
  }
  if (!existsSync(builtCommand())) return undefined;
  placeLanguageHost(dirname(builtCommand()));
  return { command: builtCommand(), version: engineVersion, from: "build" };
}

/**
 * The engine warns about a language host on the PATH, unless it is next to its own executable, so this script is placed there. All
 * checkouts share the cache: the checkout that starts the engine sets which host runs (cli.ts).
 */
function placeLanguageHost(folder: string): void {
  const host = join(folder, "pulumi-language-nodejs");
  if (existsSync(host)) return;
  const unfinished = `${host}.${process.pid}`;
  writeFileSync(unfinished, '#!/bin/sh\nexec node "$PATCHPATH_LANGUAGE_HOST" "$@"\n', { mode: 0o755 });
  renameSync(unfinished, host);
}

async function installEngine(log: (progress: string) => void): Promise<Engine> {
  return underLock(async () => {
    const engine = engineInCache(); // another process may have created it in the meantime
    if (engine) return engine;
    if (!(await download(log))) await build(log);
    return engineInCache()!;
  });
}

/** Only one process at a time creates something in the cache; the others wait. */
async function underLock<T>(create: () => Promise<T>): Promise<T> {
  mkdirSync(cacheFolder("engine"), { recursive: true });
  const release = await lock(cacheFolder("engine"), {
    stale: 30_000,
    retries: { forever: true, minTimeout: 2_000, maxTimeout: 2_000 },
    onCompromised: () => undefined, // the result is moved in place by a rename, so two builds at once are harmless
  });
  try {
    return await create();
  } finally {
    await release();
  }
}

async function download(log: (progress: string) => void): Promise<boolean> {
  log(`downloading the Pulumi CLI ${engineVersion} ...`);
  // Loaded here, since it takes most of a second and only the first run requires it.
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  const { SemVer } = await import("semver");
  try {
    await PulumiCommand.install({ root: downloadRoot(), version: new SemVer(engineVersion) });
    return true;
  } catch {
    rmSync(downloadRoot(), { recursive: true, force: true });
    log("the official download is not reachable");
    return false;
  }
}

async function build(log: (progress: string) => void): Promise<void> {
  const flags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${engineVersion}`;
  await buildFromModules(
    {
      what: `Pulumi ${engineVersion}`,
      modules: join(offlineFolder, "engine"),
      command: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
      flags,
      target: builtCommand(),
    },
    log,
  );
}

/**
 * The language host for YAML programs, which only an official CLI includes: it is built once, next to an engine that was built. Its
 * go.mod and go.sum are in `yaml-host/`.
 *
 * @throws Error if Go is missing or its modules cannot be downloaded
 */
export async function ensureYamlHost(engine: Engine, log: (progress: string) => void): Promise<void> {
  const target = join(dirname(engine.command), "pulumi-language-yaml");
  if (engine.from !== "build") return;
  await underLock(async () => {
    if (existsSync(target)) return;
    await buildFromModules(
      {
        what: "the language host for YAML",
        modules: join(offlineFolder, "yaml-host"),
        command: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
        flags: "-s -w",
        target,
      },
      log,
    );
  });
}
