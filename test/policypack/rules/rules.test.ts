import { deepStrictEqual, doesNotMatch, match, ok, strictEqual } from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../../policypack/rules";
import { allExamples } from "./all-examples";
import { type ExampleResource, findingsOf, unknown } from "./analyze";

const folder = join(__dirname, "..", "..", "..");
const ruleFiles = readdirSync(join(folder, "policypack", "rules"))
  .filter(
    (file) => !["exemptions.ts", "finding.ts", "gate.ts", "index.ts", "judged-by-inputs.ts", "rule.ts"].includes(file),
  )
  .map((file) => file.replace(/\.ts$/, ""));

const camelCase = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

describe("the rules of the pack", () => {
  it("are one file each, in the index and with examples", () => {
    const names = rules.map(({ name }) => name).sort();
    deepStrictEqual(names, ruleFiles.sort());
    deepStrictEqual(names, Object.keys(allExamples).sort());
  });

  for (const rule of rules) {
    const { name } = rule;
    describe(name, () => {
      it("is exported under its own name, and its page is at its url", () => {
        const source = readFileSync(join(folder, "policypack", "rules", `${name}.ts`), "utf8");
        match(source, new RegExp(`^export const ${camelCase(name)}: Rule = rule`, "m"));
        ok(rule.url.endsWith(`/docs/rules/${name}.md`));
        ok(
          existsSync(join(folder, "docs", "rules", `${name}.md`)),
          `docs/rules/${name}.md is missing; run \`npm run docs\``,
        );
      });

      it("has nothing left of its template: write what says `to be written`", () => {
        const files = [
          `policypack/rules/${name}.ts`,
          `test/policypack/rules/${name}.examples.ts`,
          `docs/rules/${name}.md`,
        ];
        for (const file of files) doesNotMatch(readFileSync(join(folder, file), "utf8"), /\(to be written/, file);
      });

      const { bad, good } = allExamples[name]!;
      for (const { title, resources, findings } of bad) {
        it(`rejects ${title}`, async () => {
          deepStrictEqual(
            (await findingsOf(rule, resources)).map(({ message }) => message),
            findings,
          );
        });
      }
      for (const { title, resources } of good) {
        it(`accepts ${title}`, async () => {
          deepStrictEqual(await findingsOf(rule, resources), []);
        });
      }

      it("reports at its own level", async () => {
        for (const { level } of await findingsOf(rule, bad[0]!.resources)) strictEqual(level, rule.enforcementLevel);
      });

      it("reports nothing on other resources, and nothing aborts it", async () => {
        const others: ExampleResource[] = [
          { type: "aws:s3/bucket:Bucket", name: "bucket", props: { bucket: unknown, policy: unknown } },
          { type: "kubernetes:core/v1:Pod", name: "pod", props: { spec: { containers: [unknown] } } },
        ];
        deepStrictEqual(await findingsOf(rule, others), []);
      });

      it("reports the same with all rules of the pack, which share one model of the stack", async () => {
        const { resources, findings } = bad.at(-1)!;
        deepStrictEqual(
          (await findingsOf(rule, resources, rules)).map(({ message }) => message),
          findings,
        );
      });

      it("evaluates what is known if other properties are not", async () => {
        const { resources, findings } = bad[0]!;
        const partlyKnown = resources.map((resource) => ({ ...resource, props: { ...resource.props, tags: unknown } }));
        deepStrictEqual(
          (await findingsOf(rule, partlyKnown)).map(({ message }) => message),
          findings,
        );
      });
    });
  }
});
