import { deepStrictEqual, doesNotMatch, ok, strictEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { policyPack, root } from "./offline-stack";
import { type Config, OwnStack, verdictsOf, wsusServer } from "./own-stack";

/** The config of a stack of the checkout. */
function configOf(stack: string): Record<string, unknown> {
  return (parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")) as { config: Record<string, unknown> })
    .config;
}

/** The change of every stack: a maintenance window with another duration, and one more instance. */
function changed(config: Config): Config {
  const [first, ...others] = config["patchpath:fleets"] as { readonly name: string }[];
  return {
    ...config,
    "patchpath:fleets": [{ ...first, size: { min: 3, max: 10 } }, ...others],
    "patchpath:patching": { ...(config["patchpath:patching"] as object), duration: 6 },
  };
}

function leastOfFirst(config: Config): unknown {
  const [first] = config["patchpath:fleets"] as { readonly size: number | { readonly min: number } }[];
  return typeof first?.size === "object" ? first.size.min : first?.size;
}

/** The stacks of the checkout. */
const stages = ["dev", "staging", "prod"];

const isWhole = Boolean(process.env["PATCHPATH_WHOLE_MATRICES"]);

/** Networks other than those of the stacks of the checkout, and the verdict on their one fleet. */
const networks: Readonly<Record<string, readonly [config: Config, verdict: string]>> = {
  "central endpoints whose hub is in another stack": [
    {
      "patchpath:endpoints": {
        central: {
          cidrBlocks: ["10.99.0.0/24"],
          transitGatewayId: "tgw-0123456789abcdef0",
          hostedZoneIds: { ssm: "Z0123456789ABCDEFGHIJ", ssmmessages: "Z0123456789ABCDEFGHIK" },
        },
      },
    },
    "unknown",
  ],
  "dual-stack subnets": [{ "patchpath:topology": "nat", "patchpath:network": { dualStack: true } }, "patchable"],
};

for (const [name, [own, verdict]] of isWhole ? Object.entries(networks) : []) {
  describe(`a stack with ${name}, on the offline AWS`, () => {
    const fleets = [{ name: "web", operatingSystem: "amazon-linux-2023" }];
    const config = { "aws:region": "eu-west-1", "patchpath:fleets": fleets, ...own };
    const stack = new OwnStack(config);
    after(() => {
      stack.remove();
    });

    it("passes the pack, is unchanged by a second up, and leaves nothing after destroy", async () => {
      const { create } = await stack.change(config, "--policy-pack", policyPack);
      ok(create);
      const exitCode = verdict === "unknown" ? 3 : 0;
      deepStrictEqual(await verdictsOf(stack, exitCode), { "patchpath-web-group": verdict });
      deepStrictEqual(await stack.change(config, "--expect-no-changes"), {});
      strictEqual((await stack.destroy()).code, 0);
      deepStrictEqual(await stack.resources(), {});
    });
  });
}

/** A change must pass the update of the largest one; test/engine/dev-stack.test.ts tests the complete dev stack. */
for (const stage of isWhole ? stages : ["prod"]) {
  describe(`the ${stage} stack, on the offline AWS`, () => {
    const config = configOf(stage);
    const names = (config["patchpath:fleets"] as { readonly name: string }[]).map(({ name }) => name);
    let stack: OwnStack;
    before(() => {
      stack = new OwnStack(config);
    });
    after(() => {
      stack.remove();
    });

    if (isWhole) {
      it("passes the pack at preview, with nothing unknown", async () => {
        const preview = await stack.preview("--policy-pack", policyPack);
        strictEqual(preview.code, 0, preview.output);
        doesNotMatch(preview.output, /\[mandatory\]|patch-path-is-decided/);
      });
    }

    // That the pack accepts a stack whose paths are all open, in an up, is in dev-stack.test.ts too.
    it(`${isWhole ? "passes the pack, with" : "has"} a fleet for each in its config, and every patch path is open`, async () => {
      const { create, ...others } = await stack.change(config, ...(isWhole ? ["--policy-pack", policyPack] : []));
      ok(create);
      deepStrictEqual(others, {});
      if (stage === "prod") {
        // The change on the page updates two baselines; the engine counts the stack itself too.
        const page = readFileSync(join(root, "docs", "how-to", "development-staging-production.md"), "utf8");
        const unchanged = `${create.length + 1 - 2} unchanged`;
        ok(page.includes(`    ~ 2 to update\n    ${unchanged}\n`), unchanged);
      }
      const groups = names.map((name) => `patchpath-${name}-group`);
      const patched = config["patchpath:topology"] === "wsus" ? [...groups, wsusServer] : groups;
      deepStrictEqual(await verdictsOf(stack), Object.fromEntries(patched.map((name) => [name, "patchable"])));
    });

    if (isWhole) {
      it("is unchanged by a second up", async () => {
        deepStrictEqual(await stack.change(config, "--expect-no-changes"), {});
      });

      it("changes only what its config changes", async () => {
        deepStrictEqual(await stack.change(changed(config)), {
          update: [
            `aws:autoscaling/group:Group patchpath-${names[0] ?? ""}-group`,
            // With a higher minimum number of instances, the alarm requires more checks.
            ...(leastOfFirst(config) === 3
              ? []
              : ["aws:cloudwatch/metricAlarm:MetricAlarm patchpath-monitoring-silent"]),
            "aws:ssm/maintenanceWindow:MaintenanceWindow patchpath-patch-window",
          ],
        });
      });

      it("leaves nothing after destroy", async () => {
        const destroy = await stack.destroy();
        strictEqual(destroy.code, 0, destroy.output);
        deepStrictEqual(await stack.resources(), {});
      });
    }
  });
}

describe("a change of topology on one stack", () => {
  const endpointOnly = {
    "patchpath:topology": "endpoint-only",
    "patchpath:network": { availabilityZones: 1 },
    "patchpath:fleets": [{ name: "web", operatingSystem: "amazon-linux-2023" }],
  };
  const nat = { ...endpointOnly, "patchpath:topology": "nat" };
  /** The outbound access and the subnets that it is for, without the fleet and its subnets. */
  const wayOut = [
    "aws:ec2/eip:Eip patchpath-network-nat-0",
    "aws:ec2/internetGateway:InternetGateway patchpath-network-nat-internet",
    "aws:ec2/natGateway:NatGateway patchpath-network-nat-0",
    "aws:ec2/route:Route patchpath-network-nat-private-0",
    "aws:ec2/route:Route patchpath-network-nat-public",
    "aws:ec2/routeTable:RouteTable patchpath-network-nat-public",
    "aws:ec2/routeTable:RouteTable patchpath-network-private-0",
    "aws:ec2/routeTableAssociation:RouteTableAssociation patchpath-network-nat-public-0",
    "aws:ec2/routeTableAssociation:RouteTableAssociation patchpath-network-private-0",
    "aws:ec2/subnet:Subnet patchpath-network-nat-public-0",
    "aws:ec2/subnet:Subnet patchpath-network-private-0",
    "patchpath:network:NatGateways patchpath-network-nat",
    "patchpath:network:Subnets patchpath-network-private",
  ];
  /** In place: the new route tables are added or removed, and those of the fleet stay. */
  const s3Endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint patchpath-endpoints-s3";

  let stack: OwnStack;
  before(() => {
    stack = new OwnStack(endpointOnly);
  });
  after(() => {
    stack.remove();
  });

  it("to NAT adds outbound access, and changes no fleet, none of its subnets and no interface endpoint", async () => {
    await stack.change(endpointOnly);
    deepStrictEqual(await stack.change(nat), { create: wayOut, update: [s3Endpoint] });
  });

  it("back removes exactly that", async () => {
    deepStrictEqual(await stack.change(endpointOnly), { update: [s3Endpoint], delete: wayOut });
  });
});
