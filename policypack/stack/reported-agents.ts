import { type System, isSystem } from "../facts/systems";
import type { Fleet } from "./fleets";
import { known, read, readText } from "./reading";
import type { Stack } from "./stack";

/**
 * The operating system that the SSM agent of a fleet reports to Systems Manager, which also shows that there is an agent:
 * `patchpath audit` reads it from the account. `undefined` where no agent reports, or one of a system that is not in our tables.
 */
export function reportedSystemOf(stack: Stack, { resource }: Fleet): System | undefined {
  const id = known(read(resource.props, "id"));
  return id === undefined ? undefined : stack.derive(systemsByFleet).get(id);
}

/** By the id of the instance or Auto Scaling group. */
function systemsByFleet(stack: Stack): ReadonlyMap<unknown, System> {
  return new Map(
    stack.of("reportedAgent").flatMap(({ props }): [unknown, System][] => {
      const system = known(readText(props, "system"));
      return system !== undefined && isSystem(system) ? [[known(read(props, "fleetId")), system]] : [];
    }),
  );
}
