import { estateOf } from "../sources/estate";
import type { Region } from "../facts/regions";
import { filesOf } from "../sources/folder";
import { readStackFile } from "../sources/stack-file";
import type { DeclaredImages } from "../stack/declared-images";
import { Stack } from "../stack/stack";
import type { Terminal } from "./format-option";
import { refuseContradiction } from "./region-option";
import { UsageError } from "./usage-error";

/** What a command judges. */
export interface Judged {
  readonly stacks: readonly Stack[];
  /** Sentences on the whole. */
  readonly remarks: readonly string[];
  /** Whether a file says that it does not show everything: what it omits is unknown, and must not be read as open. */
  readonly isPartial: boolean;
}

export interface EstateOptions {
  /** Judges each stack by itself. */
  readonly separate?: boolean;
  /** Where the files do not say it. */
  readonly region?: Region | undefined;
  readonly images?: DeclaredImages;
}

/**
 * The stacks in files and folders: joined to an estate, or each by itself.
 *
 * @throws UsageError for a folder without states
 * @throws InputError for a file that cannot be read
 */
export function readEstate(
  paths: readonly string[],
  { separate = false, region, images }: EstateOptions,
  { progress }: Terminal,
): Judged {
  const names = filesOf(paths);
  if (names.length === 0)
    throw new UsageError(`\`${paths[0] ?? ""}\` has no states; expected files such as \`prod.json\``);
  const files = names.map((name, i) => {
    progress(`reading ${i + 1} of ${names.length}: ${name}`);
    const file = readStackFile(name, region);
    if (region !== undefined) refuseContradiction(name, file.resources, region);
    return file;
  });
  progress(`judging the fleets of ${names.length === 1 ? "1 file" : `${names.length} files`}`);
  const partial = files.flatMap((file) => file.partial ?? []);
  const estate =
    separate || files.length === 1 ? { places: files.map(({ resources }) => resources), remarks: [] } : estateOf(files);
  return {
    stacks: estate.places.map((place) => new Stack(place, images)),
    remarks: [...partial, ...estate.remarks],
    isPartial: partial.length > 0,
  };
}
