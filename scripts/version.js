"use strict";
// `npm version 0.3.0 --no-git-tag-version` writes the version to the package.json of the root and then runs this script, which
// updates the packages and everything that depends on them by version. test/packages/version.test.ts checks it. Code reads the
// version from the package.json of its package.
const { execFileSync } = require("node:child_process");
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/** Files in git that match patterns. */
function filesOf(...patterns) {
  return execFileSync("git", ["ls-files", "--", ...patterns], { cwd: root, encoding: "utf8" })
    .trim()
    .split("\n");
}

/** A package.json with the new version: of the packages, and of dependencies on them. */
function withVersion(manifest, version, names) {
  if (names.includes(manifest.name)) manifest.version = version;
  for (const dependencies of [manifest.dependencies, manifest.devDependencies, manifest.peerDependencies]) {
    for (const name of names) if (dependencies?.[name]) dependencies[name] = version;
  }
  return manifest;
}

function writeVersion() {
  const { version, workspaces } = readJson(join(root, "package.json"));
  const names = workspaces.map((folder) => readJson(join(root, folder, "package.json")).name);
  for (const file of filesOf("package.json", "**/package.json")) {
    const manifest = withVersion(readJson(join(root, file)), version, names);
    writeFileSync(join(root, file), `${JSON.stringify(manifest, undefined, 2)}\n`);
  }
  for (const file of filesOf("*.md", "*.yml", ":!CHANGELOG.md")) {
    const text = readFileSync(join(root, file), "utf8"); // output of the engine, install commands
    writeFileSync(join(root, file), text.replace(/(patchpath(\/[a-z-]+)?@v?)\d+\.\d+\.\d+/g, `$1${version}`));
  }
  execFileSync("npm", ["install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: "inherit",
  });
}

writeVersion();
