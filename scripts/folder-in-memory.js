"use strict";
// The temporary files of the tests in memory, where Linux has room for them: `npm install` writes 30,000 files, which took 14 s
// there and 26 s on a disk.
const { spawnSync } = require("node:child_process");
const { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const memory = "/dev/shm";
const prefix = "patchpath-tests-";
/** More than two installations with their SDK take. A container often has 64 MB. */
const neededBytes = 4 * 2 ** 30;

/** Folders of tests that were killed: their names end with the ID of the process. */
function removeAbandoned() {
  for (const name of readdirSync(memory).filter((one) => one.startsWith(prefix))) {
    try {
      process.kill(Number(name.slice(prefix.length)), 0);
    } catch (error) {
      if (error.code === "ESRCH") rmSync(join(memory, name), { recursive: true, force: true });
    }
  }
}

/** Whether programs may run from a folder, which some systems do not allow in memory. */
function isForPrograms(folder) {
  const program = join(folder, "program");
  writeFileSync(program, "#!/bin/sh\n", { mode: 0o755 });
  return spawnSync(program).status === 0;
}

function newFolder() {
  try {
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize < neededBytes) return undefined;
    removeAbandoned();
    const folder = join(memory, `${prefix}${process.pid}`);
    mkdirSync(folder, { mode: 0o700 });
    return folder;
  } catch {
    return undefined; // another system
  }
}

/**
 * Runs something with a new folder in memory, which is removed at the end.
 *
 * @param run gets the folder, or `undefined` if there is no room for it
 * @returns what `run` returns
 */
function withFolderInMemory(run) {
  const folder = newFolder();
  if (folder === undefined) return run(undefined);
  try {
    return run(isForPrograms(folder) ? folder : undefined);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

module.exports = { withFolderInMemory };
