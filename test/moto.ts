import { type ChildProcessWithoutNullStreams, execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { lock } from "proper-lockfile";
import { cacheFolder } from "../offline/cache";

const requirements = join(__dirname, "components", "remediation", "emulator", "requirements.txt");

/** A Python script with moto, which answers each line of JSON with one. It ends with the process of the tests. */
export class MotoProcess {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting: ((line: string) => void)[] = [];
  #errors = "";
  /** The result of every request from then on. */
  #ended: string | undefined;

  private constructor(python: string, script: string) {
    this.#process = spawn(python, [script], { stdio: "pipe" });
    this.#process.stderr.on("data", (chunk: Buffer) => (this.#errors += chunk.toString()));
    createInterface({ input: this.#process.stdout }).on("line", (line) => this.#waiting.shift()?.(line));
    this.#process.on("exit", (code, signal) => {
      this.#ended = JSON.stringify({ error: `${script} ended with ${code ?? signal ?? ""}: ${this.#errors}` });
      for (const reply of this.#waiting.splice(0)) reply(this.#ended);
    });
    this.#process.stdin.on("error", () => undefined); // a request to a script that has ended fails by its reply
    this.#keepAlive(false);
  }

  /** Installs moto first, once for each set of pinned versions: half a minute, from PyPI. */
  static async start(script: string): Promise<MotoProcess> {
    return new MotoProcess(await installed(), script);
  }

  stop(): void {
    this.#process.stdin.end();
  }

  /** Whether the process of the tests waits for this one. */
  #keepAlive(isAwaited: boolean): void {
    const { stdin, stdout, stderr } = this.#process;
    // Pipes are sockets, which their types do not say.
    const handles: readonly unknown[] = [this.#process, stdin, stdout, stderr];
    for (const one of handles as readonly { ref: () => void; unref: () => void }[]) {
      if (isAwaited) one.ref();
      else one.unref();
    }
  }

  async ask(request: object): Promise<unknown> {
    const line = this.nextLine();
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    return line;
  }

  /** The answer in its next line. */
  async nextLine(): Promise<unknown> {
    this.#keepAlive(true);
    const line = this.#ended ?? (await new Promise<string>((resolve) => this.#waiting.push(resolve)));
    this.#keepAlive(this.#waiting.length > 0);
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

/** Under another name first, so that an interrupted installation is not used. */
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
