import { Argument, Command, CommanderError, Option } from "commander";
import { refuseStaleBuild } from "../freshness";
import { withoutControls, withoutFormatting } from "../iam/problems";
import { type Shell, completionScript, shells } from "./completion";
import { type ContextOptions, contextCommand } from "./context-command";
import { type ExplainOptions, explainCommand } from "./explain-command";
import { formatOption } from "./format-option";
import { progressOn } from "./progress";
import { withExamples, wrongUsage } from "./help";
import { type PolicyOptions, policyCommand } from "./policy-command";
import type { AuditOptions } from "./audit-command";
import type { CommentOptions } from "./comment-command";
import type { PreviewOptions } from "./preview-command";
import { type RolesOptions, rolesCommand } from "./roles-command";
import { InputError } from "../sources/input-error";
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
  // A reader such as `head` may close the pipe early; that is not an error of the command.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    process.stderr.write(`patchpath: standard output cannot be written: ${error.message}\n`);
    process.exit(usageExitCode);
  });
  let code = 0;
  const progress = progressOn(process.stderr, process.env);
  const finish = (result: { output: string; code: number }) => {
    progress.clear();
    process.stdout.write(`${withoutFormatting(result.output)}\n`);
    ({ code } = result);
  };
  const terminal = () => ({
    width: process.stdout.columns || 100,
    colour: wantsColour(),
    version,
    tell: (line: string) => {
      progress.clear();
      process.stderr.write(`${line}\n`);
    },
    progress: progress.show,
  });
  const program = new Command("patchpath")
    .description("Will the instances in this private subnet really be patched?")
    .version(version)
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text.replace(/^error: /, "patchpath: ")) });
  withExamples(
    program,
    [
      "patchpath policy policy.json --region eu-west-1",
      "patchpath preview --stack dev",
      "pulumi preview --json --show-sames | patchpath explain -",
      "patchpath roles --state state.json",
      "patchpath config policy-config.json",
    ],
    { 0: "all open", 1: "something is blocked, deprecated or wrong", 2: wrongUsage, 3: "something is unknown" },
  );
  withExamples(
    program
      .command("policy")
      .description("whether endpoint policies allow everything that patching reads")
      .argument("<file...>", "policy documents as JSON; - is standard input")
      .requiredOption("--region <region>", "region of the endpoint")
      .option("--os <system...>", "systems whose repositories to check (default: both Amazon Linux generations)")
      .option("--vpc <id>", "VPC of the endpoint, if the policy has a condition on it")
      .option("--account <id>", "account of the endpoint, if the policy has a condition on it")
      .addOption(formatOption("policy"))
      .action((files: string[], options: PolicyOptions) => {
        finish(policyCommand(files, options, terminal()));
      }),
    [
      "patchpath policy policy.json --region eu-west-1",
      "patchpath policy policy.json --region eu-west-1 --os amazon-linux-2023 --format markdown",
    ],
    { 0: "all reads are allowed", 1: "a read is denied", 2: wrongUsage, 3: "something is unknown" },
  );
  withExamples(
    program
      .command("explain")
      .description(
        "whether each fleet (an instance, Auto Scaling group or launch template) can be patched, and if not, at which hop of its path it breaks",
      )
      .argument("[-]", "- reads a state or a plan from standard input")
      .option(
        "--state <file...>",
        "states of Pulumi or Terraform, or folders of them; several are judged as one estate",
      )
      .option("--plan <file>", "a plan of Pulumi or Terraform; states given with it are the other stacks")
      .option("--separate", "judge each stack by itself")
      .option("--all", "show every fleet in a long text, not only what breaks")
      .option("--quiet", "print only the verdict, as text")
      .option("--region <region>", "region of the stack, if the file does not contain it")
      .option(
        "--image <ami=system...>",
        "what an image is whose id does not tell it, such as ami-0123456789abcdef0=amazon-linux-2023",
      )
      .option("--fleet <name...>", "only these fleets, by their names in the program")
      .option("--instance <id...>", "only these instances, such as i-0123456789abcdef0")
      .option(
        "--repositories <system...>",
        "systems whose repositories endpoints must allow (default: amazon-linux-2023, and amazon-linux-2 where a fleet runs it)",
      )
      .addOption(formatOption("explain"))
      .option("--out <file>", "write to a file instead of standard output")
      .action((argument: string | undefined, options: ExplainOptions) => {
        if (argument !== undefined && argument !== "-") {
          throw new UsageError(
            `\`${argument}\` is not an option; expected --state ${argument}, --plan ${argument} or -`,
          );
        }
        finish(explainCommand(argument === "-", options, terminal()));
      }),
    [
      "pulumi preview --json --show-sames | patchpath explain -",
      "patchpath explain --state state.json",
      "patchpath explain --state network.json payments.json",
      "terraform show -json | patchpath explain -",
      "patchpath explain --state state.json --fleet web",
      "patchpath explain --plan plan.json --format markdown --out comment.md",
    ],
    {
      0: "all fleets are patchable",
      1: "a hop is blocked, or an S3 endpoint denies a read of dnf or yum",
      2: wrongUsage,
      3: "nothing is blocked, and something is unknown",
    },
  );
  withExamples(
    program
      .command("audit")
      .description(
        "whether the instances of a live AWS account can be patched, held against what Systems Manager reports; makes read-only calls, and requires @patchpath/audit",
      )
      .option("--region <region...>", "regions to read")
      .option("--profile <name>", "profile of the AWS configuration")
      .option("--role-arn <arn...>", "roles to assume: one for each account")
      .option(
        "--config-aggregator <name>",
        "read an aggregator of AWS Config instead, with all its accounts and regions",
      )
      .option("--vpc <id...>", "VPCs whose fleets to judge (default: all)")
      .option("--endpoint-url <url>", "instead of AWS's own endpoints")
      .option("--state <file...>", "states whose names to show, and to compare with")
      .option("--save <file>", "write a snapshot of what was read, without user data")
      .option("--since <file>", "compare with an earlier snapshot")
      .option("--all", "show every fleet in a long text, not only what breaks")
      .option("--quiet", "print only the verdict, as text")
      .option("--print-policy", "print the IAM policy that allows exactly the calls of an audit")
      .addOption(formatOption("explain"))
      .option("--out <file>", "write to a file instead of standard output")
      .action(async (options: AuditOptions) => {
        const { auditCommand } = await import("./audit-command.js");
        finish(await auditCommand(options, terminal()));
      }),
    [
      "patchpath audit --region eu-west-1",
      "patchpath audit --region eu-west-1 us-east-1 --role-arn arn:aws:iam::123456789012:role/audit --save today.json",
      "patchpath audit --region eu-west-1 --since yesterday.json",
      "patchpath audit --print-policy",
    ],
    {
      0: "all fleets are patchable",
      1: "a hop is blocked, or an S3 endpoint denies a read of dnf or yum",
      2: "wrong usage, or an account that cannot be read",
      3: "nothing is blocked, and something is unknown, or a call was not allowed",
    },
  );
  withExamples(
    program
      .command("preview")
      .description("previews a stack with this policy pack, and prints its findings and the report on the fleets")
      .argument("[options...]", "after --: further options of `pulumi preview`")
      .option("--stack <name>", "the stack (default: the selected one)")
      .option("--cwd <folder>", "folder of the Pulumi project")
      .option("--policy-pack-config <file>", "config of the policy pack, from that folder")
      .addOption(
        new Option(
          "--fail-on <verdict>",
          "which verdict exits with a code other than 0; a preview that fails always does",
        )
          .choices(["refused", "unknown", "never"])
          .default("refused"),
      )
      .option("--out <folder>", "write report.md and report.sarif there")
      .action(async (more: string[], options: PreviewOptions) => {
        const { previewCommand } = await import("./preview-command.js");
        finish(await previewCommand(more, options, terminal()));
      }),
    ["patchpath preview --stack dev", "patchpath preview --stack dev --out report -- --refresh"],
    {
      0: "no policy rejects the stack",
      1: "a policy rejects it",
      2: `the preview failed, or ${wrongUsage}`,
      3: "with --fail-on unknown: something is unknown",
    },
  );
  withExamples(
    program
      .command("comment")
      .description("posts a report as the comment of the pull request that CI runs for, or updates it in place")
      .argument("<file>", "the report, as Markdown")
      .requiredOption(
        "--key <text>",
        "distinguishes this comment from others on the same pull request, such as a stack's name",
      )
      .action(async (file: string, options: CommentOptions) => {
        const { commentCommand } = await import("./comment-command.js");
        finish(await commentCommand(file, options, process.env));
      }),
    ["patchpath comment report/report.md --key dev"],
    { 0: "the comment is created or updated", 2: `${wrongUsage}, or the comment cannot be posted` },
  );
  withExamples(
    program
      .command("roles")
      .description("which roles have deprecated policies, what replaces them, and which permissions would be lost")
      .requiredOption(
        "--state <file...>",
        "states of Pulumi or Terraform, or folders of them; - is standard input; several are judged as one estate",
      )
      .option("--separate", "judge each stack by itself")
      .addOption(formatOption("roles"))
      .action((options: RolesOptions) => {
        finish(rolesCommand(options, terminal()));
      }),
    ["patchpath roles --state state.json", "patchpath roles --state state.json --format markdown"],
    {
      0: "no role has a deprecated policy",
      1: "a role has one",
      2: wrongUsage,
      3: "no role is known to have one, and something is unknown",
    },
  );
  withExamples(
    program
      .command("context")
      .description("writes the part of other stacks' states that the policy pack reads, without secrets")
      .argument("<file...>", "states of Pulumi or Terraform, or folders of them")
      .requiredOption("--out <file>", "where to write it; a name that ends in .gz is compressed")
      .action((files: string[], options: ContextOptions) => {
        finish(contextCommand(files, options, terminal()));
      }),
    ["patchpath context network.json --out context.json.gz", "patchpath context envs/prod --out context.json"],
    { 0: "the context is written", 2: wrongUsage },
  );
  withExamples(
    program
      .command("config")
      .description("validates a policy-pack config; the engine silently ignores misspelled rule names")
      .argument("<file>", "the config as JSON; - is standard input")
      .action(async (file: string) => {
        const { configCommand } = await import("./config-command.js"); // loads ajv, which takes a tenth of a second
        finish(configCommand(file));
      }),
    ["patchpath config policy-config.json"],
    { 0: "the config is valid", 1: "something in it is wrong", 2: wrongUsage },
  );
  withExamples(
    program
      .command("completion")
      .description("prints a completion script for a shell")
      .addArgument(new Argument("<shell>").choices(shells))
      .action((shell: Shell) => {
        finish({ output: completionScript(program, shell), code: 0 });
      }),
    [
      "source <(patchpath completion bash)",
      "source <(patchpath completion zsh)",
      "patchpath completion fish > ~/.config/fish/completions/patchpath.fish",
    ],
    { 0: "the script is printed", 2: wrongUsage },
  );
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    progress.clear();
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode;
    // Never 1, which means that something is blocked: an internal error is not a verdict.
    const message = error instanceof InputError ? error.message : `internal error: ${String(error)}`;
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
