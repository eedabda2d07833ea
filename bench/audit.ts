import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { LiveAccount } from "../test/audit/account";
import { largeAccount } from "../test/audit/large-account";

/**
 * What `patchpath audit` takes on an account on loopback: calls, seconds, CPU and memory of the command. The account is emulated in
 * Python, one call at a time, so that the seconds are mostly its own. Filling it is not counted.
 */
const sizes = [
  [20, 1],
  [20, 50],
  [200, 50],
] as const;

async function main(): Promise<void> {
  const account = await LiveAccount.empty();
  await account.pagesOf("asked");
  console.log("| VPCs | instances | calls | seconds | CPU seconds | peak MiB |\n| --- | --- | --- | --- | --- | --- |");
  for (const [vpcs, perVpc] of sizes) {
    await account.answers(largeAccount(vpcs, perVpc));
    await account.callsSince();
    const start = performance.now();
    const used = await run(account.url);
    const seconds = (performance.now() - start) / 1000;
    const calls = (await account.callsSince()).length;
    console.log(`| ${vpcs} | ${vpcs * perVpc} | ${calls} | ${seconds.toFixed(0)} | ${used} |`);
  }
}

/** Runs the command. @returns its CPU time and its memory, as cells of the table */
async function run(url: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  const usage = join(folder, "usage");
  const command = join(__dirname, "..", "policypack", "patchpath.js");
  const options = ["--region", "eu-west-1", "--endpoint-url", url, "--format", "json"];
  const child = spawn(process.execPath, [command, "audit", ...options], {
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      NODE_OPTIONS: `--require ${join(__dirname, "usage-probe.js")}`,
      PATCHPATH_USAGE_FILE: usage,
      PATCHPATH_USAGE_OF: "patchpath.js",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await once(child, "close");
  const [milliseconds = 0, kibibytes = 0] = readFileSync(usage, "utf8").split(" ").map(Number);
  rmSync(folder, { recursive: true });
  return `${(milliseconds / 1000).toFixed(1)} | ${Math.round(kibibytes / 1024)}`;
}

void main();
