import { isObject } from "../iam/problems";
import { InputError } from "./input-error";
import { kindOf, listIn, recordIn } from "./json-parts";
import { propsOf, related, stateIn } from "./pulumi-resource";
import { factsOf } from "./pulumi-stack";
import type { StackFile } from "./source";

/**
 * Reads a state: what `pulumi stack export` prints, or a backend keeps.
 *
 * @param where the part of the file that holds it: `deployment`, or `checkpoint.latest`
 * @throws InputError
 */
export function readState(name: string, where: string, deployment: unknown, region: string | undefined): StackFile {
  if (!isObject(deployment)) {
    throw new InputError(
      `${name} has \`${where}\` as ${kindOf(deployment)}; expected an object. Pass the output of \`pulumi stack export\`, neither encrypted nor compressed`,
    );
  }
  const states = listIn(name, deployment, "resources", `${where}.resources`).map((one, i) =>
    stateIn(name, `${where}.resources[${i}]`, one),
  );
  const pairs = states.filter((state) => !state.isDeleted).map((state) => [state, propsOf(state)] as const);
  return {
    file: name,
    resources: related(pairs, region),
    stacks: factsOf(states, recordIn(deployment, "manifest")["time"]),
    isPlan: false,
    partial: undefined,
  };
}
