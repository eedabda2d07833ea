/** Wrong usage, or input that can't be used: the command says so in one line and ends with 2. */
export class UsageError extends Error {}

/** The exit code of a UsageError. */
export const usageExitCode = 2;
