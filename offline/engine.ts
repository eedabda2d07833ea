import { spawn } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { lock } from "proper-lockfile";
import { cacheFolder } from "./cache";
import { acceptedVersions, engineOnPath } from "./engine-on-path";
import { offlineFolder } from "./folder";

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
  mkdirSync(cacheFolder("engine"), { recursive: true });
  const release = await lock(cacheFolder("engine"), {
    stale: 30_000,
    retries: { forever: true, minTimeout: 2_000, maxTimeout: 2_000 },
    onCompromised: () => undefined, // the result is put in place by a rename, so even two builds at once do no harm
  });
  try {
    const engine = engineInCache(); // somebody else may have made it while we waited
    if (engine) return engine;
    if (!(await download(tell))) await build(tell);
    return engineInCache()!;
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
  const modules = join(offlineFolder, "engine");
  const target = builtCommand();
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(join(target, ".."), { recursive: true });

  tell(`building Pulumi ${engineVersion} from its Go modules; this happens once and takes some minutes`);
  await go(["mod", "download", "-x"], modules, counted("fetched", "module files", tell));
  const environment = ["-trimpath", "-tags", "osusergo,grpcnotrace"];
  const packages: string[] = [];
  await go(["list", "-deps", ...environment, "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"], modules, (line) => {
    packages.push(line);
  });
  const flags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${engineVersion}`;
  await go(
    ["build", "-v", ...environment, "-ldflags", flags, "-o", unfinished, "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"],
    modules,
    counted("compiled", `of ${packages.length} packages`, tell),
  );
  renameSync(unfinished, target);
  tell(`built: ${target}`);
}

/** Tells how far a long run has come: at most one line in ten seconds, however many there are. */
function counted(verb: string, things: string, tell: (progress: string) => void): () => void {
  const started = Date.now();
  let count = 0;
  let toldAt = started;
  return () => {
    count++;
    if (Date.now() - toldAt < 10_000) return;
    toldAt = Date.now();
    tell(`${verb} ${count} ${things} in ${Math.round((toldAt - started) / 1000)} s ...`);
  };
}

/** Runs the Go tool and hands over its lines, those of standard error too (`go build -v` writes there). */
function go(args: string[], cwd: string, onLine: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("go", args, {
      cwd,
      // GOGC: the compiler runs a thousand times for half a second each; collecting its garbage less often saves a fifth.
      env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-buildvcs=false", GOWORK: "off", GOGC: "400" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const lastLines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        lastLines.push(line);
        if (lastLines.length > 10) lastLines.shift();
        onLine(line);
      });
    }
    child.on("error", (error) => {
      reject(
        new Error(
          `no Pulumi CLI on the PATH, no download, and Go can't be run (${error.message}); install Pulumi ${acceptedVersions} or Go 1.25`,
        ),
      );
    });
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`\`go ${args[0]}\` ended with ${code}:\n${lastLines.join("\n")}`));
    });
  });
}
