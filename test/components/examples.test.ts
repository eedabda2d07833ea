import { ok } from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { setRecordingMocks } from "./with-mocks";

/** Not by `import`, which Node would do itself, and it reads no TypeScript. */
const load = createRequire(__filename);
const folder = join(__dirname, "examples");

/**
 * What the components' pages show: whole programs. Each is written there by `npm run docs`, which requires one for every
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
