import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { type PatchTopologyArgs, PatchTopology, type TopologyFleet } from "@patchpath/components";
import { ssmBuckets } from "../../policypack/facts/buckets";
import { type Region, regions } from "../../policypack/facts/regions";
import { imageParameter } from "../../policypack/facts/images";
import { type System, systems } from "../../policypack/facts/systems";
import { hops } from "../../policypack/path/hop";
import { adviceOn } from "../../policypack/path/advice";
import { pathsOf } from "../../policypack/path/fleet-path";
import { type FleetReport, reportOn } from "../../policypack/report/path-report";
import type { StackResource } from "../../policypack/stack/resource";
import { Stack } from "../../policypack/stack/stack";
import { args as endpointOnly } from "./made-by-patching";
import { mutations, mutationsOf } from "./mutations";
import { mutated } from "./mutations/mutated";
import { asState, recorded } from "./with-mocks";

const [web] = endpointOnly.fleets as [TopologyFleet];

const args: PatchTopologyArgs = { ...endpointOnly, patchGroup: "prod" };

const sessions = { documentName: "prod-session", encrypted: true, s3Bucket: "my-session-logs" } as const;

/** The resources that a topology creates, as in a state. */
async function stackOf(topology: PatchTopologyArgs): Promise<StackResource[]> {
  const resources = await recorded((opts) => new PatchTopology("prod", topology, opts));
  return asState(resources, topology.region);
}

function fleetsIn(resources: readonly StackResource[]): readonly FleetReport[] {
  return reportOn([new Stack(resources)]).fleets;
}

/** The required hops that are not open, with their verdicts. */
function broken({ hops: verdicts }: FleetReport): Record<string, string> {
  return Object.fromEntries(
    verdicts
      .filter(({ verdict }) => verdict !== "open" && verdict !== "not-needed")
      .map(({ hop, verdict }) => [hop, verdict]),
  );
}

