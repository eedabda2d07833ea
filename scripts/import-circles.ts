// Part of `npm run lint`: reports import cycles. Type imports count, since readers follow them too; the plugins of ESLint
// ignore them.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { preProcessFile } from "typescript";

/** The files of the project that a file imports. */
function importsOf(file: string): string[] {
  return preProcessFile(readFileSync(file, "utf8")).importedFiles.flatMap(({ fileName }) => {
    if (!fileName.startsWith(".")) return [];
    const target = join(dirname(file), fileName.replace(/\.js$/, ""));
    return [`${target}.ts`, join(target, "index.ts")].find((candidate) => existsSync(candidate)) ?? [];
  });
}

/** Each cycle once, as a list of its files. */
function circlesAmong(files: readonly string[]): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const start = way.indexOf(file);
    if (start >= 0) circles.push(way.slice(start));
    if (start >= 0 || done.has(file)) return;
    for (const next of importsOf(file)) visit(next, [...way, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return circles;
}

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts"], {
  encoding: "utf8",
});
const circles = circlesAmong(
  files
    .trim()
    .split("\n")
    .filter((file) => existsSync(file)),
);
for (const circle of circles) {
  process.stderr.write(`These files import each other; move what they share to a separate file:\n`);
  process.stderr.write(`  ${[...circle, circle[0]!].join("\n  → ")}\n`);
}
process.exitCode = circles.length > 0 ? 1 : 0;
