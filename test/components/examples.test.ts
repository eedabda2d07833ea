import { ok } from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { setRecordingMocks } from "./with-mocks";

/** Not with `import`, which Node would resolve itself without TypeScript. */
const load = createRequire(__filename);
const folder = join(__dirname, "examples");

/**
 * The programs on the components' pages. `npm run docs` writes them to the pages, and requires one for every
 * component; test/packages/components.test.ts compiles and previews them as a user would.
 */
describe("the examples of the components' pages", () => {
  for (const file of readdirSync(folder)) {
    it(`run: ${file}`, async () => {
      const resources = await setRecordingMocks();
      load(join(folder, file));
      await pulumi.runtime.disconnect();
      ok(resources.length > 0);
    });
  }
});
