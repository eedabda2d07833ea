import { type Region, patchPolicyBucketPattern, regions } from "patchpath/facts";
import type { PolicyStatement } from "../endpoints/policy-document";

/** The ways to run patching: see docs/patching.md. */
export const patchMethods = ["maintenance-window", "patch-policy", "host-management", "on-demand"] as const;
export type PatchMethod = (typeof patchMethods)[number];

/** What the scripts of AWS-RunPatchBaselineWithHooks run: names of Command documents. */
export interface PatchHooks {
  /**
   * Before the patches are installed.
   *
   * @default - none
   */
  readonly preInstall?: string | undefined;
  /**
   * After that, before the restart.
   *
   * @default - none
   */
  readonly postInstall?: string | undefined;
  /**
   * At the end, after the restart if there was one.
   *
   * @default - none
   */
  readonly onExit?: string | undefined;
}

/** Where the commands' output goes beside the console, which keeps the first 2,500 characters of it. */
export interface PatchOutput {
  /** A bucket of the stack's own, or the name of another one of the account and region. */
  readonly s3: boolean | string;
  /** A log group of the stack's own. */
  readonly cloudWatch: boolean;
}

/** Whom a Quick Setup configuration is for, beyond the stack's own account and region. */
export interface QuickSetupTargets {
  /** Ids of organizational units; with them all instances there, without them the stack's patch group in its own account. */
  readonly organizationalUnits: readonly string[];
  /** Empty: the stack's own. */
  readonly regions: readonly string[];
}

/** Settings of every method, each used by those that have it. All plain: they decide which resources there are. */
export interface PatchingSettings {
  /** @default maintenance-window */
  readonly method?: PatchMethod;
  /** `Scan` reports what is missing, `Install` installs it and restarts where needed. */
  readonly operation: "Scan" | "Install";
  /** AWS's `cron(...)` with six fields, `rate(...)` or `at(...)`. */
  readonly schedule: string;
  /** IANA name of the time zone that the schedule is in. */
  readonly timezone: string;
  /**
   * Days from what the cron expression says to the run, 1 to 6.
   *
   * @default - none
   */
  readonly offset?: number | undefined;
  /**
   * When there is a scan besides.
   *
   * @default - never by a window; daily at 01:00 UTC by a patch policy, which always scans
   */
  readonly scanSchedule?: string | undefined;
  /** Hours that the window is open, 1 to 24. */
  readonly duration: number;
  /** Hours before its end in which nothing new is started. */
  readonly cutoff: number;
  /**
   * Instances at a time, as a number or `50%`. A percentage is of all fleets together that the stack makes: a fleet of two may
   * restart as a whole. Of instances that exist already it is of those with the tag.
   *
   * @default 50%
   */
  readonly maxConcurrency?: string;
  /**
   * Failures, as a number or `10%`, after which no more instances are started on.
   *
   * @default 1
   */
  readonly maxErrors?: string;
  /** @default RebootIfNeeded */
  readonly rebootOption?: "RebootIfNeeded" | "NoReboot";
  /** @default - none */
  readonly hooks?: PatchHooks | undefined;
  /** @default - nowhere */
  readonly output?: PatchOutput;
  /** @default - the stack's patch group */
  readonly targets?: QuickSetupTargets;
  /**
   * Id that Quick Setup has given its configuration; then the roles are tagged with it here, and not by AWS.
   *
   * @default - unknown as yet
   */
  readonly configurationId?: string | undefined;
}

/** What holds where a setting is left out; the stack config has the same. */
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

/** What a method asks of the S3 endpoint's policy. */
export function s3StatementsFor({ method }: PatchingSettings, region: Region): PolicyStatement[] {
  return method === "patch-policy" ? [patchPolicyBaselines(region, "*")] : [];
}

/** The reads of the bucket in which Quick Setup keeps a patch policy's baselines, by whoever reads them. */
export function patchPolicyBaselines(region: Region, principal?: "*"): PolicyStatement {
  return {
    Sid: "AllowPatchPolicyBaselines",
    Effect: "Allow",
    ...(principal && { Principal: principal }),
    Action: "s3:GetObject",
    Resource: `arn:${regions[region].partition.id}:s3:::${patchPolicyBucketPattern}/*`,
  };
}
