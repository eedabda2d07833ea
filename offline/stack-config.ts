import { existsSync, readFileSync, readdirSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";

/**
 * With a file backend the CLI writes an `encryptionsalt` for the stack into `Pulumi.<stack>.yaml`. Offline that salt
 * belongs to an empty passphrase: of no use to the stack's real backend, and a change in everybody's checkout. The
 * state keeps the salt as well, so it needn't stay in the file.
 */
export class StackConfigFiles {
  readonly #folder: string | undefined;
  readonly #before: ReadonlyMap<string, string>;

  /** Looks at the config files of the project that the CLI will work on. */
  constructor(args: readonly string[], cwd: string) {
    this.#folder = projectFolder(folderArgument(args, cwd));
    this.#before = this.#read();
  }

  /** Puts back every file in which nothing but the salt has changed. */
  removeSalt(): void {
    for (const [file, after] of this.#read()) {
      const before = this.#before.get(file);
      if (before === after || !isDeepStrictEqual(withoutSalt(before ?? ""), withoutSalt(after))) continue;
      if (before === undefined) unlinkSync(file);
      else if (!("encryptionsalt" in parsed(before))) writeFileSync(file, before);
    }
  }

  #read(): Map<string, string> {
    const folder = this.#folder;
    if (folder === undefined) return new Map();
    const files = readdirSync(folder).filter((name) => /^Pulumi\..+\.ya?ml$/.test(name));
    return new Map(files.map((name) => [join(folder, name), readFileSync(join(folder, name), "utf8")]));
  }
}

/** The CLI's `-C DIR`, in each way of writing it. */
function folderArgument(args: readonly string[], cwd: string): string {
  for (const [i, arg] of args.entries()) {
    if (arg === "-C" || arg === "--cwd") return resolve(cwd, args[i + 1] ?? ".");
    const [, attached] = /^(?:--cwd=|-C=?)(.+)$/.exec(arg) ?? [];
    if (attached !== undefined) return resolve(cwd, attached);
  }
  return cwd;
}

function projectFolder(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (["Pulumi.yaml", "Pulumi.yml"].some((name) => existsSync(join(folder, name)))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

function parsed(yaml: string): Record<string, unknown> {
  const value: unknown = parse(yaml);
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function withoutSalt(yaml: string): Record<string, unknown> {
  const { encryptionsalt: _salt, ...rest } = parsed(yaml);
  return rest;
}
