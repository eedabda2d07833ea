import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { patchpath } from "../../command/patchpath";
import type { ExampleResource } from "../rules/analyze";
import { attachment, role } from "../rules/examples";
import { withStateFile } from "../report/stack-files";

const deprecated = "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM";
const web = role("web", "ec2.amazonaws.com");

/** The command as users start it; its output is tested in report/roles-report.test.ts. */
describe("patchpath roles", () => {
  const run = (args: readonly string[]) => patchpath(["roles", ...args], ".");
  const rolesOf = (resources: readonly ExampleResource[], ...args: string[]) =>
    withStateFile(resources, (file) => run(["--state", file, ...args]));

  it("exits with 0 and a sentence if there is no deprecated policy", () => {
    deepStrictEqual(rolesOf([web]), { code: 0, stdout: "No role has a deprecated policy.\n", stderr: "" });
  });

  it("exits with 1 and prints JSON that conforms to its schema", () => {
    const { code, stdout } = rolesOf([web, attachment("ssm", "web", deprecated)], "--format", "json");
    strictEqual(code, 1);
    const report = JSON.parse(stdout) as { roles: { deprecatedPolicies: object[] }[] };
    deepStrictEqual(Object.keys(report), ["version", "roles"]);
    deepStrictEqual(Object.keys(report.roles[0]!), [
      "role",
      "urn",
      "forInstances",
      "users",
      "deprecatedPolicies",
      "unknown",
    ]);
    deepStrictEqual(Object.keys(report.roles[0]!.deprecatedPolicies[0]!), [
      "policyArn",
      "resource",
      "property",
      "replacements",
      "replacementConfirmed",
      "permissions",
      "patch",
    ]);
  });

  it("exits with 2 and one line for a file that is not a state, and without --state", () => {
    const missing = run(["--state", "/nowhere.json"]);
    deepStrictEqual([missing.code, missing.stdout], [2, ""]);
    match(missing.stderr, /^patchpath: `\/nowhere\.json` cannot be read: ENOENT[^\n]*\n$/);
    const without = run([]);
    strictEqual(without.code, 2);
    match(without.stderr, /^patchpath: required option '--state <file\.\.\.>' not specified\n$/);
  });
});
