import { deepStrictEqual } from "node:assert/strict";
import { hopsInOrder, pathsOf } from "../../../policypack/path/fleet-path";
import { secretText } from "../../../policypack/stack/special-values";
import type { Stack } from "../../../policypack/stack/stack";
import type { ExampleResource } from "../rules/analyze";
import { traps } from "./traps";
import { asState } from "./traps/trap";

/** All traps take minutes; one in several shows what a change breaks. */
const every = process.env["PATCHPATH_WHOLE_MATRICES"] ? 1 : 7;

/** Tags say what patches a fleet, and ids how resources refer to each other: without them the stack is another one. */
const identities = ["id", "name", "roleName"];

function verdictsOf(stack: Stack): ReadonlyMap<string, string> {
  const path = pathsOf(stack).find(({ fleet }) => fleet.name === "web")!;
  return new Map(hopsInOrder(path).map(({ hop, verdict }) => [hop, verdict.verdict]));
}

/** The stack with one property of one resource as a secret. */
function withSecret(resources: readonly ExampleResource[], at: ExampleResource, property: string): ExampleResource[] {
  return resources.map((one) => (one === at ? { ...one, props: { ...one.props, [property]: secretText } } : one));
}

describe("a property that is a secret", () => {
  it("opens nothing that is blocked, and blocks nothing that is open", () => {
    const wrong: string[] = [];
    for (const [i, { title, resources, region }] of Object.values(traps).flat().entries()) {
      if (i % every !== 0) continue;
      const before = verdictsOf(asState(resources, region));
      for (const resource of resources) {
        for (const property of Object.keys(resource.props)) {
          if (identities.includes(property)) continue;
          const after = verdictsOf(asState(withSecret(resources, resource, property), region));
          for (const [hop, verdict] of after) {
            const opposite = `${before.get(hop)} ${verdict}`;
            if (["blocked open", "open blocked"].includes(opposite)) {
              wrong.push(`${title}: ${property} of ${resource.name}: ${hop}: ${opposite}`);
            }
          }
        }
      }
    }
    deepStrictEqual(wrong, []);
  });
});
