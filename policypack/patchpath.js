#!/usr/bin/env node
// The command `patchpath`. Its code is compiled from cli/; this file stays where package managers look for it.
const { existsSync } = require("node:fs");
const { join } = require("node:path");
const { setFlagsFromString } = require("node:v8");

if (!existsSync(join(__dirname, "bin"))) {
  process.stderr.write("patchpath: is not compiled yet; run `npm ci` in the checkout.\n");
  process.exit(2);
}
// V8 of Node.js 20 optimizes functions that a report is almost done with. Waiting longer saves a third of the CPU time of 10,000
// resources, and a sixth of 160,000 (docs/performance.md). Later versions do not have this flag.
if (process.versions.v8.startsWith("11.")) setFlagsFromString("--interrupt-budget=600000");

require("./bin/cli/main.js")
  .main(process.argv.slice(2), require("./package.json").version)
  .then((code) => {
    process.exitCode = code;
  });
