import { type Region, logStreamActions, logsPrincipal, regions } from "patchpath/facts";
import { type PolicyDocument, policyDocument } from "../endpoints/policy-document";

/** Where something of an account is. */
export interface Place {
  readonly region: Region;
  readonly accountId: string;
}

/*
 * What instances may do for their sessions. Source for the actions:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html, checked
 * 2026-11-22; it grants most of them on every resource, we on the one of the stack.
 */

/** The writing of logs to one log group. The agent looks the group up first, which no resource narrows. */
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

/** The writing of logs below a prefix of a bucket, which S3 may encrypt by a KMS key that it has. */
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
      // Like, since none of our sources says whether S3 in China is known to KMS by `.com` or `.com.cn`.
      Condition: { StringLike: { "kms:ViaService": `s3.${region}.amazonaws.com*` } },
    },
  );
}

/**
 * The decryption of sessions. By the key's alias, so that the document is known before there is a key. Source:
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
 * The policy of the key itself: whom the account's own policies allow, the instances above all, and CloudWatch Logs for
 * the one log group.
 *
 * Sources: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html and
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html, checked 2026-11-22.
 *
 * @param logGroupName `undefined` where there is no log group
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
