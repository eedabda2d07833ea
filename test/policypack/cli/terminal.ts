import type { Terminal } from "../../../policypack/cli/format-option";

/** A terminal without colors whose lines of standard error are kept in `told`. */
export const terminalTelling = (told: string[] = []): Terminal => ({
  width: 100,
  colour: false,
  version: "0.0.0",
  tell: (line) => told.push(line),
  progress: () => undefined,
});
