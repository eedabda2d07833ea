import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { lock } from "proper-lockfile";
import { satisfies } from "semver";
import { cacheFolder } from "./cache";
import { offlineFolder } from "./folder";

/** The engine that is downloaded or built. Its go.mod and go.sum are in `engine/`. */
export const engineVersion = "3.255.0";

/** `policy analyze --file` came with 3.249: an older CLI on the PATH is passed over. */
const acceptedVersions = ">=3.249.0 <4";

/** A Pulumi CLI, and where it comes from. */
export interface Engine {
  readonly command: string;
  readonly version: string;
  /** An official CLI brings its own Node.js language host; one built from Go modules doesn't. */
  readonly hasLanguageHost: boolean;
}

/**
 * The real Pulumi engine: a `pulumi` on the PATH if new enough, else the official download, else the build from Go
 * modules. The latter two are kept in the cache folder and made once, under a lock.
 *
 * @throws Error in words for the user, when none of the three can be had.
 */
export async function provideEngine(tell: (progress: string) => void): Promise<Engine> {
  return engineOnPath() ?? engineInCache() ?? (await makeEngine(tell));
}

const builtCommand = () => cacheFolder("engine", `built-${engineVersion}`, "pulumi");
const downloadRoot = () => cacheFolder("engine", `official-${engineVersion}`);
const downloadedCommand = () => join(downloadRoot(), "bin", "pulumi");

function engineInCache(): Engine | undefined {
  if (existsSync(downloadedCommand())) {
    return { command: downloadedCommand(), version: engineVersion, hasLanguageHost: true };
  }
  if (existsSync(builtCommand())) return { command: builtCommand(), version: engineVersion, hasLanguageHost: false };
  return undefined;
}

function engineOnPath(): Engine | undefined {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const command = join(folder, "pulumi");
    if (!folder || !existsSync(command) || !statSync(command).isFile()) continue;
    const version = versionOf(command);
    if (version && satisfies(version, acceptedVersions)) return { command, version, hasLanguageHost: true };
    return undefined; // the shell would run this one too; an older one further down the PATH is nobody's choice
  }
  return undefined;
}

/** Asking a CLI for its version takes 0.4 s, so the answer is kept until the file changes. */
function versionOf(command: string): string | undefined {
  const { mtimeMs, size } = statSync(command);
  const key = `${command} ${mtimeMs} ${size}`;
  const memory = cacheFolder("version-on-path.json");
  const remembered = readMemory(memory)[key];
  if (remembered) return remembered;
  const { stdout } = spawnSync(command, ["version"], {
    encoding: "utf8",
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  const version = (stdout as string | null)?.trim().replace(/^v/, ""); // null for a file that can't be run
  if (version) {
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
