import { type ConditionKeyFacts, type KeyValue, type PathFact, conditionKeyFacts } from "../facts/condition-keys";
import { isRegion, regions } from "../facts/regions";
import { printable } from "./problems";

/** One possible state of a condition key in a request. */
export type KeyCase =
  | { readonly is: "absent" }
  | { readonly is: "present"; readonly values: readonly string[] }
  /** Present with a value that is not published and that no customer owns: no policy names it, only wildcards match it. */
  | { readonly is: "aws-internal" }
  /** Present with an address of this block. */
  | { readonly is: "within"; readonly block: string }
  /** Present with any value. */
  | { readonly is: "any-value" };

/** All possible states of a key in a request, as far as is known: a single one is certain. */
export interface KeyState {
  readonly cases: readonly KeyCase[];
  /** What could not be determined, as a clause that follows "cannot determine"; `undefined` when it is certain. */
  readonly openQuestion: string | undefined;
}

/** What the request context contains for a key. */
export type RequestContext = (key: string) => KeyState;

/** Who makes a request: an anonymous caller, the instance's role, or an AWS account through a presigned URL. */
export type Caller = keyof ConditionKeyFacts;

export const callers: readonly Caller[] = ["anonymous", "instanceRole", "awsAccount"];

/** The path of a request, as far as it is known. */
export interface RequestPath {
  readonly region: string | undefined;
  /** Id of the VPC with the endpoint. */
  readonly vpcId?: string | undefined;
  readonly endpointId?: string | undefined;
  /** The account that owns the endpoint and the instance. */
  readonly accountId?: string | undefined;
  readonly endpointType?: "Gateway" | "Interface" | undefined;
  /** The addresses of the VPC with the endpoint. */
  readonly vpcBlock?: string | undefined;
  /** The role of the instance that signs the request. */
  readonly roleArn?: string | undefined;
  readonly roleName?: string | undefined;
}

const absent: KeyState = { cases: [{ is: "absent" }], openQuestion: undefined };

const pathNames: Readonly<Record<PathFact, string>> = {
  region: "the region",
  vpc: "the id of the endpoint's VPC",
  "vpc-arn": "the ARN of the endpoint's VPC",
  "vpc-addresses": "the private address of the instance",
  endpoint: "the id of the endpoint",
  account: "the account that owns the endpoint",
  role: "the ARN of the instance's role",
};

/** The context of a read of one of AWS's buckets through an endpoint. */
export function requestContext(caller: Caller, path: RequestPath): RequestContext {
  const ofThePath = factsOf(path);
  return (key) => {
    const facts = conditionKeyFacts(key);
    if (!facts) return open("any-value", true, `the value of \`${printable(key)}\` in the request`);
    return stateOf(facts[caller], key, ofThePath);
  };
}

function factsOf(path: RequestPath): Readonly<Record<PathFact, string | undefined>> {
  const { region, vpcId, endpointId, accountId, vpcBlock, roleArn } = path;
  const isWhole = region !== undefined && isRegion(region) && vpcId !== undefined && accountId !== undefined;
  return {
    region,
    vpc: vpcId,
    "vpc-arn": isWhole ? `arn:${regions[region].partition.id}:ec2:${region}:${accountId}:vpc/${vpcId}` : undefined,
    "vpc-addresses": vpcBlock,
    endpoint: endpointId,
    account: accountId,
    role: roleArn,
  };
}

/**
 * The context of a call that the instance's role makes to a service by an interface endpoint. The called resource is
 * not an AWS bucket, so nothing is known about it. Calls use HTTPS, as the port of the endpoints shows: source
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html, checked 2026-11-21.
 */
export function callContext(path: RequestPath): RequestContext {
  return elsewhere(requestContext("instanceRole", path), true);
}

/** The context of an unsigned read of a bucket that does not belong to AWS. */
export function unsignedReadContext(path: RequestPath, isHttps: boolean): RequestContext {
  return elsewhere(requestContext("anonymous", path), isHttps);
}

/** The context of a request to a resource of which nothing is known. */
function elsewhere(ofRead: RequestContext, isHttps: boolean): RequestContext {
  return (key) => {
    if (/^aws:SecureTransport$/i.test(key)) return present(String(isHttps));
    return /^(aws:resource|s3:)/i.test(key)
      ? open("any-value", true, `the value of \`${printable(key)}\` in the call`)
      : ofRead(key);
  };
}

function stateOf(value: KeyValue, key: string, ofThePath: Readonly<Record<PathFact, string | undefined>>): KeyState {
  switch (value.is) {
    case "absent":
      return absent;
    case "present":
      return present(value.value);
    case "of-the-path": {
      const known = ofThePath[value.what];
      if (known === undefined) return open("any-value", false, pathNames[value.what]);
      if (value.what !== "vpc-addresses") return present(known);
      return { cases: [{ is: "within", block: known }], openQuestion: pathNames[value.what] };
    }
    case "one-of": {
      const cases = value.values.map((one): KeyCase => ({ is: "present", values: [one] }));
      return { cases: value.mayBeAbsent ? [{ is: "absent" }, ...cases] : cases, openQuestion: value.because };
    }
    case "aws-internal":
      return open("aws-internal", value.mayBeAbsent, `the value that AWS sets for \`${key}\``);
    case "unknown":
      return open("any-value", value.mayBeAbsent, value.because);
  }
}

function present(value: string): KeyState {
  return { cases: [{ is: "present", values: [value] }], openQuestion: undefined };
}

function open(is: "any-value" | "aws-internal", mayBeAbsent: boolean, openQuestion: string): KeyState {
  return { cases: mayBeAbsent ? [{ is: "absent" }, { is }] : [{ is }], openQuestion };
}
