import type { Fleet } from "../stack/fleets";
import { known } from "../stack/reading";
import type { Stack } from "../stack/stack";
import { userDataLines } from "../stack/user-data";
import { writtenFiles } from "../stack/written-files";
import { type PackageHost, packageHostOf } from "./package-hosts";

/** A source of packages that user data adds to the system's own. */
export interface AddedRepository {
  /** What it is, without an article where it is a name. */
  readonly what: string;
  readonly host: PackageHost;
}

/** Where package managers have their repositories: yum and dnf, zypper, apt. */
const repositoryFile = /\/etc\/(?:yum\.repos\.d|zypp\/repos\.d|apt\/sources\.list)/;

const url = /[a-z][a-z0-9+]*:\/\/[^\s"'<>|;)\]]+/i;

/** What adds a repository by itself, wherever its file comes from. */
const releases: readonly (readonly [RegExp, string])[] = [
  [/\bamazon-linux-extras\s+(install|enable)\s+(-y\s+)?epel\b|\bepel-release\b/, "EPEL"],
  [/\badd-apt-repository\s+[^\n]*\bppa:/, "a personal package archive"],
];

/** Commands that add the repository at a URL, or install a package from one that adds its repository. */
const commands: readonly (readonly [RegExp, string])[] = [
  [/--add-repo[=\s]/, "a package repository"],
  [/\b(zypper\s+([^\n]*\s)?(addrepo|ar)|add-apt-repository)\s/, "a package repository"],
  [/\b(curl|wget|aws\s+s3)\b[^\n]*\/etc\/(yum\.repos\.d|zypp\/repos\.d|apt\/sources\.list)/, "a package repository"],
  [/\b(yum|dnf|zypper|rpm)\s[^\n]*[-_](release|repo)[^\s\/]*\.rpm\b/, "the repository of a package"],
];

/** The repositories that user data adds, each with its host. */
export function addedRepositories(stack: Stack, fleet: Fleet): AddedRepository[] {
  const script = known(fleet.userData) ?? "";
  if (script === "") return []; // as for most fleets
  const lines = userDataLines(fleet);
  const at = (what: string, address: string): AddedRepository[] => {
    const host = packageHostOf(stack, fleet.resource, address);
    return host ? [{ what, host }] : [];
  };
  const named = releases
    .filter(([pattern]) => lines.some((line) => pattern.test(line)))
    .map(([, what]): AddedRepository => ({ what, host: { is: "internet", where: "" } }));
  const byFile = writtenFiles(script)
    .filter(({ path }) => repositoryFile.test(path))
    .flatMap(({ content }) => addressesIn(content).flatMap((address) => at("a package repository", address)));
  const byCommand = lines
    .filter((line) => !/amazon-ssm/i.test(line)) // the agent's package is the hop `agent`'s
    .flatMap((line) => {
      const what = commands.find(([pattern]) => pattern.test(line))?.[1];
      const address = url.exec(line.replace(/--(proxy|key|import)[=\s]\S+/g, ""))?.[0];
      return what === undefined || address === undefined ? [] : at(what, address);
    });
  return [...named, ...byFile, ...byCommand];
}

/** The addresses in a file of repositories, without those of sections that are disabled. */
function addressesIn(content: string): string[] {
  return content
    .split(/^[ \t]*(?=\[)|\n\s*\n/m)
    .filter((section) => !/^\s*enabled\s*[=:]\s*(0|no|false)\b/im.test(section))
    .flatMap((section) => section.split("\n"))
    .filter((line) => /^\s*((baseurl|mirrorlist|metalink|URIs)\s*[=:]|deb(-src)?\s)/i.test(line))
    .flatMap((line) => url.exec(line) ?? []);
}

/** Whether user data adds a source of packages that is on the internet, or may be. */
export function addsFromInternet(stack: Stack, fleet: Fleet): boolean {
  return addedRepositories(stack, fleet).some(({ host }) => host.is === "internet");
}
