#!/usr/bin/env node
// The command `patchpath`. Its code is compiled from cli/; this file stays where package managers look for it.
require("./bin/cli/main.js")
  .main(process.argv.slice(2), require("./package.json").version)
  .then((code) => {
    process.exitCode = code;
  });
