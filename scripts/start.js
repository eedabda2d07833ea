"use strict";
// `npm start`: previews the dev stack with the policy pack on the offline AWS, and prints the next commands.
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

/** A terminal sends Ctrl-C to the engine too, which then stops its plugins properly, unless nobody reads its output. */
let interrupted = false;
process.on("SIGINT", () => {
  interrupted = true;
});

/** The summary of the output. */
function summary({ code, output }) {
  const findings = (level) => output.match(new RegExp(`^ +- \\[${level}\\]`, "gm"))?.length ?? 0;
  const mandatory = findings("mandatory");
  const resources = /^ +\+ (\d+) to create/m.exec(output)?.[1];
  const failed = `The dev stack does not pass the policy pack: ${mandatory} mandatory findings, above.`;
  const passed =
    `The dev stack passes the policy pack: ${resources ? `${resources} resources to create, ` : ""}` +
    `0 mandatory findings, ${findings("advisory")} advisory.`;
  if (code !== 0)
    return [mandatory > 0 ? failed : "The preview failed; see its message above.", "Fix it, then run: npm start"];
  return [
    passed,
    "Next: npm test (the tests), or offline/pulumi up --stack dev --policy-pack policypack (deploys the same stack).",
  ];
}

/**
 * The patch path of each fleet, by `patchpath explain`; empty if it fails. It requires a separate preview: with `--json`, the engine
 * shows neither its progress nor the findings of policies.
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
