import { Command, CommanderError, Option } from "commander";
import { refuseStaleBuild } from "../freshness";
import { withoutControls, withoutFormatting } from "../iam/problems";
import { type PolicyOptions, policyCommand } from "./policy-command";
import type { ExplainOptions } from "./explain-command";
import type { RolesOptions } from "./roles-command";
import { UsageError, usageExitCode } from "./usage-error";

refuseStaleBuild();

/**
 * The command `patchpath`.
 *
 * @param args without the program's name
 * @param version what `--version` answers
 * @returns the exit code: 0 all open, 1 something is blocked, 2 wrong usage or unreadable input, 3 something is unknown
 */
export async function main(args: readonly string[], version: string): Promise<number> {
  // A reader such as `head` may close the pipe early; that is no error of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  let code = 0;
  const finish = (result: { output: string; code: number }) => {
    process.stdout.write(`${withoutFormatting(result.output)}\n`);
    ({ code } = result);
  };
  const program = new Command("patchpath")
    .description("Will the instances in this private subnet really be patched?")
    .version(version)
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text.replace(/^error: /, "patchpath: ")) });
  program
    .command("policy")
    .description("what endpoint policies say to everything that patching reads")
    .argument("<file...>", "policy documents as JSON; - is standard input")
    .requiredOption("--region <region>", "region of the endpoint")
    .option("--os <id...>", "systems whose repositories are asked about (default: both Amazon Linux generations)")
    .addOption(new Option("--format <format>").choices(["text", "json", "markdown"]).default("text"))
    .action((files: string[], options: PolicyOptions) => {
      finish(policyCommand(files, options, wantsColour()));
    });
  program
    .command("explain")
    .description("will the fleets of a stack be patched, and if not, at which hop does it break")
    .argument("[-]", "- reads a state or a plan from standard input")
    .option("--state <file...>", "states, as `pulumi stack export` prints them")
    .option("--plan <file>", "a plan, as `pulumi preview --json --show-sames` prints it")
    .option("--region <region>", "region of the stack, where the file does not tell it")
    .option(
      "--os <id...>",
      "systems whose repositories endpoints must admit (default: amazon-linux-2023, and amazon-linux-2 where a fleet runs it)",
    )
    .addOption(
      new Option("--format <format>").choices(["text", "json", "markdown", "sarif", "mermaid"]).default("text"),
    )
    .option("--out <file>", "write to a file in place of standard output")
    .action(async (argument: string | undefined, options: ExplainOptions) => {
      if (argument !== undefined && argument !== "-") {
        throw new UsageError(`\`${argument}\` is no option; expected --state ${argument}, --plan ${argument} or -`);
      }
      const { explainCommand } = await import("./explain-command.js");
      const tell = (line: string) => process.stderr.write(`${line}\n`);
      const terminal = { width: process.stdout.columns || 120, colour: wantsColour(), version, tell };
      finish(explainCommand(argument === "-", options, terminal));
    });
  program
    .command("roles")
    .description("which roles have deprecated policies, what replaces them, and what would be lost")
    .requiredOption("--state <file...>", "states, as `pulumi stack export` prints them; - is standard input")
    .addOption(new Option("--format <format>").choices(["text", "json", "markdown"]).default("text"))
    .action(async (options: RolesOptions) => {
      const { rolesCommand } = await import("./roles-command.js");
      finish(rolesCommand(options, wantsColour()));
    });
  program
    .command("config")
    .description("checks a policy-pack config strictly: the engine lets misspelt names pass")
    .argument("<file>", "the config as JSON; - is standard input")
    .action(async (file: string) => {
      const { configCommand } = await import("./config-command.js"); // with it comes ajv, a tenth of a second
      finish(configCommand(file));
    });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode;
    // Never 1, which says that something is blocked: an error of ours is no verdict.
    const message = error instanceof UsageError ? error.message : `an error of its own: ${String(error)}`;
    process.stderr.write(`patchpath: ${withoutControls(message)}\n`);
    return usageExitCode;
  }
}

/** On a terminal, unless the user's environment says otherwise. */
function wantsColour(): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  return Boolean(FORCE_COLOR) || (process.stdout.isTTY && TERM !== "dumb");
}
