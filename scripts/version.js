"use strict";
// `npm version 0.3.0 --no-git-tag-version` writes the version into the package.json of the root, where it is decided, and
// then runs this: the packages and those that depend on them by version say the same. test/packages/version.test.ts
// holds it. Code reads the version from the package.json beside it.
const { execFileSync } = require("node:child_process");
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/** Files in git, by the patterns of git. */
function filesOf(...patterns) {
  return execFileSync("git", ["ls-files", "--", ...patterns], { cwd: root, encoding: "utf8" })
    .trim()
    .split("\n");
}

/** A package.json as it should be: our packages, and whoever depends on them, have one version. */
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
    const text = readFileSync(join(root, file), "utf8"); // what the engine prints, what to install
    writeFileSync(join(root, file), text.replace(/(patchpath(\/[a-z-]+)?@v?)\d+\.\d+\.\d+/g, `$1${version}`));
  }
  execFileSync("npm", ["install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: "inherit",
  });
}

writeVersion();
