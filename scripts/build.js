"use strict";
// Compiles the packages that run as JavaScript: the policy pack, the audit, the components and the offline engine.
// It also runs after `npm ci` (the `prepare` script), so that a new checkout works with plain `pulumi`.
const { spawnSync } = require("node:child_process");
const {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} = require("node:fs");
const { basename, dirname, join } = require("node:path");

const root = join(__dirname, "..");
/** In the order of their imports: the others read the type declarations of the pack. */
const packages = ["policypack", "audit", "components", "offline"].map((name) => join(root, name));

/** A module of the pack, which uses it too; missing before the first build. */
function freshness() {
  const module = join(packages[0], "bin", "freshness.js");
  delete require.cache[module]; // it may have been recompiled
  return require(module);
}

function isFresh(folder) {
  try {
    return freshness().isBuildFresh(folder);
  } catch (error) {
    if (error.code === "MODULE_NOT_FOUND") return false;
    throw error;
  }
}

/** The scripts of SSM documents, and those of pages in a browser with their style, which modules read from their own folder. */
function copyScripts(folder, target) {
  const scripts = readdirSync(folder, { recursive: true }).filter((file) =>
    /^(?!bin\b|node_modules\b).*(\.(css|ps1|py|sh)|[\\/]browser[\\/]\w+\.js)$/.test(file),
  );
  for (const script of scripts) {
    mkdirSync(dirname(join(target, script)), { recursive: true });
    copyFileSync(join(folder, script), join(target, script));
  }
}

/**
 * Compiles next to `bin` and then replaces it as a whole, with its stamp: a process that starts in the meantime finds a complete
 * build, except between two renames.
 */
function compile(folder) {
  const unfinished = join(folder, `bin.${process.pid}`);
  const tsc = require.resolve("typescript/bin/tsc", { paths: [root] });
  const { status } = spawnSync(process.execPath, [tsc, "-p", folder, "--outDir", unfinished], {
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    process.exit(1);
  }
  copyScripts(folder, unfinished);
  const { stampBuild } = folder === packages[0] ? require(join(unfinished, "freshness.js")) : freshness();
  stampBuild(folder, unfinished);
  const old = join(folder, `bin.${process.pid}.old`);
  if (existsSync(join(folder, "bin"))) renameSync(join(folder, "bin"), old);
  renameSync(unfinished, join(folder, "bin"));
  rmSync(old, { recursive: true, force: true });
}

const schema = join(root, "components", "schema.json");

/** Whether the schema is newer than its sources: both packages, since the types of one use those of the other. */
function isSchemaFresh() {
  const stamps = ["policypack", "components"].map((name) => join(root, name, "bin", "sources.sha256"));
  const scripts = ["component-schema.ts", "component-source.ts", "schema-types.ts"].map((name) =>
    join(__dirname, name),
  );
  const sources = [...stamps, ...scripts, join(root, "components", "package.json")];
  return existsSync(schema) && sources.every((file) => statSync(file).mtimeMs <= statSync(schema).mtimeMs);
}

/** Generates the schema of the components for other languages. */
function writeSchema() {
  const unfinished = `${schema}.${process.pid}`;
  const script = join(root, "scripts", "generate-component-schema.ts");
  const { status } = spawnSync(process.execPath, ["-r", "./scripts/typescript.js", script, unfinished], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) process.exit(1);
  renameSync(unfinished, schema);
}

/**
 * Copies the license and the changelog of the checkout into a package to publish. They are in git only once, but npm includes only
 * files in the folder of the package, and no links. The build does this, since `prepack` and `postpack` would remove the files
 * while another `npm pack` runs.
 */
function addPapers(folder) {
  const manifest = join(folder, "package.json");
  if (!existsSync(manifest) || JSON.parse(readFileSync(manifest, "utf8")).private) return;
  for (const paper of ["CHANGELOG.md", "LICENSE"]) {
    const [from, to] = [join(root, paper), join(folder, paper)];
    if (!existsSync(to) || !readFileSync(to).equals(readFileSync(from))) copyFileSync(from, to);
  }
}

/** Compiles packages whose build is out of date. */
function buildWhatIsStale() {
  for (const folder of packages) {
    if (isFresh(folder)) continue;
    process.stderr.write(`patchpath: compiling ${basename(folder)}/ ...\n`);
    compile(folder);
  }
  if (!isSchemaFresh()) writeSchema();
  packages.forEach(addPapers);
}

module.exports = { buildWhatIsStale, isFresh };
if (require.main === module) {
  buildWhatIsStale();
  // As the `prepare` script of npm, it runs after every install, including manual ones, so no command installs again.
  if (process.env.npm_lifecycle_event === "prepare") require("./setup").noteInstalledLock();
}
