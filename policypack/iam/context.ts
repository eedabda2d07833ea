import { conditionKeyFacts } from "../facts/condition-keys";

/** One way in which a condition key may stand in a request. */
export type KeyCase =
  | { readonly is: "absent" }
  | { readonly is: "present"; readonly values: readonly string[] }
  /** Present with a value that is not published and that no customer owns: no policy names it, only wildcards match it. */
  | { readonly is: "aws-internal" }
  /** Anything: present with any value. */
  | { readonly is: "any-value" };

/** All the ways in which a key may stand in a request, as far as is known: one way is certainty. */
export interface KeyState {
  readonly cases: readonly KeyCase[];
  /** What would have to be known for certainty; `undefined` when it is certain. */
  readonly openQuestion: string | undefined;
}

/** What the request context holds under a key. */
export type RequestContext = (key: string) => KeyState;

/** The way a request takes, as far as it is known. */
export interface RequestPath {
  readonly region: string;
  /** Id of the VPC with the endpoint. */
  readonly vpcId?: string;
  readonly endpointId?: string;
  /** Account that owns the endpoint. */
  readonly endpointAccount?: string;
}

const absent: KeyState = { cases: [{ is: "absent" }], openQuestion: undefined };
const present = (value: string): KeyState => ({ cases: [{ is: "present", values: [value] }], openQuestion: undefined });
const open = (openQuestion: string): KeyState => ({
  cases: [{ is: "absent" }, { is: "any-value" }],
  openQuestion,
});

/** The context of an unsigned read of one of AWS's buckets, through an endpoint. */
export function anonymousRequest(path: RequestPath): RequestContext {
  const ofThePath = {
    region: path.region,
    vpc: path.vpcId,
    endpoint: path.endpointId,
    "endpoint-account": path.endpointAccount,
  };
  const nameOf = {
    region: "the region",
    vpc: "the id of the endpoint's VPC",
    endpoint: "the id of the endpoint",
    "endpoint-account": "the account of the endpoint",
  };
  return (key) => {
    const value = conditionKeyFacts(key)?.anonymous;
    switch (value?.is) {
      case undefined:
        return open(`whether an unsigned request carries \`${key}\``);
      case "absent":
        return absent;
      case "present":
        return present(value.value);
      case "of-the-path": {
        const known = ofThePath[value.what];
        if (known !== undefined) return present(known);
        return { cases: [{ is: "any-value" }], openQuestion: nameOf[value.what] };
      }
      case "aws-internal":
        return value.mayBeAbsent
          ? { cases: [{ is: "absent" }, { is: "aws-internal" }], openQuestion: `AWS's own value of \`${key}\`` }
          : { cases: [{ is: "aws-internal" }], openQuestion: `AWS's own value of \`${key}\`` };
      case "unknown":
        return open(value.because);
    }
  };
}
