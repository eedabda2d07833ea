import { gunzipSync } from "node:zlib";
import { isObject } from "../iam/problems";
import { scalarText } from "./reading";
import { yaml } from "./yaml";

/** The largest text that is read: user data has at most 16 KB, compressed. */
const largest = 1 << 20;

/** Decompresses; `undefined` for what is not gzip, is damaged, or is larger than user data can reasonably be. */
export function gunzipped(bytes: Buffer): Buffer | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: largest });
  } catch {
    return undefined;
  }
}

/** A YAML document; `undefined` for one that cannot be parsed. */
export function parsedYaml(text: string): unknown {
  try {
    // Silent, the parser would return the part before an error. PyYAML, which cloud-init uses, accepts a key twice.
    return yaml().parse(text, { logLevel: "error", uniqueKeys: false }) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * The shell commands that a cloud-config document stands for: packages, commands, files, and sources of packages. Source:
 * the examples of yum, zypper and apt in https://docs.cloud-init.io/en/latest/reference/examples_library.html, by their titles
 * and as public programs use them on 2026-11-28 (the reference of the keys is unconfirmed), so any other key counts as of no
 * effect on patching.
 *
 * @returns `undefined` for a document that cannot be read
 */
export function commandsOf(cloudConfig: string): string | undefined {
  const document = parsedYaml(cloudConfig);
  if (document === null) return isBlank(cloudConfig) ? "" : undefined;
  if (!isObject(document)) return undefined;
  return [
    ...listAt(document, "bootcmd").map(commandOf),
    ...filesOf(document),
    ...repositoriesOf(document),
    ...proxiesOf(document),
    ...listAt(document, "packages").flatMap(packagesIn),
    ...listAt(document, "runcmd").map(commandOf),
  ].join("\n");
}

function isBlank(text: string): boolean {
  return text.split("\n").every((line) => /^\s*(#|$)/.test(line));
}

function listAt(record: Readonly<Record<string, unknown>>, key: string): readonly unknown[] {
  const value = record[key];
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

const textOf = (value: unknown): string => (typeof value === "boolean" ? String(value) : (scalarText(value) ?? ""));

/** A command is a text, or a list of its words. */
function commandOf(command: unknown): string {
  return Array.isArray(command) ? command.map(textOf).join(" ") : textOf(command);
}

/** A package is a name, a name with a version, or a list of names by the package manager. */
function packagesIn(entry: unknown): string[] {
  if (isObject(entry)) return Object.keys(entry).flatMap((manager) => listAt(entry, manager).flatMap(packagesIn));
  const name = textOf(Array.isArray(entry) ? entry[0] : entry);
  return name === "" ? [] : [`package install ${name}`];
}

/** A file as a shell script writes it. */
function written(path: string, content: string): string {
  return `cat > ${path} <<'END_OF_FILE'\n${content}\nEND_OF_FILE`;
}

function filesOf(document: Readonly<Record<string, unknown>>): string[] {
  return listAt(document, "write_files").flatMap((file) => {
    if (!isObject(file) || typeof file["path"] !== "string") return [];
    return [written(file["path"], contentOf(textOf(file["content"]), textOf(file["encoding"])))];
  });
}

/** The content of a file; empty for one that cannot be decoded, of which then nothing is searched. */
function contentOf(content: string, encoding: string): string {
  const steps = encoding.split("+"); // `gz+base64`
  const isBase64 = steps.includes("b64") || steps.includes("base64");
  const isCompressed = steps.includes("gz") || steps.includes("gzip");
  const bytes = Buffer.from(content, isBase64 ? "base64" : "utf8");
  return (isCompressed ? gunzipped(bytes) : bytes)?.toString("utf8") ?? "";
}

/** Repositories of yum and dnf, zypper and apt. */
function repositoriesOf(document: Readonly<Record<string, unknown>>): string[] {
  const record = (value: unknown) => (isObject(value) ? value : {});
  const yum = Object.entries(record(document["yum_repos"])).map(([id, repository]) => {
    const settings = Object.entries(record(repository)).map(([key, value]) => `${key}=${textOf(value)}`);
    return written(`/etc/yum.repos.d/${id}.repo`, [`[${id}]`, ...settings].join("\n"));
  });
  const zypper = listAt(record(document["zypper"]), "repos").flatMap((repository) => {
    const { id, baseurl } = record(repository);
    return [written(`/etc/zypp/repos.d/${textOf(id)}.repo`, `[${textOf(id)}]\nbaseurl=${textOf(baseurl)}`)];
  });
  const apt = Object.entries(record(record(document["apt"])["sources"])).map(([name, entry]) => {
    const file = name.endsWith(".list") ? name : `${name}.list`;
    return written(`/etc/apt/sources.list.d/${file}`, textOf(record(entry)["source"]));
  });
  return [...yum, ...zypper, ...apt];
}

/** Proxies of apt; other package managers have none in cloud-config. */
function proxiesOf(document: Readonly<Record<string, unknown>>): string[] {
  const apt = isObject(document["apt"]) ? document["apt"] : {};
  return ["proxy", "http_proxy", "https_proxy"].flatMap((key) => {
    const proxy = textOf(apt[key]);
    return proxy === "" ? [] : [`Acquire::${key === "https_proxy" ? "https" : "http"}::Proxy "${proxy}";`];
  });
}
