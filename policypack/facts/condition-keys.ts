/** The value of a condition key in the request context of a read through a VPC endpoint. */
export type KeyValue =
  | { readonly is: "absent" }
  | { readonly is: "present"; readonly value: string }
  /** Present, determined by the path of the request: see `RequestPath` in iam/context.ts. */
  | { readonly is: "of-the-path"; readonly what: PathFact }
  /** Present with one of these values; or absent, where the request is not made over TLS. */
  | {
      readonly is: "one-of";
      readonly values: readonly string[];
      readonly because: string;
      readonly mayBeAbsent: boolean;
    }
  /** With a value that AWS does not publish and that no customer owns. */
  | { readonly is: "aws-internal"; readonly mayBeAbsent: boolean }
  | { readonly is: "unknown"; readonly because: string; readonly mayBeAbsent: boolean };

export type PathFact = "region" | "vpc" | "vpc-arn" | "vpc-addresses" | "endpoint" | "account" | "role";

export interface ConditionKeyFacts {
  /** In an unsigned request. */
  readonly anonymous: KeyValue;
  /** In a request signed by the role of the instance that makes it. */
  readonly instanceRole: KeyValue;
  /** In a request presigned by an AWS account, which the instance only passes on. */
  readonly awsAccount: KeyValue;
}

const absent: KeyValue = { is: "absent" };
const present = (value: string): KeyValue => ({ is: "present", value });
const ofThePath = (what: PathFact): KeyValue => ({ is: "of-the-path", what });
const some = (because: string): KeyValue => ({ is: "unknown", because, mayBeAbsent: false });
const perhaps = (because: string): KeyValue => ({ is: "unknown", because, mayBeAbsent: true });
const ofAws: KeyValue = { is: "aws-internal", mayBeAbsent: false };
const ofAwsPerhaps: KeyValue = { is: "aws-internal", mayBeAbsent: true };

const tls = (mayBeAbsent: boolean): KeyValue => ({
  is: "one-of",
  values: ["1.2", "1.3"],
  because: "the TLS version that the client negotiates",
  mayBeAbsent,
});

/** The same whoever calls: it is about the resource, the network or the request. */
const always = (value: KeyValue): ConditionKeyFacts => ({ anonymous: value, instanceRole: value, awsAccount: value });
/** About the caller, so absent where there is none. */
const ofTheCaller = (instanceRole: KeyValue, awsAccount: KeyValue): ConditionKeyFacts => ({
  anonymous: absent,
  instanceRole,
  awsAccount,
});

const byAws = perhaps("how the AWS account signs the request");

/**
 * Sources, checked 2026-11-21: for `aws:` https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * (for each key what it says of anonymous and of signed requests); for `s3:`, where no sentence speaks of anonymous
 * requests, inferred from https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html and
 * https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html; for the account that presigns
 * https://github.com/aws-samples/data-perimeter-policy-examples, service_specific_guidance/ssm-specific-guidance.md. What
 * an account of AWS's sends is otherwise unknown, and marked so. A name that ends in `/*` stands for a family. A key
 * that is not here is unknown. Names are in lower case, since case doesn't matter in them.
 */
