"use strict";
// Compiles the packages that run as JavaScript: the policy pack, the components and the offline engine.
// It also runs after `npm ci` (the `prepare` script), so a fresh checkout is ready for plain `pulumi`.
const { spawnSync } = require("node:child_process");
const { copyFileSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync } = require("node:fs");
const { basename, join } = require("node:path");

const root = join(__dirname, "..");
/** In the order of their imports: the others read the pack's type declarations. */
const packages = ["policypack", "components", "offline"].map((name) => join(root, name));

/** The pack's own module, since the pack checks by it too; missing before the very first build. */
function freshness() {
  const module = join(packages[0], "bin", "freshness.js");
  delete require.cache[module]; // it may have been compiled anew since
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

/** The scripts that documents carry, which their modules read from beside themselves. */
function copyScripts(folder, target) {
  const scripts = readdirSync(folder, { recursive: true }).filter((file) =>
    /^(?!bin\b|node_modules\b).*\.(ps1|py|sh)$/.test(file),
  );
  for (const script of scripts) copyFileSync(join(folder, script), join(target, script));
}

/**
 * Compiles beside `bin` and puts the whole result, stamp and all, in its place: a process that starts meanwhile finds
 * either build, and only between two renames none.
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

/** Whether the schema is younger than all that it is generated from: both packages, since types of one name the other's. */
function isSchemaFresh() {
  const stamps = ["policypack", "components"].map((name) => join(root, name, "bin", "sources.sha256"));
  const scripts = ["component-schema.ts", "component-source.ts", "schema-types.ts"].map((name) =>
    join(__dirname, name),
  );
  const sources = [...stamps, ...scripts, join(root, "components", "package.json")];
  return existsSync(schema) && sources.every((file) => statSync(file).mtimeMs <= statSync(schema).mtimeMs);
}

/** What other languages know of the components. */
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
 * Puts the license and the changelog of the checkout into a package that is published. They are in git once: npm takes
 * files of the package's own folder only, no links. The build does it and not a pair of `prepack` and `postpack`, which
 * would take them away from under a second `npm pack` that runs at the same time.
 */
function addPapers(folder) {
  const manifest = join(folder, "package.json");
  if (!existsSync(manifest) || JSON.parse(readFileSync(manifest, "utf8")).private) return;
  for (const paper of ["CHANGELOG.md", "LICENSE"]) {
    const [from, to] = [join(root, paper), join(folder, paper)];
    if (!existsSync(to) || !readFileSync(to).equals(readFileSync(from))) copyFileSync(from, to);
  }
}

/** Compiles what is not compiled from the sources as they are now. */
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
  // As npm's `prepare` script it runs after every install, also one by hand: no command then installs again.
  if (process.env.npm_lifecycle_event === "prepare") require("./setup").noteInstalledLock();
}
