import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";

export const root = join(__dirname, "..", "..");
const pulumi = join(root, "offline", "pulumi");

/** The policy pack in the checkout. */
export const policyPack = join(root, "policypack");

export interface CommandResult {
  readonly code: number;
  /** What a user sees: standard output and standard error, in order. */
  readonly output: string;
  readonly stdout: string;
}

export interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
}

/** Steps that take time and that these tests do not need; `npm start` in dev-stack.test.ts and the templates omit them. */
const quick = {
  PULUMI_NODEJS_TSCONFIG_PATH: join(__dirname, "programs", "tsconfig.json"), // ts-node with swc
  NODE_OPTIONS: ["compile-cache.js", "promise-stacks.js"]
    .map((file) => `--require ${join(root, "test", file)}`)
    .join(" "),
};

/** Runs `offline/pulumi` with a separate state, by default in the checkout. */
export function runPulumi(
  state: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  return runCommand(pulumi, args, { PATCHPATH_STATE_DIR: state, ...quick, ...environment });
}

/** The resources in the state of a stack, read from the file: an export takes half a second for the same. */
export function resourcesIn(state: string, stack: string): readonly ExportedResource[] {
  const projects = join(state, ".pulumi", "stacks");
  const [project = ""] = readdirSync(projects);
  const { checkpoint } = JSON.parse(readFileSync(join(projects, project, `${stack}.json`), "utf8")) as {
    checkpoint: { latest?: { resources?: ExportedResource[] } };
  };
  return checkpoint.latest?.resources ?? [];
}

/**
 * A stack of a small program on the real engine, in separate folders: the program is copied, so that its config can be
 * changed, and the state is not shared.
 */
export class OfflineStack {
  readonly folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  readonly program: string;
  readonly #state = join(this.folder, "state");

  /**
   * @param program a folder of `programs/`
   * @param config of the stack `test`, in addition to its region
   */
  constructor(program: string, config: Readonly<Record<string, unknown>> = {}) {
    this.program = join(this.folder, "program");
    cpSync(join(__dirname, "programs", program), this.program, { recursive: true });
    symlinkSync(join(root, "node_modules"), join(this.program, "node_modules"));
    this.configure(config);
  }

  configure(config: Readonly<Record<string, unknown>>): void {
    writeFileSync(
      join(this.program, "Pulumi.test.yaml"),
      stringify({ config: { "aws:region": "ap-northeast-1", ...config } }),
    );
  }

  /** Runs `offline/pulumi -C PROGRAM ...`; creates the stack before the first command. */
  async run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<CommandResult> {
    this.#created ??= this.#pulumi(["stack", "init", "test"], {});
    const created = await this.#created;
    if (created.code !== 0) return created;
    return this.#pulumi(args, environment);
  }

  #created: Promise<CommandResult> | undefined;

  #pulumi(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<CommandResult> {
    return runPulumi(this.#state, ["-C", this.program, ...args], environment);
  }

  async preview(...args: string[]): Promise<CommandResult> {
    return this.run(["preview", "--stack", "test", ...args]);
  }

  async up(...args: string[]): Promise<CommandResult> {
    return this.run(["up", "--yes", "--skip-preview", "--stack", "test", ...args]);
  }

  async destroy(): Promise<CommandResult> {
    return this.run(["destroy", "--yes", "--skip-preview", "--stack", "test"]);
  }

  /** The resources of the state by their logical names, without the stack itself and its providers. */
  async resources(): Promise<Readonly<Record<string, ExportedResource>>> {
    await this.#created;
    const made = resourcesIn(this.#state, "test").filter(({ type }) => !type.startsWith("pulumi:"));
    return Object.fromEntries(made.map((resource) => [resource.urn.split("::").at(-1) ?? "", resource]));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Runs a command to its end and collects what it prints. */
export function runCommand(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  cwd = root,
  shell = false,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      shell,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1", ...environment },
    });
    let output = "";
    let stdout = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      output += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code: code ?? -1, output, stdout });
    });
  });
}
