import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { lock } from "proper-lockfile";
import { cacheFolder } from "../../offline/cache";
import { runCommand } from "../engine/offline-stack";

/** https://github.com/rhysd/actionlint, built from its Go module. @returns the command */
export function actionlint(): Promise<string> {
  const version = "1.7.12";
  return once(`actionlint-${version}`, "actionlint", (folder) => [
    ["go", "install", `github.com/rhysd/actionlint/cmd/actionlint@v${version}`],
    { GOBIN: folder, CGO_ENABLED: "0", GOFLAGS: "-buildvcs=false", GOWORK: "off" },
  ]);
}

/** https://github.com/zizmorcore/zizmor, from PyPI. @returns the command */
export function zizmor(): Promise<string> {
  const version = "1.32.0";
  return once(`zizmor-${version}`, join("bin", "zizmor"), (folder) => [
    [
      "python3",
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "--target",
      folder,
      `zizmor==${version}`,
    ],
    {},
  ]);
}

/** Made once and kept in the cache folder; another process that comes meanwhile waits. */
async function once(
  name: string,
  command: string,
  make: (folder: string) => [command: readonly string[], environment: Readonly<Record<string, string>>],
): Promise<string> {
  const folder = cacheFolder("linters", name);
  mkdirSync(cacheFolder("linters"), { recursive: true });
  const release = await lock(cacheFolder("linters"), { stale: 30_000, retries: { forever: true, maxTimeout: 2_000 } });
  try {
    if (existsSync(folder)) return join(folder, command);
    const unfinished = `${folder}.${process.pid}`;
    const [[executable = "", ...args], environment] = make(unfinished);
    const { code, output } = await runCommand(executable, args, environment);
    if (code !== 0) {
      rmSync(unfinished, { recursive: true, force: true });
      throw new Error(`${name} cannot be installed: ${output}`);
    }
    renameSync(unfinished, folder);
    return join(folder, command);
  } finally {
    await release();
  }
}
