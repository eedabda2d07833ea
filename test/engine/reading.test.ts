import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readStackFile } from "../../policypack/sources/stack-file";
import { hopsInOrder, pathsOf } from "../../policypack/path/fleet-path";
import { Stack } from "../../policypack/stack/stack";
import { OfflineStack, policyPack } from "./offline-stack";

/** What a program reads with `.get()` is distinguished from what it creates: in the pack, in a plan and in a state. */
describe("a VPC that a program reads, in the engine", () => {
  const stack = new OfflineStack("reading");
  let vpcId: string;

  before(async () => {
    await stack.run(["stack", "init", "network"]);
    writeFileSync(join(stack.program, "Pulumi.network.yaml"), "config:\n  aws:region: ap-northeast-1\n");
    const { code, output } = await stack.run(["up", "--yes", "--skip-preview", "--stack", "network"]);
    strictEqual(code, 0, output);
    vpcId = (await stack.resources("network"))["own"]?.id ?? "";
  });
  after(() => {
    stack.remove();
  });

  const controlPlane = (file: string) =>
    pathsOf(new Stack(readStackFile(file, undefined).resources)).flatMap((path) =>
      hopsInOrder(path).flatMap(({ hop, verdict }) => (hop === "control-plane" ? [verdict.verdict] : [])),
    );

  async function verdictOfPlan(): Promise<string[]> {
    const { stdout } = await stack.preview("--json", "--show-sames");
    const file = join(stack.folder, "plan.json");
    writeFileSync(file, stdout);
    return controlPlane(file);
  }

  it("blocks nothing by what is missing in it", async () => {
    stack.configure({ "reading:vpcId": vpcId });
    deepStrictEqual(await verdictOfPlan(), ["unknown"]);
    const { code, output } = await stack.up("--policy-pack", policyPack);
    strictEqual(code, 0, output);
    match(output, /`vpc-[0-9a-f]{17}`, which is not in this stack, has an endpoint for `ssm`/);
    const state = stack.export();
    deepStrictEqual(controlPlane(state), ["unknown"]);
    const analyzed = await stack.run(["policy", "analyze", "--file", state, "--policy-pack", policyPack]);
    match(analyzed.output, /`read`, which this stack reads and does not create/, analyzed.output);
  });

  it("blocks if the stack creates the same VPC", async () => {
    stack.configure({ "reading:vpcId": "own" });
    const { code, output } = await stack.preview("--policy-pack", policyPack);
    ok(code !== 0, output);
    match(output, /the hop `control-plane` is blocked: the VPC has no endpoint for `ssm`/);
  });
});
