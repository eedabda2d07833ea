import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stateWith } from "./state";

const root = join(__dirname, "..");
const pulumi = join(root, "offline", "pulumi");

export const packs = {
  empty: join(__dirname, "empty-pack"),
  patchpath: join(root, "policypack"),
};
export type PackName = keyof typeof packs;

/** Resource usage of the process of a policy pack, from start to exit. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly peakMebibytes: number;
}

/** Runs the offline engine with one policy pack, and measures the process of the pack. */
export class Engine {
  readonly #folder = mkdtempSync(join(tmpdir(), "patchpath-bench-"));
  readonly #program = join(this.#folder, "program");
  readonly #state = join(this.#folder, "state");

  constructor() {
    cpSync(join(__dirname, "many-resources"), this.#program, { recursive: true });
    symlinkSync(join(root, "node_modules"), join(this.#program, "node_modules"));
    writeFileSync(join(this.#program, "Pulumi.bench.yaml"), "config:\n  aws:region: ap-northeast-1\n");
    // Builds outdated packages and the engine, so that no measured run does.
    execFileSync(pulumi, ["-C", this.#program, "stack", "init", "bench"], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, PATCHPATH_STATE_DIR: this.#state },
    });
  }

  /** `pulumi policy analyze` for an exported stack. */
  analyze(pack: PackName, resources: number): Usage {
    const file = join(this.#folder, `state-${resources}.json`);
    writeFileSync(file, stateWith(resources));
    return this.#run(["policy", "analyze", "--file", file, "--policy-pack", packs[pack]]);
  }

  /** `pulumi preview` of the program in many-resources/, whose resources are all new. */
  preview(pack: PackName): Usage {
    return this.#run(["-C", this.#program, "preview", "--stack", "bench", "--policy-pack", packs[pack]]);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #run(args: readonly string[]): Usage {
    const usageFile = join(this.#folder, "usage");
    rmSync(usageFile, { force: true });
    const { status, stdout, stderr } = spawnSync(pulumi, args, {
      encoding: "utf8",
      env: {
        ...process.env,
        NODE_OPTIONS: `--require ${join(__dirname, "usage-probe.js")}`,
        PATCHPATH_STATE_DIR: this.#state,
        PATCHPATH_USAGE_FILE: usageFile,
      },
    });
    if (status !== 0) throw new Error(`pulumi ${args.join(" ")} exited with ${status}:\n${stdout}${stderr}`);
    const [cpuMilliseconds = NaN, peakKibibytes = NaN] = readFileSync(usageFile, "utf8").split(" ").map(Number);
    return { cpuSeconds: cpuMilliseconds / 1000, peakMebibytes: peakKibibytes / 1024 };
  }
}
