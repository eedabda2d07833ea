"use strict";
// Runs commands of `patchpath` one after the other, as compiled for users: a start for each would take a fifth of a second.
const { closeSync, openSync } = require("node:fs");
const { main } = require("../../policypack/bin/cli/main.js");
const { version } = require("../../policypack/package.json");

/** @returns what it printed, apart and as a terminal shows it, and its exit code */
async function run({ args, cwd, input, environment }) {
  process.chdir(cwd);
  const before = { ...process.env };
  setEnvironment(environment);
  // The lowest free number is that of standard input, once it is closed.
  closeSync(0);
  openSync(input, "r");
  const printed = { stdout: "", stderr: "", output: "" };
  const streams = ["stdout", "stderr"].map((name) => [name, process[name].write]);
  for (const [name] of streams) {
    process[name].write = (text) => {
      printed[name] += text;
      printed.output += text;
      return true;
    };
  }
  try {
    const code = await main(args, version);
    return { code, ...printed };
  } catch (error) {
    return { failed: String(error?.stack) };
  } finally {
    for (const [name, write] of streams) process[name].write = write;
    setEnvironment({ ...Object.fromEntries(Object.keys(environment).map((name) => [name, undefined])), ...before });
    process.stdout.removeAllListeners("error");
  }
}

function setEnvironment(values) {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

process.on("message", (request) => void run(request).then((result) => process.send(result)));
process.on("disconnect", () => process.exit());
