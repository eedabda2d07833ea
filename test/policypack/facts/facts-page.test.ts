import { deepStrictEqual } from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..", "..");

describe("docs/facts.md", () => {
  it("has a row for each file of policypack/facts/", () => {
    const page = readFileSync(join(root, "docs", "facts.md"), "utf8");
    const rows = [...page.matchAll(/^\| `([\w-]+\.ts)` +\|/gm)].map(([, file]) => file!);
    const files = readdirSync(join(root, "policypack", "facts")).filter((file) => file !== "index.ts");
    deepStrictEqual(rows.sort(), files.sort());
  });
});
