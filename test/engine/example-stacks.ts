import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CommandResult, policyPack, root, runCommand, runPulumi } from "./offline-stack";

export const examples = join(root, "examples");

/** The deployment of a program of `examples/`. */
export interface Deployment {
  /** Folder below `examples/`. */
  readonly program: string;
  readonly stack: string;
  /** Files of the program with the content of others of it, as its README says to change them. */
  readonly files?: Readonly<Record<string, string>>;
  /** What the policy pack says of its preview: the rules with mandatory findings. */
  readonly rejected: readonly string[];
  /** Page whose first block of text the output of the preview has. */
  readonly shownOn?: string;
  /** File below `examples/` with the recorded state. */
  readonly records?: string;
  /** File below `examples/` with the recorded plan. */
  readonly plan?: string;
}

/** Deployments on one stand-in AWS, one after the other. */
export interface Scenario {
  readonly deployments: readonly Deployment[];
  /** The language host or the component providers that it requires, in addition to what the checkout has. */
  readonly requires?: "awsx and eks" | "python" | "yaml";
}

const openAndAllowed = ["s3-endpoint-admits-anonymous-repo-reads", "patch-path-is-open"];

export const scenarios: readonly Scenario[] = [
  {
    deployments: [
      {
        program: "own-vpc",
        stack: "dev",
        rejected: openAndAllowed,
        shownOn: "docs/reference/policy-pack.md",
        records: "own-vpc/state.json",
      },
      {
        program: "own-vpc",
        stack: "dev",
        files: { "policy.json": "policy.fixed.json" },
        rejected: [],
        records: "own-vpc/state.fixed.json",
      },
    ],
  },
  {
    deployments: [
      { program: "network-and-fleet/network", stack: "prod", rejected: [], records: "network-and-fleet/network.json" },
      { program: "network-and-fleet/fleet", stack: "prod", rejected: [], records: "network-and-fleet/payments.json" },
      { program: "existing-vpc", stack: "dev", rejected: [], records: "existing-vpc/state.json" },
    ],
  },
  ...["central-endpoints", "existing-instances", "wsus"].map((program) => ({
    deployments: [{ program, stack: "dev", rejected: [], records: `${program}/state.json` }],
  })),
  {
    deployments: ["dev", "staging", "prod"].map((stack) => ({ program: "environments", stack, rejected: [] })),
  },
  { requires: "yaml", deployments: [{ program: "yaml", stack: "dev", rejected: [], records: "yaml/state.json" }] },
  {
    requires: "python",
    deployments: [{ program: "python", stack: "dev", rejected: [], records: "python/state.json" }],
  },
  {
    requires: "awsx and eks",
    deployments: [
      {
        program: "awsx-vpc",
        stack: "dev",
        rejected: openAndAllowed,
        records: "awsx-vpc/state.json",
        plan: "awsx-vpc/plan.json",
      },
    ],
  },
  {
    requires: "awsx and eks",
    deployments: [
      {
        program: "eks-node-group",
        stack: "dev",
        rejected: [],
        records: "eks-node-group/state.json",
        plan: "eks-node-group/plan.json",
      },
    ],
  },
];

/** Runs deployments in a folder of their own. */
export class Deployed {
  readonly folder = mkdtempSync(join(tmpdir(), "patchpath-examples-"));
  readonly #state = join(this.folder, "state");

  /** @param environment what a language host or a component provider requires; `NODE_MODULES` replaces the checkout's */
  constructor(readonly environment: Readonly<Record<string, string>> = {}) {}

  #programOf({ program, files = {} }: Deployment): string {
    const folder = join(this.folder, program.replaceAll("/", "-"));
    if (!existsSync(folder)) {
      cpSync(join(examples, program), folder, { recursive: true });
      const modules = this.environment["NODE_MODULES"] ?? join(root, "node_modules");
      symlinkSync(modules, join(folder, "node_modules"));
      const plugin = join(folder, "patchpath"); // of a program in another language: a folder that names the components
      if (existsSync(plugin)) symlinkSync(join(root, "node_modules"), join(plugin, "node_modules"));
    }
    for (const [file, other] of Object.entries(files)) cpSync(join(folder, other), join(folder, file));
    return folder;
  }

  pulumi(deployment: Deployment, ...args: string[]): Promise<CommandResult> {
    const { NODE_MODULES: _, ...environment } = this.environment;
    return runPulumi(this.#state, ["-C", this.#programOf(deployment), ...args], environment);
  }

  /** Previews with the policy pack. */
  async preview(deployment: Deployment): Promise<CommandResult> {
    const stack = ["--stack", deployment.stack];
    await this.pulumi(deployment, "stack", "init", deployment.stack);
    return this.pulumi(deployment, "preview", ...stack, "--policy-pack", policyPack);
  }

  async plan(deployment: Deployment): Promise<string> {
    const { stdout } = await this.pulumi(deployment, "preview", "--json", "--show-sames", "--stack", deployment.stack);
    return stdout;
  }

  async up(deployment: Deployment): Promise<CommandResult> {
    return this.pulumi(deployment, "up", "--yes", "--skip-preview", "--stack", deployment.stack);
  }

  async export(deployment: Deployment): Promise<string> {
    const { stdout } = await this.pulumi(deployment, "stack", "export", "--stack", deployment.stack);
    return stdout;
  }

  /** Writes a file into the folder. @returns its path */
  write(name: string, text: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, text);
    return file;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The report on a plan or on states. */
export async function reportOn(option: "--plan" | "--state", ...files: string[]): Promise<string> {
  const command = [join(policyPack, "patchpath.js"), "explain", option, ...files];
  return (await runCommand(process.execPath, command)).output;
}

/** The part of a state that Patchpath reads. */
export async function contextOf(state: string, out: string): Promise<string> {
  const { code, output } = await runCommand(process.execPath, [
    join(policyPack, "patchpath.js"),
    ...["context", state, "--out", out],
  ]);
  if (code !== 0) throw new Error(output);
  return readFileSync(out, "utf8");
}

/** What a recorded file leaves out: where and when it was recorded. */
const leftOut = new Set(["created", "diagnostics", "modified", "sourcePosition", "stackTrace", "time"]);

/** A context or a plan as it is recorded: a line for each resource or step. */
export function asRecorded(text: string): string {
  const value = JSON.parse(text, (key, one: unknown) => (leftOut.has(key) ? undefined : one)) as {
    deployment?: Record<string, unknown>;
  };
  const listed = ["resources", "steps"];
  const write = (one: unknown, depth: number): string => {
    if (typeof one !== "object" || one === null || Array.isArray(one)) return JSON.stringify(one);
    const parts = Object.entries(one).map(([key, part]: [string, unknown]) => {
      const isList = listed.includes(key) && Array.isArray(part);
      const written = isList
        ? `[\n${(part as unknown[]).map((row) => JSON.stringify(row)).join(",\n")}\n]`
        : write(part, depth + 1);
      return `${JSON.stringify(key)}: ${written}`;
    });
    return depth < 2 ? `{\n${parts.join(",\n")}\n}` : JSON.stringify(one);
  };
  return `${write(value, 0)}\n`;
}

export function recorded(file: string): string {
  return readFileSync(join(examples, file), "utf8");
}

/** Folders below `examples/`. */
export function exampleFolders(): string[] {
  return readdirSync(examples, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
