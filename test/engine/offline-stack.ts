import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { runEngine } from "../../offline/cli";

export const root = join(__dirname, "..", "..");

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

/** What takes time in a program and these tests do not need; the programs of ../packages run without. */
export const quick = {
  PULUMI_NODEJS_TSCONFIG_PATH: join(__dirname, "programs", "tsconfig.json"), // ts-node with swc
  NODE_OPTIONS: ["compile-cache.js", "code-paths.js", "promise-stacks.js"]
    .map((file) => `--require ${join(root, "test", file)}`)
    .join(" "),
};

/**
 * Does what `offline/pulumi` does, with a separate state, by default in the checkout. The command itself first looks whether the
 * checkout is up to date, which takes 0.2 s; it runs in plugins.test.ts and wherever a test does what a user does.
 */
export function runPulumi(
  state: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  return runEngine(args, { ...process.env, PATCHPATH_STATE_DIR: state, ...quick, ...environment }, runCommand);
}

interface Deployment {
  readonly resources?: readonly ExportedResource[];
}

/** What `pulumi stack export` prints, read from the file of the stack: the command takes half a second for the same. */
export function exported(state: string, stack: string): { readonly version: number; readonly deployment: Deployment } {
  const projects = join(state, ".pulumi", "stacks");
  const [project = ""] = readdirSync(projects);
  const { version, checkpoint } = JSON.parse(readFileSync(join(projects, project, `${stack}.json`), "utf8")) as {
    version: number;
    checkpoint: { latest: Deployment };
  };
  return { version, deployment: checkpoint.latest };
}

/** The resources in the state of a stack. */
export function resourcesIn(state: string, stack: string): readonly ExportedResource[] {
  return exported(state, stack).deployment.resources ?? [];
}

/** The state folder of a stack without resources, as the CLI created it. */
let newStack: { readonly project: string; readonly meta: string; readonly state: string } | undefined;

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
    await (this.#created ??= this.#create());
    return this.#pulumi(args, environment);
  }

  #created: Promise<void> | undefined;

  /** Creates the stack: the first of this process by the CLI, and the others as a copy, since each takes half a second. */
  async #create(): Promise<void> {
    const { name: project } = parse(readFileSync(join(this.program, "Pulumi.yaml"), "utf8")) as { name: string };
    const stacks = join(this.#state, ".pulumi", "stacks", project);
    const [meta, file] = [join(this.#state, ".pulumi", "meta.yaml"), join(stacks, "test.json")];
    if (newStack) {
      mkdirSync(stacks, { recursive: true });
      writeFileSync(meta, newStack.meta);
      writeFileSync(file, newStack.state.replace(`/${newStack.project}/`, `/${project}/`));
      return;
    }
    const { code, output } = await this.#pulumi(["stack", "init", "test"], {});
    if (code !== 0) throw new Error(output);
    newStack = { project, meta: readFileSync(meta, "utf8"), state: readFileSync(file, "utf8") };
  }

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

  /** Writes what `pulumi stack export` prints. @returns the path of the file */
  export(): string {
    const file = join(this.folder, "state.json");
    writeFileSync(file, JSON.stringify(exported(this.#state, "test")));
    return file;
  }

  /** The resources of the state by their logical names, without the stack itself and its providers. */
  async resources(stack = "test"): Promise<Readonly<Record<string, ExportedResource>>> {
    await this.#created;
    const made = resourcesIn(this.#state, stack).filter(({ type }) => !type.startsWith("pulumi:"));
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
  environment: NodeJS.ProcessEnv = {},
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
