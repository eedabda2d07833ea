/** Reads a live account for `patchpath audit`, which loads this package on demand. */
export { AuditError } from "./audit-error";
export { readAccounts } from "./account";
export { readOnlyPolicy } from "./calls";
export { changesSince } from "./changes";
export { contradictionsOf } from "./contradictions";
export { reportIn, snapshotOf } from "./snapshot";
