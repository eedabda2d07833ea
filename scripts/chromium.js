"use strict";
// Chromium for the tests of pages and for their screenshots: Debian's package, which is installed here where it is missing.
const { existsSync } = require("node:fs");
const { spawnSync } = require("node:child_process");

const path = "/usr/bin/chromium";

/** What makes it quiet, and the same on every machine. */
const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const steps = [
  ["apt-get", "update"],
  ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
];

/** @returns its path; throws an error of one sentence where it cannot be installed */
function ensureChromium() {
  if (existsSync(path)) return path;
  for (const [command, ...rest] of steps) {
    const { status, error } = spawnSync(command, rest, { stdio: ["ignore", "ignore", "inherit"] });
    if (status === 0) continue;
    const why = error ? error.message : `\`${[command, ...rest].join(" ")}\` ended with ${status}`;
    throw new Error(`Chromium is not installed and cannot be installed: ${why}.`);
  }
  return path;
}

module.exports = { args, ensureChromium };
if (require.main === module) process.stdout.write(`${ensureChromium()}\n`);
