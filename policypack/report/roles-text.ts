import { createColors } from "picocolors";
import { deprecatedPolicyOf } from "../facts/managed-policies";
import { printable } from "../iam/problems";
import { nameOfUrn, typeNameOfUrn } from "../stack/resource";
import { expectedInWords, lossInWords } from "./deprecated-words";
import { marks } from "./path-breaks";
import { code, inline } from "./path-markdown";
import type { DeprecatedOnRole, RoleReport, RolesReport } from "./roles-report";

/** Shown if a report has no roles. */
export const noRole = "No role has a deprecated policy.";

/** For people at a terminal: each role with its deprecated policies, where they are attached, and what to do. */
export function rolesAsText(report: RolesReport, remarks: readonly string[], colour: boolean): string {
  const colours = createColors(colour);
  return [
    ...remarks.map((remark) => colours.yellow(remark)),
    ...(report.roles.length === 0 ? [noRole] : []),
    ...report.roles.map((role) => {
      const mark = role.deprecatedPolicies.length > 0 ? colours.red(marks.blocked) : colours.yellow(marks.unknown);
      return [
        `${mark} role ${colours.bold(printable(role.role))}${usersInWords(role, printable)}`,
        ...role.deprecatedPolicies.flatMap((one) => [
          `    ${one.policyArn}`,
          ...sentencesOn(one).map((sentence) => `      ${sentence}`),
        ]),
        ...role.unknown.map((question) => `    cannot determine ${question}`),
      ].join("\n");
    }),
  ].join("\n\n");
}

/** The same for the comment of a pull request. */
export function rolesAsMarkdown(report: RolesReport, remarks: readonly string[]): string {
  return [
    "### Deprecated policies",
    ...remarks.map((remark) => `> ${inline(remark)}`),
    ...(report.roles.length === 0 ? [noRole] : []),
    ...report.roles.map((role) => {
      const mark = role.deprecatedPolicies.length > 0 ? marks.blocked : marks.unknown;
      return [
        `- ${mark} **role** ${code(role.role)}${usersInWords(role, code)}`,
        ...role.deprecatedPolicies.flatMap((one) => [
          `  - ${code(one.policyArn)}`,
          ...sentencesOn(one).map((sentence) => `    - ${inline(sentence)}`),
        ]),
        ...role.unknown.map((question) => `  - cannot determine ${inline(question)}`),
      ].join("\n");
    }),
  ].join("\n\n");
}

/** Where it is attached, what is expected, what is lost, and the change. */
export function sentencesOn({ policyArn, resource, property, permissions, patch }: DeprecatedOnRole): string[] {
  const policy = deprecatedPolicyOf(policyArn);
  const expected =
    policy && policy.replacements.length > 0
      ? `Expected ${expectedInWords({ policyArn, policy })}.`
      : "AWS names no successor.";
  return [
    `From \`${property}\` of \`${printable(nameOfUrn(resource))}\`.`,
    expected,
    ...lossInWords(policyArn, permissions ?? undefined),
    `Patch: ${patch}`,
  ];
}

/** What uses the role, behind its name. @param shown how a name is shown */
export function usersInWords({ users, forInstances }: RoleReport, shown: (name: string) => string): string {
  if (users.length > 0)
    return `, used by ${users.map(({ name, urn }) => `${typeNameOfUrn(urn)} ${shown(name)}`).join(", ")}`;
  return forInstances === true ? ", an instance role that nothing in this stack uses" : "";
}
