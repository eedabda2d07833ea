import { ok } from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { recorded } from "./with-mocks";

/** Not by `import`, which Node would do itself, and it reads no TypeScript. */
const load = createRequire(__filename);
const folder = join(__dirname, "examples");

/** What the components' pages show. Each is written there by `npm run docs`, which asks for one of every component. */
describe("the examples of the components' pages", () => {
  for (const file of readdirSync(folder)) {
    it(`run: ${file}`, async () => {
      const { example } = load(join(folder, file)) as {
        example: (opts: pulumi.ComponentResourceOptions) => pulumi.Resource;
      };
      ok((await recorded(example)).length > 0);
    });
  }
});
