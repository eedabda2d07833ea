"use strict";
// How tests and scripts run TypeScript: swc takes the types away, in a fifth of the compiler's time, and
// `npm run types` checks them.
const { setFlagsFromString } = require("node:v8");

// As in policypack/patchpath.js: V8 of Node.js 20 optimizes too early, which took an eighth of the CPU time of two long files.
if (process.versions.v8.startsWith("11.")) setFlagsFromString("--interrupt-budget=600000");
require("ts-node").register({ swc: true });
