import { deepStrictEqual } from "node:assert/strict";
import { type System, systems, updatePortsOf } from "../../../policypack/facts/systems";
import { reportOn } from "../../../policypack/report/path-report";
import { asState } from "../path/traps/trap";
import { changed, patchedStack } from "../rules/network";

/** The operating system that a report reads from the tag of a fleet whose image does not show it. */
function systemByTag(tag: string): string {
  const tagged = changed("web", { ami: "ami-0a1b2c3d4e5f67890", tags: { OperatingSystem: tag } });
  return reportOn([asState(patchedStack(tagged))]).fleets.find(({ name }) => name === "web")!.operatingSystem;
}

describe("every operating system of the facts", () => {
  it("is recognized by its name in a tag, as a release or a family", () => {
    const names = Object.keys(systems) as System[];
    const others = names.filter((name) => {
      const found = systemByTag(systems[name].name);
      return found !== name && !name.startsWith(`${found}-`);
    });
    deepStrictEqual(others, []);
  });
});

describe("the ports of updates", () => {
  it("are those of a release, and for a family those of all its releases", () => {
    deepStrictEqual(updatePortsOf("ubuntu-24.04"), { confirmed: [80], likely: [] });
    deepStrictEqual(updatePortsOf("ubuntu"), { confirmed: [80], likely: [] });
    deepStrictEqual(updatePortsOf("debian-11"), { confirmed: [], likely: [80] });
    deepStrictEqual(updatePortsOf("debian"), { confirmed: [], likely: [80, 443] });
    deepStrictEqual(updatePortsOf("suse"), { confirmed: [443], likely: [80] });
    deepStrictEqual(updatePortsOf("windows-server"), { confirmed: [443, 80], likely: [] });
  });

  it("are not known for a system that is in no table", () => {
    deepStrictEqual(updatePortsOf("raspberry-pi-os"), undefined);
    deepStrictEqual(updatePortsOf("ubu"), undefined);
  });

  it("are 80 or 443 for every system", () => {
    for (const { ports } of Object.values(systems)) {
      const all: number[] = [...ports.confirmed, ...ports.likely];
      deepStrictEqual([all.length > 0, all.filter((port) => ![80, 443].includes(port))], [true, []]);
    }
  });
});
