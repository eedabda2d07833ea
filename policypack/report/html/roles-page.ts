import type { Page } from "../printing";
import { marks } from "../path-breaks";
import type { RoleReport, RolesReport } from "../roles-report";
import { noRole, sentencesOn, usersInWords } from "../roles-text";
import { escaped, sentence } from "./markup";
import type { Headline } from "../headline";
import { htmlPage, search, section } from "./page";

/** The report on roles as one page: each with its deprecated policies, what replaces them, what is lost, and the change. */
export function rolesAsHtml({ roles }: RolesReport, { remarks, version, isPartial }: Page): string {
  return htmlPage({
    kind: "Deprecated policies",
    headline: headlineOf(roles, isPartial === true),
    remarks,
    main: section(
      "roles",
      "Roles",
      roles.length === 0
        ? []
        : [
            ...search("#roles .cause", roles.length, "Role, policy, user"),
            '<ol class="causes">',
            ...roles.map(roleAsHtml),
            "</ol>",
          ],
    ),
    version,
  });
}

function headlineOf(roles: RolesReport["roles"], isPartial: boolean): Headline {
  const certain = roles.filter(({ deprecatedPolicies }) => deprecatedPolicies.length > 0).length;
  const have = (count: number) => (count === 1 ? "1 role has" : `${count} roles have`);
  if (certain > 0) return { verdict: "blocked", words: `${have(certain)} deprecated policies` };
  if (isPartial && roles.length === 0)
    return { verdict: "unknown", words: "No role of a partial report has a deprecated policy" };
  return roles.length > 0
    ? { verdict: "unknown", words: `Whether ${have(roles.length)} deprecated policies is unknown` }
    : { verdict: "open", words: noRole.replace(/\.$/, "") };
}

function roleAsHtml(role: RoleReport): string {
  const verdict = role.deprecatedPolicies.length > 0 ? "blocked" : "unknown";
  const users = usersInWords(role, (name) => `\`${name}\``).replace(/^, /, "");
  return [
    `<li class="cause ${verdict}">`,
    `<h3><span class="mark" aria-hidden="true">${marks[verdict]}</span> ${escaped(role.role)}</h3>`,
    ...(users === "" ? [] : [`<p>${sentence(users)}</p>`]),
    ...role.deprecatedPolicies.flatMap((one) => [
      `<h4><code>${escaped(one.policyArn)}</code></h4>`,
      ...sentencesOn(one).map((words) => `<p>${sentence(words)}</p>`),
    ]),
    ...role.unknown.map((question) => `<p>cannot determine ${sentence(question)}</p>`),
    "</li>",
  ].join("\n");
}
