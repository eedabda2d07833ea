/** A stack config that can't be used. The message has one line for each thing that is wrong. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`the stack config can't be used:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "ConfigError";
  }
}
