import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** What a backend and Terraform keep in addition to the states themselves. */
const notStates = /(^|\/)(history|backups|locks|\.terraform|node_modules)(\/|$)|\.(bak|attrs|backup)(\.gz)?$/;

/** The files of a list of files and folders: of a folder all states in it, at any depth, by their names. */
export function filesOf(paths: readonly string[]): string[] {
  return [...new Set(paths.flatMap((path) => (isFolder(path) ? statesIn(path) : [path])))];
}

function isFolder(path: string): boolean {
  return path !== "-" && (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

function statesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(json|tfstate)(\.gz)?$/.test(file) && !notStates.test(file.replaceAll("\\", "/")))
    .sort()
    .map((file) => join(folder, file));
}
