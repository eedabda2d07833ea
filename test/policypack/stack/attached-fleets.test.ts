import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { attachedFleetsOf } from "../../../policypack/stack/attached-fleets";
import { Stack } from "../../../policypack/stack/stack";
import { unknown } from "../rules/analyze";
import { resource } from "./resources";

const fleetWith = (props: object) => {
  const [fleet] = attachedFleetsOf(new Stack([resource("patchpath:fleet:AttachedFleet", "existing", { ...props })]));
  return fleet!;
};

describe("a fleet that a stack is attached to", () => {
  it("has a tag and an operating system", () => {
    const fleet = fleetWith({ tagKey: "PatchGroup", tagValue: "prod", operatingSystem: "rhel-9" });
    strictEqual(fleet.name, "existing");
    strictEqual(fleet.tag, "PatchGroup=prod");
    deepStrictEqual([...fleet.tags], [["PatchGroup", "prod"]]);
    strictEqual(fleet.system, "rhel-9");
    strictEqual(fleet.hasUnknownTags, true, "its instances are not in the stack");
  });

  for (const props of [{ tagKey: unknown, tagValue: "prod" }, { tagKey: "PatchGroup", tagValue: unknown }, {}]) {
    it(`has no tag with ${JSON.stringify(props)}`, () => {
      const { tag, tags } = fleetWith(props);
      deepStrictEqual([tag, [...tags]], [undefined, []]);
    });
  }

  it("has no operating system where that is not known, or of another name", () => {
    strictEqual(fleetWith({ operatingSystem: unknown }).system, undefined);
    strictEqual(fleetWith({ operatingSystem: "solaris-11" }).system, undefined);
    strictEqual(fleetWith({}).system, undefined);
  });
});
