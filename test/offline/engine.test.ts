import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { engineVersion, provideEngine } from "../../offline/engine";

/** Which engine is chosen. The download and the build take minutes and a network; a cold `npm start` shows them. */
describe("the engine", () => {
  const before = { PATH: process.env["PATH"], PATCHPATH_CACHE_DIR: process.env["PATCHPATH_CACHE_DIR"] };
  let folder: string;
  let built: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "patchpath-"));
    process.env["PATCHPATH_CACHE_DIR"] = join(folder, "cache");
    built = cli(join(folder, "cache", "engine", `built-${engineVersion}`), engineVersion);
  });
  afterEach(() => {
    Object.assign(process.env, before);
    if (before.PATCHPATH_CACHE_DIR === undefined) delete process.env["PATCHPATH_CACHE_DIR"];
    rmSync(folder, { recursive: true, force: true });
  });

  /** A command `pulumi` that knows its version. */
  function cli(place: string, version: string): string {
    mkdirSync(place, { recursive: true });
    const command = join(place, "pulumi");
    writeFileSync(command, `#!/bin/sh\necho v${version}\n`);
    chmodSync(command, 0o755);
    return command;
  }
  const withPath = (...folders: string[]) => {
    process.env["PATH"] = [...folders, "/usr/bin", "/bin"].join(delimiter);
    return provideEngine(() => undefined);
  };

  it("is the pulumi on the PATH when it is new enough, with its own language host", async () => {
    const command = cli(join(folder, "bin"), "3.300.1");
    deepStrictEqual(await withPath(join(folder, "bin")), { command, version: "3.300.1", hasLanguageHost: true });
  });

  for (const version of ["3.248.0", "4.0.0", "no version"]) {
    it(`is not the pulumi on the PATH when that is ${version}`, async () => {
      cli(join(folder, "bin"), version);
      strictEqual((await withPath(join(folder, "bin"))).command, built);
    });
  }

  it("is the one in the cache, built once, when there is none on the PATH", async () => {
    deepStrictEqual(await withPath(), { command: built, version: engineVersion, hasLanguageHost: false });
  });

  it("is the downloaded one before the built one", async () => {
    const command = cli(join(folder, "cache", "engine", `official-${engineVersion}`, "bin"), engineVersion);
    deepStrictEqual(await withPath(), { command, version: engineVersion, hasLanguageHost: true });
  });

  it("asks a CLI for its version once, and again when it was replaced", async () => {
    cli(join(folder, "bin"), "3.260.0");
    strictEqual((await withPath(join(folder, "bin"))).version, "3.260.0");
    strictEqual((await withPath(join(folder, "bin"))).version, "3.260.0");
    cli(join(folder, "bin"), "3.270.10");
    strictEqual((await withPath(join(folder, "bin"))).version, "3.270.10");
  });
});
