import { deepStrictEqual } from "node:assert/strict";
import { type System, systems } from "../../../policypack/facts/systems";
import { reportOn } from "../../../policypack/report/path-report";
import { asState } from "../path/traps/trap";
import { changed, patchedStack } from "../rules/network";

/** What a report takes a fleet for whose image tells nothing, by its tag. */
function systemByTag(tag: string): string {
  const tagged = changed("web", { ami: "ami-0a1b2c3d4e5f67890", tags: { OperatingSystem: tag } });
  return reportOn([asState(patchedStack(tagged))]).fleets.find(({ name }) => name === "web")!.operatingSystem;
}

describe("every operating system of the facts", () => {
  it("is recognized by its name in a tag, as itself or as its family", () => {
    const names = Object.keys(systems) as System[];
    const others = names.filter((name) => {
      const found = systemByTag(systems[name].name);
      return found !== name && !name.startsWith(`${found}-`);
    });
    deepStrictEqual(others, []);
  });
});
