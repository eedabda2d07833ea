import {
  type EndpointService,
  awsManagedPolicyName,
  instanceCoreActions,
  managedPolicyVersions,
} from "patchpath/facts";
import type { StatementsByService } from "./interface-endpoint-policy";

/** The prefix of a service's actions, where it is not the short name of the service. */
const prefixes: Readonly<Partial<Record<EndpointService, string>>> = { monitoring: "cloudwatch" };

/** The beginning of the names of a service's actions. */
export function actionPrefix(service: EndpointService): string {
  return `${prefixes[service] ?? service}:`;
}

/**
 * What the roles of fleets may call by their AWS managed policies: without it, the endpoints would deny what the roles allow. Policies
 * that are not in the facts are left out, as are your own: for these, add statements.
 *
 * @param arns of managed policies
 */
export function managedPolicyStatements(
  services: readonly EndpointService[],
  arns: readonly string[],
): StatementsByService {
  const granted = [...new Set(arns)].flatMap((arn) => {
    const statements = managedPolicyVersions[awsManagedPolicyName(arn) ?? ""]?.document.Statement ?? [];
    // Of policies with `NotAction`, the facts have only those that exclude none of these services.
    return statements.flatMap(({ Action }) => Action ?? ["*"]);
  });
  return Object.fromEntries(
    services.flatMap((service) => {
      const prefix = actionPrefix(service);
      const ofService = granted.map((action) => (action === "*" ? `${prefix}*` : action));
      const actions = [...new Set(ofService)].filter(
        (action) => action.startsWith(prefix) && !instanceCoreActions.includes(action),
      );
      if (actions.length === 0) return [];
      const statement = {
        Sid: "AllowManagedPolicies",
        Effect: "Allow",
        Principal: "*",
        Action: actions.sort(),
        Resource: "*",
      } as const;
      return [[service, [statement]]];
    }),
  );
}

/** All statements of several parts, in their order. */
export function allStatements(...parts: readonly StatementsByService[]): StatementsByService {
  const services = [...new Set(parts.flatMap((part) => Object.keys(part) as EndpointService[]))];
  return Object.fromEntries(services.map((service) => [service, parts.flatMap((part) => part[service] ?? [])]));
}
