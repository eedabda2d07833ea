import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { imageParameter } from "../../../policypack/facts/images";
import { isSystem, systems } from "../../../policypack/facts/systems";
import { windowsProducts, wsusPatchedBuilds, wsusPorts } from "../../../policypack/facts/wsus";

describe("the facts about WSUS", () => {
  it("have the port of update files one below that of TLS", () => {
    strictEqual(wsusPorts.https - wsusPorts.http, 1);
  });

  it("have a product for every Windows system, and for nothing else", () => {
    deepStrictEqual(
      Object.keys(windowsProducts),
      Object.entries(systems).flatMap(([name, { updateSource }]) =>
        updateSource === "microsoft-update" ? [name] : [],
      ),
    );
  });

  it("have a build with the fix and an AMI for each operating system of a server", () => {
    deepStrictEqual(Object.entries(wsusPatchedBuilds), [
      ["windows-server-2022", "20348.4297"],
      ["windows-server-2025", "26100.6905"],
    ]);
    ok(Object.keys(wsusPatchedBuilds).every(isSystem));
    for (const system of Object.keys(wsusPatchedBuilds).filter(isSystem)) ok(imageParameter(system, "x86_64"));
  });
});
