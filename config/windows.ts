import { settingsOfWindow } from "@patchpath/components";
import { type Fleet, isExistingFleet } from "./fleets";
import type { Patching } from "./patching";
import { namespace } from "./values";

interface Config {
  /** All of them, where none is wrong by itself. */
  readonly fleets?: readonly Fleet[] | undefined;
  readonly patching?: Patching | undefined;
}

/** What is wrong with maintenance windows for some fleets, beside the fleets and each other. */
export function checkWindows({ fleets, patching }: Config): string[] {
  const windows = patching?.windows ?? [];
  if (!fleets || windows.length === 0) return [];
  const names = fleets.map(({ name }) => name);
  const windowOf = new Map<string, number>();
  const problems = windows.flatMap(({ name, fleets: own }, i) => {
    const key = `${namespace}patching.windows[${i}]`;
    const twin = windows.findIndex((one) => one.name === name);
    return [
      ...(twin < i ? [`\`${key}.name\` is \`${name}\`, as \`windows[${twin}].name\` is; expected a unique name`] : []),
      ...own.flatMap((fleet, j) => {
        const place = `\`${key}.fleets[${j}]\` is \`${fleet}\``;
        if (!names.includes(fleet)) return [`${place}; expected the name of a fleet in \`${namespace}fleets\``];
        const other = windowOf.get(fleet);
        windowOf.set(fleet, i);
        return other === undefined ? [] : [`${place}, which \`windows[${other}]\` has too; expected it in one window`];
      }),
    ];
  });
  if (problems.length > 0) return problems;
  if (names.every((name) => windowOf.has(name))) {
    return [
      `\`${namespace}patching.windows\` have all fleets, so \`${namespace}patching.schedule\` is for none; expected one fleet or more that is in none of them`,
    ];
  }
  return divided(fleets, windowOf);
}

/** A window selects existing instances by their tag, so fleets that share one are in one window. */
function divided(fleets: readonly Fleet[], windowOf: ReadonlyMap<string, number>): string[] {
  return fleets.flatMap((fleet, i) => {
    if (!isExistingFleet(fleet)) return [];
    const { key, value } = fleet.tag;
    const first = fleets.findIndex((one) => isExistingFleet(one) && one.tag.key === key && one.tag.value === value);
    return windowOf.get(fleets[first]!.name) === windowOf.get(fleet.name)
      ? []
      : [
          `\`${namespace}fleets[${i}]\` has the tag of \`fleets[${first}]\` and is in another window; expected both in the same, since a window selects instances by that tag`,
        ];
  });
}

/** The schedules by which patches are installed, each with the key that has it and the fleets that it is for. */
export function installations(
  patching: Patching,
  fleets: readonly Fleet[],
): { readonly key: string; readonly settings: Patching; readonly fleets: readonly Fleet[] }[] {
  const { windows = [] } = patching;
  const isElsewhere = ({ name }: Fleet) => windows.some((window) => window.fleets.includes(name));
  return [
    { key: `${namespace}patching`, settings: patching, fleets: fleets.filter((fleet) => !isElsewhere(fleet)) },
    ...windows.map((window, i) => ({
      key: `${namespace}patching.windows[${i}]`,
      settings: { ...patching, ...settingsOfWindow(patching, window) },
      fleets: fleets.filter(({ name }) => window.fleets.includes(name)),
    })),
  ].filter(({ settings }) => settings.operation === "Install");
}
