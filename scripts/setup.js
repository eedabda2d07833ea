"use strict";
// Sets up a new clone: installs the locked dependencies and compiles the packages. Plain Node, since nothing is installed yet.
const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const installedLock = join(root, "node_modules", ".patchpath-lock");

function lockNow() {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

/** Records that the installed dependencies match the lock file. */
function noteInstalledLock() {
  writeFileSync(installedLock, lockNow());
}

function installDependencies() {
  const lock = lockNow();
  if (existsSync(installedLock) && readFileSync(installedLock, "utf8") === lock) return;
  process.stderr.write("patchpath: installing the locked dependencies (npm ci, about a minute) ...\n");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: root, stdio: ["ignore", 2, 2] });
  if (status !== 0) {
    process.stderr.write("patchpath: `npm ci` failed; see its message above.\n");
    process.exit(1);
  }
  noteInstalledLock();
}

/** Prepares this checkout for all commands. Fast and silent if there is nothing to do. */
function setUp() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write(`patchpath: Node.js is ${process.versions.node}; expected 20.19 or later.\n`);
    process.exit(1);
  }
  installDependencies();
  require("./build").buildWhatIsStale();
}

module.exports = { noteInstalledLock, root, setUp };
