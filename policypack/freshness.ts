import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The file in the build folder that records which sources were compiled. */
const stampFile = "sources.sha256";

/** Every source of a package folder that is compiled or copied, as paths relative to it, sorted. */
function sourceFiles(folder: string, below = ""): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(below, entry.name);
      if (entry.isDirectory())
        return /^(bin(\.\d+(\.old)?)?|node_modules)$/.test(entry.name) ? [] : sourceFiles(folder, path);
      const isSource = /\.(css|ts|ps1|py|sh)$/.test(entry.name) || entry.name === "tsconfig.json";
      return isSource || /[\\/]browser[\\/]\w+\.js$/.test(path) ? [path] : [];
    })
    .sort();
}

function digestOfSources(folder: string): string {
  const hash = createHash("sha256");
  for (const file of sourceFiles(folder)) {
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(folder, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** Records that `build` was compiled from the sources in `folder` as they are now. */
export function stampBuild(folder: string, build: string): void {
  writeFileSync(join(build, stampFile), digestOfSources(folder));
}

/**
 * Whether `folder/bin` was compiled from the sources beside it.
 * A published package has no sources, so it cannot be stale.
 */
export function isBuildFresh(folder: string): boolean {
  if (!existsSync(join(folder, "tsconfig.json"))) return true;
  const stamp = join(folder, "bin", stampFile);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === digestOfSources(folder);
}

/**
 * Ends the process, with one line for its user, when this package's compiled JavaScript is older than its sources.
 * A gate that judges by outdated rules is worse than one that fails. Called only where the pack and the command start: a
 * program that imports a module of this package must not be ended by it.
 */
export function refuseStaleBuild(): void {
  if (__filename.endsWith(".ts")) return; // run from the sources themselves, as tests do
  const packageFolder = join(__dirname, "..");
  if (isBuildFresh(packageFolder)) return;
  process.stderr.write(
    `patchpath: ${join(packageFolder, "bin")} was not compiled from the sources beside it; run \`npm run build\` in the checkout.\n`,
  );
  process.exit(2); // 1 means that something is blocked
}
