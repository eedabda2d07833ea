"use strict";
// The first import of the program (index.ts): a plain `pulumi up` in this checkout must not provision by yesterday's facts.
// `npm start` and `offline/pulumi` compile what is stale before they start it.
const { join } = require("node:path");
const { isFresh } = require("./build");

const root = join(__dirname, "..");
const stale = ["policypack", "components"].filter((folder) => !isFresh(join(root, folder)));
if (stale.length > 0) {
  process.stderr.write(
    `patchpath: ${stale.join(" and ")} not compiled from the sources as they are now; run \`npm run build\` in the checkout.\n`,
  );
  process.exit(1);
}
