/** Wrong usage, or input that cannot be used: the command prints one line and exits with 2. */
export class UsageError extends Error {}

/** The exit code of a UsageError. */
export const usageExitCode = 2;
