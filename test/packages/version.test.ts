import { deepStrictEqual, ok } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./installation";

const read = (file: string) => readFileSync(join(root, file), "utf8");
const { version } = JSON.parse(read("package.json")) as { version: string };

/** Every version that a text gives to one of our packages: as its own, as a dependency's, as what the engine prints. */
function versionsIn(text: string): string[] {
  const own = /"name": "(?:@patchpath\/[a-z-]+|patchpath|patchpath-workspace)",\s+"version": "([^"]+)"/g;
  const wanted = /"(?:@patchpath\/[a-z-]+|patchpath)": "([\^~]?\d[^"]*)"/g;
  const printed = /patchpath(?:\/[a-z-]+)?@v?(\d[\w.-]*)/g;
  return [own, wanted, printed].flatMap((pattern) => [...text.matchAll(pattern)].map(([, found]) => found ?? ""));
}

describe("the version", () => {
  const tracked = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");
  const files = tracked.filter((file) => /(^|\/)(package(-lock)?\.json|[^/]+\.md|[^/]+\.yml)$/.test(file));

  it("is the same in every package, in dependencies and on pages (npm version)", () => {
    const found = files
      .filter((file) => file !== "CHANGELOG.md") // which has those of the past
      .flatMap((file) => versionsIn(read(file)).map((other) => ({ file, version: other })));
    ok(found.length >= 8, `${found.length} places`);
    deepStrictEqual(
      found.filter((one) => one.version !== version),
      [],
    );
  });

  it("has a heading with its date in the changelog", () => {
    const heading = new RegExp(`^## \\[${version.replaceAll(".", "\\.")}\\] - \\d{4}-\\d{2}-\\d{2}$`, "m");
    ok(heading.test(read("CHANGELOG.md")), `CHANGELOG.md has no heading \`## [${version}] - YYYY-MM-DD\``);
  });

  it("is not repeated in code", () => {
    const code = tracked.filter((file) => /\.(ts|js|mjs)$/.test(file) && !file.startsWith("test/"));
    deepStrictEqual(
      code.filter((file) => read(file).includes(`"${version}"`)),
      [],
    );
  });
});
