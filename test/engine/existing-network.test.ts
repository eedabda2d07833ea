import { deepStrictEqual, match, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { resourcesIn, runPulumi } from "./offline-stack";
import type { ExportedResource } from "./offline-stack";

/** Two stacks of our own program in one account: the first creates a network, the second a fleet in it. */
describe("an existing network", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-existing-"));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const state = join(folder, "state");
  const pulumi = (...args: string[]) => runPulumi(state, args);

  async function up(stack: string, config: Readonly<Record<string, unknown>>) {
    const file = join(folder, `${stack}.yaml`);
    writeFileSync(file, stringify({ config: { "aws:region": "eu-west-1", ...config } }));
    return pulumi("up", "--yes", "--skip-preview", "--stack", stack, "--config-file", file);
  }

  const made = (stack: string) => resourcesIn(state, stack).filter(({ type }) => type.startsWith("aws:"));

  const idsOf = (resources: readonly ExportedResource[], type: string, name: string) =>
    resources.filter((one) => one.type === type && one.urn.includes(`::${name}`)).map(({ id }) => id!);

  const web = { name: "web", operatingSystem: "amazon-linux-2023" };
  let vpcId: string;
  let isolated: string[];
  let routed: string[];

  before(async () => {
    for (const stack of ["network", "fleet"]) await pulumi("stack", "init", stack);
    const network = await up("network", {
      "patchpath:topology": "nat",
      "patchpath:network": { natGateways: "single" },
      "patchpath:fleets": [web],
    });
    strictEqual(network.code, 0, network.output);
    const resources = made("network");
    [vpcId = ""] = idsOf(resources, "aws:ec2/vpc:Vpc", "patchpath-network");
    isolated = idsOf(resources, "aws:ec2/subnet:Subnet", "patchpath-network-isolated");
    routed = idsOf(resources, "aws:ec2/subnet:Subnet", "patchpath-network-private");
  });

  const config = (subnetIds: readonly string[]) => ({
    "patchpath:topology": "nat",
    "patchpath:network": { vpcId, subnetIds },
    "patchpath:endpoints": { ec2messages: true, sharedWith: [] },
    "patchpath:fleets": [web],
  });

  it("gets only what is missing", async () => {
    const { code, output } = await up("fleet", config(routed));
    strictEqual(code, 0, output);
    const resources = made("fleet");
    deepStrictEqual(
      resources
        .filter(({ type }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint")
        .map(({ urn }) => urn.split("::").at(-1)),
      ["patchpath-endpoints-ec2messages"],
    );
    ok(
      resources.every(
        ({ type }) => !["aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet", "aws:ec2/route:Route"].includes(type),
      ),
    );
    deepStrictEqual(
      resources.find(({ type }) => type === "aws:autoscaling/group:Group")?.inputs?.["vpcZoneIdentifiers"],
      routed,
    );
  });

  it("is unchanged by the next run, which recognizes its own endpoint", async () => {
    const again = await pulumi(
      ...["up", "--yes", "--skip-preview", "--stack", "fleet", "--expect-no-changes"],
      ...["--config-file", join(folder, "fleet.yaml")],
    );
    strictEqual(again.code, 0, again.output);
  });

  // The checks in config/existing-network.ts have their own tests: a change must pass the two above.
  if (process.env["PATCHPATH_WHOLE_MATRICES"]) {
    it("is rejected without the default route that the topology requires, before anything changes", async () => {
      const before = made("fleet");
      const { code, output } = await up("fleet", config(isolated));
      notStrictEqual(code, 0);
      match(output, /`patchpath:network\.routeTableIds`: rtb-[0-9a-f]{17} has no default route/);
      deepStrictEqual(made("fleet"), before);
    });

    it("is unchanged after destroy", async () => {
      strictEqual((await up("fleet", config(routed))).code, 0);
      const before = made("network");
      const destroyed = await pulumi("destroy", "--yes", "--skip-preview", "--stack", "fleet");
      strictEqual(destroyed.code, 0, destroyed.output);
      deepStrictEqual(made("network"), before);
    });
  }
});
