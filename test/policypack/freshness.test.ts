import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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

  it("is fresh as long as the sources are those that it was compiled from", () => {
    strictEqual(isBuildFresh(folder), true);
    writeFileSync(join(folder, "bin", "glob.d.ts"), "export {};");
    strictEqual(isBuildFresh(folder), true);
  });

  it("is stale if a source is changed, added or removed, or the compiler options are changed", () => {
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

  it("is stale if it was not finished", () => {
    rmSync(join(folder, "bin", "sources.sha256"));
    strictEqual(isBuildFresh(folder), false);
  });

  it("cannot be stale without sources, as in a published package", () => {
    rmSync(join(folder, "tsconfig.json"));
    rmSync(join(folder, "iam"), { recursive: true });
    strictEqual(isBuildFresh(folder), true);
  });
});

/** A compiled copy of the package, one of whose sources was edited afterwards. */
describe("a stale build", () => {
  const root = join(__dirname, "..", "..");
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "patchpath-"));
    cpSync(join(root, "policypack"), join(folder, "pack"), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    appendFileSync(join(folder, "pack", "facts", "index.ts"), "\n");
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const node = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: join(folder, "pack"),
      encoding: "utf8",
    });
    return [status, stdout, stderr];
  };
  const refused = () => [
    2,
    "",
    `patchpath: ${join(folder, "pack", "bin")} was not compiled from the sources beside it; run \`npm run build\` in the checkout.\n`,
  ];

  for (const module of ["patchpath/facts", "patchpath/iam", "patchpath/policy-report"]) {
    it(`does not end a program that imports ${module}`, () => {
      deepStrictEqual(node("-e", `require("${module}"); console.log("goes on")`), [0, "goes on\n", ""]);
    });
  }

  it("ends the command with a code other than that for a blocked hop", () => {
    deepStrictEqual(node("patchpath.js", "--version"), refused());
  });

  it("ends the pack", () => {
    deepStrictEqual(node("-e", `require("patchpath")`), refused());
  });
});
