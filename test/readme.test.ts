import { match, ok, strictEqual } from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./engine/offline-stack";

const root = join(__dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

/** The code blocks of the README, in a language. */
function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(([, block]) => block!);
}

/** A block as a pattern of an output: a line `...` stands for any lines. */
function pattern(block: string): RegExp {
  const lines = block
    .trimEnd()
    .split("\n")
    .map((line) => (line.trim() === "..." ? "(?:.*\\n)*?.*" : line.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
  return new RegExp(`^${lines.join("\\n")}\\n$`);
}

/** The dev stack's blocks and diagram are tested in test/engine/dev-stack.test.ts. */
describe("the README", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-readme-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const patchpath = (...args: string[]) =>
    runCommand(process.execPath, [join(root, "policypack", "patchpath.js"), ...args], {}, folder);

  it("shows what `patchpath policy` prints of its policy", async () => {
    const policy = blocks("json").find((block) => block.includes("AllowAccountPrincipals"));
    ok(policy);
    writeFileSync(join(folder, "starved.json"), policy);
    const shown = blocks("text").find((block) => block.startsWith("starved.json "));
    ok(shown);
    const { code, output } = await patchpath("policy", "starved.json", "--region", "eu-west-1");
    strictEqual(code, 1);
    match(output, pattern(shown));
  });

  it("shows a valid config of the pack", async () => {
    const config = blocks("json").find((block) => block.includes("exempt"));
    ok(config);
    writeFileSync(join(folder, "pack.json"), config);
    const { code, output } = await patchpath("config", "pack.json");
    strictEqual(code, 0, output);
  });
});
