"use strict";
// ESLint on everything, in parts: with the types of all packages at once, those of the AWS SDK among them, it runs out of memory.
const { spawnSync } = require("node:child_process");
const { join } = require("node:path");
const { root } = require("./setup");

const audit = ["audit", "test/audit", "bench"];
const parts = [[".", ...audit.flatMap((folder) => ["--ignore-pattern", `${folder}/**`])], audit];

for (const part of parts) {
  const eslint = join(root, "node_modules", "eslint", "bin", "eslint.js");
  const args = ["--max-old-space-size=8192", eslint, "--max-warnings", "0", ...part];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
