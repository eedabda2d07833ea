/**
 * Errors for which AWS certainly rejects a policy document at the call that writes it. Written from the documentation of AWS and
 * from observed responses of its APIs, without any code of the pack's parser: the two must be able to disagree. What AWS only calls
 * unsupported, or was never seen to reject, is accepted.
 *
 * Unless a line says otherwise: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html and the
 * pages of the elements there, checked 2026-11-28.
 */

/** The kind of policy. An inline policy is named after the type of its identity. */
export type PolicyKind = "managed" | "role" | "user" | "group" | "trust" | "endpoint" | "bucket" | "key";

type Json = Readonly<Record<string, unknown>>;

const isInline = (kind: PolicyKind) => kind === "role" || kind === "user" || kind === "group";
/** Identity-based policies, which have no principals. */
const isOfIdentity = (kind: PolicyKind) => kind === "managed" || isInline(kind);
/** Policies that IAM itself parses. It is stricter than other services were seen to be. */
const isOfIam = (kind: PolicyKind) => isOfIdentity(kind) || kind === "trust";

/** The error code of the failing call. */
function codeOf(kind: PolicyKind): string {
  if (isOfIam(kind)) return "MalformedPolicyDocument";
  // CreateVpcEndpoint: https://github.com/hashicorp/terraform-provider-aws/issues/42291
  return (
    { endpoint: "InvalidPolicyDocument", bucket: "MalformedPolicy" }[kind as string] ??
    "MalformedPolicyDocumentException"
  );
}

/** The first error in a document, with the code of AWS and the location; `undefined` if AWS accepts it. */
export function policyRefusal(document: unknown, kind: PolicyKind): string | undefined {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  const tooLarge = sizeRefusal(text, kind);
  if (tooLarge !== undefined) return tooLarge;
  for (const refusal of refusals(text, kind)) return `${codeOf(kind)}: ${refusal}`;
  return undefined;
}

/**
 * Characters by kind: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, where white space does
 * not count; endpoints: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html, where it does.
 */
const longest: Partial<Record<PolicyKind, number>> = {
  managed: 6144,
  role: 10_240,
  user: 2048,
  group: 5120,
  trust: 2048, // by default; AWS raises it on request
  endpoint: 20_480,
};

/** The messages of AWS, as quoted by users (the first two in many issues, `ACLSizePerRole` in few). */
function sizeRefusal(text: string, kind: PolicyKind): string | undefined {
  const limit = longest[kind];
  const size = (kind === "endpoint" ? text : text.replace(/\s/g, "")).length;
  if (limit === undefined || size <= limit) return undefined;
  const found = `found ${size} characters`;
  if (kind === "managed") return `LimitExceeded: Cannot exceed quota for PolicySize: ${limit}; ${found}`;
  if (kind === "trust") return `LimitExceeded: Cannot exceed quota for ACLSizePerRole: ${limit}; ${found}`;
  if (kind === "endpoint")
    return `${codeOf(kind)}: the size of an endpoint policy cannot exceed ${limit} characters; ${found}`;
  return `LimitExceeded: Maximum policy size of ${limit} bytes exceeded for the ${kind}; ${found}`;
}

/** All elements by their names. Services other than IAM may ignore the case of names, so it is ignored for them. */
function elementsOf(
  json: Json,
  names: readonly string[],
  kind: PolicyKind,
): { known: Json; unknown: string | undefined } {
  const known: Record<string, unknown> = {};
  for (const [written, value] of Object.entries(json)) {
    const name = names.find(
      (one) => one === written || (!isOfIam(kind) && one.toLowerCase() === written.toLowerCase()),
    );
    if (name === undefined) return { known, unknown: written };
    known[name] = value;
  }
  return { known, unknown: undefined };
}

