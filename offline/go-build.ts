import { spawn } from "node:child_process";
import { mkdirSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { acceptedVersions } from "./engine-on-path";

/** A command that is built from Go modules. */
export interface GoBuild {
  /** For its user, while it is built. */
  readonly what: string;
  /** The folder with the go.mod and go.sum by which it is built. */
  readonly modules: string;
  /** Import path of the command. */
  readonly command: string;
  /** Of the linker. */
  readonly flags: string;
  /** The executable; it is there once all of it is built. */
  readonly target: string;
}

/** Builds a command, and tells how far it has come: it takes minutes. */
export async function buildFromModules(
  { what, modules, command, flags, target }: GoBuild,
  tell: (progress: string) => void,
): Promise<void> {
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(dirname(target), { recursive: true });
  tell(`building ${what} from its Go modules; this happens once and takes some minutes`);
  await go(["mod", "download", "-x"], modules, counted("fetched", "module files", tell));
  const environment = ["-trimpath", "-tags", "osusergo,grpcnotrace"];
  const packages: string[] = [];
  await go(["list", "-deps", ...environment, command], modules, (line) => {
    packages.push(line);
  });
  await go(
    ["build", "-v", ...environment, "-ldflags", flags, "-o", unfinished, command],
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
