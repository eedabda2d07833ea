import type { Page } from "../printing";
import { marks } from "../path-breaks";
import type { RoleReport, RolesReport } from "../roles-report";
import { noRole, sentencesOn, usersInWords } from "../roles-text";
import { escaped, sentence } from "./markup";
import { htmlPage, section } from "./page";

/** The report on roles as one page: each with its deprecated policies, what replaces them, what is lost, and the change. */
export function rolesAsHtml({ roles }: RolesReport, { remarks, version }: Page): string {
  const certain = roles.filter(({ deprecatedPolicies }) => deprecatedPolicies.length > 0).length;
  const [verdict, words] =
    certain > 0
      ? ([
          "blocked",
          `${certain} ${certain === 1 ? "role has a deprecated policy" : "roles have deprecated policies"}`,
        ] as const)
      : roles.length > 0
        ? ([
            "unknown",
            `Whether ${roles.length} ${roles.length === 1 ? "role has" : "roles have"} deprecated policies is unknown`,
          ] as const)
        : (["open", noRole.replace(/\.$/, "")] as const);
  return htmlPage({
    title: `Deprecated policies: ${words}`,
    heading: `<p class="kind">Deprecated policies</p>\n<h1 class="${verdict}"><span class="mark" aria-hidden="true">${marks[verdict]}</span> ${escaped(words)}</h1>`,
    remarks,
    main: section(
      "roles",
      "Roles",
      roles.length === 0 ? [] : ['<ol class="causes">', ...roles.map(roleAsHtml), "</ol>"],
    ),
    version,
  });
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
