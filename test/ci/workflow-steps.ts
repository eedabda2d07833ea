import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly "working-directory"?: string;
  readonly "continue-on-error"?: boolean;
}

export interface Job {
  /** Contexts of GitHub's expressions, such as `github` and `inputs`. */
  readonly contexts: Readonly<Record<string, unknown>>;
  /** Variables that a runner sets, without the files of outputs and summary. */
  readonly environment: Readonly<Record<string, string>>;
  readonly workspace: string;
  /** The runner's folder for temporary files. */
  readonly temporary: string;
}

export interface Ran {
  /** Of the step that failed first; 0 for none. */
  readonly code: number;
  readonly output: string;
  readonly summary: string;
  /** Steps that call an action, with what they hand over: actions themselves are not run. */
  readonly called: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly skipped: readonly string[];
}

/**
 * The steps of a job in order, as a runner of GitHub runs them: shell steps by bash with the same options, conditions and
 * expressions by GitHub's own evaluator.
 */
export async function runSteps(steps: readonly Step[], job: Job): Promise<Ran> {
  const evaluate = await evaluator();
  const outputs: Record<string, { outputs: Record<string, string> }> = {};
  const ran = {
    code: 0,
    output: "",
    summary: "",
    called: {} as Record<string, Record<string, string>>,
    skipped: [] as string[],
  };
  for (const step of steps) {
    const expand = (text: string) =>
      text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
        evaluate(expression, { ...job.contexts, steps: outputs }, ran.code === 0).coerceString(),
      );
    const condition = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(step.if ?? "${{ success() }}")?.[1] ?? step.if!;
    if (!isTruthy(evaluate(condition, { ...job.contexts, steps: outputs }, ran.code === 0))) {
      ran.skipped.push(step.name ?? step.uses ?? "");
      continue;
    }
    if (step.run === undefined) {
      const handed = Object.entries(step.with ?? {}).map(([name, value]) => [name, expand(String(value))]);
      ran.called[step.uses?.split("@")[0] ?? ""] = Object.fromEntries(handed) as Record<string, string>;
      continue;
    }
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, expand(value)]));
    const result = await runShell(
      step.run,
      { ...job.environment, ...env },
      expand(step["working-directory"] ?? "."),
      job,
    );
    if (step.id !== undefined) outputs[step.id] = { outputs: result.outputs };
    ran.output += result.output;
    ran.summary += result.summary;
    ran.code ||= result.code;
  }
  return ran;
}

function isTruthy(value: { readonly coerceString: () => string }): boolean {
  return !["", "false", "0"].includes(value.coerceString());
}

/** GitHub's library is an ES module. */
async function evaluator() {
  const { Evaluator, Lexer, Parser, data } = await import("@actions/expressions");
  return (expression: string, contexts: Readonly<Record<string, unknown>>, hasSucceeded: boolean) => {
    const status = (name: string, value: boolean) =>
      [name, { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) }] as const;
    const functions = new Map([
      status("success", hasSucceeded),
      status("failure", !hasSucceeded),
      status("always", true),
      status("cancelled", false),
    ]);
    const dictionary = JSON.parse(JSON.stringify(contexts), data.reviver) as InstanceType<typeof data.Dictionary>;
    const parser = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), [...functions.values()]);
    return new Evaluator(parser.parse(), dictionary, functions).evaluate();
  };
}

async function runShell(script: string, env: Readonly<Record<string, string>>, folder: string, job: Job) {
  const files = mkdtempSync(join(job.temporary, "step-"));
  const [code, output, summary] = ["script.sh", "output", "summary"].map((name) => join(files, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(code, script);
  writeFileSync(output, "");
  writeFileSync(summary, "");
  const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", code], {
    cwd: resolve(job.workspace, folder),
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NO_COLOR: "1",
      RUNNER_TEMP: job.temporary,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      ...env,
    },
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const exit = await new Promise<number>((done, failed) => {
    child.on("error", failed);
    child.on("close", (status) => {
      done(status ?? -1);
    });
  });
  const lines = readFileSync(output, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  return {
    code: exit,
    output: log,
    summary: readFileSync(summary, "utf8"),
    outputs: Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    ) as Record<string, string>,
  };
}
