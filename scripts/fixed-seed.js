"use strict";
// For `npm run mutate`: the same random documents for every mutant, so that results do not depend on chance.
require("fast-check").configureGlobal({ seed: 20261121, numRuns: 50, endOnFailure: true });
