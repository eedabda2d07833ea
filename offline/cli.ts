import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { cacheFolder } from "./cache";
import { type Engine, ensureEngine } from "./engine";
import { startedFromPath } from "./engine-on-path";
import { offlineFolder } from "./folder";
import { StackConfigFiles } from "./stack-config";

/** The folder of the file backend. */
function stateFolder(given: string | undefined): string {
  return resolve(given || join(offlineFolder, "..", ".state"));
}

function log(progress: string): void {
  process.stderr.write(`patchpath: ${progress}\n`);
}

/** The environment of the engine, without an account, a passphrase or internet access. */
function environmentFor(engine: Engine, inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const plugins = [join(offlineFolder, "plugins", "aws")];
  if (engine.from === "build") plugins.push(dirname(engine.command)); // before the language host of any older CLI
  const state = stateFolder(inherited["PATCHPATH_STATE_DIR"]);
  const home = cacheFolder("pulumi-home");
  for (const folder of [state, home]) mkdirSync(folder, { recursive: true });
  return {
    ...inherited,
    PULUMI_ACCESS_TOKEN: undefined,
    PULUMI_CONFIG_PASSPHRASE_FILE: undefined,
    PATH: [...plugins, inherited["PATH"]].join(delimiter),
    ...(engine.from === "build" ? { PATCHPATH_LANGUAGE_HOST: join(offlineFolder, "bin", "language-host.js") } : {}),
    ...(engine.from === "PATH" ? { [startedFromPath]: "1" } : {}),
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    PULUMI_HOME: home,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER: "true", // see stack-config.ts: the salt is in the state only
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    PULUMI_NODEJS_TRANSPILE_ONLY: inherited["PULUMI_NODEJS_TRANSPILE_ONLY"] ?? "true", // `npm run check` checks types
  };
}

/**
 * Runs the Pulumi CLI on the stand-in AWS.
 *
 * @param inherited the environment of the command
 * @param start starts an executable with these arguments, and waits for its end
 */
export async function runEngine<Result>(
  args: readonly string[],
  inherited: NodeJS.ProcessEnv,
  start: (command: string, args: readonly string[], env: NodeJS.ProcessEnv) => Promise<Result>,
): Promise<Result> {
  const engine = await ensureEngine(log);
  const configFiles = new StackConfigFiles(args, process.cwd());
  const result = await start(engine.command, args, environmentFor(engine, inherited));
  configFiles.removeSalt();
  return result;
}

/** Runs the Pulumi CLI with these arguments and exits with its exit code. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    process.exitCode = await runEngine(args, process.env, inThisTerminal);
  } catch (error) {
    log((error as Error).message);
    process.exitCode = 1;
  }
}

function inThisTerminal(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(command, args, { stdio: "inherit", env });
  // A terminal sends these to the CLI too, which then shuts down; its exit code is passed on.
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, () => (signal === "SIGTERM" ? child.kill(signal) : undefined));
  return new Promise((finished, failed) => {
    child.on("error", failed);
    child.on("close", (code, signal) => {
      finished(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
    });
  });
}
