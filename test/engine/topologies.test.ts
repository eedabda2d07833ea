import { deepStrictEqual, doesNotMatch, match, ok, strictEqual } from "node:assert/strict";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { OfflineStack, policyPack, runCommand } from "./offline-stack";

const root = join(__dirname, "..", "..");

type Config = Readonly<Record<string, unknown>>;

/** What an operation did, by the name that the engine has for it: `create`, `update`, `replace`, `delete`, … */
type Touched = Readonly<Record<string, readonly string[]>>;

/** Our own program on the real engine, from where it stands, with a config and a state of its own. */
class OwnStack extends OfflineStack {
  constructor(config: Config) {
    super("patchpath", config);
    symlinkSync(root, join(this.program, "checkout"));
  }

  /**
   * Brings the stack to a config, and reads from the engine's own log what that did. Resources that stay the same are
   * left out.
   */
  async change(config: Config, ...args: string[]): Promise<Touched> {
    this.configure(config);
    const log = join(this.folder, "events.json");
    const up = ["up", "--yes", "--skip-preview", "--stack", "test", "--event-log", log, ...args];
    // The flag is there for tools that drive the engine, which say so by this variable.
    const { code, output } = await this.run(up, { PULUMI_DEBUG_COMMANDS: "true" });
    strictEqual(code, 0, output);
    doesNotMatch(output, /\[mandatory\]/);
    const events = readFileSync(log, "utf8").trim().split("\n");
    const steps = events
      .map((event) => (JSON.parse(event) as EngineEvent).resourcePreEvent?.metadata)
      .filter((step) => step !== undefined)
      .filter(({ op, type }) => op !== "same" && !type.startsWith("pulumi:"))
      .map(({ op, urn }) => ({ op, resource: urn.split("::").slice(-2).join(" ").split("$").at(-1)! }));
    return Object.fromEntries(
      [...new Set(steps.map(({ op }) => op))].map((op) => [
        op,
        steps
          .filter((step) => step.op === op)
          .map(({ resource }) => resource)
          .sort(),
      ]),
    );
  }
}

interface EngineEvent {
  readonly resourcePreEvent?: {
    readonly metadata: { readonly op: string; readonly urn: string; readonly type: string };
  };
}

/** The config of a stack of the checkout. */
function configOf(stack: string): Record<string, unknown> {
  return (parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")) as { config: Record<string, unknown> })
    .config;
}

/** What every stack is changed by: a window of another length, and one more instance. */
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

/** What networks can be beside those of the stacks of the checkout, and what the path says of their one fleet. */
const networks: Readonly<Record<string, readonly [config: Config, verdict: string]>> = {
  "central endpoints, whose hub is elsewhere": [
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
      deepStrictEqual(await explained(stack, exitCode), { "patchpath-web-group": verdict });
      deepStrictEqual(await stack.change(config, "--expect-no-changes"), {});
      strictEqual((await stack.destroy()).code, 0);
      deepStrictEqual(await stack.resources(), {});
    });
  });
}

