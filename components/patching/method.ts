import { type Region, patchPolicyBucketPattern, regions } from "patchpath/facts";
import type { PolicyStatement } from "../endpoints/policy-document";

/** The methods of patching: see docs/patching.md. */
export const patchMethods = ["maintenance-window", "patch-policy", "host-management", "on-demand"] as const;
export type PatchMethod = (typeof patchMethods)[number];

/** Hooks of AWS-RunPatchBaselineWithHooks: names of Command documents. */
export interface PatchHooks {
  /**
   * Runs before patches are installed.
   *
   * @default - none
   */
  readonly preInstall?: string | undefined;
  /**
   * Runs after patches are installed and before the restart.
   *
   * @default - none
   */
  readonly postInstall?: string | undefined;
  /**
   * Runs at the end, after a restart if there was one.
   *
   * @default - none
   */
  readonly onExit?: string | undefined;
}

/** Where the output of commands goes, in addition to the console, which keeps only the first 2,500 characters. */
export interface PatchOutput {
  /** `true` creates a bucket; a name uses an existing bucket in the account and region. */
  readonly s3: boolean | string;
  /** Whether to create a log group. */
  readonly cloudWatch: boolean;
  /**
   * Whether a bucket that is created is deleted with its objects. Otherwise, it must be empty to be deleted.
   *
   * @default false
   */
  readonly forceDestroy?: boolean | undefined;
  /**
   * Whether a bucket that is created keeps previous versions of objects, also of deleted ones, for as long as objects.
   *
   * @default false
   */
  readonly versioning?: boolean | undefined;
}

/** Targets of a Quick Setup configuration beyond the account and region of the stack. */
export interface QuickSetupTargets {
  /** Ids of organizational units, with all instances in them; if empty, the patch group of the stack in its account. */
  readonly organizationalUnits: readonly string[];
  /** If empty, the region of the stack. */
  readonly regions: readonly string[];
}

/**
 * A maintenance window for some fleets of a stack, which then are not in the window of the stack: a first stage, or another day for
 * one operating system.
 */
export interface FleetWindow {
  /** Unique in the stack; part of the names of its resources. */
  readonly name: string;
  /** Names of its fleets. A fleet is in one window. */
  readonly fleets: readonly string[];
  /** A schedule expression of AWS: `cron(...)` with six fields, `rate(...)` or `at(...)`. */
  readonly schedule: string;
  /** @default - that of the stack */
  readonly timezone?: string | undefined;
  /**
   * Days to wait after the date of the cron expression, 1 to 6.
   *
   * @default - none
   */
  readonly offset?: number | undefined;
  /**
   * Schedule of an additional scan.
   *
   * @default - none
   */
  readonly scanSchedule?: string | undefined;
  /** @default - that of the stack */
  readonly operation?: "Scan" | "Install" | undefined;
  /**
   * Duration in hours, 1 to 24.
   *
   * @default - that of the stack
   */
  readonly duration?: number | undefined;
  /**
   * Hours before the end in which no new task is started.
   *
   * @default - that of the stack
   */
  readonly cutoff?: number | undefined;
  /**
   * Instances to patch at the same time: a number, or a percentage of the instances of the window.
   *
   * @default - that of the stack
   */
  readonly maxConcurrency?: string | undefined;
  /**
   * Failures after which no further instances are patched: a number or a percentage.
   *
   * @default - that of the stack
   */
  readonly maxErrors?: string | undefined;
  /** @default - that of the stack */
  readonly rebootOption?: "RebootIfNeeded" | "NoReboot" | undefined;
  /** @default - those of the stack if patches are installed, else none */
  readonly hooks?: PatchHooks | undefined;
}

/** Settings of all methods; each method uses those that apply to it. All plain: they determine which resources are created. */
export interface PatchingSettings {
  /** @default maintenance-window */
  readonly method?: PatchMethod;
  /** `Scan` reports missing patches, `Install` installs them and restarts instances if required. */
  readonly operation: "Scan" | "Install";
  /** A schedule expression of AWS: `cron(...)` with six fields, `rate(...)` or `at(...)`. */
  readonly schedule: string;
  /** IANA name of the time zone of the schedule. */
  readonly timezone: string;
  /**
   * Days to wait after the date of the cron expression, 1 to 6.
   *
   * @default - none
   */
  readonly offset?: number | undefined;
  /**
   * Schedule of an additional scan.
   *
   * @default - none with a maintenance window; daily at 01:00 UTC with a patch policy, which always scans
   */
  readonly scanSchedule?: string | undefined;
  /** Duration of the maintenance window in hours, 1 to 24. */
  readonly duration: number;
  /** Hours before the end of the maintenance window in which no new task is started. */
  readonly cutoff: number;
  /**
   * Instances to patch at the same time: a number, or a percentage such as `50%`. A percentage applies to all fleets of the stack
   * together, so a fleet of two may restart as a whole. For existing instances, it applies to those with the same tag.
   *
   * @default 50%
   */
  readonly maxConcurrency?: string;
  /**
   * Failures after which no further instances are patched: a number, or a percentage such as `10%`.
   *
   * @default 1
   */
  readonly maxErrors?: string;
  /** @default RebootIfNeeded */
  readonly rebootOption?: "RebootIfNeeded" | "NoReboot";
  /** @default - none */
  readonly hooks?: PatchHooks | undefined;
  /**
   * Whether to update the SSM agent of the instances every week, by AWS-UpdateSSMAgent. Host management does it by itself.
   *
   * @default false
   */
  readonly agentUpdates?: boolean | undefined;
  /**
   * Maintenance windows for some fleets, each with a schedule of its own. All other fleets, and a WSUS server, are in that of the
   * stack.
   *
   * @default - one maintenance window for all
   */
  readonly windows?: readonly FleetWindow[] | undefined;
  /** @default - only the console */
  readonly output?: PatchOutput;
  /** @default - the patch group of the stack */
  readonly targets?: QuickSetupTargets;
  /**
   * Id of the configuration, assigned by Quick Setup. If set, the stack tags the roles with it; otherwise AWS does.
   *
   * @default - not known yet
   */
  readonly configurationId?: string | undefined;
}

/** Defaults of the settings, which the stack config shares. */
export const patchingDefaults = {
  method: "maintenance-window",
  operation: "Install",
  schedule: "cron(0 18 ? * SUN *)",
  timezone: "Etc/UTC",
  duration: 3,
  cutoff: 1,
  maxConcurrency: "50%",
  maxErrors: "1",
  rebootOption: "RebootIfNeeded",
} as const satisfies PatchingSettings;

/** Statements that a method requires in the policy of the S3 endpoint. */
export function s3StatementsFor({ method }: PatchingSettings, region: Region): PolicyStatement[] {
  return method === "patch-policy" ? [patchPolicyBaselines(region, "*")] : [];
}

/** Allows reads of the bucket in which Quick Setup stores the baselines of a patch policy. */
export function patchPolicyBaselines(region: Region, principal?: "*"): PolicyStatement {
  return {
    Sid: "AllowPatchPolicyBaselines",
    Effect: "Allow",
    ...(principal && { Principal: principal }),
    Action: "s3:GetObject",
    Resource: `arn:${regions[region].partition.id}:s3:::${patchPolicyBucketPattern}/*`,
  };
}
