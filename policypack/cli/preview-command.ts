import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { imagesIn } from "../config";
import { reportOn } from "../report/path-report";
import { pathsAsSarif } from "../report/path-sarif";
import {
  type PreviewReport,
  type PreviewVerdict,
  previewAsMarkdown,
  previewAsText,
  verdictOf,
} from "../report/preview-report";
import type { DeclaredImages } from "../stack/declared-images";
import { Stack } from "../stack/stack";
import type { Terminal } from "./format-option";
import { readText } from "../sources/input-file";
import { findingsIn } from "./policy-events";
import { readStackFile } from "../sources/stack-file";
import { InputError } from "../sources/input-error";
import { UsageError, usageExitCode } from "./usage-error";

export interface PreviewOptions {
  readonly stack?: string;
  readonly cwd?: string;
  readonly policyPackConfig?: string;
  readonly failOn: "refused" | "unknown" | "never";
  readonly out?: string;
}

/** The package itself is the policy pack, wherever it is installed. */
const pack = dirname(require.resolve("patchpath/package.json"));

/**
 * `patchpath preview`: one preview of a stack with this policy pack, the findings of its policy packs, and the report on its
 * fleets. With `--out` both are also written there: report.md, and report.sarif unless the preview failed, since code
 * scanning closes an alert that is missing.
 *
 * @param more options of `pulumi preview`
 * @returns what to print, and the exit code
 * @throws UsageError
 */
export async function previewCommand(
  more: readonly string[],
  options: PreviewOptions,
  terminal: Terminal,
): Promise<{ output: string; code: number }> {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-")); // a plan contains the stack's config, so it is deleted
  try {
    const program = resolve(options.cwd ?? ".");
    const succeeded = await runPreview(argumentsFor(options, more, folder), program, folder);
    const report = readReport(options, succeeded, folder, terminal);
    if (options.out !== undefined) writeReport(options.out, report, projectFileOf(program), terminal.version);
    return {
      output: previewAsText(report, terminal.width, terminal.colour),
      code: exitCodeOf(report.verdict, options.failOn),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const planIn = (folder: string) => join(folder, "plan.json");
const logIn = (folder: string) => join(folder, "events.json");

function argumentsFor(options: PreviewOptions, more: readonly string[], folder: string): string[] {
  const { stack, policyPackConfig } = options;
  return [
    ...["preview", "--json", "--show-sames", "--non-interactive", "--policy-pack", pack, "--event-log", logIn(folder)],
    ...(policyPackConfig === undefined ? [] : ["--policy-pack-config", resolve(options.cwd ?? ".", policyPackConfig)]),
    ...(stack === undefined ? [] : ["--stack", stack]),
    ...more,
  ];
}

/** @returns whether it ended with 0 */
function runPreview(args: readonly string[], cwd: string, folder: string): Promise<boolean> {
  return new Promise((done, failed) => {
    const child = spawn("pulumi", args, {
      cwd,
      stdio: ["ignore", "pipe", "inherit"],
      // `--event-log` is an option of the commands for debugging; Pulumi's Automation API turns it on the same way.
      env: { ...process.env, PULUMI_DEBUG_COMMANDS: "true" },
    });
    const plan: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => plan.push(chunk));
    child.on("error", (error: NodeJS.ErrnoException) => {
      const why = existsSync(cwd)
        ? `\`pulumi\` cannot be run (${error.code ?? error.message}); install Pulumi 3.249 or later`
        : `--cwd \`${cwd}\` does not exist`;
      failed(new UsageError(why));
    });
    child.on("close", (code) => {
      if (child.pid === undefined) return; // it did not start, and the folder is gone
      writeFileSync(planIn(folder), Buffer.concat(plan));
      done(code === 0);
    });
  });
}

function readReport(options: PreviewOptions, succeeded: boolean, folder: string, { tell }: Terminal): PreviewReport {
  const log = existsSync(logIn(folder)) ? readText(logIn(folder)) : "";
  const plan = readPlan(planIn(folder), tell);
  const known = {
    findings: findingsIn(log),
    paths: plan && reportOn([new Stack(plan.resources, imagesOfConfig(options))]),
    partial: plan?.partial && "The preview failed, so this report is partial.", // without the temporary file's name
  };
  return { stack: options.stack ?? "the selected stack", verdict: verdictOf(succeeded, known), ...known };
}

/** The images that the config of the pack declares; a config that cannot be read has ended the preview. */
function imagesOfConfig({ cwd = ".", policyPackConfig }: PreviewOptions): DeclaredImages {
  if (policyPackConfig === undefined) return new Map();
  return imagesIn(JSON.parse(readText(resolve(cwd, policyPackConfig))) as Readonly<Record<string, unknown>>);
}

/** `undefined` if the preview ended without one: Pulumi has printed the reason to standard error. */
function readPlan(file: string, tell: Terminal["tell"]) {
  try {
    for (const message of diagnosticsIn(readFileSync(file, "utf8"))) tell(message);
    return readStackFile(file, undefined);
  } catch (error) {
    if (error instanceof InputError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What an ordinary preview shows while it runs, and `--json` keeps in the plan. @throws SyntaxError */
function diagnosticsIn(plan: string): string[] {
  const { diagnostics = [] } = JSON.parse(plan) as { readonly diagnostics?: readonly { readonly message: string }[] };
  return diagnostics.map(({ message }) => message.trimEnd());
}

function writeReport(folder: string, report: PreviewReport, project: string, version: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "report.md"), `${previewAsMarkdown(report)}\n`);
    rmSync(join(folder, "report.sarif"), { force: true });
    if (report.verdict === "failed" || report.paths === undefined) return;
    writeFileSync(
      join(folder, "report.sarif"),
      JSON.stringify(pathsAsSarif(report.paths, version, project), undefined, 2),
    );
  } catch (error) {
    throw new UsageError(`--out \`${folder}\` cannot be written: ${(error as Error).message.split(",")[0] ?? ""}`);
  }
}

/** As code scanning names files: from the root of the repository. */
function projectFileOf(program: string): string {
  let folder = program;
  while (!existsSync(join(folder, ".git")) && folder !== dirname(folder)) folder = dirname(folder);
  const within = existsSync(join(folder, ".git")) ? relative(folder, program).split(sep) : [];
  return [...within, "Pulumi.yaml"].filter((part) => part !== "").join("/");
}

/** A preview that failed never passes: it shows nothing about the stack. */
function exitCodeOf(verdict: PreviewVerdict, failOn: PreviewOptions["failOn"]): number {
  if (verdict === "failed") return usageExitCode;
  if (failOn === "never" || verdict === "passed") return 0;
  if (verdict === "refused") return 1;
  return failOn === "unknown" ? 3 : 0;
}
