/** What the request context of an unsigned read through a VPC endpoint holds under a condition key. */
export type AnonymousValue =
  | { readonly is: "absent" }
  | { readonly is: "present"; readonly value: string }
  /** Present, told by where the request passes: see `RequestPath` in iam/context.ts. */
  | { readonly is: "of-the-path"; readonly what: "region" | "vpc" | "endpoint" | "endpoint-account" }
  /** Present, with a value that AWS doesn't publish and that no customer owns. */
  | { readonly is: "aws-internal"; readonly mayBeAbsent: boolean }
  | { readonly is: "unknown"; readonly because: string };

export interface ConditionKeyFacts {
  readonly anonymous: AnonymousValue;
  /** Whether a request can carry several values under this key. */
  readonly multivalued: boolean;
}

const absent: AnonymousValue = { is: "absent" };
const single = (anonymous: AnonymousValue): ConditionKeyFacts => ({ anonymous, multivalued: false });
const multi = (anonymous: AnonymousValue): ConditionKeyFacts => ({ anonymous, multivalued: true });
const present = (value: string) => single({ is: "present", value });
const unknown = (because: string) => single({ is: "unknown", because });
const ofThePath = (what: "region" | "vpc" | "endpoint" | "endpoint-account") => single({ is: "of-the-path", what });
const requestTime = unknown("the time of the request");

/**
 * Sources, checked 2026-11-21: for `aws:` https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * (for each key what it says of anonymous requests); for `s3:`, where no sentence speaks of anonymous requests, inferred
 * from https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html and
 * https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html. A name that ends in `/*` stands
 * for a family. A key that is not here is unknown. Names are in lower case, since case doesn't matter in them.
 */
export const conditionKeys: Readonly<Record<string, ConditionKeyFacts>> = {
  "aws:assumedroot": single(absent),
  "aws:calledvia": multi(absent),
  "aws:calledviaawsmcp": single(absent),
  "aws:calledviafirst": single(absent),
  "aws:calledvialast": single(absent),
  "aws:chatbotsourcearn": single(absent),
  "aws:currenttime": requestTime,
  "aws:ec2instancesourceprivateipv4": single(absent),
  "aws:ec2instancesourcevpc": single(absent),
  "aws:epochtime": requestTime,
  "aws:federatedprovider": single(absent),
  "aws:ismcpserviceaction": single(absent),
  "aws:multifactorauthage": single(absent),
  "aws:multifactorauthpresent": single(absent),
  // "For anonymous requests, the request context returns `anonymous`": present, so IfExists does not admit it.
  "aws:principalaccount": present("anonymous"),
  "aws:principalarn": single(absent),
  "aws:principalisawsservice": single(absent),
  "aws:principalorgid": single(absent),
  "aws:principalorgpaths": multi(absent),
  "aws:principalservicename": single(absent),
  "aws:principalservicenameslist": multi(absent),
  "aws:principaltag/*": single(absent),
  "aws:principaltype": present("Anonymous"),
  "aws:referer": single(absent),
  "aws:requestedregion": ofThePath("region"),
  "aws:requesttag/*": single(absent),
  "aws:resourceaccount": single({ is: "aws-internal", mayBeAbsent: false }),
  "aws:resourceorgid": single({ is: "aws-internal", mayBeAbsent: true }),
  "aws:resourceorgpaths": multi({ is: "aws-internal", mayBeAbsent: true }),
  "aws:resourcetag/*": unknown("the tags of AWS's own buckets"),
  // https in the mirror lists of present images of both generations; that some older Amazon Linux 2 image still uses
  // http is unconfirmed, and such an image is past its support.
  "aws:securetransport": present("true"),
  "aws:signinsessionarn": single(absent),
  "aws:sourceaccount": single(absent),
  "aws:sourcearn": single(absent),
  "aws:sourceidentity": single(absent),
  "aws:sourceip": single(absent),
  "aws:sourceorgid": single(absent),
  "aws:sourceorgpaths": multi(absent),
  "aws:sourcevpc": ofThePath("vpc"),
  "aws:sourcevpcarn": unknown("the ARN of the endpoint's VPC"),
  "aws:sourcevpce": ofThePath("endpoint"),
  "aws:tagkeys": multi(absent),
  "aws:tokenissuetime": single(absent),
  "aws:useragent": unknown("what the package manager sends as its user agent"),
  "aws:userid": present("anonymous"),
  "aws:username": single(absent),
  "aws:viaawsmcpservice": single(absent),
  "aws:viaawsservice": present("false"),
  "aws:viacustomerdomain": single(absent),
  "aws:vpceaccount": ofThePath("endpoint-account"),
  "aws:vpceorgid": unknown("the organization of the endpoint's account"),
  "aws:vpceorgpaths": {
    anonymous: { is: "unknown", because: "the organization of the endpoint's account" },
    multivalued: true,
  },
  "aws:vpcsourceip": unknown("the private address of the instance"),
  "ec2:roledelivery": single(absent),
  "ec2:sourceinstancearn": single(absent),
  "s3:accesspointnetworkorigin": single(absent),
  "s3:authtype": single(absent),
  "s3:dataaccesspointaccount": single(absent),
  "s3:dataaccesspointarn": single(absent),
  "s3:delimiter": single(absent),
  "s3:existingobjecttag/*": unknown("the tags of AWS's own objects"),
  "s3:max-keys": single(absent),
  "s3:prefix": single(absent),
  "s3:resourceaccount": single({ is: "aws-internal", mayBeAbsent: false }),
  "s3:signatureage": single(absent),
  "s3:signatureversion": single(absent),
  "s3:tlsversion": unknown("the TLS version that the client negotiates"),
  "s3:x-amz-content-sha256": single(absent),
  "ssm:sourceinstancearn": single(absent),
};

/** The facts of a key however its name is written; a member of a family is found by the family's name. */
export function conditionKeyFacts(key: string): ConditionKeyFacts | undefined {
  const name = key.toLowerCase();
  const slash = name.indexOf("/");
  if (slash < 0) return Object.hasOwn(conditionKeys, name) ? conditionKeys[name] : undefined;
  const family = `${name.slice(0, slash)}/*`;
  return Object.hasOwn(conditionKeys, family) ? conditionKeys[family] : undefined;
}
