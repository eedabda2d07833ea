import { type Region, logStreamActions, logsPrincipal, regions } from "patchpath/facts";
import { type PolicyDocument, policyDocument } from "../endpoints/policy-document";

/** An account and a region. */
export interface Place {
  readonly region: Region;
  readonly accountId: string;
}

/*
 * What instances may do for their sessions. Source for the actions:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html, checked
 * 2026-11-22. It allows most of them on every resource; here they are restricted to the resources of the stack.
 */

/** Allows writing logs to one log group. The agent looks up the group first, an action that supports only the resource `*`. */
export function logGroupPolicy(place: Place, logGroupName: string): PolicyDocument {
  return policyDocument(
    {
      Sid: "AllowSessionLogs",
      Effect: "Allow",
      Action: logStreamActions,
      Resource: `${logGroupArn(place, logGroupName)}:*`,
    },
    { Sid: "AllowLogGroupLookup", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
  );
}

/** Allows writing logs below a prefix of a bucket, which may have default encryption with a KMS key. */
export function bucketPolicy({ region }: Place, bucket: string, prefix: string): PolicyDocument {
  const bucketArn = `arn:${regions[region].partition.id}:s3:::${bucket}`;
  return policyDocument(
    { Sid: "AllowSessionLogs", Effect: "Allow", Action: "s3:PutObject", Resource: `${bucketArn}/${prefix}/*` },
    { Sid: "AllowEncryptionLookup", Effect: "Allow", Action: "s3:GetEncryptionConfiguration", Resource: bucketArn },
    {
      Sid: "AllowBucketEncryption",
      Effect: "Allow",
      Action: "kms:GenerateDataKey",
      Resource: "*",
      // StringLike, since no source says whether KMS knows S3 in China by `.com` or `.com.cn`.
      Condition: { StringLike: { "kms:ViaService": `s3.${region}.amazonaws.com*` } },
    },
  );
}

/**
 * Allows decrypting sessions. It names the key by its alias, so that the document is known before the key is created. Source:
 * https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html, checked 2026-11-22.
 */
export function sessionKeyPolicy({ region, accountId }: Place, alias: string): PolicyDocument {
  return policyDocument({
    Sid: "AllowSessionDecryption",
    Effect: "Allow",
    Action: "kms:Decrypt",
    Resource: `arn:${regions[region].partition.id}:kms:${region}:${accountId}:key/*`,
    Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": alias } },
  });
}

/**
 * The key policy: it delegates to the IAM policies of the account, those of the instances above all, and allows CloudWatch Logs to
 * use the key for one log group.
 *
 * Sources: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html and
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html, checked 2026-11-22.
 *
 * @param logGroupName `undefined` without a log group
 */
export function keyPolicy(place: Place, logGroupName: string | undefined): PolicyDocument {
  const { partition } = regions[place.region];
  const account = {
    Sid: "AllowByIamPolicies",
    Effect: "Allow",
    Principal: { AWS: `arn:${partition.id}:iam::${place.accountId}:root` },
    Action: "kms:*",
    Resource: "*",
  } as const;
  if (logGroupName === undefined) return policyDocument(account);
  return policyDocument(account, {
    Sid: "AllowLogGroup",
    Effect: "Allow",
    Principal: { Service: logsPrincipal(place.region) },
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: "*",
    Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArn(place, logGroupName) } },
  });
}

function logGroupArn({ region, accountId }: Place, name: string): string {
  return `arn:${regions[region].partition.id}:logs:${region}:${accountId}:log-group:${name}`;
}
