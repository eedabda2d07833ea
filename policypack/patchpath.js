#!/usr/bin/env node
// The command `patchpath`. Its code is compiled from cli/; this file stays where package managers look for it.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

if (!existsSync(join(__dirname, "bin"))) {
  process.stderr.write("patchpath: is not compiled yet; run `npm ci` in the checkout.\n");
  process.exit(2);
}
require("./bin/cli/main.js")
  .main(process.argv.slice(2), require("./package.json").version)
  .then((code) => {
    process.exitCode = code;
  });