/** A change must pass the making of the one with most in it; test/engine/dev-stack.test.ts has the dev stack whole. */
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

    it("passes the pack, with a fleet for each in its config, and every patch path is open", async () => {
      const { create, ...others } = await stack.change(config, "--policy-pack", policyPack);
      ok(create);
      deepStrictEqual(others, {});
      const groups = names.map((name) => `patchpath-${name}-group`);
      const patched = config["patchpath:topology"] === "wsus" ? [...groups, wsusServer] : groups;
      deepStrictEqual(await explained(stack), Object.fromEntries(patched.map((name) => [name, "patchable"])));
    });

    if (isWhole) {
      it("is unchanged by a second up", async () => {
        deepStrictEqual(await stack.change(config, "--expect-no-changes"), {});
      });

      it("changes only what its config changes", async () => {
        deepStrictEqual(await stack.change(changed(config)), {
          update: [
            `aws:autoscaling/group:Group patchpath-${names[0] ?? ""}-group`,
            // Where there are more instances at least, more of them must be heard of.
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

/** It is patched like a fleet. */
const wsusServer = "patchpath-wsus-server-server";

/** The verdicts on the fleets of a stack, as `patchpath explain` has them of its state. */
async function explained(stack: OwnStack, exitCode = 0): Promise<Readonly<Record<string, string>>> {
  const state = join(stack.folder, "state.json");
  writeFileSync(state, (await stack.run(["stack", "export", "--stack", "test"])).stdout);
  const command = [join(policyPack, "patchpath.js"), "explain", "--state", state, "--format", "json"];
  const { stdout, code } = await runCommand(process.execPath, command);
  strictEqual(code, exitCode, stdout);
  const { fleets } = JSON.parse(stdout) as { fleets: { name: string; verdict: string }[] };
  return Object.fromEntries(fleets.map(({ name, verdict }) => [name, verdict]));
}

describe("a change of topology on one stack", () => {
  const endpointOnly = {
    "patchpath:topology": "endpoint-only",
    "patchpath:network": { availabilityZones: 1 },
    "patchpath:fleets": [{ name: "web", operatingSystem: "amazon-linux-2023" }],
  };
  const nat = { ...endpointOnly, "patchpath:topology": "nat" };
  /** The way out and the subnets that it is for. What the fleet consists of and lives in is not among it. */
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
  /** In place: it gets the new route tables or loses them, and those of the fleet stay on it. */
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

if (isWhole) {
  describe("a WSUS server on one stack", () => {
    const wsus = {
      "patchpath:topology": "wsus",
      "patchpath:network": { availabilityZones: 1 },
      "patchpath:fleets": [{ name: "files", operatingSystem: "windows-server-2022" }],
    };
    const nat = { ...wsus, "patchpath:topology": "nat" };
    const setUp = "aws:ssm/association:Association patchpath-wsus-server-setup-server";

    const stack = new OwnStack(wsus);
    after(() => {
      stack.remove();
    });

    it("is created, and unchanged by a second up", async () => {
      await stack.change(wsus);
      deepStrictEqual(await stack.change(wsus, "--expect-no-changes"), {});
    });

    /** Each on top of those before. */
    const changes = [
      ["gets another size in place", { instanceType: "m6i.xlarge" }, `aws:ec2/instance:Instance ${wsusServer}`],
      ["gets a larger volume in place", { contentGiB: 400 }, "aws:ebs/volume:Volume patchpath-wsus-server-content"],
      ["synchronises other languages by its set-up alone", { languages: ["en", "ja"] }, setUp],
      ["synchronises other classifications by its set-up alone", { classifications: ["SecurityUpdates"] }, setUp],
      ["synchronises at other times by its set-up alone", { timeOfDay: "05:30:00", perDay: 2 }, setUp],
    ] as const;
    changes.forEach(([what, , resource], i) => {
      it(what, async () => {
        const settings = changes.slice(0, i + 1).map(([, one]) => one);
        deepStrictEqual(await stack.change({ ...wsus, "patchpath:wsus": Object.assign({}, ...settings) as object }), {
          update: [resource],
        });
      });
    });

    const client = "aws:ssm/association:Association patchpath-wsus-files-client";
    const wayOut = [
      "aws:ec2/route:Route patchpath-network-nat-private-0",
      "aws:ssm/document:Document patchpath-wsus-files-reset",
      // With a server there is a task for it and one for its clients, else one for all.
      "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget patchpath-patch-target",
      "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask patchpath-patch-task",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule patchpath-files-to-http",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule patchpath-files-to-https",
    ];
    /** What launches the clients, and where: touched, it would replace them. */
    const ofFleet = (touched: Touched) =>
      Object.values(touched)
        .flat()
        .filter((one) => /patchpath-(files-(group|template|instance)|network-private)/.test(one));

    it("is deleted with a change to NAT, and its clients are reset and not replaced", async () => {
      const touched = await stack.change(nat);
      deepStrictEqual(touched["create"], wayOut);
      deepStrictEqual(touched["replace"], [client]);
      // The alarm on silent instances counts the server too, and the endpoint for ssm lets it write its parameters.
      deepStrictEqual(touched["update"], [
        "aws:cloudwatch/metricAlarm:MetricAlarm patchpath-monitoring-silent",
        "aws:ec2/vpcEndpoint:VpcEndpoint patchpath-endpoints-s3",
        "aws:ec2/vpcEndpoint:VpcEndpoint patchpath-endpoints-ssm",
      ]);
      ok(touched["delete"]?.includes(`aws:ec2/instance:Instance ${wsusServer}`));
      deepStrictEqual(ofFleet(touched), []);
      const { name } = (await stack.resources())["patchpath-wsus-files-client"]?.inputs ?? {};
      match(String(name), /^patchpath-wsus-files-reset/);
      deepStrictEqual(await explained(stack), { "patchpath-files-group": "patchable" });
    });

    it("is created again with the change back, which removes the outbound access", async () => {
      const touched = await stack.change(wsus);
      deepStrictEqual(touched["delete"], wayOut);
      deepStrictEqual(touched["replace"], [client]);
      deepStrictEqual(ofFleet(touched), []);
      deepStrictEqual(await explained(stack), { "patchpath-files-group": "patchable", [wsusServer]: "patchable" });
    });

    it("leaves nothing after destroy", async () => {
      const destroy = await stack.destroy();
      strictEqual(destroy.code, 0, destroy.output);
      deepStrictEqual(await stack.resources(), {});
    });
  });
}
