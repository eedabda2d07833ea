import { format } from "prettier";
import { rules } from "../policypack/rules";
import type { Rule } from "../policypack/rules/rule";
import { type ExampleResource, findingsOf, unknown } from "../test/policypack/rules/analyze";
import { allExamples } from "../test/policypack/rules/all-examples";
import type { Example } from "../test/policypack/rules/examples";
import { type GeneratedPages, replacePart, textOf } from "./generated-pages";

function header(rule: Rule): string {
  const properties = Object.entries(rule.configSchema.properties);
  const configuration = properties.map(([name, { description, default: fallback }]) => {
    const byDefault = fallback === undefined ? "" : ` Default: \`${JSON.stringify(fallback)}\`.`;
    return `- \`${name}\`: ${description ?? ""}${byDefault}`;
  });
  return [
    `# ${rule.displayName}`,
    `\`${rule.name}\` · ${rule.enforcementLevel} · severity ${rule.severity} · ${rule.tags.join(", ")}`,
    rule.description,
    `**To fix it:** ${rule.remediationSteps}`,
    ...(configuration.length > 0 ? ["**Configuration**", configuration.join("\n")] : []),
  ].join("\n\n");
}

/** A resource as a Pulumi program would write it. */
function asProgram({ type, name, props, from }: ExampleResource): string {
  const [, path = "", className = ""] = type.split(":");
  const module = path.split("/")[0] ?? "";
  const known = Object.entries(props).map(([property, value]) => {
    const sources = from?.[property] ?? [];
    if (value === unknown && sources.length === 0) return `/* ${property}: computed by AWS */`;
    if (value === unknown) return `${property}: ${sources.map((name) => `${name}.output`).join(" ?? ")}`;
    const isDocument = typeof value === "string" && value.startsWith("{") && value.endsWith("}");
    return `${property}: ${isDocument ? `JSON.stringify(${value})` : JSON.stringify(value)}`;
  });
  return `new aws.${module}.${className}(${JSON.stringify(name)}, { ${known.join(", ")} });`;
}

async function exampleInWords(rule: Rule, example: Example, verdict: string): Promise<string> {
  const code = await format(example.resources.map(asProgram).join("\n"), { parser: "typescript", printWidth: 100 });
  const findings = (await findingsOf(rule, example.resources)).map(
    ({ resource, message }) => `${resource}: ${message}`,
  );
  const printed = findings.length > 0 ? `\n\n\`\`\`text\n${findings.join("\n")}\n\`\`\`` : "";
  return `### ${verdict}: ${example.title}\n\n\`\`\`ts\n${code.trim()}\n\`\`\`${printed}`;
}

async function examplesInWords(rule: Rule): Promise<string> {
  const examples = allExamples[rule.name];
  if (!examples) throw new Error(`${rule.name} has no examples; see test/policypack/rules/all-examples.ts`);
  const [bad, good] = rule.enforcementLevel === "mandatory" ? ["Rejected", "Accepted"] : ["Reported", "Not reported"];
  const parts = [
    ...examples.bad.map((example) => exampleInWords(rule, example, bad)),
    ...examples.good.map((example) => exampleInWords(rule, example, good)),
  ];
  return ["## Examples", ...(await Promise.all(parts))].join("\n\n");
}

/** @param page where a reader of the table finds the page of a rule */
function tableOfRules(page: (rule: Rule) => string): string {
  const rows = rules.map(
    (rule) => `| [\`${rule.name}\`](${page(rule)}) | ${rule.enforcementLevel} | ${rule.description} |`,
  );
  return ["| rule | level | |", "| --- | --- | --- |", ...rows].join("\n");
}

/** Writes what the rules know of themselves into docs/rules/*.md and the READMEs: names, levels, examples, messages. */
export async function writeRulePages(pages: GeneratedPages): Promise<void> {
  for (const rule of rules) {
    const file = `docs/rules/${rule.name}.md`;
    const withHeader = replacePart(
      textOf(file) ?? textOf("scripts/new-rule/page.template")!,
      "header",
      header(rule),
      file,
    );
    await pages.put(file, replacePart(withHeader, "examples", await examplesInWords(rule), file));
  }
  const readmes: Readonly<Record<string, (rule: Rule) => string>> = {
    "README.md": ({ name }) => `docs/rules/${name}.md`,
    "policypack/README.md": ({ url }) => url, // is read where docs/ is not
  };
  for (const [file, page] of Object.entries(readmes)) {
    await pages.put(file, replacePart(textOf(file) ?? "", "rules", tableOfRules(page), file));
  }
}
