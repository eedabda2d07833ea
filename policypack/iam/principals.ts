import type { Caller, RequestPath } from "./context";
import type { Principals } from "./document";
import { type Truth, any, not } from "./truth";

/**
 * Whether a statement's principals include a caller; a statement without principals applies to the identity it is
 * attached to.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html (for anonymous
 * requests `"*"` and `{"AWS": "*"}` are the same; an account stands for all of its users and roles) and, for gateway
 * endpoints, https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html ("access is granted to the
 * AWS account root user only"); checked 2026-11-28.
 *
 * @param path what is known of the role that signs, and of the kind of its endpoint
 */
export function includes(
  principals: Principals | undefined,
  caller: Caller,
  path: Partial<RequestPath> | undefined,
): Truth {
  if (!principals) return true;
  const included =
    principals.everyone || any(principals.named.map(({ type, value }) => names(type, value, caller, path ?? {})));
  return principals.negated ? not(included) : included;
}

/** Whether one principal by name is the caller. */
function names(type: string, value: string, caller: Caller, path: Partial<RequestPath>): Truth {
  if (type !== "AWS" || caller !== "instanceRole") return false; // no policy names AWS's internal accounts
  const account = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1];
  if (account !== undefined) return isOfAccount(account, path);
  const arn = /^arn:[^:]+:(?:iam|sts)::(\d{12}):([a-z-]+)\/(.+)/.exec(value);
  if (!arn) return "unknown"; // a unique id, or nothing that we know
  const [owner, kind, rest] = [arn[1]!, arn[2]!, arn[3]!];
  if (kind === "user" || kind === "federated-user") return false;
  if (kind === "role") return isRole(rest.slice(rest.lastIndexOf("/") + 1), value, owner, path);
  // A session of a role has the instance's id for its name.
  return kind === "assumed-role" && hasOtherName(rest.split("/", 1)[0]!, path) ? false : "unknown";
}

/** On a gateway endpoint an account is its root user; else all of its users and roles. */
function isOfAccount(account: string, { endpointType, roleArn, accountId }: Partial<RequestPath>): Truth {
  if (endpointType === "Gateway") return false;
  const own = roleArn?.split(":")[4] ?? accountId;
  if (own !== undefined && own !== account) return false;
  return own === undefined || endpointType === undefined ? "unknown" : true;
}

function isRole(name: string, arn: string, owner: string, path: Partial<RequestPath>): Truth {
  if (hasOtherName(name, path)) return false;
  if (path.accountId !== undefined && path.roleArn === undefined && path.accountId !== owner) return false;
  // That a gateway endpoint accepts a principal by name is not documented.
  if (path.endpointType !== "Interface") return path.roleArn !== undefined && path.roleArn !== arn ? false : "unknown";
  if (path.roleArn !== undefined) return path.roleArn === arn;
  return path.roleName !== undefined && path.accountId !== undefined ? true : "unknown";
}

/** Whether the role surely has another name; in an account a name is of one role, in whatever case and path. */
function hasOtherName(name: string, { roleName, roleArn }: Partial<RequestPath>): boolean {
  const own = roleName ?? roleArn?.slice(roleArn.lastIndexOf("/") + 1);
  return own !== undefined && own.toLowerCase() !== name.toLowerCase();
}