describe("the patch path of what the components create", () => {
  const usable = (Object.keys(regions) as Region[]).filter((region) => ssmBuckets(region));

  // Each program run takes time; regions differ only in names, so a change must pass only every sixth.
  const tried = process.env["PATCHPATH_WHOLE_MATRICES"] ? usable : usable.filter((_, i) => i % 6 === 0);

  /** Each operating system with its public AMI, and one without with a custom AMI. */
  const fleetOf = (operatingSystem: System, more: Partial<TopologyFleet> = {}): TopologyFleet => ({
    ...web,
    operatingSystem,
    imageId: imageParameter(operatingSystem, "x86_64") === undefined ? "ami-0123456789abcdef0" : undefined,
    ...more,
  });

  it("is open in every region, with every operating system that the topology serves, and every number of zones", async () => {
    for (const region of tried) {
      const network = { ...args.network, availabilityZones: 1 + (usable.indexOf(region) % 3) };
      // Operating systems differ only in their source of updates: a change must pass one of each.
      for (const operatingSystem of ["amazon-linux-2", "amazon-linux-2023"] as const) {
        const topology = { ...args, region, network, sessions, fleets: [fleetOf(operatingSystem)] };
        const [fleet, ...others] = fleetsIn(await stackOf(topology));
        ok(fleet && others.length === 0);
        deepStrictEqual(broken(fleet), {}, `${region} ${operatingSystem}`);
        strictEqual(fleet.operatingSystem, operatingSystem);
        strictEqual(fleet.verdict, "patchable");
      }
    }
  });

  it("is open through NAT for every operating system, with additional repositories and without interface endpoints", async () => {
    const all = Object.keys(systems) as System[];
    const names = process.env["PATCHPATH_WHOLE_MATRICES"] ? all : all.filter((_, i) => i % 5 === 0);
    const fleets = [
      ...names.map((system) => fleetOf(system, { name: system.replace(".", "-") })),
      fleetOf("amazon-linux-2023", { name: "epel", repositories: ["epel"] }),
    ];
    for (const interfaceEndpoints of [true, false]) {
      const reports = fleetsIn(await stackOf({ ...args, topology: "nat", fleets, endpoints: { interfaceEndpoints } }));
      strictEqual(reports.length, fleets.length);
      for (const report of reports) {
        // Whether a Windows AMI with a given ID includes the agent is not known.
        const isOwnWindows = report.name.startsWith("prod-windows-server-2012");
        deepStrictEqual(broken(report), isOwnWindows ? { agent: "unknown" } : {}, report.name);
      }
    }
  });

  it("is open in dual-stack subnets, and reaches only S3 over IPv6 without an outbound route", async () => {
    const network = { cidrBlock: "10.20.0.0/16", availabilityZones: 2, dualStack: true };
    const windows = fleetOf("windows-server-2022", { name: "files" });
    const resources = await stackOf({ ...args, network, topology: "nat", fleets: [web, windows] });
    const [first, second] = fleetsIn(resources);
    for (const fleet of [first!, second!]) {
      deepStrictEqual(broken(fleet), {}, fleet.name);
      deepStrictEqual(
        fleet.hops.flatMap(({ note }) => note ?? []),
        [],
      );
    }
    const ports = (fleet: string) =>
      resources
        .filter(
          ({ props }) => props["cidrIpv6"] === "::/0" && props["securityGroupId"] === `prod-${fleet}-instances-id`,
        )
        .map(({ props }) => props["fromPort"]);
    deepStrictEqual([ports("web"), ports("files")], [[443], [80, 443]]);
    const routed = resources.filter(({ props }) => props["destinationIpv6CidrBlock"] === "::/0");
    deepStrictEqual(
      routed.map(({ props }) => props["routeTableId"]),
      ["prod-network-private-0-id", "prod-network-private-1-id"],
    );
    const blocks = resources.flatMap(({ props }) => props["ipv6CidrBlock"] ?? []).slice(0, 4);
    deepStrictEqual(blocks, [
      "2001:db8:1234:1a00::/64",
      "2001:db8:1234:1a01::/64",
      "2001:db8:1234:1a10::/64",
      "2001:db8:1234:1a11::/64",
    ]);
  });

  it("has what its sessions require, without advice on them, until the endpoint for their logs is removed", async () => {
    const resources = await stackOf({ ...args, sessions });
    const advice = (made: readonly StackResource[]) => {
      const stack = new Stack(made);
      return adviceOn(stack, pathsOf(stack), "2026-11-22").filter(({ id }) => id.startsWith("session"));
    };
    deepStrictEqual(advice(resources), []);
    strictEqual(advice(resources.filter(({ name }) => name !== "prod-endpoints-logs")).length, 1);
  });

  it("has at least four mutations for every hop", () => {
    for (const hop of hops) ok(mutations.filter((one) => one.hop === hop).length >= 4, hop);
    ok(mutations.length >= 60, String(mutations.length));
  });

  describe("is blocked at exactly that hop", () => {
    let resources: StackResource[];
    before(async () => {
      resources = await stackOf(args);
    });
    for (const mutation of mutations) {
      it(`${mutation.hop}: ${mutation.what}`, () => {
        deepStrictEqual(broken(fleetsIn(mutated(resources, mutation))[0]!), { [mutation.hop]: mutation.verdict });
      });
    }
  });

  const files: TopologyFleet = { ...web, name: "files", operatingSystem: "windows-server-2022" };
  const epel: TopologyFleet = {
    ...web,
    repositories: ["epel"],
    userData: "#!/bin/bash\ndnf install -y epel-release\n",
  };
  it("is open to a WSUS server with a custom name, until its record points to another address", async () => {
    const wsus = { serverName: "wsus.corp.example" };
    const resources = await stackOf({ ...args, topology: "wsus", fleets: [files], wsus });
    const client = (made: readonly StackResource[]) => fleetsIn(made).find(({ name }) => name === "prod-files-group")!;
    deepStrictEqual(broken(client(resources)), {});
    strictEqual(
      client(resources).hops.find(({ hop }) => hop === "repository")?.because,
      "through the WSUS server `prod-wsus-server-server`",
    );
    const edit = { "Record prod-wsus-server-name": (props: object) => ({ ...props, records: ["10.99.0.1"] }) };
    deepStrictEqual(broken(client(mutated(resources, { edit }))), { repository: "unknown" });
  });

  for (const topology of ["nat", "wsus"] as const) {
    describe(`is blocked with ${topology} at exactly that hop`, () => {
      let resources: StackResource[];
      before(async () => {
        resources = await stackOf({ ...args, topology, fleets: [files, topology === "nat" ? epel : web] });
        for (const fleet of fleetsIn(resources)) deepStrictEqual(broken(fleet), {}, fleet.name);
      });
      for (const [name, mutationsOfFleet] of Object.entries(mutationsOf[topology])) {
        for (const mutation of mutationsOfFleet) {
          it(`${name}, ${mutation.hop}: ${mutation.what}`, () => {
            const fleet = fleetsIn(mutated(resources, mutation)).find((one) => one.name === name)!;
            deepStrictEqual(broken(fleet), { [mutation.hop]: mutation.verdict });
          });
        }
      }
    });
  }
});
