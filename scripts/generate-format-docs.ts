import { type Format, type ReportingCommand, formats } from "../policypack/report/formats";
import { type GeneratedPages, replacePart, textOf } from "./generated-pages";

const commands: readonly ReportingCommand[] = ["policy", "explain", "roles"];

function tableOfFormats(): string {
  const rows = Object.entries<Format>(formats).map(([name, format]) => {
    const cells = commands.map((command) => (command in format ? "yes" : ""));
    return `| \`${name}\` | ${format.description} | ${cells.join(" | ")} |`;
  });
  return [
    `| \`--format\` | | ${commands.map((command) => `\`${command}\``).join(" | ")} |`,
    `| --- | --- |${commands.map(() => " --- |").join("")}`,
    ...rows,
  ].join("\n");
}

/** Writes the table of output formats into its page and the README of the package. */
export async function writeFormatTables(pages: GeneratedPages): Promise<void> {
  for (const file of ["docs/reference/command.md", "policypack/README.md"]) {
    await pages.put(file, replacePart(textOf(file) ?? "", "formats", tableOfFormats(), file));
  }
}
