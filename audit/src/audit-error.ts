/** Why an account cannot be read at all, as a sentence: the command prints it and exits with 2. */
export class AuditError extends Error {}
