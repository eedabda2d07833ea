import { InputError } from "../sources/input-error";

/** Wrong usage: the command prints one line and exits with 2. */
export class UsageError extends InputError {}

/** The exit code of a UsageError, and of input that cannot be used. */
export const usageExitCode = 2;
