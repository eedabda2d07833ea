/** Input that cannot be used: a command prints its one line and exits with 2, the pack refuses to judge. */
export class InputError extends Error {}

/** What to pass, as the remedy of a message. */
export const wanted = "pass `pulumi stack export`, `pulumi preview --json --show-sames` or `terraform show -json`";
