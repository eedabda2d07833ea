import type { EndpointService } from "patchpath/facts";

/** Logging and encryption of sessions. All plain: they determine which resources are created. */
export interface SessionSettings {
  /**
   * Whether to create a CloudWatch log group and log sessions to it.
   *
   * @default true
   */
  readonly logGroup?: boolean | undefined;
  /**
   * Retention of the log group in days: one of the values that CloudWatch Logs allows.
   *
   * @default 90
   */
  readonly retentionDays?: number | undefined;
  /**
   * Name of an existing bucket in the same account and region to which sessions are logged as well.
   *
   * @default - none
   */
  readonly s3Bucket?: string | undefined;
  /**
   * Whether to create a KMS key that encrypts sessions and the log group, and to require an encrypted bucket. Anyone who starts a
   * session then requires `kms:GenerateDataKey` on the key. If you set it back to `false`, the key is deleted after 30 days, and
   * what it encrypted can no longer be read.
   *
   * @default false
   */
  readonly encrypted?: boolean | undefined;
}

/** Defaults of the settings, which the stack config shares. */
export const sessionDefaults = {
  logGroup: true,
  retentionDays: 90,
  encrypted: false,
} as const satisfies SessionSettings;

/**
 * The values that CloudWatch Logs allows for retention in days. Source: PutRetentionPolicy,
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html, as in `retentionInDays` of
 * aws.cloudwatch.LogGroup and in the model of botocore, checked 2026-11-22.
 */
export const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/**
 * Services that an instance calls for its sessions, in addition to those for the agent. S3 and CloudWatch Logs call KMS themselves:
 * the instance calls it only for encrypted sessions.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html, checked 2026-11-21.
 */
export function sessionServices({
  logGroup = sessionDefaults.logGroup,
  encrypted = sessionDefaults.encrypted,
}: SessionSettings): EndpointService[] {
  return [...(logGroup ? ["logs" as const] : []), ...(encrypted ? ["kms" as const] : [])];
}
