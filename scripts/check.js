"use strict";
// `npm run check`: all checks that must pass before a change is pushed. CI runs exactly this.
const { spawnSync } = require("node:child_process");
const { root, setUp } = require("./setup");

const steps = [
  ["types", "npm", ["run", "--silent", "types"]],
  ["lint", "npm", ["run", "--silent", "lint"]],
  ["format", "npm", ["run", "--silent", "format:check"]],
  ["inputs of the stand-in AWS match @pulumi/aws", "npm", ["run", "--silent", "generate", "--", "--check"]],
  ["the pages say what rules and components say", "npm", ["run", "--silent", "docs", "--", "--check"]],
  ["tests", "npm", ["run", "--silent", "test"]],
];

setUp();
for (const [name, command, args] of steps) {
  process.stderr.write(`patchpath: ${name} ...\n`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) {
    // The tests print their own last line: `N passed, N failed`.
    if (name !== "tests") process.stderr.write(`patchpath: failed: ${name}\n`);
    process.exit(status ?? 1);
  }
}
