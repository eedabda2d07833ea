import type { EndpointService } from "patchpath/facts";

/** What sessions leave behind, and how it is kept. All plain: it decides which resources there are. */
export interface SessionSettings {
  /**
   * Whether sessions are logged to CloudWatch, in a log group of our own.
   *
   * @default true
   */
  readonly logGroup?: boolean | undefined;
  /**
   * Days that the log group keeps what it gets, one of those that CloudWatch takes.
   *
   * @default 90
   */
  readonly retentionDays?: number | undefined;
  /**
   * Name of an existing bucket of the same account and region that sessions are logged to as well.
   *
   * @default - none
   */
  readonly s3Bucket?: string | undefined;
  /**
   * Whether a KMS key of our own encrypts sessions and the log group, and whether the bucket must be encrypted. Whoever
   * starts a session then needs `kms:GenerateDataKey` on the key. Taken back, the key is deleted after 30 days, and what
   * it encrypted can't be read any more.
   *
   * @default false
   */
  readonly encrypted?: boolean | undefined;
}

/** What holds where a setting is left out; the stack config has the same. */
export const sessionDefaults = {
  logGroup: true,
  retentionDays: 90,
  encrypted: false,
} as const satisfies SessionSettings;

/**
 * The days that a log group may keep its events. Source: PutRetentionPolicy,
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html, as `retentionInDays`
 * of the provider's aws.cloudwatch.LogGroup and botocore's model have it, checked 2026-11-22.
 */
export const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/**
 * The services beyond the agent's own that an instance calls for its sessions. What a bucket or a log group encrypts by
 * KMS it encrypts itself: only an encrypted session calls KMS from the instance.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html, checked 2026-11-21.
 */
export function sessionServices({
  logGroup = sessionDefaults.logGroup,
  encrypted = sessionDefaults.encrypted,
}: SessionSettings): EndpointService[] {
  return [...(logGroup ? ["logs" as const] : []), ...(encrypted ? ["kms" as const] : [])];
}
