import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { PatchTopology, type PatchTopologyArgs, type TopologyFleet, patchingOutputs } from "@patchpath/components";
import { args, settings } from "./made-by-patching";
import { recorded } from "./with-mocks";

const [web] = args.fleets as [TopologyFleet];
const fleets: TopologyFleet[] = [
  web,
  { ...web, name: "canary" },
  { ...web, name: "files", operatingSystem: "windows-server-2022" },
];
/** Existing instances with the tag of all fleets of the stack. */
const attached = {
  name: "old",
  operatingSystem: "amazon-linux-2023" as const,
  repositories: [],
  tag: { key: "PatchGroup", value: "prod-group" },
};
const first = { name: "first", fleets: ["canary"], schedule: "cron(0 3 ? * SAT *)", duration: 2 };
const patching = { ...settings, offset: 3, scanSchedule: "rate(1 day)", maxErrors: "5", windows: [first] };

async function made(others: Partial<PatchTopologyArgs>) {
  const resources = await recorded((opts) => new PatchTopology("prod", { ...args, fleets, patching, ...others }, opts));
  const own = resources.filter(({ type, name }) => type.startsWith("aws:ssm/") && name.startsWith("prod-patch"));
  return (type: string, property: string) =>
    Object.fromEntries(
      own.filter((one) => one.type.endsWith(`:${type}`)).map(({ name, inputs }) => [name, inputs[property]]),
    );
}

const fleetTargets = (...names: readonly string[]) => [
  { key: "tag:patchpath:fleet", values: names.map((name) => `prod-group-${name}`) },
];

describe("maintenance windows for some fleets", () => {
  it("patch these fleets alone, and the window of the stack all others and its WSUS server", async () => {
    const inputs = await made({ topology: "wsus" });
    deepStrictEqual(inputs("MaintenanceWindowTarget", "targets"), {
      "prod-patch-target.linux": fleetTargets("web"),
      "prod-patch-target.windows": fleetTargets("files"),
      "prod-patch-target.wsus-server": [{ key: "tag:WsusServer", values: ["prod-group-wsus"] }],
      "prod-patch-scan-target.linux": fleetTargets("web"),
      "prod-patch-scan-target.windows": fleetTargets("files"),
      "prod-patch-scan-target.wsus-server": [{ key: "tag:WsusServer", values: ["prod-group-wsus"] }],
      "prod-patch.first-target.linux": fleetTargets("canary"),
    });
  });

  it("have the settings of the stack unless they have their own, and neither its offset nor its scan", async () => {
    const inputs = await made({ topology: "nat" });
    const ofFirst = (type: string, name: string, property: string) => inputs(type, property)[name];
    const window = "prod-patch.first-window";
    strictEqual(ofFirst("MaintenanceWindow", window, "schedule"), first.schedule);
    strictEqual(ofFirst("MaintenanceWindow", window, "scheduleTimezone"), settings.timezone);
    strictEqual(ofFirst("MaintenanceWindow", window, "scheduleOffset"), undefined);
    strictEqual(ofFirst("MaintenanceWindow", window, "duration"), 2);
    strictEqual(ofFirst("MaintenanceWindow", window, "cutoff"), settings.cutoff);
    strictEqual(ofFirst("MaintenanceWindowTask", "prod-patch.first-task.linux", "maxErrors"), "5");
    deepStrictEqual(Object.keys(inputs("MaintenanceWindow", "schedule")).sort(), [
      "prod-patch-scan-window",
      "prod-patch-window",
      window,
    ]);
  });

  it("select the fleets of the window of the stack by their own tag too, where one is left", async () => {
    const inputs = await made({ fleets: fleets.slice(0, 2), patching: { ...settings, windows: [first] } });
    deepStrictEqual(inputs("MaintenanceWindowTarget", "targets"), {
      "prod-patch-target.linux": fleetTargets("web"),
      "prod-patch.first-target.linux": fleetTargets("canary"),
    });
  });

  it("are in the outputs, each with its next runs", async () => {
    let topology: PatchTopology | undefined;
    await recorded(
      (opts) => (topology = new PatchTopology("prod", { ...args, topology: "nat", fleets, patching }, opts)),
    );
    const outputs = patchingOutputs(topology!.patching, patching, new Date("2026-11-28T00:00:00Z"));
    const { windows } = outputs as unknown as { windows: Record<string, { fleets: string[]; nextRuns: string[] }> };
    deepStrictEqual([Object.keys(windows), windows["first"]!.fleets], [["first"], ["canary"]]);
    strictEqual(windows["first"]!.nextRuns[0], "Sat 2026-12-05 03:00 GMT+9");
  });

  it("leave one fleet or more for the window of the stack", async () => {
    const all = { ...first, fleets: fleets.map(({ name }) => name) };
    await rejects(
      made({ topology: "nat", patching: { ...settings, windows: [all] } }),
      /all fleets are in `windows`; expected one or more in none of them/,
    );
  });

  it("cannot divide existing instances with the tag of all fleets of the stack", async () => {
    await rejects(
      made({ topology: "nat", fleets: [...fleets, attached] }),
      /the fleet `old` has the tag of all fleets of the stack, so windows cannot divide them/,
    );
  });
});

describe("the window of a stack whose existing instances have the tag of its own fleets", () => {
  it("selects all of them by that tag, with Linux and Windows fleets too", async () => {
    const inputs = await made({ topology: "nat", fleets: [...fleets, attached], patching: settings });
    deepStrictEqual(inputs("MaintenanceWindowTarget", "targets"), {
      "prod-patch-target": [{ key: "tag:PatchGroup", values: ["prod-group"] }],
    });
  });
});