function* refusals(text: string, kind: PolicyKind): Generator<string> {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: the characters allowed in all documents of IAM.
  if (isOfIam(kind) && /[^\t\n\r\u0020-\u00ff]/.test(text)) yield "has a character outside U+0020 to U+00FF";
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    yield `Syntax errors in policy: ${(error as Error).message}`;
  }
  if (!isObject(json)) {
    yield "Syntax errors in policy: expected a JSON object";
    return;
  }
  const { known, unknown } = elementsOf(json, ["Version", "Id", "Statement"], kind);
  if (unknown !== undefined) yield `Unknown field ${unknown}`;
  const { Version: version, Statement: statements } = known;
  // Only CreatePolicy requires the newer version. The default endpoint policy of AWS has none, or 2008-10-17.
  if (kind === "managed" && version !== "2012-10-17") {
    yield `Policy document must be version 2012-10-17 or greater; found ${shown(version)}`;
  }
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17") {
    yield `Version is ${shown(version)}; expected 2012-10-17 or 2008-10-17`;
  }
  const list = Array.isArray(statements) ? (statements as unknown[]) : [statements];
  if (statements === undefined) yield "Statement is missing";
  // IAM: https://github.com/otterize/intents-operator/pull/481. Other services were not seen to reject an empty list.
  if (list.length === 0 && isOfIam(kind)) yield "Syntax errors in policy: Statement is empty";
  for (const [i, statement] of list.entries()) {
    for (const refusal of statementRefusals(statement, kind)) yield `Statement[${i}]${refusal}`;
  }
  const sids = list.flatMap((statement) => (isObject(statement) && statement["Sid"] ? [statement["Sid"]] : []));
  const twice = sids.find((sid, i) => sids.indexOf(sid) < i);
  if (isOfIam(kind) && twice !== undefined) {
    yield `Statement IDs (SID) in a single policy must be unique; found ${shown(twice)} twice`;
  }
}

const statementElements = [
  ...["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"],
];

function* statementRefusals(value: unknown, kind: PolicyKind): Generator<string> {
  if (!isObject(value)) {
    yield ` is ${shown(value)}; expected an object`;
    return;
  }
  const { known: statement, unknown } = elementsOf(value, statementElements, kind);
  if (unknown !== undefined) yield `: Unknown field ${unknown}`;
  const { Sid: sid = "", Effect: effect } = statement;
  if (typeof sid !== "string") {
    yield `.Sid is ${shown(sid)}; expected a string`;
    return;
  }
  // For other services, it is only known that documents with spaces in a Sid are in use.
  if (isOfIam(kind) && !/^[0-9A-Za-z]*$/.test(sid)) {
    yield `.Sid: Statement IDs (SID) must be alpha-numeric; found ${shown(sid)}`;
  }
  if (effect !== "Allow" && effect !== "Deny") yield `.Effect is ${shown(effect)}; expected Allow or Deny`;
  yield* principalRefusals(statement, kind);
  yield* actionRefusals(statement, kind);
  yield* resourceRefusals(statement, kind);
  yield* conditionRefusals(statement["Condition"], kind);
}

const principalTypes = ["aws", "federated", "service", "canonicaluser"];

/** A named principal is accepted for a gateway endpoint: https://github.com/awsdocs/amazon-vpc-user-guide/pull/44. */
function* principalRefusals(statement: Json, kind: PolicyKind): Generator<string> {
  const { Principal: principal, NotPrincipal: notPrincipal } = statement;
  if (isOfIdentity(kind)) {
    if (principal !== undefined || notPrincipal !== undefined) yield ": Policy document should not specify a principal";
    return;
  }
  if (principal === undefined && notPrincipal === undefined) yield ": Missing required field Principal";
  if (principal !== undefined && notPrincipal !== undefined)
    yield " has Principal and NotPrincipal; expected exactly one";
  const named = principal ?? notPrincipal;
  if (named === "*" || named === undefined) return;
  if (!isObject(named)) {
    yield `: Invalid principal in policy: ${shown(named)}`;
    return;
  }
  const type = Object.keys(named).find((one) => !principalTypes.includes(one.toLowerCase()));
  if (type !== undefined) yield `: Invalid principal in policy: unknown type ${shown(type)}`;
}

