import { spawn } from "node:child_process";
import { mkdirSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { acceptedVersions } from "./engine-on-path";

/** A command to build from Go modules. */
export interface GoBuild {
  /** What is built, for the progress messages. */
  readonly what: string;
  /** The folder with its go.mod and go.sum. */
  readonly modules: string;
  /** Import path of the command. */
  readonly command: string;
  /** Flags of the linker. */
  readonly flags: string;
  /** The executable, which exists only once the build is complete. */
  readonly target: string;
}

/** Builds a command, which takes minutes, and reports progress. */
export async function buildFromModules(
  { what, modules, command, flags, target }: GoBuild,
  log: (progress: string) => void,
): Promise<void> {
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(dirname(target), { recursive: true });
  log(`building ${what} from its Go modules; this happens once and takes several minutes`);
  await go(["mod", "download", "-x"], modules, counted("fetched", "module files", log));
  const environment = ["-trimpath", "-tags", "osusergo,grpcnotrace"];
  const packages: string[] = [];
  await go(["list", "-deps", ...environment, command], modules, (line) => {
    packages.push(line);
  });
  await go(
    ["build", "-v", ...environment, "-ldflags", flags, "-o", unfinished, command],
    modules,
    counted("compiled", `of ${packages.length} packages`, log),
  );
  renameSync(unfinished, target);
  log(`built: ${target}`);
}

/** Reports the progress of a long run: at most one line every ten seconds. */
function counted(verb: string, things: string, log: (progress: string) => void): () => void {
  const started = Date.now();
  let count = 0;
  let reportedAt = started;
  return () => {
    count++;
    if (Date.now() - reportedAt < 10_000) return;
    reportedAt = Date.now();
    log(`${verb} ${count} ${things} in ${Math.round((reportedAt - started) / 1000)} s ...`);
  };
}

/** Runs the Go tool and passes on its lines, including those of standard error (`go build -v` writes there). */
function go(args: string[], cwd: string, onLine: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("go", args, {
      cwd,
      // GOGC: the compiler runs a thousand times, half a second each; less frequent garbage collection saves a fifth.
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
          `no Pulumi CLI is on the PATH, the download is not reachable, and Go cannot be run (${error.message}); install Pulumi ${acceptedVersions} or Go 1.25`,
        ),
      );
    });
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`\`go ${args[0]}\` exited with ${code}:\n${lastLines.join("\n")}`));
    });
  });
}
