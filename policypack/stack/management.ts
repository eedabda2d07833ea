import type { Fleet } from "./fleets";
import { elementsOf, known, read, readText } from "./reading";
import type { Stack } from "./stack";
import { patchGroupOf } from "./systems";

/** What of the stack is meant to patch a fleet, as a clause; `undefined` where nothing in sight is. */
export function managedBy(stack: Stack, fleet: Fleet): string | undefined {
  const group = patchGroupOf(fleet);
  if (group !== undefined) return `its patch group \`${group}\``;
  for (const kind of ["maintenanceWindowTarget", "association"] as const) {
    for (const resource of stack.of(kind)) {
      if (covers(read(resource.props, "targets"), fleet)) return `\`${resource.name}\``;
    }
  }
  const [quickSetup] = stack.of("quickSetup");
  return quickSetup && `Quick Setup \`${quickSetup.name}\``;
}

/** Whether targets such as `tag:PatchGroup` name an instance of the fleet. */
function covers(targets: ReturnType<typeof read>, { tags, resource }: Fleet): boolean {
  return elementsOf(targets).some((target) => {
    const key = known(readText(known(target), "key"));
    const values = elementsOf(read(known(target), "values")).map((value) => known(value));
    if (key === "InstanceIds") return values.includes("*") || values.includes(known(read(resource.props, "id")));
    const [, tag] = /^tag:(.+)$/.exec(key ?? "") ?? [];
    const value = tag === undefined ? undefined : tags.get(tag);
    return value !== undefined && values.includes(value);
  });
}
