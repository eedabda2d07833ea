import type { Command } from "commander";

/** What the exit codes of a command mean, by their number. */
type ExitCodes = Readonly<Record<0 | 2, string>> & Readonly<Partial<Record<1 | 3, string>>>;

export const wrongUsage = "wrong usage, or input that cannot be read";

/** Ends the help of a command with examples and exit codes. */
export function withExamples(command: Command, examples: readonly string[], exitCodes: ExitCodes): Command {
  const lines = [
    "",
    "Examples:",
    ...examples.map((example) => `  ${example}`),
    "",
    "Exit codes:",
    ...Object.entries(exitCodes).map(([code, meaning]) => `  ${code}  ${meaning}`),
  ];
  return command.addHelpText("after", lines.join("\n"));
}
