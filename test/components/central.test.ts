import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import {
  CentralEndpoints,
  type CentralEndpointsLike,
  PatchTopology,
  type PatchTopologyArgs,
  PrivateNetwork,
} from "@patchpath/components";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { reportOn } from "../../policypack/report/path-report";
import type { StackResource } from "../../policypack/stack/resource";
import { Stack } from "../../policypack/stack/stack";
import { args } from "./made-by-patching";
import { asState, recorded } from "./with-mocks";

const hubBlock = "10.99.0.0/24";
const tags = {};

type Way = "transit gateway" | "peering" | "elsewhere";

/** A hub with its connections, and a spoke, in one program; or the spoke alone. */
class HubAndSpoke extends pulumi.ComponentResource {
  constructor(way: Way, spokeArgs: Partial<PatchTopologyArgs>, opts: pulumi.ComponentResourceOptions) {
    super("test:index:HubAndSpoke", "both", {}, opts);
    const inBoth = { parent: this };
    if (way === "elsewhere") {
      this.spoke(spokeArgs, { cidrBlocks: [hubBlock], transitGatewayId: "tgw-elsewhere" });
      return;
    }
    const network = new PrivateNetwork("hub", { cidrBlock: hubBlock, availabilityZones: 2, tags }, inBoth);
    const shared = new CentralEndpoints(
      "shared",
      { region: "eu-west-1", subnets: network.isolated, spokeCidrBlocks: ["10.20.0.0/16"] },
      inBoth,
    );
    const { hostedZoneIds } = shared;
    const central = { cidrBlocks: [hubBlock], services: ["ssm", "ssmmessages"], hostedZoneIds } as const;
    const back = (target: Partial<aws.ec2.RouteArgs>) => {
      for (const [i, routeTableId] of network.isolated.routeTableIds.entries()) {
        new aws.ec2.Route(`back-${i}`, { routeTableId, destinationCidrBlock: "10.20.0.0/16", ...target }, inBoth);
      }
    };
    if (way === "transit gateway") {
      const { id } = new aws.ec2transitgateway.TransitGateway("gateway", {}, inBoth);
      const { vpcId, subnetIds } = network.isolated;
      const hub = { transitGatewayId: id, vpcId, subnetIds: [...subnetIds] };
      new aws.ec2transitgateway.VpcAttachment("hub-attachment", hub, inBoth);
      back({ transitGatewayId: id });
      this.spoke(spokeArgs, { ...central, transitGatewayId: id });
    } else {
      this.spoke(spokeArgs, { ...central, peerVpcId: network.vpcId });
      back({ vpcPeeringConnectionId: "prod-spoke-peering-id" });
    }
  }

  private spoke(more: Partial<PatchTopologyArgs>, central: CentralEndpointsLike): void {
    new PatchTopology("prod", { ...args, ...more, central }, { parent: this });
  }
}

async function made(way: Way, more: Partial<PatchTopologyArgs> = {}): Promise<StackResource[]> {
  const resources = await recorded((opts) => new HubAndSpoke(way, more, opts));
  return asState(resources, "eu-west-1");
}

/** The hops of the one fleet that are not open, with their verdicts. */
function broken(resources: readonly StackResource[]): Record<string, string> {
  const [fleet, ...others] = reportOn([new Stack(resources)]).fleets;
  ok(fleet && others.length === 0);
  return Object.fromEntries(
    fleet.hops
      .filter(({ verdict }) => verdict !== "open" && verdict !== "not-needed")
      .map(({ hop, verdict }) => [hop, verdict]),
  );
}

const without = (resources: readonly StackResource[], pattern: RegExp) => {
  const rest = resources.filter(({ type, name }) => !pattern.test(`${type} ${name}`));
  ok(rest.length < resources.length, `no resource is named ${String(pattern)}`);
  return rest;
};

