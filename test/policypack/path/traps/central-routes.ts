import { secretText } from "../../../../policypack/stack/special-values";
import { unknown } from "../../rules/analyze";
import { type Change, aws, endpointsAndNat, hopsOfTraffic, plus, set, stack, vpcId, without } from "./bases";
import { gateway, hubAndSpoke, hubId, joinedByGateway, moved, route, spokeAlone } from "./hub-base";
import {
  endpointsInSubnet,
  list,
  secondNat,
  throughAppliance,
  throughNat,
  to,
  toInternetGateway,
  toList,
} from "./routing-base";
import type { Trap } from "./trap";

const noRouteThere = "`table` has no route to the endpoint `ssm` in another VPC";

/** A spoke without the route to the hub, but with other routes. */
const instead = (...changes: readonly Change[]) => stack(hubAndSpoke, without("to-hub"), ...changes);
const natInstead = stack(endpointsAndNat, ...moved, joinedByGateway, without("to-hub"));

const zonesOfHubOnly = ["ssm-zone", "ssmmessages-zone"].map((name) => set(name, { vpcs: [{ vpcId: hubId }] }));

/** Which route applies to the addresses of endpoints in another VPC, and where the route tables are not known. */
export const centralRoutes: readonly Trap[] = [
  {
    title: "central endpoints, and a carrier gateway as the spoke's only route",
    why: "a carrier gateway leads to the carrier's network and the internet, not to private addresses",
    resources: instead(plus(route("to-carrier", "rtb-1", "0.0.0.0/0", { carrierGatewayId: "cagw-1" }))),
    blocks: ["control-plane", noRouteThere],
  },
  {
    title: "central endpoints behind a core network",
    why: "the core network's policy decides which attachments reach each other, and it is not read",
    resources: stack(
      hubAndSpoke,
      set("to-hub", {
        transitGatewayId: undefined,
        coreNetworkArn: "arn:aws:networkmanager::111122223333:core-network/core-network-1",
      }),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and an appliance as the route to the hub",
    why: "whether the appliance forwards the traffic is not in the stack",
    resources: instead(plus(to("to-appliance", "10.99.0.0/16", throughAppliance))),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a NAT gateway that is not in the stack instead of the route",
    why: "the route table of its subnet may have a route to the hub",
    resources: stack(natInstead, set("to-nat", { natGatewayId: "nat-elsewhere" })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a private NAT gateway whose subnet has the route to the hub",
    why: "the NAT gateway forwards the traffic to the transit gateway, with its own address as the source",
    resources: stack(
      natInstead,
      set("nat", { connectivityType: "private" }),
      set("public-table", { routes: [{ cidrBlock: "10.99.0.0/16", ...gateway }] }),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, a NAT gateway instead of the route, and a second one behind it",
    why: "neither subnet of the NAT gateways has a route to the hub",
    resources: stack(
      natInstead,
      set("public-table", { routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-second" }] }),
      secondNat("second", {}, toInternetGateway),
    ),
    blocks: ["control-plane", noRouteThere],
  },
  {
    title: "central endpoints, no route to the hub, and routes propagated from a virtual private gateway",
    why: "the propagated routes may include one to the hub",
    resources: instead(set("table", { propagatingVgws: ["vgw-0a1b2c3d4e5f67890"] })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a static route to the hub in addition to propagated routes",
    why: "a static route has precedence over a propagated one for the same CIDR block",
    resources: stack(hubAndSpoke, set("table", { propagatingVgws: ["vgw-0a1b2c3d4e5f67890"] })),
  },
  {
    title:
      "central endpoints, a NAT gateway instead of the route, and routes propagated from a virtual private gateway",
    why: "a propagated route to the hub is more specific than the default route",
    resources: stack(natInstead, set("table", { propagatingVgws: ["vgw-0a1b2c3d4e5f67890"] })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and only a route to the transit gateway for a prefix list that is not in the stack",
    why: "the list may contain the CIDR block of the hub",
    resources: instead(plus(toList("pl-elsewhere", gateway))),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints, and a route to the transit gateway for a prefix list with the hub's CIDR block",
    why: "a route for a prefix list applies to each of its CIDR blocks",
    resources: instead(plus(list("pl-hubs", "10.98.0.0/16", "10.99.0.0/16"), toList("pl-hubs", gateway))),
  },
  {
    title: "central endpoints, and only a route to a NAT gateway for a prefix list that is not in the stack",
    why: "a NAT gateway in a subnet without a route to the hub does not lead there",
    resources: stack(natInstead, without("to-nat"), plus(toList("pl-elsewhere", throughNat))),
    blocks: ["control-plane", noRouteThere],
  },
  {
    title: "central endpoints in a subnet whose route table is not in the stack",
    why: "the table may have the return route",
    resources: stack(
      hubAndSpoke,
      without("hub-table", "to-spoke"),
      set("hub-association", { routeTableId: "rtb-elsewhere" }),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "central endpoints in a subnet whose CIDR block is not known yet",
    why: "whether the route covers the subnet depends on its CIDR block",
    resources: stack(hubAndSpoke, set("hub-subnet", { cidrBlock: unknown })),
    leavesUnknown: ["control-plane", "security-groups"],
  },
  {
    title: "central endpoints in a VPC that is not in the stack",
    why: "whether the transit gateway connects that VPC, and its default network ACL, are not in the stack",
    resources: stack(hubAndSpoke, without("hub")),
    leavesUnknown: ["control-plane", "network-acls"],
  },
  {
    title: "central endpoints, and a blackhole route to the hub",
    why: "AWS reports the route as a blackhole and drops its traffic",
    resources: stack(hubAndSpoke, set("to-hub", { transitGatewayId: "tgw-gone", state: "blackhole" })),
    blocks: ["control-plane", "the route of `table` to the endpoint `ssm` is a blackhole: its target does not exist"],
  },
  {
    title: "endpoints in another subnet behind NAT, and a route for a third subnet to an appliance",
    why: "the local route is more specific than the default route",
    resources: stack(endpointsAndNat, ...endpointsInSubnet, plus(to("inspected", "10.0.3.0/24", throughAppliance))),
  },
  {
    title: "endpoints in another subnet of a VPC whose CIDR blocks are not known yet, behind NAT",
    why: "the local route covers every subnet of the VPC",
    resources: stack(
      endpointsAndNat,
      set("vpc", { cidrBlock: unknown }),
      ...endpointsInSubnet,
      set("shared", { cidrBlock: unknown }),
    ),
  },
  {
    title: "central endpoints whose hosted zones are associated with the hub only, and a route to other VPCs",
    why: "there is no route to these endpoints, and the other VPCs may have some that are not in the stack",
    resources: stack(hubAndSpoke, ...zonesOfHubOnly, set("to-hub", { destinationCidrBlock: "10.98.0.0/16" })),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "central endpoints in a VPC that is not in the stack, with their hosted zones associated only with it",
    why: "other hosted zones for the names may be associated with the spoke outside this stack",
    resources: stack(hubAndSpoke, without("hub"), ...zonesOfHubOnly),
    leavesUnknown: ["dns", "control-plane"],
  },
  {
    title: "central endpoints with private DNS in the hub, and a hosted zone for the spoke only",
    why: "private DNS answers in the endpoints' VPC, the hosted zone in the spoke",
    resources: stack(hubAndSpoke, set("ssm", { privateDnsEnabled: true }), set("ssm-zone", { vpcs: [{ vpcId }] })),
  },
  {
    title: "a spoke whose hub is not in the stack, with a Resolver rule and a route table whose routes are a secret",
    why: "the rule's name servers may resolve the names to addresses behind any route",
    resources: stack(
      spokeAlone,
      without("to-hub", "spoke-attachment"),
      set("table", { routes: secretText }),
      plus(
        aws("route53/resolverRuleAssociation:ResolverRuleAssociation", "rule-of-spoke", {
          resolverRuleId: "rslvr-rr-1",
          vpcId,
        }),
      ),
    ),
    leavesUnknown: ["dns", ...hopsOfTraffic],
  },
  {
    title: "a spoke whose hub is not in the stack, with a Resolver rule and a route that is a secret",
    why: "the rule's name servers may resolve the names to addresses behind any route",
    resources: stack(
      spokeAlone,
      without("to-hub", "spoke-attachment"),
      set("table", { routes: [secretText] }),
      plus(
        aws("route53/resolverRuleAssociation:ResolverRuleAssociation", "rule-of-spoke", {
          resolverRuleId: "rslvr-rr-1",
          vpcId,
        }),
      ),
    ),
    leavesUnknown: ["dns", ...hopsOfTraffic],
  },
  {
    title: "a spoke whose hub is not in the stack, with a Resolver rule and a route with a secret destination",
    why: "the rule's name servers may resolve the names to addresses behind any route",
    resources: stack(
      spokeAlone,
      without("to-hub", "spoke-attachment"),
      set("table", { routes: [{ cidrBlock: secretText, gatewayId: "igw-1" }] }),
      plus(
        aws("route53/resolverRuleAssociation:ResolverRuleAssociation", "rule-of-spoke", {
          resolverRuleId: "rslvr-rr-1",
          vpcId,
        }),
      ),
    ),
    leavesUnknown: ["dns", ...hopsOfTraffic],
  },
];
