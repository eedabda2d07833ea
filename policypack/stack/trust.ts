import { coversAction } from "../iam/judge";
import type { Principals, Statement } from "../iam/document";
import { parsePolicy } from "../iam/parse";
import { type Truth, all, and, any, not } from "../iam/truth";
import { isNative } from "./kinds";
import { plain, read } from "./reading";
import type { StackResource } from "./resource";

/** The service principals of EC2, in China with the suffix of that partition. */
export const ec2 = /^ec2\.amazonaws\.com(\.cn)?$/;
export const systemsManager = /^ssm\.amazonaws\.com$/;

/** Whether the trust policy of a role allows a service to assume it; unknown while the policy is. */
export function trustsService(role: StackResource, service: RegExp): Truth {
  const policy = plain(read(role.props, isNative(role) ? "assumeRolePolicyDocument" : "assumeRolePolicy"));
  if (policy.is !== "known") return policy.is === "unknown" ? "unknown" : false;
  const { document } = parsePolicy(policy.value, "trust");
  const by = (effect: Statement["effect"]) =>
    any(
      (document?.statements ?? [])
        .filter((statement) => statement.effect === effect)
        .map((statement) => applies(statement, service)),
    );
  return and(by("Allow"), not(by("Deny")));
}

/** Under a condition it is unknown: which keys a service sends when it assumes a role is not documented. */
function applies({ unreadable, actions, conditions, principals }: Statement, service: RegExp): Truth {
  if (unreadable !== undefined) return "unknown";
  const isAssumed = actions.patterns.some((pattern) => coversAction(pattern, "sts:AssumeRole")) !== actions.negated;
  return all([isAssumed, principals ? names(principals, service) : false, conditions.length === 0 || "unknown"]);
}

/** That "everyone" includes services is not documented. */
function names({ everyone, named, negated }: Principals, service: RegExp): Truth {
  const isNamed = named.some(({ type, value }) => type === "Service" && service.test(value));
  const included: Truth = isNamed || (everyone && "unknown");
  return negated ? not(included) : included;
}
