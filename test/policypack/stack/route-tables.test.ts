import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { readBlock } from "../../../policypack/stack/addresses";
import type { StackResource } from "../../../policypack/stack/resource";
import {
  type Route,
  mainRouteTableOf,
  routeTableBehind,
  routesToEvaluate,
} from "../../../policypack/stack/route-tables";
import { Stack } from "../../../policypack/stack/stack";
import { unknown } from "../rules/analyze";
import { resource } from "./resources";

type From = Readonly<Record<string, readonly StackResource[]>>;
const vpc = resource("aws:ec2/vpc:Vpc", "vpc", { id: "vpc-1" });
const other = resource("aws:ec2/vpc:Vpc", "other-vpc", { id: "vpc-2" });
const subnet = resource("aws:ec2/subnet:Subnet", "subnet", { id: "subnet-1" });
const internet = resource("aws:ec2/internetGateway:InternetGateway", "igw", { id: "igw-1" });
const vpn = resource("aws:ec2/vpnGateway:VpnGateway", "vgw", { id: "vgw-1" });
const table = (props: object = {}, from: From = {}, name = "table") =>
  resource("aws:ec2/routeTable:RouteTable", name, { id: `rtb-${name}`, ...props }, from);
const route = (props: object, from: From = {}) =>
  resource("aws:ec2/route:Route", "route", { routeTableId: "rtb-table", ...props }, from);
