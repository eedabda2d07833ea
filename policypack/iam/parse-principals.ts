import type { DocumentKind, Principals } from "./document";
import { type StatementReport, describe, isObject, list } from "./problems";

const principalTypes = ["AWS", "Service", "Federated", "CanonicalUser"];

export const everyone: Principals = { negated: false, everyone: true, named: [] };

/** Reads the value of `Principal` or `NotPrincipal`. */
export function parsePrincipals(
  value: unknown,
  element: "Principal" | "NotPrincipal",
  kind: DocumentKind,
  report: StatementReport,
): Principals {
  const negated = element === "NotPrincipal";
  if (value === "*") return negated ? { ...everyone, negated } : everyone;
  if (!isObject(value) || Object.keys(value).length === 0) {
    const message = `is ${describe(value)}; expected \`"*"\` or an object such as \`{"AWS": "*"}\``;
    report.refuse("principal", `.${element}`, message);
    return { negated, everyone: false, named: [] };
  }
  const named = Object.keys(value).flatMap((type) => {
    if (!principalTypes.includes(type)) {
      const message = `unknown type of principal; expected one of ${list(principalTypes)}`;
      report.refuse("principal", `.${element}.${type}`, message);
    }
    return report.texts(value[type], () => `.${element}.${type}`).map((name) => ({ type, value: name }));
  });
  const isEveryone = named.some(({ type, value: name }) => type === "AWS" && name === "*");
  if (kind === "gateway-endpoint" && !negated && !isEveryone) {
    // AWS says so of gateway endpoints: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
    report.note(
      "gateway-principal",
      `.${element}`,
      'names principals; expected `"*"` on a gateway endpoint, and a condition on `aws:PrincipalArn`',
    );
  } else for (const { type, value: name } of named) reportWrongPrincipal(type, name, `.${element}.${type}`, report);
  return { negated, everyone: isEveryone, named };
}

/**
 * "You cannot use a wildcard to match part of a principal name or ARN", and a principal is an account's number, an ARN
 * or the unique id that AWS puts instead of one that was deleted. Source:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html, checked 2026-11-28.
 */
function reportWrongPrincipal(type: string, name: string, place: string, report: StatementReport): void {
  if (name === "*" || name.includes("$")) return;
  if (type === "AWS" && /[*?]/.test(name)) {
    const message = `has ${describe(name)}; a principal cannot contain a wildcard; expected \`"*"\` and a condition on \`aws:PrincipalArn\``;
    report.note("principal-format", place, message);
  } else if (
    type === "AWS" &&
    !/^(\d{12}|A[A-Z0-9]{15,}|arn:[^:]+:(iam|sts):[^:]*:[^:]*:.+|[0-9a-f]{64})$/.test(name)
  ) {
    const message = `has ${describe(name)}; expected an account id or the ARN of a user or role`;
    report.note("principal-format", place, message);
  } else if (type === "Service" && !name.includes(".")) {
    const message = `has ${describe(name)}; expected the name of a service, such as \`ec2.amazonaws.com\``;
    report.note("principal-service", place, message);
  }
}
