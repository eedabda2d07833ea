/**
 * Writes the generated parts of the pages from rules, components and the stack config, and the JSON Schemas of the package.
 * Text outside the `generated` markers is written by hand and stays. `npm run docs`; with `--check`, it only reports whether
 * everything is up to date.
 */
import { writeComponentPages } from "./generate-component-docs";
import { writeConfigPage } from "./generate-config-docs";
import { writeFormatTables } from "./generate-format-docs";
import { writeRulePages } from "./generate-rule-docs";
import { writeSchemas } from "./generate-schemas";
import { writeTopologyTable } from "./generate-topology-docs";
import { GeneratedPages } from "./generated-pages";

async function main(): Promise<void> {
  const pages = new GeneratedPages(process.argv.includes("--check"));
  await writeRulePages(pages);
  await writeFormatTables(pages);
  await writeTopologyTable(pages);
  await writeComponentPages(pages);
  await writeConfigPage(pages);
  await writeSchemas(pages);
  if (pages.stale.length > 0) {
    process.stderr.write(`not up to date: ${pages.stale.join(", ")}; run \`npm run docs\`\n`);
    process.exitCode = 1;
  }
}

void main();
