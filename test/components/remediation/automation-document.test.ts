import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import Ajv from "ajv";
import {
  type AutomationDocument,
  replaceDocument,
  rollBackDocument,
} from "../../../components/remediation/automation-document";
import { automationPermissions, automationTrust } from "../../../components/remediation/automation-policy";
import { parsePolicy } from "../../../policypack/iam";
import { decisionOn } from "./identity-decision";

/**
 * AWS's own schema of Automation documents, from the language server of its editors. It is from 2020 and has no
 * later runtime of scripts than Python 3.7; AWS documents 3.11 (automation-action-executeScript.html, 2026-11-22).
 */
function automationSchema(): object {
  const server = createRequire(__filename).resolve("aws-ssm-document-language-service/package.json");
  const text = readFileSync(join(dirname(server), "dist", "schema.json"), "utf8");
  return JSON.parse(text, (key, value: unknown) =>
    key === "enum" && Array.isArray(value) && value.includes("python3.7")
      ? [...(value as string[]), "python3.11"]
      : value,
  ) as object;
}

const deprecated = "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM";
const core = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const documents: Readonly<Record<string, AutomationDocument>> = {
  replace: replaceDocument({ [deprecated]: [core] }, { legacy: "moves in March" }),
  "roll back": rollBackDocument(),
};

describe("the documents of Systems Manager Automation", () => {
  const validate = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }).compile(automationSchema());

  for (const [name, document] of Object.entries(documents)) {
    describe(name, () => {
      it("is valid by the schema of AWS", () => {
        ok(validate(document), JSON.stringify(validate.errors, undefined, 1));
      });

      it("refers only to its parameters, and to outputs of steps that ran before", () => {
        const known = new Set(Object.keys(document.parameters));
        for (const step of document.mainSteps) {
          for (const [, reference = ""] of JSON.stringify(step.inputs).matchAll(/\{\{\s*(\S+?)\s*\}\}/g)) {
            ok(known.has(reference), `${step.name} refers to ${reference}`);
          }
          for (const output of step.outputs ?? []) known.add(`${step.name}.${output.Name}`);
        }
        for (const output of document.outputs ?? []) ok(known.has(output), output);
      });

      it("has no isEnd on a step that can be rolled back, since it would also end the automation after a failure", () => {
        for (const { name: step, isEnd, onFailure } of document.mainSteps) {
          ok(!(isEnd && onFailure), step);
        }
      });

      it("has at most the 64 KB that Systems Manager allows", () => {
        ok(JSON.stringify(document).length < 65_536);
      });
    });
  }

  it("are invalid with an action that does not exist", () => {
    const [first, ...others] = documents["replace"]!.mainSteps;
    strictEqual(
      validate({ ...documents["replace"], mainSteps: [{ ...first, action: "aws:executeApi" }, ...others] }),
      false,
    );
  });
});

describe("the role of the automation", () => {
  const place = { partition: "aws", accountId: "123456789012" };
  const permissions = automationPermissions(place, [deprecated, core, core], ["legacy"]);
  const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
  const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

  it("has valid policy documents", () => {
    deepStrictEqual(parsePolicy(JSON.stringify(permissions), "identity").problems, []);
    deepStrictEqual(parsePolicy(JSON.stringify(automationTrust(place)), "trust").problems, []);
  });

  const cases: readonly (readonly [string, string, string, string | undefined])[] = [
    ["allow", "iam:AttachRolePolicy", role("web"), core],
    ["allow", "iam:DetachRolePolicy", role("teams/web"), deprecated],
    ["deny", "iam:AttachRolePolicy", role("web"), administrator],
    ["deny", "iam:AttachRolePolicy", role("web"), undefined],
    ["deny", "iam:DetachRolePolicy", role("legacy"), deprecated],
    ["deny", "iam:DetachRolePolicy", role("in/a/path/legacy"), deprecated],
    ["allow", "iam:DetachRolePolicy", role("legacy-2"), deprecated],
    ["deny", "iam:AttachUserPolicy", "arn:aws:iam::123456789012:user/person", core],
    ["deny", "iam:AttachRolePolicy", "arn:aws:iam::210987654321:role/web", core],
    ["deny", "iam:PutRolePolicy", role("web"), undefined],
    ["deny", "iam:PassRole", role("web"), undefined],
    ["deny", "iam:UpdateAssumeRolePolicy", role("web"), undefined],
  ];
  for (const [verdict, action, resource, policyArn] of cases) {
    it(`${verdict === "allow" ? "may" : "may not"} ${action} on ${resource} with ${policyArn ?? "no policy"}`, () => {
      strictEqual(decisionOn(permissions, action, resource, policyArn), verdict);
    });
  }

  it("has no Deny without exceptions, which IAM would reject without a resource", () => {
    const statements = automationPermissions(place, [core], []).Statement;
    deepStrictEqual(
      statements.map(({ Sid }) => Sid),
      ["FindRoles", "ReadRoles", "SwapPolicies"],
    );
  });

  it("can be assumed only by automations of this account", () => {
    deepStrictEqual(automationTrust(place).Statement[0]!.Condition, {
      StringEquals: { "aws:SourceAccount": "123456789012" },
      ArnLike: { "aws:SourceArn": "arn:aws:ssm:*:123456789012:automation-execution/*" },
    });
  });
});
