import { strictEqual } from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isBuildFresh, stampBuild } from "../../policypack/freshness";

describe("a build", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "patchpath-"));
    mkdirSync(join(folder, "bin"));
    mkdirSync(join(folder, "iam"));
    writeFileSync(join(folder, "tsconfig.json"), "{}");
    writeFileSync(join(folder, "iam", "glob.ts"), "export {};");
    stampBuild(folder, join(folder, "bin"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("is fresh while the sources are those that it was compiled from", () => {
    strictEqual(isBuildFresh(folder), true);
    writeFileSync(join(folder, "bin", "glob.d.ts"), "export {};");
    strictEqual(isBuildFresh(folder), true);
  });

  it("is stale once a source changed, came or went, or the compiler's options changed", () => {
    writeFileSync(join(folder, "iam", "glob.ts"), "export { };");
    strictEqual(isBuildFresh(folder), false);
    writeFileSync(join(folder, "iam", "glob.ts"), "export {};");
    strictEqual(isBuildFresh(folder), true);
    writeFileSync(join(folder, "index.ts"), "");
    strictEqual(isBuildFresh(folder), false);
    rmSync(join(folder, "index.ts"));
    writeFileSync(join(folder, "tsconfig.json"), "{ }");
    strictEqual(isBuildFresh(folder), false);
  });

  it("is stale when it was never finished", () => {
    rmSync(join(folder, "bin", "sources.sha256"));
    strictEqual(isBuildFresh(folder), false);
  });

  it("can't be stale where there are no sources, as in a published package", () => {
    rmSync(join(folder, "tsconfig.json"));
    rmSync(join(folder, "iam"), { recursive: true });
    strictEqual(isBuildFresh(folder), true);
  });
});