function* actionRefusals(statement: Json, kind: PolicyKind): Generator<string> {
  yield* exactlyOne(statement, "Action", "NotAction", "actions");
  if (!isOfIdentity(kind)) return;
  for (const action of textsOf(statement["Action"] ?? statement["NotAction"])) {
    if (action === "*") continue;
    const colons = action.split(":").length - 1;
    // Both as seen in many issues; the second at https://github.com/garnaat/kappa/issues/111.
    if (colons === 0)
      yield `: Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.; found ${shown(action)}`;
    if (colons > 1) yield `: Actions/Condition can contain only one colon; found ${shown(action)}`;
    // https://github.com/boogy/iam-policy-validator/pull/172
    if (/^[^:]*[*?]/.test(action))
      yield `: Action vendors (e.g., aws, ec2, etc.) must not contain wildcards; found ${shown(action)}`;
  }
}

function* resourceRefusals(statement: Json, kind: PolicyKind): Generator<string> {
  if (kind === "trust") {
    if (statement["Resource"] !== undefined) yield ": Has prohibited field Resource";
    return;
  }
  yield* exactlyOne(statement, "Resource", "NotResource", "resources");
  if (!isOfIdentity(kind)) return;
  for (const resource of textsOf(statement["Resource"] ?? statement["NotResource"])) {
    // https://github.com/trussworks/terraform-aws-s3-anti-virus/issues/21. Values that begin with `*` or `${` were not seen to be rejected.
    if (!/^(arn:|\*|\$\{)/.test(resource)) yield `: Resource ${resource} must be in ARN format or "*"`;
    const [, , service = "", ...rest] = resource.split(":");
    // Seen for whole ARNs, such as arn:aws:*:*:ACCOUNT:*, in three live accounts.
    if (rest.length >= 3 && /[*?]/.test(service)) {
      yield `: Resource vendor must be fully qualified and cannot contain regexes; found ${shown(resource)}`;
    }
  }
}

/** Exactly one of an element and its negation, as a string or a non-empty list of strings. */
function* exactlyOne(statement: Json, element: string, negated: string, inWords: string): Generator<string> {
  const [plain, not] = [statement[element], statement[negated]];
  if (plain !== undefined && not !== undefined) yield ` has ${element} and ${negated}; expected exactly one`;
  const value = plain ?? not;
  if (value === undefined || (Array.isArray(value) && value.length === 0)) {
    yield `: Policy statement must contain ${inWords}`;
    return;
  }
  const wrong = [value].flat().find((one) => typeof one !== "string");
  if (wrong !== undefined) yield `.${plain === undefined ? negated : element} has ${shown(wrong)}; expected a string`;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operator = new RegExp(
  "^(null|(for(all|any)values?:)?(" +
    "string(not)?(equals(ignorecase)?|like)|numeric(not)?equals|(numeric|date)(less|greater)than(equals)?|" +
    "date(not)?equals|bool|binaryequals|(not)?ipaddress|arn(not)?(equals|like))(ifexists)?)$",
  "i",
);

/**
 * Operators, keys and values of conditions. Sources of the form: https://github.com/hashicorp/terraform-provider-aws/issues/42291 (endpoints) and
 * https://github.com/aws-cloudformation/cfn-lint/issues/3751 (IAM).
 */
function* conditionRefusals(condition: unknown, kind: PolicyKind): Generator<string> {
  if (condition === undefined) return;
  if (!isObject(condition)) {
    yield `.Condition is ${shown(condition)}; expected an object`;
    return;
  }
  for (const [name, keys] of Object.entries(condition)) {
    if (!isObject(keys)) yield `.Condition.${name} is ${shown(keys)}; expected an object of condition keys`;
    if (isOfIam(kind) && !operator.test(name)) yield `.Condition: Invalid Condition type : ${name}`;
    const plain = Object.keys(isObject(keys) ? keys : {}).find((key) => !key.includes(":"));
    if (isOfIdentity(kind) && plain !== undefined) {
      yield `.Condition.${name}: Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.; found ${shown(plain)}`;
    }
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textsOf(value: unknown): string[] {
  return [value as string | string[]].flat().filter((one): one is string => typeof one === "string");
}

function shown(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value);
}
