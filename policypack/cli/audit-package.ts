import type { ExplainOutput, FleetOutput } from "../report/path-report";
import type { AccountsToRead, ReadPlace } from "../report/read-accounts";
import type { Change, Contradiction } from "../report/seen";
import { UsageError } from "./usage-error";

/** What this command uses of `@patchpath/audit`, which has the clients of AWS's SDK and is installed only where they are needed. */
export interface AuditPackage {
  /** Why an account cannot be read at all. */
  readonly AuditError: abstract new (...args: never[]) => Error;
  readonly readAccounts: (
    options: AccountsToRead,
    onProgress: (calls: number) => void,
  ) => Promise<readonly ReadPlace[]>;
  readonly readOnlyPolicy: () => object;
  readonly contradictionsOf: (fleets: readonly FleetOutput[]) => Contradiction[];
  readonly changesSince: (before: readonly FleetOutput[], now: readonly FleetOutput[]) => Change[];
  readonly snapshotOf: (places: readonly ReadPlace[], report: ExplainOutput, at: string) => object;
  /** The report in a snapshot; `undefined` for another file. */
  readonly reportIn: (snapshot: unknown) => ExplainOutput | undefined;
}

const name = "@patchpath/audit";

/** Loads it from beside this package, or from where the command runs. @throws UsageError where it is not installed */
export async function loadAuditPackage(): Promise<AuditPackage> {
  let path: string;
  try {
    path = require.resolve(name, { paths: [__dirname, process.cwd()] });
  } catch {
    throw new UsageError(`\`patchpath audit\` requires the package ${name}; install it: npm install ${name}`);
  }
  return (await import(path)) as AuditPackage;
}
