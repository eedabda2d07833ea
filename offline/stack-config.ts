import { existsSync, readFileSync, readdirSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";

/**
 * With a file backend, the CLI writes an `encryptionsalt` for the stack into `Pulumi.<stack>.yaml`. Offline, that salt belongs to an
 * empty passphrase: it is useless for the real backend of the stack, and a change in every checkout. The state contains the salt
 * too, so the file does not require it.
 */
export class StackConfigFiles {
  readonly #args: readonly string[];
  readonly #cwd: string;
  readonly #before: ReadonlyMap<string, string>;

  /** Reads the config files of the project before the CLI runs. */
  constructor(args: readonly string[], cwd: string) {
    this.#args = args;
    this.#cwd = resolve(cwd, optionOf(args, "--cwd", "-C") ?? ".");
    this.#before = this.#read();
  }

  /** Removes the salt from every file that had none, unless the file now contains a secret, which is encrypted with it. */
  removeSalt(): void {
    for (const [file, after] of this.#read()) {
      const before = this.#before.get(file) ?? "";
      const { encryptionsalt: salt, ...rest } = parsed(after);
      if (salt === undefined || "encryptionsalt" in parsed(before) || holdsSecret(rest)) continue;
      const unchanged = isDeepStrictEqual(rest, parsed(before));
      if (unchanged && before === "") unlinkSync(file);
      else writeFileSync(file, unchanged ? before : after.replace(/^encryptionsalt:.*\n?/m, ""));
    }
  }

  /** Called before and after the command, since `pulumi new` creates the project. */
  #read(): Map<string, string> {
    const folder = projectFolder(resolve(this.#cwd, optionOf(this.#args, "--dir") ?? "."));
    const names = folder === undefined ? [] : readdirSync(folder).filter((name) => /^Pulumi\..+\.ya?ml$/.test(name));
    const files = names.map((name) => join(folder!, name));
    const named = optionOf(this.#args, "--config-file");
    if (named !== undefined && existsSync(resolve(this.#cwd, named))) files.push(resolve(this.#cwd, named));
    return new Map(files.map((file) => [file, readFileSync(file, "utf8")]));
  }
}

/** The value of an option of the CLI, in each notation; the last one counts. */
function optionOf(args: readonly string[], long: string, short?: string): string | undefined {
  let value: string | undefined;
  for (const [i, arg] of args.entries()) {
    if (arg === long || arg === short) value = args[i + 1];
    else if (arg.startsWith(`${long}=`)) value = arg.slice(long.length + 1);
    else if (short !== undefined && arg.startsWith(short)) value = arg.slice(short.length).replace(/^=/, "");
  }
  return value;
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

/** Pulumi writes a secret as `secure: CIPHERTEXT`, at any depth of a value. */
function holdsSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return "secure" in value || Object.values(value).some(holdsSecret);
}
