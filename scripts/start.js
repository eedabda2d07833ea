"use strict";
// `npm start`: the dev stack's preview with the policy pack, on the offline AWS, and what to do next.
const { spawn, spawnSync } = require("node:child_process");
const { constants } = require("node:os");
const { join } = require("node:path");
const { root, setUp } = require("./setup");

const pulumi = join(root, "offline", "pulumi");

function previewWithPack() {
  return new Promise((resolve) => {
    const args = ["preview", "--stack", "dev", "--policy-pack", "policypack"];
    const child = spawn(pulumi, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk) => {
      process.stdout.write(chunk);
      output += chunk;
    });
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** A terminal sends Ctrl-C to the engine as well. It then ends its plugins in good order, unless its readers are gone. */
let interrupted = false;
process.on("SIGINT", () => {
  interrupted = true;
});

/** What a reader wants to know of a page of output. */
function summary({ code, output }) {
  const findings = (level) => output.match(new RegExp(`^ +- \\[${level}\\]`, "gm"))?.length ?? 0;
  const mandatory = findings("mandatory");
  const resources = /^ +\+ (\d+) to create/m.exec(output)?.[1];
  const refused = `The policy pack refuses the dev stack: ${mandatory} mandatory findings, above.`;
  const passed =
    `The policy pack passes the dev stack: ${resources ? `${resources} resources to create, ` : ""}` +
    `0 mandatory findings, ${findings("advisory")} advisory.`;
  if (code !== 0)
    return [mandatory > 0 ? refused : "The preview failed; its own message is above.", "Mend it, then: npm start"];
  return [
    passed,
    "Next: npm test (the tests), or offline/pulumi up --stack dev --policy-pack policypack (the same stack, made).",
  ];
}

/**
 * Each fleet's way to its patches, by `patchpath explain`; empty when that can't be told. From a preview of its own: with
 * `--json` the engine shows neither its progress nor what the policies say.
 */
function pathReport() {
  const options = { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 };
  const plan = spawnSync(pulumi, ["preview", "--json", "--show-sames", "--stack", "dev"], options);
  const command = join(root, "policypack", "patchpath.js");
  return spawnSync(process.execPath, [command, "explain", "-"], { ...options, input: plan.stdout }).stdout;
}

async function main() {
  setUp();
  const { status } = spawnSync(pulumi, ["stack", "select", "--create", "dev"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) process.exit(status ?? 1);
  const preview = await previewWithPack();
  if (interrupted) process.exit(128 + constants.signals.SIGINT);
  if (preview.code === 0) process.stdout.write(`\n${pathReport()}`);
  process.stdout.write(`\n${summary(preview).join("\n")}\n`);
  process.exitCode = preview.code;
}

main();
