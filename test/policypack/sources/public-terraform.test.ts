import { deepStrictEqual, doesNotMatch } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hopsInOrder, pathsOf } from "../../../policypack/path/fleet-path";
import { contextOf } from "../../../policypack/sources/context-file";
import { readStackFile } from "../../../policypack/sources/stack-file";
import { regionOf } from "../../../policypack/stack/resource";
import { Stack } from "../../../policypack/stack/stack";
import { planOfOpenPolicyAgent, windowsServer } from "./public-terraform";

describe("public Terraform states and plans", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const read = (json: object) => {
    const file = join(folder, "public.json");
    writeFileSync(file, JSON.stringify(json));
    return readStackFile(file, undefined);
  };
  const judged = (json: object) =>
    pathsOf(new Stack(read(json).resources)).map((path) => ({
      fleet: path.fleet.name,
      region: regionOf(path.fleet.resource),
      system: path.system?.id,
      verdict: path.verdict,
      blocked: hopsInOrder(path).flatMap(({ hop, verdict }) => (verdict.verdict === "blocked" ? [hop] : [])),
    }));

  it("show every fleet, and decide nothing about a network that they do not create", () => {
    deepStrictEqual(judged(windowsServer), [
      {
        fleet: "aws_instance.windows_instance",
        region: "us-east-2",
        system: "windows-server",
        verdict: "unknown",
        blocked: [],
      },
    ]);
    deepStrictEqual(judged(planOfOpenPolicyAgent), [
      { fleet: "aws_instance.web", region: "us-west-1", system: undefined, verdict: "unknown", blocked: [] },
      {
        fleet: "aws_autoscaling_group.my_asg",
        region: "us-west-1",
        system: undefined,
        verdict: "unknown",
        blocked: [],
      },
    ]);
  });

  it("omit the password of an instance from the context", () => {
    doesNotMatch(JSON.stringify(contextOf([read(windowsServer)])), /c2VjcmV0/);
  });
});