const toNat = { destinationCidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" };

const tableIn = (own: StackResource, ...others: readonly StackResource[]) =>
  routeTableBehind(new Stack([own, ...others]), { is: "resource", resource: own })!;
const routesOf = (own: StackResource, ...others: readonly StackResource[]) => tableIn(own, ...others).routes;
const briefly = ({ destination, kind, property, isBlackhole }: Route) =>
  [
    destination.is === "block" || destination.is === "IPv6 block" ? destination.text : destination.is,
    kind,
    property,
    ...(destination.is === "unknown" && destination.isPrivate ? ["private"] : []),
    ...(isBlackhole ? ["gone"] : []),
  ].join(", ");
/** The only route of a table that has it as a resource of its own. */
const only = (props: object, from?: From) => routesOf(table(), route(props, from)).map(briefly);

describe("the routes of a table", () => {
  it("are those of resources of their own", () => {
    deepStrictEqual(only(toNat), ["0.0.0.0/0, NAT gateway, natGatewayId"]);
    deepStrictEqual(only({ ...toNat, routeTableId: "rtb-other" }), []);
    deepStrictEqual(only({ ...toNat, routeTableId: undefined }), []);
    deepStrictEqual(only({ ...toNat, routeTableId: unknown }), ["unknown, unknown target, routes"]);
    deepStrictEqual(only({ destinationCidrBlock: "10.0.0.0/16", gatewayId: "local" }), []);
  });

  it("are those of its list", () => {
    const inList = (routes: unknown, from?: From) => routesOf(table({ routes }, from)).map(briefly);
    const nat = "0.0.0.0/0, NAT gateway, routes";
    const hidden = "unknown, unknown target, routes";
    deepStrictEqual(inList([{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }, unknown]), [nat, hidden]);
    deepStrictEqual(inList([{ cidrBlock: "10.0.0.0/16", gatewayId: "local" }]), []);
    deepStrictEqual(inList([{ cidrBlock: unknown, gatewayId: "igw-1" }], { routes: [vpc] }), [
      "unknown, internet gateway, routes",
    ]);
    deepStrictEqual(inList(unknown, { routes: [vpc] }), [hidden]);
    deepStrictEqual(inList(unknown), [], "AWS computes it where it is not given");
    deepStrictEqual(inList([{ cidrBlock: "0.0.0.0/0" }]), ["0.0.0.0/0, unknown target, routes"]);
  });

  it("have destinations", () => {
    const to = (props: object, from?: From) => only({ natGatewayId: "nat-1", ...props }, from);
    const at = "NAT gateway, natGatewayId";
    deepStrictEqual(to({ destinationIpv6CidrBlock: "::/0" }), [`::/0, ${at}`]);
    deepStrictEqual(to({ destinationPrefixListId: "pl-1" }), [`prefix list, ${at}`]);
    deepStrictEqual(to({ destinationCidrBlock: "anywhere" }), [`unknown, ${at}`]);
    deepStrictEqual(to({}), [`unknown, ${at}`]);
    const from = (...sources: readonly StackResource[]) =>
      to({ destinationCidrBlock: unknown }, { destinationCidrBlock: sources });
    deepStrictEqual(from(vpc), [`unknown, ${at}, private`]);
    deepStrictEqual(from(subnet, vpc), [`unknown, ${at}, private`]);
    deepStrictEqual(from(subnet, internet), [`unknown, ${at}`]);
    deepStrictEqual(from(), [`unknown, ${at}`]);
    const alone: StackResource = resource("aws:ec2/route:Route", "route", {
      routeTableId: "rtb-table",
      destinationCidrBlock: unknown,
      natGatewayId: "nat-1",
    });
    deepStrictEqual(routesOf(table(), alone).map(briefly), [`unknown, ${at}`]);
  });

  it("have targets", () => {
    const to = (props: object, from?: From) => only({ destinationCidrBlock: "0.0.0.0/0", ...props }, from);
    const at = (kind: string) => [`0.0.0.0/0, ${kind}, gatewayId`];
    deepStrictEqual(to({ gatewayId: "igw-1" }), at("internet gateway"));
    deepStrictEqual(to({ gatewayId: "vgw-1" }), at("virtual private gateway"));
    const from = (...sources: readonly StackResource[]) => to({ gatewayId: unknown }, { gatewayId: sources });
    deepStrictEqual(from(internet), at("internet gateway"));
    deepStrictEqual(from(vpn), at("virtual private gateway"));
    deepStrictEqual(from(vpn, subnet), at("virtual private gateway"));
    deepStrictEqual(from(vpn, internet), at("unknown target"));
    deepStrictEqual(to({ transitGatewayId: unknown }, { transitGatewayId: [vpn] }), [
      "0.0.0.0/0, transit gateway, transitGatewayId",
    ]);
    deepStrictEqual(to({}), ["0.0.0.0/0, unknown target, routes"]);
    deepStrictEqual(to({ state: "blackhole", natGatewayId: "nat-1" }), ["0.0.0.0/0, NAT gateway, natGatewayId, gone"]);
    deepStrictEqual(to({ state: "blackhole" }), ["0.0.0.0/0, unknown target, routes, gone"]);
    deepStrictEqual(to({ state: "blackhole", gatewayId: unknown }, { gatewayId: [internet] }), at("internet gateway"));
  });

  it("may be propagated", () => {
    const propagation = (props: object) =>
      resource("aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation", "propagation", { ...props });
    const by = (...args: Parameters<typeof tableIn>) => tableIn(...args).propagation?.name;
    strictEqual(by(table()), undefined);
    strictEqual(by(table({ propagatingVgws: ["vgw-1"] })), "table");
    strictEqual(by(table({ propagatingVgws: unknown }, { propagatingVgws: [vpn] })), "table");
    strictEqual(by(table({ propagatingVgws: unknown })), undefined);
    strictEqual(by(table(), propagation({ routeTableId: "rtb-table" })), "propagation");
    strictEqual(by(table(), propagation({ routeTableIds: ["rtb-x", "rtb-table"] })), "propagation");
    strictEqual(by(table(), propagation({ routeTableId: "rtb-x" })), undefined);
    strictEqual(by(table(), propagation({})), undefined);
  });
});

describe("the main route table of a VPC", () => {
  const main = (props: object, from: From = {}) =>
    resource(
      "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
      "main",
      { routeTableId: "rtb-table", ...props },
      from,
    );
  const named = (...resources: readonly StackResource[]) =>
    mainRouteTableOf(new Stack([vpc, other, table(), ...resources]), vpc)?.resource.name;
  it("is its own, or the one that replaces it", () => {
    strictEqual(named(), "vpc");
    strictEqual(named(main({ vpcId: "vpc-1" })), "table");
    strictEqual(named(main({ vpcId: "vpc-2" })), "vpc");
    strictEqual(named(main({ vpcId: "vpc-9" })), "vpc");
    strictEqual(named(main({})), "vpc");
    strictEqual(named(main({ vpcId: "vpc-1", routeTableId: "rtb-elsewhere" })), undefined);
    strictEqual(named(main({ vpcId: "vpc-1", routeTableId: undefined })), undefined);
    const second = { ...main({ vpcId: "vpc-1" }), name: "second", urn: "second" };
    strictEqual(named(main({ vpcId: "vpc-1" }), { ...second, props: { vpcId: "vpc-1" } }), "table");
  });

  it("is not known while it may be replaced", () => {
    strictEqual(named(main({ vpcId: unknown }, { vpcId: [vpc, other] })), undefined);
    strictEqual(named(main({ vpcId: unknown }, { vpcId: [other] })), "vpc");
  });

  it("is not known of a VPC that exists already", () => {
    const existing: StackResource = { ...vpc, isRead: true };
    strictEqual(mainRouteTableOf(new Stack([existing]), existing), undefined);
  });
});

describe("the routes of a table to evaluate", () => {
  const s3Blocks = [readBlock("52.92.0.0/16")!];
  const list = (entries: unknown) =>
    resource("aws:ec2/managedPrefixList:ManagedPrefixList", "list", { id: "pl-1", entries });
  const endpoint = (service: string) =>
    resource("aws:ec2/vpcEndpoint:VpcEndpoint", "endpoint", {
      serviceName: `com.amazonaws.eu-west-1.${service}`,
      prefixListId: "pl-1",
    });
  const evaluated = (props: object, ...others: readonly StackResource[]) => {
    const { entries, undetermined } = routesToEvaluate(
      tableIn(table(), route({ natGatewayId: "nat-1", ...props }), ...others),
      s3Blocks,
    );
    return [entries.map(({ blocks, origin }) => [origin, ...blocks]), undetermined.length];
  };
  const ofList = { destinationPrefixListId: "pl-1" };
  const block = readBlock("10.0.0.0/8");
  it("are those for IPv4, with what is not known of them", () => {
    deepStrictEqual(evaluated({ destinationCidrBlock: "10.0.0.0/8" }), [[["static", block]], 0]);
    deepStrictEqual(evaluated({ destinationIpv6CidrBlock: "::/0" }), [[], 0]);
    deepStrictEqual(evaluated({ destinationCidrBlock: unknown }), [[], 1]);
    deepStrictEqual(evaluated(ofList, list([{ cidr: "10.0.0.0/8" }])), [[["prefix list", block]], 0]);
    deepStrictEqual(evaluated(ofList, list([{ cidr: "10.0.0.0/8" }, unknown])), [[["prefix list", block]], 1]);
    deepStrictEqual(evaluated(ofList, endpoint("s3")), [[["prefix list", ...s3Blocks]], 0]);
    deepStrictEqual(evaluated(ofList, endpoint("dynamodb")), [[["prefix list"]], 0]);
    deepStrictEqual(evaluated(ofList), [[["prefix list"]], 1]);
  });
});
