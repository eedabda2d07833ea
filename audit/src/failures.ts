import type { Action } from "./calls";

/** A call that was not answered. */
export interface Failure {
  readonly action: Action;
  /** Whether no other call can succeed either. */
  readonly isFatal: boolean;
  readonly sentence: string;
}

/**
 * Codes of errors about the caller's credentials. Source:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html and the common errors of each service's API
 * reference; the page could not be opened on 2026-11-28, so the codes are those that the SDK's and moto's sources name.
 */
const expired = ["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"];
const invalid = [
  "AuthFailure",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "OptInRequired",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
];
const refused = ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError"];
const throttled = /Throttl|RequestLimitExceeded|TooManyRequests|SlowDown|BandwidthLimit|PriorRequestNotComplete/;
/** What is asked for does not exist, or the region does not have the operation. */
const missing = /NoSuch|NotFound|DoesNotExist|InvalidDocument$|^InvalidAction$|^UnknownOperation/;
const unreachable = ["ENOTFOUND", "ECONNREFUSED", "ECONNRESET", "EAI_AGAIN", "ETIMEDOUT", "TimeoutError"];

interface SdkError {
  readonly name?: string;
  readonly code?: string;
  readonly cause?: { readonly code?: string };
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
}

/** Why a call was not answered; `undefined` where what it asks for does not exist. @param where the account and region */
export function failureOf(action: Action, where: string, error: unknown): Failure | undefined {
  const { name = "", cause, code = cause?.code ?? "", message = "", $metadata = {} } = error as SdkError;
  const is = (names: readonly string[]) => names.includes(name) || names.includes(code);
  const fatal = (sentence: string): Failure => ({ action, isFatal: true, sentence });
  const partial = (why: string, remedy: string): Failure => ({
    action,
    isFatal: false,
    sentence: `\`${action}\` ${why} in ${where}, so what depends on it is unknown. ${remedy}`,
  });
  if (name === "CredentialsProviderError" || /Could not load credentials/i.test(message)) {
    return fatal(
      "AWS credentials cannot be loaded; pass --profile NAME, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    );
  }
  if (is(expired)) return fatal("the AWS credentials have expired; sign in again, for example with `aws sso login`");
  if (is(invalid)) {
    return fatal(
      `AWS does not accept the credentials in ${where} (${name}); check them, and that the region is enabled for the account`,
    );
  }
  if (is(refused)) {
    return partial("is not allowed", `Allow it to the role: \`patchpath audit --print-policy\` prints the policy.`);
  }
  if (missing.test(name)) return undefined;
  if (is(unreachable)) {
    const why = `cannot be reached (${code || name})`;
    return action === "sts:GetCallerIdentity"
      ? fatal(`the endpoint of AWS STS in ${where} ${why}; check the network, the proxy and --endpoint-url`)
      : partial(why, "Check the network, and run the audit again.");
  }
  if (throttled.test(name)) return partial("is throttled after all retries", "Run the audit again at a quieter time.");
  const status = $metadata.httpStatusCode;
  if (status !== undefined && status >= 500) {
    return partial(`failed with status ${status} after all retries`, "Run the audit again.");
  }
  if (name === "SyntaxError" || status === 200 || /aborted|Unexpected end|Deserialization/i.test(message)) {
    return partial("has an answer that is truncated or not readable", "Run the audit again.");
  }
  return partial(`failed (${name || code || "unknown error"})`, "Run the audit again.");
}
