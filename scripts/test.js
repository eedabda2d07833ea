"use strict";
// `npm test`: the tests that a change must pass. `npm run test:all` (--all): also whole matrices, and many more random documents.
const { spawnSync } = require("node:child_process");
const { join } = require("node:path");
const { withFolderInMemory } = require("./folder-in-memory");
const { root, setUp } = require("./setup");

/** Downloads or builds the engine before the tests, so that its minutes do not count as part of a test. */
function ensureEngine() {
  const { status } = spawnSync(join(root, "offline", "pulumi"), ["version"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** In this order: the long ones first, so that neither of the two processes is left with one of them at the end. */
const files = ["test/{packages,engine,ci}/**/*.test.ts", "test/*.test.ts", "test/!(packages|engine|ci)/**/*.test.ts"];

function runMocha(all) {
  const mocha = require.resolve("mocha/bin/mocha.js", { paths: [root] });
  const environment = all ? { PATCHPATH_RANDOM_DOCUMENTS: "200000", PATCHPATH_WHOLE_MATRICES: "1" } : {};
  const { status } = withFolderInMemory((folder) =>
    spawnSync(process.execPath, [mocha, "--parallel", "--jobs", "2", ...files], {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, ...(folder && { TMPDIR: folder }), ...environment },
    }),
  );
  process.exit(status ?? 1);
}

setUp();
ensureEngine();
runMocha(process.argv.includes("--all"));
