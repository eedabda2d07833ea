import { type ChildProcessWithoutNullStreams, execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { lock } from "proper-lockfile";
import { cacheFolder } from "../../../offline/cache";

const folder = join(__dirname, "emulator");
const requirements = join(folder, "requirements.txt");

/** What an automation did. */
export interface AutomationResult {
  readonly status: "Success" | "Failed" | "Refused";
  /** Why it did not start. */
  readonly message: string | null;
  readonly steps: readonly { readonly name: string; readonly status: string; readonly message: string | null }[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

export interface AwsCall {
  readonly service: string;
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Calls that fail: those of an operation whose body holds `argument`, `times` times. */
export interface Fault {
  readonly operation: string;
  /** `null`: the call seems to succeed, and does nothing. */
  readonly error: string | null;
  readonly argument?: string;
  readonly times?: number;
}

/** An AWS account of moto's on loopback (emulator/emulator.py), in a process of its own. */
export class Emulator {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting: ((line: string) => void)[] = [];
  #errors = "";

  private constructor(python: string) {
    this.#process = spawn(python, [join(folder, "emulator.py")], { stdio: "pipe" });
    this.#process.stderr.on("data", (chunk: Buffer) => (this.#errors += chunk.toString()));
    createInterface({ input: this.#process.stdout }).on("line", (line) => this.#waiting.shift()?.(line));
    this.#process.on("exit", () => {
      for (const reply of this.#waiting.splice(0)) reply(JSON.stringify({ error: this.#errors }));
    });
  }

  /** Installs it first, once for each set of pinned versions: half a minute, from PyPI. */
  static async start(): Promise<Emulator> {
    return new Emulator(await installed());
  }

  stop(): void {
    this.#process.stdin.end();
  }

  async call(service: string, operation: string, parameters: object): Promise<Record<string, unknown>> {
    return (await this.#ask({ call: [service, operation, parameters] })) as Record<string, unknown>;
  }

  /** Many calls at once: for each the error that AWS would answer, or null. */
  async refusalsOf(
    calls: readonly (readonly [service: string, operation: string, parameters: object])[],
  ): Promise<(string | null)[]> {
    return (await this.#ask({ refusals: calls })) as (string | null)[];
  }

  /** The names of an operation's inputs; an error where there is no such operation. */
  async inputsOf(service: string, operation: string): Promise<string[]> {
    return (await this.#ask({ inputs: [service, operation] })) as string[];
  }

  async run(document: object, parameters: object): Promise<AutomationResult> {
    return (await this.#ask({ run: document, arguments: parameters })) as AutomationResult;
  }

  async fail(fault: Fault): Promise<void> {
    await this.#ask({ fault });
  }

  /** What was called since the last time, and how often a retry waited; mends all faults. */
  async callsSince(): Promise<{ calls: AwsCall[]; waits: number }> {
    return (await this.#ask({ calls: true })) as { calls: AwsCall[]; waits: number };
  }

  async #ask(request: object): Promise<unknown> {
    const line = await new Promise<string>((resolve) => {
      this.#waiting.push(resolve);
      this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    });
    const reply = JSON.parse(line) as { answer?: unknown; error?: string };
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply.answer;
  }
}

/** The Python of a virtual environment with moto, in the cache. */
async function installed(): Promise<string> {
  const versions = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const environment = cacheFolder(`moto-${versions}`);
  const python = join(environment, "bin", "python");
  mkdirSync(dirname(environment), { recursive: true });
  const release = await lock(dirname(environment), {
    lockfilePath: `${environment}.lock`,
    retries: { retries: 120, minTimeout: 1000, maxTimeout: 5000 },
  });
  try {
    if (!existsSync(python)) await install(environment);
  } finally {
    await release();
  }
  return python;
}

/** Under another name first: what was interrupted is no environment. */
async function install(environment: string): Promise<void> {
  const run = promisify(execFile);
  const unfinished = `${environment}.${process.pid}`;
  try {
    await run("python3", ["-m", "venv", unfinished]);
    await run(join(unfinished, "bin", "python"), ["-m", "pip", "install", "--quiet", "-r", requirements]);
    renameSync(unfinished, environment);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(
      `moto can't be installed, which this test runs automations on; it needs python3 with venv and PyPI: ${String(error)}`,
    );
  }
}