export const conditionKeys: Readonly<Record<string, ConditionKeyFacts>> = {
  "aws:assumedroot": ofTheCaller(absent, byAws),
  "aws:calledvia": always(absent),
  "aws:calledviaawsmcp": always(absent),
  "aws:calledviafirst": always(absent),
  "aws:calledvialast": always(absent),
  "aws:chatbotsourcearn": ofTheCaller(absent, byAws),
  "aws:currenttime": always(some("the time of the request")),
  "aws:ec2instancesourceprivateipv4": ofTheCaller(ofThePath("vpc-addresses"), byAws),
  "aws:ec2instancesourcevpc": ofTheCaller(ofThePath("vpc"), byAws),
  "aws:epochtime": always(some("the time of the request")),
  "aws:federatedprovider": ofTheCaller(absent, byAws),
  "aws:ismcpserviceaction": always(absent),
  "aws:multifactorauthage": ofTheCaller(absent, byAws),
  "aws:multifactorauthpresent": ofTheCaller(present("false"), byAws),
  // "For anonymous requests, the request context returns `anonymous`": present, so IfExists does not match.
  "aws:principalaccount": { anonymous: present("anonymous"), instanceRole: ofThePath("account"), awsAccount: ofAws },
  "aws:principalarn": ofTheCaller(ofThePath("role"), ofAws),
  "aws:principalisawsservice": ofTheCaller(present("false"), byAws),
  "aws:principalorgid": ofTheCaller(perhaps("the organization of the instance's account"), ofAwsPerhaps),
  "aws:principalorgpaths": ofTheCaller(perhaps("the organization of the instance's account"), ofAwsPerhaps),
  "aws:principalservicename": ofTheCaller(absent, byAws),
  "aws:principalservicenameslist": ofTheCaller(absent, byAws),
  "aws:principaltag/*": ofTheCaller(perhaps("the tags of the instance's role"), byAws),
  "aws:principaltype": { anonymous: present("Anonymous"), instanceRole: present("AssumedRole"), awsAccount: byAws },
  "aws:referer": always(absent),
  "aws:requestedregion": always(ofThePath("region")),
  "aws:requesttag/*": always(absent),
  "aws:resourceaccount": always(ofAws),
  "aws:resourceorgid": always(ofAwsPerhaps),
  "aws:resourceorgpaths": always(ofAwsPerhaps),
  // Unconfirmed: AWS documents no tags of its buckets and objects, "included … when the requested resource already has attached
  // tags". So a condition on them is decided as on a key that is missing.
  "aws:resourcetag/*": always(absent),
  // https in the mirror lists of present images of both generations; that some older Amazon Linux 2 image still uses
  // http is unconfirmed, and such an image is past its support. Of the SSM buckets AWS says that the agent reads them by
  // http by default: https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-technical-details.html.
  "aws:securetransport": {
    anonymous: present("true"),
    instanceRole: some("whether the agent uses HTTPS"),
    awsAccount: some("whether the agent uses HTTPS"),
  },
  "aws:signinsessionarn": ofTheCaller(absent, byAws),
  "aws:sourceaccount": always(absent),
  "aws:sourcearn": always(absent),
  "aws:sourceidentity": ofTheCaller(perhaps("the source identity of the instance's session"), byAws),
  "aws:sourceip": always(absent),
  "aws:sourceorgid": always(absent),
  "aws:sourceorgpaths": always(absent),
  "aws:sourcevpc": always(ofThePath("vpc")),
  "aws:sourcevpcarn": always(ofThePath("vpc-arn")),
  "aws:sourcevpce": always(ofThePath("endpoint")),
  "aws:tagkeys": always(absent),
  "aws:tokenissuetime": ofTheCaller(some("the start time of the role session"), byAws),
  "aws:useragent": always(some("the user agent that the client sends")),
  "aws:userid": {
    anonymous: present("anonymous"),
    instanceRole: some("the id of the instance's session"),
    awsAccount: ofAws,
  },
  "aws:username": ofTheCaller(absent, byAws),
  "aws:viaawsmcpservice": always(absent),
  "aws:viaawsservice": always(present("false")),
  "aws:viacustomerdomain": always(absent),
  "aws:vpceaccount": always(ofThePath("account")),
  "aws:vpceorgid": always(perhaps("the organization of the endpoint's account")),
  "aws:vpceorgpaths": always(perhaps("the organization of the endpoint's account")),
  "aws:vpcsourceip": always(ofThePath("vpc-addresses")),
  "ec2:roledelivery": ofTheCaller(some("how the instance got its credentials"), byAws),
  "ec2:sourceinstancearn": ofTheCaller(some("the ARN of the instance"), byAws),
  "s3:accesspointnetworkorigin": always(absent),
  "s3:authtype": ofTheCaller(present("REST-HEADER"), present("REST-QUERY-STRING")),
  "s3:dataaccesspointaccount": always(absent),
  "s3:dataaccesspointarn": always(absent),
  "s3:delimiter": always(absent),
  "s3:existingobjecttag/*": always(absent), // as aws:ResourceTag
  "s3:max-keys": always(absent),
  "s3:prefix": always(absent),
  "s3:resourceaccount": always(ofAws),
  "s3:signatureage": ofTheCaller(perhaps("the age of the signature"), some("the age of the signature")),
  "s3:signatureversion": ofTheCaller(present("AWS4-HMAC-SHA256"), some("how the AWS account signs the request")),
  // S3 takes TLS 1.2 and 1.3 only: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html, checked
  // 2026-11-28. By http there is none, so it may be missing where the agent may read by that.
  "s3:tlsversion": { anonymous: tls(false), instanceRole: tls(true), awsAccount: tls(true) },
  "s3:x-amz-content-sha256": ofTheCaller(perhaps("the headers that the agent sends"), absent),
  "ssm:sourceinstancearn": ofTheCaller(perhaps("how the instance got its credentials"), byAws),
};

