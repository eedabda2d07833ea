/** Input that cannot be used: a command prints its one line and exits with 2, the pack refuses to judge. */
export class InputError extends Error {}
