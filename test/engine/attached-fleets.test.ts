import { deepStrictEqual, doesNotMatch, match, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { type ExportedResource, policyPack, resourcesIn, runCommand, runPulumi } from "./offline-stack";

/** What each stack patches, with instances that another one creates, and how. */
const stacks: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "maintenance-window": {
    "patchpath:patching": { scanSchedule: "rate(1 day)", output: { s3: true, cloudWatch: true } },
    "patchpath:baselines": [{ operatingSystem: "AMAZON_LINUX_2023", rules: [{ filters: { CLASSIFICATION: ["*"] } }] }],
  },
  "on-demand": { "patchpath:patching": { method: "on-demand" } },
  "patch-policy": { "patchpath:patching": { method: "patch-policy" } },
  wsus: { "patchpath:topology": "wsus" },
};

if (process.env["PATCHPATH_WHOLE_MATRICES"]) {
  /** Stacks of our own program in one account: the first creates a network and fleets, the others patch them. */
  describe("fleets of existing instances", () => {
    const folder = mkdtempSync(join(tmpdir(), "patchpath-attached-"));
    after(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    const state = join(folder, "state");
    const pulumi = (...args: string[]) => runPulumi(state, args);
    const fileOf = (stack: string) => join(folder, `${stack}.yaml`);
    const placed = (stack: string) => ["--stack", stack, "--config-file", fileOf(stack)];
    const configure = (stack: string, config: Readonly<Record<string, unknown>>) => {
      writeFileSync(fileOf(stack), stringify({ config: { "aws:region": "eu-west-1", ...config } }));
    };
    const stateOf = async (stack: string) =>
      (await pulumi("stack", "export", "--show-secrets", "--stack", stack)).stdout;
    const resourcesOf = (stack: string) => resourcesIn(state, stack).filter(({ type }) => type.startsWith("aws:"));
    const namesOf = (resources: readonly ExportedResource[], type: string) =>
      resources.filter((one) => one.type.endsWith(`:${type}`)).map(({ urn }) => urn.split("::").at(-1));

    let network: readonly ExportedResource[];
    const idOf = (type: string, name: string) =>
      network.find((one) => one.type.endsWith(`:${type}`) && one.urn.endsWith(`::${name}`))!.id!;
    /** Identified by the tag that the other stack sets on them, or by a patch group in its older spelling. */
    const legacy = {
      linux: () => ({
        name: "legacy",
        operatingSystem: "amazon-linux-2023",
        tag: { "patchpath:fleet": "patchpath-network-web" },
        securityGroupId: idOf("SecurityGroup", "patchpath-web-instances"),
      }),
      windows: () => ({
        name: "legacy",
        operatingSystem: "windows-server-2022",
        tag: { "Patch Group": "patchpath-network" },
        securityGroupId: idOf("SecurityGroup", "patchpath-files-instances"),
      }),
    };
    const configOf = (stack: string, server = "patchpath-network-private-0") => ({
      "patchpath:network": {
        vpcId: idOf("Vpc", "patchpath-network-vpc"),
        subnetIds: [idOf("Subnet", "patchpath-network-isolated-0")],
      },
      ...stacks[stack],
      "patchpath:endpoints": { ec2messages: true, sharedWith: [] },
      "patchpath:fleets": [stack === "wsus" ? legacy.windows() : legacy.linux()],
      ...(stack === "wsus" && { "patchpath:wsus": { subnetId: idOf("Subnet", server) } }),
    });

    before(async () => {
      for (const stack of ["network", ...Object.keys(stacks)]) {
        strictEqual((await pulumi("stack", "init", stack)).code, 0);
      }
      configure("network", {
        "patchpath:topology": "nat",
        "patchpath:network": { natGateways: "single" },
        "patchpath:fleets": [
          { name: "web", operatingSystem: "amazon-linux-2023" },
          { name: "files", operatingSystem: "windows-server-2022" },
        ],
      });
      const { code, output } = await pulumi("up", "--yes", "--skip-preview", ...placed("network"));
      strictEqual(code, 0, output);
      network = resourcesOf("network");
    });

    for (const stack of Object.keys(stacks)) {
      describe(`patched by ${stack}`, () => {
        it("pass the pack, which reports them as unknown, and create nothing", async () => {
          configure(stack, configOf(stack));
          const { code, output } = await pulumi("up", "--yes", ...placed(stack), "--policy-pack", policyPack);
          strictEqual(code, 0, output);
          doesNotMatch(output, /\[mandatory\]/);
          match(
            output,
            /Whether `patchpath-legacy` can be patched is unknown: cannot determine the configuration of the existing instances with/,
          );
          const resources = resourcesOf(stack);
          const made = ["Group", "LaunchTemplate", "Instance", "Subnet", "Route", "NatGateway"];
          deepStrictEqual(
            made.flatMap((type) => namesOf(resources, type)),
            stack === "wsus" ? ["patchpath-wsus-server-image", "patchpath-wsus-server-server"] : [],
          );
          deepStrictEqual(namesOf(resources, "VpcEndpoint"), ["patchpath-endpoints-ec2messages"]);
        });

        it("are unchanged by a second up", async () => {
          const again = await pulumi("up", "--yes", "--skip-preview", ...placed(stack), "--expect-no-changes");
          strictEqual(again.code, 0, again.output);
        });

        it("are unknown to `patchpath explain`, by state and by plan", async () => {
          const state = join(folder, "state.json");
          writeFileSync(state, await stateOf(stack));
          if (process.env["PATCHPATH_KEEP_STATES"]) {
            writeFileSync(join(process.env["PATCHPATH_KEEP_STATES"], `attached-${stack}.json`), await stateOf(stack));
          }
          const plan = join(folder, "plan.json");
          const preview = await pulumi("preview", ...placed(stack), "--json", "--show-sames");
          writeFileSync(plan, preview.stdout);
          for (const file of [
            ["--state", state],
            ["--plan", plan],
          ]) {
            const command = [join(policyPack, "patchpath.js"), "explain", ...file, "--format", "json"];
            const { stdout, code } = await runCommand(process.execPath, command);
            const { fleets } = JSON.parse(stdout) as {
              fleets: { name: string; verdict: string; operatingSystem: string }[];
            };
            strictEqual(code, 3, stdout);
            const legacy = fleets.find(({ name }) => name === "patchpath-legacy");
            deepStrictEqual(
              [legacy?.verdict, legacy?.operatingSystem],
              ["unknown", stack === "wsus" ? "windows-server-2022" : "amazon-linux-2023"],
            );
          }
        });

        if (stack === "wsus") {
          it("do not stay pointed to a deleted server: destroy fails until they are reset", async () => {
            const before = resourcesOf(stack);
            const refused = await pulumi("destroy", "--yes", ...placed(stack));
            notStrictEqual(refused.code, 0);
            match(refused.output, /patchpath-wsus-legacy-client" cannot be deleted\s+because it is protected/);
            deepStrictEqual(resourcesOf(stack), before);
            const config = configOf(stack);
            configure(stack, { ...config, "patchpath:wsus": { ...config["patchpath:wsus"], resetExisting: true } });
            const reset = await pulumi("up", "--yes", "--skip-preview", ...placed(stack));
            strictEqual(reset.code, 0, reset.output);
          });
        }

        it("are unchanged after destroy", async () => {
          const destroyed = await pulumi("destroy", "--yes", "--skip-preview", ...placed(stack));
          strictEqual(destroyed.code, 0, destroyed.output);
          deepStrictEqual(resourcesOf(stack), []);
          deepStrictEqual(resourcesOf("network"), network);
        });
      });
    }

    it("get no WSUS server in a subnet without a default route, before anything changes", async () => {
      configure("wsus", configOf("wsus", "patchpath-network-isolated-1"));
      const { code, output } = await pulumi("up", "--yes", "--skip-preview", ...placed("wsus"));
      notStrictEqual(code, 0);
      match(
        output,
        /`patchpath:wsus\.subnetId`: subnet-[0-9a-f]{17} has no default route in rtb-[0-9a-f]{17}; expected/,
      );
      ok(resourcesOf("wsus").length === 0);
    });
  });
}
