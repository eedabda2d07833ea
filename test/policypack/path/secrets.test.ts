import { deepStrictEqual } from "node:assert/strict";
import { pathsOf } from "../../../policypack/path/fleet-path";
import { secretText } from "../../../policypack/stack/special-values";
import type { Stack } from "../../../policypack/stack/stack";
import type { ExampleResource } from "../rules/analyze";
import { traps } from "./traps";
import { asState } from "./traps/trap";

/** All traps take minutes; a sample shows what a change breaks. */
const every = process.env["PATCHPATH_WHOLE_MATRICES"] ? 1 : 7;

/** Tags decide what patches a fleet, and IDs how resources refer to each other: without them, it is another stack. */
const identities = ["id", "name", "roleName"];

/** AWS computes the IDs of what it creates with a VPC, so they cannot be secrets. */
const isWritten = (property: string) => !/^(default|main).*Id$/.test(property);

/** A secret launch template may be that of a group, and one that another fleet may use is not a fleet itself. */
const verdictOf = (stack: Stack) => pathsOf(stack).find(({ fleet }) => fleet.name === "web")?.verdict ?? "unknown";

/** The stack with one property of one resource as a secret. */
function withSecret(resources: readonly ExampleResource[], at: ExampleResource, property: string): ExampleResource[] {
  return resources.map((one) => (one === at ? { ...one, props: { ...one.props, [property]: secretText } } : one));
}

describe("a property that is a secret", () => {
  it("does not make a blocked fleet patchable, and does not block a patchable one", () => {
    const wrong: string[] = [];
    for (const [i, { title, resources, region }] of Object.values(traps).flat().entries()) {
      if (i % every !== 0) continue;
      const before = verdictOf(asState(resources, region));
      for (const resource of resources) {
        for (const property of Object.keys(resource.props)) {
          if (identities.includes(property) || !isWritten(property)) continue;
          const after = verdictOf(asState(withSecret(resources, resource, property), region));
          if (before !== after && before !== "unknown" && after !== "unknown") {
            wrong.push(`${resource.type} ${property}: ${before}, then ${after} (${title})`);
          }
        }
      }
    }
    deepStrictEqual(wrong, []);
  });
});
