import type { Caller } from "./context";
import type { Principals } from "./document";
import { type Truth, any, not } from "./truth";

/**
 * Whether a statement's principals include a caller; a statement without principals is for whom it is attached to.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html (for anonymous
 * requests `"*"` and `{"AWS": "*"}` are the same) and, for account ids,
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html ("access is granted to the AWS account
 * root user only"); checked 2026-11-21.
 */
export function includes(principals: Principals | undefined, caller: Caller): Truth {
  if (!principals) return true;
  const included = principals.everyone || any(principals.named.map(({ type, value }) => names(type, value, caller)));
  return principals.negated ? not(included) : included;
}

/** Whether one principal by name is the caller. */
function names(type: string, value: string, caller: Caller): Truth {
  if (type !== "AWS" || caller !== "instanceRole") return false; // nobody names AWS's internal accounts
  const isRoot = /^\d{12}$/.test(value) || value.endsWith(":root");
  return isRoot ? false : "unknown"; // a role, a session or a unique id, and whose is not told here
}