describe("a spoke of central endpoints", () => {
  for (const way of ["transit gateway", "peering"] as const) {
    for (const topology of ["endpoint-only", "nat"] as const) {
      it(`is patched through ${way} with ${topology}, with hub and spoke in one stack`, async () => {
        deepStrictEqual(broken(await made(way, { topology })), {});
      });
    }
  }

  it("creates no interface endpoint for services of the hub, and keeps its S3 gateway endpoint", async () => {
    const resources = await made("elsewhere");
    deepStrictEqual(
      resources.filter(({ type }) => type.endsWith(":VpcEndpoint")).map(({ name }) => name),
      ["prod-endpoints-s3"],
    );
    ok(!resources.some(({ name }) => name === "prod-endpoints-interface"), "and no group for endpoints");
  });

  it("creates the endpoints that the hub does not have", async () => {
    const endpoints = { optionalServices: ["ec2messages"] } as const;
    const names = (await made("transit gateway", { endpoints })).map(({ name }) => name);
    ok(names.includes("prod-endpoints-ec2messages"));
    ok(!names.includes("prod-endpoints-ssm"));
  });

  it("allows egress on 443 to the block of the hub and to S3 only", async () => {
    const egress = (await made("elsewhere")).filter(({ type }) => type.endsWith(":SecurityGroupEgressRule"));
    deepStrictEqual(
      egress.map(({ props }) => [props["fromPort"], props["cidrIpv4"] ?? props["prefixListId"]]),
      [
        [443, hubBlock],
        [443, "pl-of-prod-endpoints-s3"],
      ],
    );
  });

  it("adds routes to the hub to every route table of fleets and the server, and to none of NAT", async () => {
    const windows = { ...args.fleets[0]!, name: "files", operatingSystem: "windows-server-2022" } as const;
    const resources = await made("elsewhere", { topology: "wsus", fleets: [windows] });
    const routes = resources.filter(({ props }) => props["destinationCidrBlock"] === hubBlock);
    deepStrictEqual(
      routes.map(({ props }) => props["routeTableId"]),
      ["isolated-0", "isolated-1", "private-0", "private-1", "server-0"].map((tier) => `prod-network-${tier}-id`),
    );
  });

  it("is unknown, and never blocked, if the hub is in another stack", async () => {
    deepStrictEqual(broken(await made("elsewhere")), { dns: "unknown", "control-plane": "unknown" });
  });

  const breaks: readonly (readonly [what: string, pattern: RegExp, expected: Record<string, string>])[] = [
    ["the route there", /Route prod-spoke-isolated/, { "control-plane": "blocked" }],
    ["the route back", /Route back-/, { "control-plane": "blocked" }],
    ["the zone's association", /ZoneAssociation prod-spoke-ssm$/, { dns: "blocked" }],
    ["its attachment", /VpcAttachment prod-spoke/, { "control-plane": "unknown" }],
    ["the outbound rule", /to-central-10/, { "security-groups": "blocked" }],
    ["the inbound rule", /shared-from-spoke-10/, { "security-groups": "blocked" }],
    ["the zone's record", /Record shared-ssm$/, { dns: "unknown", "control-plane": "unknown" }],
  ];
  let whole: Promise<StackResource[]> | undefined;
  for (const [what, pattern, expected] of breaks) {
    it(`is blocked at exactly that hop without ${what}`, async () => {
      whole ??= made("transit gateway");
      deepStrictEqual(broken(without(await whole, pattern)), expected);
    });
  }

  it("can use a hub in another account, which authorizes it", async () => {
    const resources = await recorded(
      (opts) =>
        new CentralEndpoints(
          "shared",
          {
            region: "cn-north-1",
            subnets: { vpcId: "vpc-hub", subnetIds: ["subnet-hub"], routeTableIds: [] },
            spokeCidrBlocks: [],
            authorizedVpcIds: { shop: "vpc-shop" },
          },
          opts,
        ),
    );
    const authorizations = resources.filter(({ type }) => type.endsWith(":VpcAssociationAuthorization"));
    deepStrictEqual(
      authorizations.map(({ name, inputs }) => [name, inputs["zoneId"], inputs["vpcId"]]),
      [
        ["shared-ssm-for-shop", "shared-ssm-id", "vpc-shop"],
        ["shared-ssmmessages-for-shop", "shared-ssmmessages-id", "vpc-shop"],
      ],
    );
    const zone = resources.find(({ type, name }) => type.endsWith(":Zone") && name === "shared-ssm");
    strictEqual(zone?.inputs["name"], "ssm.cn-north-1.amazonaws.com.cn");
  });
});
