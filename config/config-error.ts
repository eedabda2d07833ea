/** A stack config that is not valid. The message has one line for each problem. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`the stack config is not valid:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "ConfigError";
  }
}
