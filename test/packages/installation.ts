import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { cacheFolder } from "../../offline/cache";
import { type CommandResult, runCommand } from "../engine/offline-stack";

export const root = join(__dirname, "..", "..");

/** What only `npm run test:all` does: it takes minutes. */
export const isWhole = Boolean(process.env["PATCHPATH_WHOLE_MATRICES"]);

const isWindows = process.platform === "win32";

/** Options of `npm install` for what costs time and proves nothing here. */
export const quiet = ["--prefer-offline", "--no-audit", "--no-fund"];

/** What a user has who did nothing but `npm install` of our tarballs, in a folder outside of this checkout. */
export class Installation {
  readonly folder = mkdtempSync(join(tmpdir(), "patchpath-installed-"));

  /** A folder that comes first on the PATH: another version of Node. */
  #nodeFolder: string | undefined;

  constructor() {
    this.write("package.json", { private: true });
  }

  /**
   * Packs workspaces of this checkout and installs them with all that they list, and nothing else.
   *
   * @param others packages of the registry, with versions, that the program has besides
   */
  async install(workspaces: readonly string[], others: readonly string[] = []): Promise<void> {
    const tarballs = await Promise.all(workspaces.map((workspace) => this.pack(workspace)));
    await this.succeed("npm", "install", "--save-exact", ...quiet, ...others, ...tarballs);
  }

  /** Packs a workspace of this checkout. @returns the path of the tarball */
  async pack(workspace: string): Promise<string> {
    const folder = join(root, workspace);
    const { stdout } = await this.succeed("npm", "pack", folder, "--json", "--pack-destination", this.folder);
    const packed = JSON.parse(stdout) as readonly { readonly filename: string }[];
    return join(this.folder, packed[0]?.filename ?? "");
  }

  /** Copies a program of `programs/` into the folder. */
  addProgram(name: string): void {
    cpSync(join(__dirname, "programs", name), this.folder, { recursive: true });
  }

  /** Writes a file: text as it is, anything else as JSON. */
  write(file: string, content: string | object): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  }

  read(...path: string[]): string {
    return readFileSync(join(this.folder, ...path), "utf8");
  }

  /** Runs everything from now on by another version of Node, which is kept in the cache folder. */
  async useNode(major: number): Promise<void> {
    const folder = cacheFolder("node", String(major));
    await this.succeed("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, `node@${major}`);
    this.#nodeFolder = join(folder, "node_modules", ".bin");
  }

  /** Runs a command in the folder, as its user would. */
  run(command: string, ...args: string[]): Promise<CommandResult> {
    const path = [this.#nodeFolder, process.env["PATH"]].filter((part) => part !== undefined).join(delimiter);
    const environment = { PATH: path, PATCHPATH_STATE_DIR: join(this.folder, ".state") };
    // On Windows npm and npx are batch files, which only a shell starts.
    return runCommand(command, args, environment, this.folder, isWindows);
  }

  /** Compiles programs with declarations of libraries checked: those of our packages, in `npm run test:all` all of them. */
  compile(...configs: string[]): Promise<CommandResult> {
    const tsc = isWhole ? [require.resolve("typescript/bin/tsc"), "--build"] : [join(__dirname, "compile-program.js")];
    return this.run("node", ...tsc, ...configs);
  }

  /** The command as npm links it: the start of npx takes half a second. */
  patchpath(...args: string[]): Promise<CommandResult> {
    return this.run(join("node_modules", ".bin", "patchpath"), ...args);
  }

  /** The Pulumi CLI on the stand-in AWS. On Windows, where the stand-in does not run, the CLI of the PATH. */
  pulumi(...args: string[]): Promise<CommandResult> {
    if (isWindows) return this.run("pulumi", ...args);
    return this.run("node", join(root, "offline", "pulumi"), ...args);
  }

  /** @throws when the command fails, with what it printed */
  async succeed(command: string, ...args: string[]): Promise<CommandResult> {
    const result = await this.run(command, ...args);
    if (result.code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${result.code}:\n${result.output}`);
    return result;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
