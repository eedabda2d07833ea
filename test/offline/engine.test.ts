import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { ensureEngine } from "../../offline/engine";
import { engineVersion } from "../../offline/engine-version";
import { offlineFolder } from "../../offline/folder";

/** Which engine is chosen. The download and the build take minutes and a network; a first `npm start` runs them. */
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

  /** A command `pulumi` that prints a version. */
  function cli(place: string, version: string): string {
    mkdirSync(place, { recursive: true });
    const command = join(place, "pulumi");
    writeFileSync(command, `#!/bin/sh\necho v${version}\n`);
    chmodSync(command, 0o755);
    return command;
  }
  const withPath = (...folders: string[]) => {
    process.env["PATH"] = [...folders, "/usr/bin", "/bin"].join(delimiter);
    return ensureEngine(() => undefined);
  };

  it("is the pulumi on the PATH if it is new enough, with its own language host", async () => {
    const command = cli(join(folder, "bin"), "3.300.1");
    deepStrictEqual(await withPath(join(folder, "bin")), { command, version: "3.300.1", from: "PATH" });
  });

  for (const version of ["3.248.0", "4.0.0", "no version"]) {
    it(`is not the pulumi on the PATH if that is ${version}`, async () => {
      cli(join(folder, "bin"), version);
      strictEqual((await withPath(join(folder, "bin"))).command, built);
    });
  }

  it("is the one in the cache, built once, if there is none on the PATH", async () => {
    deepStrictEqual(await withPath(), { command: built, version: engineVersion, from: "build" });
  });

  it("is the downloaded one rather than the built one", async () => {
    const command = cli(join(folder, "cache", "engine", `official-${engineVersion}`, "bin"), engineVersion);
    deepStrictEqual(await withPath(), { command, version: engineVersion, from: "download" });
  });

  describe("with a wrapper of offline/pulumi on the PATH", () => {
    let wrapper: string;
    /** How often the wrapper was started. It stops after ten times, so that a mistake does not exhaust the machine. */
    const starts = () => readFileSync(join(folder, "starts"), "utf8").length;
    beforeEach(() => {
      wrapper = join(folder, "bin", "pulumi");
      mkdirSync(join(folder, "bin"));
      writeFileSync(
        wrapper,
        `#!/bin/sh\nprintf x >> ${folder}/starts\n[ $(wc -c < ${folder}/starts) -gt 10 ] && exit 9\n` +
          `exec ${process.execPath} ${join(offlineFolder, "pulumi")} "$@"\n`,
        { mode: 0o755 },
      );
    });
    const runWrapper = (...behind: string[]) => {
      const { status, stdout, stderr } = spawnSync(wrapper, ["about"], {
        encoding: "utf8",
        env: { ...process.env, PATH: [join(folder, "bin"), ...behind, process.env["PATH"]].join(delimiter) },
      });
      return { status, stdout, told: stderr.trimEnd().split("\n").at(-1) }; // a checkout that is not built reports that first
    };

    it("is the next one on the PATH, and says so", () => {
      const next = cli(join(folder, "next"), "3.300.1");
      const { status, stdout, told } = runWrapper(join(folder, "next"));
      deepStrictEqual(
        [status, stdout, told, starts()],
        [0, "v3.300.1\n", `patchpath: ${wrapper} on the PATH starts offline/pulumi itself; using ${next} instead`, 2],
      );
    });

    it("is the one in the cache if there is no other", () => {
      const { status, stdout, told } = runWrapper();
      deepStrictEqual(
        [status, stdout, told, starts()],
        [
          0,
          `v${engineVersion}\n`,
          `patchpath: ${wrapper} on the PATH starts offline/pulumi itself; using ${built} instead`,
          2,
        ],
      );
    });

    it("is found even if the wrapper was a real CLI before", () => {
      const { mtimeMs, size } = statSync(wrapper);
      const memory = join(folder, "cache", "version-on-path.json");
      writeFileSync(memory, JSON.stringify({ [`${wrapper} ${mtimeMs} ${size}`]: "3.300.1" }));
      const { status, stdout } = runWrapper();
      deepStrictEqual([status, stdout, starts()], [0, `v${engineVersion}\n`, 3]);
    });
  });

  it("runs a CLI for its version once, and again after it is replaced", async () => {
    cli(join(folder, "bin"), "3.260.0");
    strictEqual((await withPath(join(folder, "bin"))).version, "3.260.0");
    strictEqual((await withPath(join(folder, "bin"))).version, "3.260.0");
    cli(join(folder, "bin"), "3.270.10");
    strictEqual((await withPath(join(folder, "bin"))).version, "3.270.10");
  });
});
