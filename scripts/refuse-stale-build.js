"use strict";
// The first import of the program (index.ts): a plain `pulumi up` in this checkout must not use an outdated build of the facts.
// `npm start` and `offline/pulumi` compile outdated packages first.
const { join } = require("node:path");
const { isFresh } = require("./build");

const root = join(__dirname, "..");
const stale = ["policypack", "components"].filter((folder) => !isFresh(join(root, folder)));
if (stale.length > 0) {
  process.stderr.write(`patchpath: ${stale.join(" and ")} out of date; run \`npm run build\` in the checkout.\n`);
  process.exit(1);
}
