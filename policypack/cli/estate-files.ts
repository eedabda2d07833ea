import { estateOf } from "../sources/estate";
import { filesOf } from "../sources/folder";
import { readStackFile } from "../sources/stack-file";
import { Stack } from "../stack/stack";
import type { Terminal } from "./format-option";
import { UsageError } from "./usage-error";

/** What a command judges. */
export interface Judged {
  readonly stacks: readonly Stack[];
  /** Sentences on the whole. */
  readonly remarks: readonly string[];
  /** Whether a file says that it does not show everything: what it omits is unknown, and must not be read as open. */
  readonly isPartial: boolean;
}

/**
 * The stacks in files and folders: joined to an estate, or each by itself.
 *
 * @param isSeparate whether each is judged by itself
 * @throws UsageError for a folder without states
 * @throws InputError for a file that cannot be read
 */
export function readEstate(
  paths: readonly string[],
  isSeparate: boolean,
  region: string | undefined,
  { tell }: Terminal,
): Judged {
  const names = filesOf(paths);
  if (names.length === 0)
    throw new UsageError(`\`${paths[0] ?? ""}\` has no states; expected files such as \`prod.json\``);
  const files = names.map((file, i) => {
    if (names.length > 2) tell(`patchpath: reading ${i + 1} of ${names.length}: ${file}`);
    return readStackFile(file, region);
  });
  const partial = files.flatMap((file) => file.partial ?? []);
  const estate =
    isSeparate || files.length === 1
      ? { places: files.map(({ resources }) => resources), remarks: [] }
      : estateOf(files);
  return {
    stacks: estate.places.map((place) => new Stack(place)),
    remarks: [...partial, ...estate.remarks],
    isPartial: partial.length > 0,
  };
}
