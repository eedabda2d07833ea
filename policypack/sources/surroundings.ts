import { isAbsolute, delimiter, join } from "node:path";
import { type StackResource, stackOfUrn } from "../stack/resource";
import { InputError } from "./input-error";
import { joinedPlaces } from "./joined-places";
import { unitsOf } from "./places";
import { withoutReadTwins } from "./read-twins";
import { filesOf } from "./folder";
import { withoutRepeated } from "./repeated-stacks";
import type { StackFile } from "./source";
import { readStackFile } from "./stack-file";

type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of the environment by which a policy pack gets the states of other stacks. */
const [paths, root] = ["PATCHPATH_CONTEXT", "PATCHPATH_CONTEXT_ROOT"] as const;

/**
 * The states of other stacks that a policy pack judges with.
 *
 * @param configured the paths in the pack's config
 * @throws InputError for a file that is missing or cannot be read, and for a relative path without a root
 */
export function readContextFiles(configured: readonly string[], environment: Environment): StackFile[] {
  const given = [...(environment[paths] ?? "").split(delimiter), ...configured].filter((path) => path !== "");
  const files = filesOf(given.map((path) => absolute(path, environment[root])));
  const { kept } = withoutRepeated(files.map((file) => readStackFile(file, undefined)));
  return kept;
}

function absolute(path: string, folder: string | undefined): string {
  if (isAbsolute(path)) return path;
  if (folder) return join(folder, path);
  throw new InputError(
    `the context \`${path}\` is a relative path, and \`${root}\` is not set; expected an absolute path, or the folder in \`${root}\``,
  );
}

/** A stack with the others of its account and region. */
export interface Surroundings {
  /** Its own resources, and those of others, marked as context. */
  readonly resources: readonly StackResource[];
  /** The same with its own resources as they are before the update; `undefined` where the context does not show them. */
  readonly before: readonly StackResource[] | undefined;
}

/** A stack as the policy pack sees it, with what the context has around it. Its own state there is what was before. */
export function surroundingsOf(own: readonly StackResource[], files: readonly StackFile[]): Surroundings {
  const stack = stackOfUrn(own[0]?.urn ?? "");
  const all = files.flatMap(({ resources }) => resources);
  const [before, others] = [true, false].map((isOwn) => all.filter(({ urn }) => (stackOfUrn(urn) === stack) === isOwn));
  const around = others!.map((resource) => ({ ...resource, isContext: true }));
  return {
    resources: joinedTo(own, around),
    before: before!.length === 0 ? undefined : joinedTo(before!, around),
  };
}

/** The places that a stack is in, as one. */
function joinedTo(own: readonly StackResource[], around: readonly StackResource[]): StackResource[] {
  if (around.length === 0) return [...own];
  const { places } = joinedPlaces(unitsOf(withoutReadTwins([...own, ...around])));
  const names = new Set(own.map(({ urn }) => urn));
  const joined = places.filter((place) => place.some(({ urn }) => names.has(urn))).flat();
  const originals = new Map(own.map((resource) => [resource.urn, resource]));
  return [...new Map(joined.map((one) => [one.urn, originals.get(one.urn) ?? { ...one, isContext: true }])).values()];
}
