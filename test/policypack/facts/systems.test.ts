import { deepStrictEqual } from "node:assert/strict";
import { type System, systems, updatePortsOf } from "../../../policypack/facts/systems";
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

describe("the ports of updates", () => {
  it("are those of a release, and of a family what holds for all of its releases", () => {
    deepStrictEqual(updatePortsOf("ubuntu-24.04"), { confirmed: [80], likely: [] });
    deepStrictEqual(updatePortsOf("ubuntu"), { confirmed: [80], likely: [] });
    deepStrictEqual(updatePortsOf("debian-11"), { confirmed: [], likely: [80] });
    deepStrictEqual(updatePortsOf("debian"), { confirmed: [], likely: [80, 443] });
    deepStrictEqual(updatePortsOf("suse"), { confirmed: [443], likely: [80] });
    deepStrictEqual(updatePortsOf("windows-server"), { confirmed: [443, 80], likely: [] });
  });

  it("are not known of a system that no table contains", () => {
    deepStrictEqual(updatePortsOf("raspberry-pi-os"), undefined);
    deepStrictEqual(updatePortsOf("ubu"), undefined);
  });

  it("are named for every system, 80 or 443", () => {
    for (const { ports } of Object.values(systems)) {
      const all: number[] = [...ports.confirmed, ...ports.likely];
      deepStrictEqual([all.length > 0, all.filter((port) => ![80, 443].includes(port))], [true, []]);
    }
  });
});
