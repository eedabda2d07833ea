import { deepStrictEqual } from "node:assert/strict";
import { PatchTopology, type TopologyFleet } from "@patchpath/components";
import { args } from "../made-by-patching";
import { recorded } from "../with-mocks";

const [web] = args.fleets as [TopologyFleet];
const files: TopologyFleet = { ...web, name: "files", operatingSystem: "windows-server-2022" };

/** The computer groups on the server, and those that clients are configured with. */
async function groups(computerGroups: "none" | "by-fleet"): Promise<unknown[]> {
  const resources = await recorded(
    (opts) =>
      new PatchTopology("prod", { ...args, topology: "wsus", fleets: [web, files], wsus: { computerGroups } }, opts),
  );
  const associations = resources.filter(({ type }) => type === "aws:ssm/association:Association");
  return associations.flatMap(({ name, inputs }) => {
    const { TargetGroup, TargetGroups } = (inputs["parameters"] ?? {}) as Readonly<Record<string, unknown>>;
    const group = TargetGroup ?? TargetGroups;
    return group === undefined ? [] : [[name, group]];
  });
}

describe("WSUS's computer groups", () => {
  it("are not set by default", async () => {
    deepStrictEqual(await groups("none"), [
      ["prod-wsus-files-client", "none"],
      ["prod-wsus-server-setup-server", "none"],
    ]);
  });

  it("are one for each fleet, on the server and on its clients", async () => {
    deepStrictEqual(await groups("by-fleet"), [
      ["prod-wsus-files-client", "files"],
      ["prod-wsus-server-setup-server", "files"],
    ]);
  });
});
