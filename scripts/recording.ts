/**
 * Writes docs/images/explain.svg: a run of the command as a terminal shows it, line by line. `npm run recording`; with `--check` it
 * fails where the picture is out of date.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");
const file = join(root, "docs", "images", "explain.svg");
const command = "patchpath explain --state examples/own-vpc/state.json";

/** In pixels; a character of the font is about 0.6 of its size wide. */
const [fontSize, lineHeight, margin, columns] = [13, 18, 16, 100] as const;
const width = Math.ceil(columns * fontSize * 0.602) + 2 * margin;

/** Seconds until the output begins, and between its lines. */
const [typing, pause] = [1, 0.06] as const;

/** The colors of picocolors by their codes, readable on the background. */
const colors: Readonly<Record<string, string>> = { 31: "#ff7b72", 32: "#7ee787", 33: "#e3b341", 2: "#8b949e" };

function printed(): string {
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, "policypack", "patchpath.js"), ...command.split(" ").slice(1)],
    { cwd: root, encoding: "utf8", env: { ...process.env, FORCE_COLOR: "1", NO_COLOR: "", COLUMNS: String(columns) } },
  );
  return stdout.trimEnd();
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A line with its colors as parts of a text element. */
function spans(line: string): string {
  let color: string | undefined;
  return line
    .split(/\u001b\[(\d+)m/)
    .map((part, i) => {
      if (i % 2 === 1) color = colors[part];
      else if (part !== "")
        return color === undefined ? escaped(part) : `<tspan fill="${color}">${escaped(part)}</tspan>`;
      return "";
    })
    .join("");
}

function recording(output: string): string {
  const lines = [`<tspan fill="#8b949e">$</tspan> npx ${escaped(command)}`, ...output.split("\n").map(spans)];
  const height = lines.length * lineHeight + 2 * margin;
  const texts = lines.map((line, i) => {
    const delay = i === 0 ? 0 : typing + i * pause;
    const y = margin + i * lineHeight + fontSize;
    return `<text x="${margin}" y="${y}" style="animation-delay:${delay.toFixed(2)}s">${line}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(command)}</title>
<style>
text { font: ${fontSize}px ui-monospace, Menlo, Consolas, monospace; fill: #e6edf3; white-space: pre; animation: shown 0.01s both }
@keyframes shown { from { opacity: 0 } to { opacity: 1 } }
@media (prefers-reduced-motion: reduce) { text { animation: none } }
</style>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
${texts.join("\n")}
</svg>
`;
}

const svg = recording(printed());
if (process.argv.includes("--check")) {
  if (readFileSync(file, "utf8") !== svg) {
    process.stderr.write("docs/images/explain.svg is out of date; run `npm run recording`.\n");
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, svg);
}
