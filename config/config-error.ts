/** A stack config that is not valid. The message has one line for each problem, whatever characters a config has. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    const lines = problems.map((problem) => `  - ${problem.replace(/[\p{Cc}\u2028\u2029]/gu, escaped)}`);
    super(`the stack config is not valid:\n${lines.join("\n")}`);
    this.name = "ConfigError";
  }
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
