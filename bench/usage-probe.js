"use strict";
// Preloaded into every Node process of a run (NODE_OPTIONS=--require): in a policy pack's own process it notes, on the
// way out, what the process has used. The engine ends a pack by a signal, and may not wait: a timer notes it as well.
const { writeFileSync } = require("node:fs");

/** In milliseconds and KiB: all threads of the process, since its start. */
function noteUsage() {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(process.env.PATCHPATH_USAGE_FILE, `${(userCPUTime + systemCPUTime) / 1000} ${maxRSS}`);
}

if (process.env.PATCHPATH_USAGE_FILE && /[/\\]run-policy-pack([/\\]|$)/.test(process.argv[1] ?? "")) {
  setInterval(noteUsage, 250).unref();
  process.on("exit", noteUsage);
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => process.exit());
}