/** The facts of a key however its name is written; a member of a family is found by the family's name. */
export function conditionKeyFacts(key: string): ConditionKeyFacts | undefined {
  const name = key.toLowerCase();
  const slash = name.indexOf("/");
  const entry = slash < 0 ? name : `${name.slice(0, slash)}/*`;
  return Object.hasOwn(conditionKeys, entry) ? conditionKeys[entry] : undefined;
}

/**
 * The documented name of a global key that a misspelled one was meant to be; `undefined` for one that is documented, or
 * near to none. AWS adds keys, so what is near to none may well be a new one.
 */
export function conditionKeyNear(key: string): string | undefined {
  const name = key.toLowerCase();
  if (!name.startsWith("aws:") || conditionKeyFacts(name)) return undefined;
  const family = name.split("/", 1)[0]!;
  return globalKeyNames.find((one) => isOneSlipAway(family, one.toLowerCase()));
}

/** As AWS writes them: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, checked 2026-11-28. */
const globalKeyNames = [
  "aws:AssumedRoot",
  "aws:CalledVia",
  "aws:CalledViaFirst",
  "aws:CalledViaLast",
  "aws:ChatbotSourceArn",
  "aws:CurrentTime",
  "aws:Ec2InstanceSourcePrivateIPv4",
  "aws:Ec2InstanceSourceVpc",
  "aws:EpochTime",
  "aws:FederatedProvider",
  "aws:MultiFactorAuthAge",
  "aws:MultiFactorAuthPresent",
  "aws:PrincipalAccount",
  "aws:PrincipalArn",
  "aws:PrincipalIsAWSService",
  "aws:PrincipalOrgID",
  "aws:PrincipalOrgPaths",
  "aws:PrincipalServiceName",
  "aws:PrincipalServiceNamesList",
  "aws:PrincipalTag",
  "aws:PrincipalType",
  "aws:RequestedRegion",
  "aws:RequestTag",
  "aws:ResourceAccount",
  "aws:ResourceOrgID",
  "aws:ResourceOrgPaths",
  "aws:ResourceTag",
  "aws:SecureTransport",
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceIdentity",
  "aws:SourceIp",
  "aws:SourceOrgID",
  "aws:SourceOrgPaths",
  "aws:SourceVpc",
  "aws:SourceVpcArn",
  "aws:SourceVpce",
  "aws:TagKeys",
  "aws:TokenIssueTime",
  "aws:UserAgent",
  "aws:userid",
  "aws:username",
  "aws:ViaAWSService",
  "aws:VpceAccount",
  "aws:VpceOrgID",
  "aws:VpceOrgPaths",
  "aws:VpcSourceIp",
];

/** Whether two names are one, or one that lacks a character, has one too many, has another one or two in the other order. */
function isOneSlipAway(written: string, meant: string): boolean {
  if (Math.abs(written.length - meant.length) > 1) return false;
  let start = 0;
  while (start < meant.length && written[start] === meant[start]) start++;
  let end = 0;
  const shortest = Math.min(written.length, meant.length) - start;
  while (end < shortest && written.at(-1 - end) === meant.at(-1 - end)) end++;
  const [left, right] = [written.slice(start, written.length - end), meant.slice(start, meant.length - end)];
  return (
    (left.length <= 1 && right.length <= 1) || (left.length === 2 && Array.from(left).reverse().join("") === right)
  );
}
