"use strict";
// Preloaded into every Node.js process of a run (NODE_OPTIONS=--require). In the process of a policy pack, it records the resource usage at
// exit. The engine stops a pack with a signal, possibly without waiting, so a timer records it too.
const { writeFileSync } = require("node:fs");

/** In milliseconds and KiB, for all threads of the process since its start. */
function noteUsage() {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(process.env.PATCHPATH_USAGE_FILE, `${(userCPUTime + systemCPUTime) / 1000} ${maxRSS}`);
}

const { PATCHPATH_USAGE_FILE: file, PATCHPATH_USAGE_OF: script = "run-policy-pack" } = process.env;
if (file && process.argv[1]?.split(/[/\\]/).includes(script)) {
  setInterval(noteUsage, 250).unref();
  process.on("exit", noteUsage);
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => process.exit());
}
