import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accountOnly, json } from "./policypack/rules/examples";
import { patchedStack } from "./policypack/rules/network";
import { stateOf } from "./policypack/report/stack-files";

const root = join(__dirname, "..");
const command = join(root, "policypack", "patchpath.js");

/** Node's permission model, which denies processes, workers and writes, and overrides of what opens connections. */
const guard = process.allowedNodeEnvironmentFlags.has("--permission") ? "--permission" : "--experimental-permission";
const noConnections = `
const refuse = (what) => () => { throw new Error("forbidden: " + what); };
require("node:net").Socket.prototype.connect = refuse("connect");
require("node:dgram").createSocket = refuse("datagram");
for (const dns of [require("node:dns"), require("node:dns").promises]) {
  for (const name of Object.keys(dns)) if (/^(lookup|resolve|reverse)/.test(name)) dns[name] = refuse(name);
}
globalThis.fetch = refuse("fetch");
`;

/** What SECURITY.md says of the command. */
describe("patchpath, with connections, processes and writes forbidden", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  const preload = join(folder, "no-connections.cjs");
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const run = (...args: string[]) => {
    const allowed = [guard, "--no-warnings", "--allow-fs-read=*", "--require", preload];
    return spawnSync(process.execPath, [...allowed, ...args], { cwd: folder, encoding: "utf8" });
  };
  before(() => {
    writeFileSync(preload, noConnections);
    writeFileSync(join(folder, "state.json"), JSON.stringify(stateOf(patchedStack())));
    writeFileSync(join(folder, "policy.json"), json(accountOnly));
    writeFileSync(join(folder, "config.json"), "{}");
  });

  const commands: readonly (readonly [code: number, ...args: string[]])[] = [
    [0, "explain", "--state", "state.json", "--format", "markdown"],
    [0, "explain", "--state", "state.json", "--format", "html"],
    [1, "policy", "policy.json", "--region", "eu-west-1"],
    [0, "roles", "--state", "state.json"],
    [0, "config", "config.json"],
    [0, "completion", "bash"],
  ];
  for (const [code, ...args] of commands) {
    it(`does everything that it does otherwise: ${args.join(" ")}`, () => {
      const before = readdirSync(folder);
      const { status, stderr } = run(command, ...args);
      strictEqual(stderr, "");
      strictEqual(status, code);
      deepStrictEqual(readdirSync(folder), before);
    });
  }

  it("writes only the file of --out: context", () => {
    const before = readdirSync(folder);
    const out = join(folder, "context.json");
    const { status, stderr } = run(
      `--allow-fs-write=${out}`,
      command,
      "context",
      "state.json",
      "--out",
      "context.json",
    );
    strictEqual(stderr, "");
    strictEqual(status, 0);
    deepStrictEqual(readdirSync(folder), [...before, "context.json"].sort());
  });

  it("could not connect, start a process or write a file", () => {
    const attempts = {
      "forbidden: connect": "require('node:net').connect(9)",
      "forbidden: fetch": "fetch('http://localhost:9')",
      ERR_ACCESS_DENIED: "require('node:child_process').spawnSync('true')",
    };
    for (const [says, code] of Object.entries(attempts)) match(run("-e", code).stderr, new RegExp(says), code);
    const { status, stderr } = run(command, "explain", "--state", "state.json", "--out", "report.txt");
    strictEqual(status, 2);
    match(stderr, /--out `report.txt` cannot be written/);
  });
});
