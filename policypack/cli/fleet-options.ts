import { list } from "../iam/problems";
import type { FleetPath } from "../path/fleet-path";
import { pathsOf } from "../path/fleet-path";
import { known, readText } from "../stack/reading";
import type { Stack } from "../stack/stack";
import { similarName } from "./similar-name";
import { UsageError } from "./usage-error";

export interface FleetOptions {
  /** Logical names. */
  readonly fleet?: readonly string[];
  /** Ids, as `i-0123456789abcdef0`. */
  readonly instance?: readonly string[];
}

/**
 * The fleets that `--fleet` and `--instance` ask for; `undefined` where neither is given.
 *
 * @throws UsageError for a name or an id that no fleet has
 */
export function wantedFleets(
  stacks: readonly Stack[],
  options: FleetOptions,
): ((path: FleetPath) => boolean) | undefined {
  const { fleet = [], instance = [] } = options;
  if (fleet.length === 0 && instance.length === 0) return undefined;
  const paths = stacks.flatMap((stack) => pathsOf(stack));
  check("--fleet", fleet, paths.map(nameOf));
  check("--instance", instance, paths.flatMap(instanceOf));
  return (path) => fleet.includes(nameOf(path)) || instanceOf(path).some((id) => instance.includes(id));
}

function nameOf({ fleet }: FleetPath): string {
  return fleet.name;
}

/** Only an instance that the stack creates has its id there; those of a group or a template do not. */
function instanceOf({ fleet: { resource } }: FleetPath): string[] {
  const id = known(readText(resource.props, "id")) ?? "";
  return id.startsWith("i-") ? [id] : [];
}

/** How many names a message lists. */
const mostListed = 10;

function check(option: string, asked: readonly string[], there: readonly string[]): void {
  const missing = asked.find((one) => !there.includes(one));
  if (missing === undefined) return;
  const near = similarName(missing, there);
  const names = [...new Set(there)];
  const expected =
    near !== undefined
      ? `did you mean \`${near}\`?`
      : names.length === 0
        ? "there is none in this stack"
        : names.length > mostListed
          ? `${names.length} other names are in this stack`
          : `expected one of ${list(names)}`;
  throw new UsageError(`${option} is \`${missing}\`, which is not in this stack; ${expected}`);
}
