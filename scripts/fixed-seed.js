"use strict";
// For `npm run mutate`: the same random documents for each mutant, so that none lives or dies by chance.
require("fast-check").configureGlobal({ seed: 20261121, numRuns: 50, endOnFailure: true });
