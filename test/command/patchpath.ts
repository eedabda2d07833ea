import { type ChildProcess, fork, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { MessageChannel, Worker, receiveMessageOnPort } from "node:worker_threads";

/** The command as package managers link it. */
export const command = join(__dirname, "..", "..", "policypack", "patchpath.js");

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** With what a terminal would show: both streams, in the order of their lines. */
export interface Printed extends Ran {
  readonly output: string;
}

/** In addition to the environment of the tests; `undefined` removes a variable. */
type Environment = Readonly<Record<string, string | undefined>>;

/** Starts the command, as users do. */
export function started(args: readonly string[], cwd: string, input = "", environment: Environment = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd,
    input,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", ...environment },
  });
  return { code: status, stdout, stderr };
}

/** Runs the command in a process that serves all tests; `npm run test:all` starts it each time, as users do. */
export const patchpath: (...command: Parameters<typeof served>) => Ran = process.env["PATCHPATH_WHOLE_MATRICES"]
  ? started
  : (...command) => {
      const { code, stdout, stderr } = served(...command);
      return { code, stdout, stderr };
    };

/** What serve.js answers, or that it did not run the command. */
type Answer = Printed & { readonly failed?: string };

function printed(answer: Answer): Printed {
  if (answer.failed !== undefined) throw new Error(answer.failed);
  return answer;
}

let server: ((request: object) => unknown) | undefined;

/** Runs the command in a process that serves all tests. */
export function served(args: readonly string[], cwd: string, input = "", environment: Environment = {}): Printed {
  server ??= startServer();
  const folder = mkdtempSync(join(tmpdir(), "patchpath-input-"));
  try {
    const file = join(folder, "input");
    writeFileSync(file, input);
    return printed(server({ args, cwd, input: file, environment }) as Answer);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A thread beside this one talks with the process, so that a test can wait for a result without being asynchronous. */
function startServer(): (request: object) => unknown {
  const { port1: port, port2 } = new MessageChannel();
  const state = new Int32Array(new SharedArrayBuffer(4));
  const bridge = new Worker(join(__dirname, "bridge.js"), {
    workerData: { port: port2, state },
    transferList: [port2],
    execArgv: [],
  });
  bridge.unref();
  return (request) => {
    Atomics.store(state, 0, 0);
    port.postMessage(request);
    if (Atomics.wait(state, 0, 0, 60_000) === "timed-out") return { failed: "the command takes longer than a minute" };
    return receiveMessageOnPort(port)?.message as unknown;
  };
}

/** The command for a test that serves what it calls, and so cannot wait for it: in a process of its own, which has no other variables. */
export class PatchpathMeanwhile {
  #server: ChildProcess | undefined;
  #answered: (answer: Answer) => void = () => undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** Runs it after what was asked for before. */
  run(args: readonly string[], cwd: string, environment: Environment): Promise<Printed> {
    const result = this.#last.then(() => this.#ask({ args, cwd, input: devNull, environment })).then(printed);
    this.#last = result.catch(() => undefined);
    return result;
  }

  #ask(request: object): Promise<Answer> {
    this.#server ??= this.#start();
    const server = this.#server;
    return new Promise((answered) => {
      this.#answered = answered;
      server.send(request);
    });
  }

  /** At the first command, since nothing would stop it where no test of a file is run. */
  #start(): ChildProcess {
    const server = fork(join(__dirname, "serve.js"), [], { env: { PATH: process.env["PATH"] } });
    server.on("message", (answer: Answer) => {
      this.#answered(answer);
    });
    server.on("exit", (code) => {
      this.#answered({ code, stdout: "", stderr: "", output: "", failed: `serve.js ended with ${code}` });
    });
    return server;
  }

  stop(): void {
    this.#server?.disconnect();
  }
}
