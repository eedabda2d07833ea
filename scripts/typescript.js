"use strict";
// How tests and scripts run TypeScript: swc takes the types away, in a fifth of the compiler's time, and
// `npm run types` checks them.
require("ts-node").register({ swc: true });
