import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { lock } from "proper-lockfile";
import { cacheFolder } from "./cache";
import { engineOnPath } from "./engine-on-path";
import { offlineFolder } from "./folder";
import { buildFromModules } from "./go-build";

/** The engine that is downloaded or built. Its go.mod and go.sum are in `engine/`. */
export const engineVersion = "3.255.0";

/** A Pulumi CLI, and where it comes from. */
export interface Engine {
  readonly command: string;
  readonly version: string;
  /** An engine that was built from Go modules has no language host; downloaded ones and those on the PATH have. */
  readonly from: "PATH" | "download" | "build";
}

/**
 * The real Pulumi engine: a `pulumi` on the PATH if new enough, else the official download, else the build from Go
 * modules. The latter two are kept in the cache folder and made once, under a lock.
 *
 * @throws Error in words for the user, when none of the three can be had.
 */
export async function provideEngine(tell: (progress: string) => void): Promise<Engine> {
  const { engine: onPath, leadingBack } = engineOnPath();
  const engine = onPath ? { ...onPath, from: "PATH" as const } : (engineInCache() ?? (await makeEngine(tell)));
  for (const command of leadingBack) {
    tell(`${command} on the PATH starts offline/pulumi itself; using ${engine.command} instead`);
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
 * The engine warns of a language host on the PATH unless it is the one beside its own executable, so ours stands there.
 * The cache is for all checkouts: which one's host runs is told by the checkout that starts the engine (cli.ts).
 */
function placeLanguageHost(folder: string): void {
  const host = join(folder, "pulumi-language-nodejs");
  if (existsSync(host)) return;
  const unfinished = `${host}.${process.pid}`;
  writeFileSync(unfinished, '#!/bin/sh\nexec node "$PATCHPATH_LANGUAGE_HOST" "$@"\n', { mode: 0o755 });
  renameSync(unfinished, host);
}

async function makeEngine(tell: (progress: string) => void): Promise<Engine> {
  return underLock(async () => {
    const engine = engineInCache(); // somebody else may have made it while we waited
    if (engine) return engine;
    if (!(await download(tell))) await build(tell);
    return engineInCache()!;
  });
}

/** One process at a time makes something for the cache; the others wait. */
async function underLock<T>(make: () => Promise<T>): Promise<T> {
  mkdirSync(cacheFolder("engine"), { recursive: true });
  const release = await lock(cacheFolder("engine"), {
    stale: 30_000,
    retries: { forever: true, minTimeout: 2_000, maxTimeout: 2_000 },
    onCompromised: () => undefined, // the result is put in place by a rename, so even two builds at once do no harm
  });
  try {
    return await make();
  } finally {
    await release();
  }
}

async function download(tell: (progress: string) => void): Promise<boolean> {
  tell(`downloading the Pulumi CLI ${engineVersion} ...`);
  // Loaded here and not above: it takes most of a second, and only the very first run needs it.
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  const { SemVer } = await import("semver");
  try {
    await PulumiCommand.install({ root: downloadRoot(), version: new SemVer(engineVersion) });
    return true;
  } catch {
    rmSync(downloadRoot(), { recursive: true, force: true });
    tell("the official download does not answer");
    return false;
  }
}

async function build(tell: (progress: string) => void): Promise<void> {
  const flags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${engineVersion}`;
  await buildFromModules(
    {
      what: `Pulumi ${engineVersion}`,
      modules: join(offlineFolder, "engine"),
      command: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
      flags,
      target: builtCommand(),
    },
    tell,
  );
}

/**
 * The language host for YAML programs, which only an official CLI brings: it is built once, beside an engine that was built.
 * Its go.mod and go.sum are in `yaml-host/`.
 *
 * @throws Error when there is no Go, or its modules can't be had
 */
export async function provideYamlHost(engine: Engine, tell: (progress: string) => void): Promise<void> {
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
      tell,
    );
  });
}
