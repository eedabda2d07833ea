import { secretText } from "../../../../policypack/stack/special-values";
import { unknown } from "../../rules/analyze";
import { aws, endpointOnly, everything, hopsOfTraffic, nat, plus, set, stack, vpcId, without } from "./bases";
import { inPublic, natAndS3, toInternet } from "./public-access";
import {
  dualStack,
  firewall,
  ipv6Route,
  lowerHalf,
  secondNat,
  throughNat,
  to,
  toInternetGateway,
  toList,
  upperHalf,
} from "./routing-base";
import type { Trap } from "./trap";

const toTarget = (target: object) =>
  stack(natAndS3, without("nat"), set("to-nat", { natGatewayId: undefined, ...target }));
const blackhole = { networkInterfaceId: "eni-gone", state: "blackhole" };
const secondTable = secondNat("second", {}, toInternetGateway);
const regional = stack(natAndS3, set("nat", { subnetId: undefined, vpcId, availabilityMode: "regional" }));
const dualStacked = [dualStack, set("s3", { ipAddressType: "dualstack" })];
const noEntry = "the route table has no default route";

/** Targets of default routes, and routes that compete with them. */
export const routingInternet: readonly Trap[] = [
  {
    title: "a default route to a core network",
    why: "whether the core network leads to the internet is not in the stack",
    resources: toTarget({ coreNetworkArn: "arn:aws:networkmanager::111122223333:core-network/core-network-1" }),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a default route to a virtual private gateway",
    why: "whether the network behind the gateway leads to the internet is not in the stack",
    resources: toTarget({ gatewayId: "vgw-0a1b2c3d4e5f67890" }),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a default route for IPv4 to an egress-only internet gateway",
    why: "the gateway supports only IPv6",
    resources: toTarget({ egressOnlyGatewayId: "eigw-1" }),
    blocks: toInternet("the default route for IPv4 targets an egress-only internet gateway, which supports only IPv6"),
  },
  {
    title: "a default route to a NAT gateway that is not known yet",
    why: "which NAT gateway it is, and so its subnet, is known after the update",
    resources: toTarget({ natGatewayId: unknown }),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a NAT gateway whose connectivity type is a secret",
    why: "a private NAT gateway does not reach the internet",
    resources: stack(natAndS3, set("nat", { connectivityType: secretText })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a NAT gateway in a subnet that is not in the stack",
    why: "the routes of its subnet are not in the stack",
    resources: stack(natAndS3, set("nat", { subnetId: "subnet-elsewhere" })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a private NAT gateway in a subnet that is not in the stack",
    why: "its subnet may have a route to an egress VPC",
    resources: stack(natAndS3, set("nat", { connectivityType: "private", subnetId: "subnet-elsewhere" })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a NAT gateway in the subnet that it serves, and no endpoint for ssm",
    why: "the default route of its own subnet targets it",
    resources: stack(natAndS3, set("nat", { subnetId: "subnet-1" })),
    blocks: toInternet("the NAT gateway `nat` is in a subnet whose default route targets it"),
  },
  {
    title: "a private NAT gateway in a subnet with an internet gateway, and no endpoint for ssm",
    why: "it has no public IP address, so the internet gateway drops its traffic",
    resources: stack(natAndS3, set("nat", { connectivityType: "private" })),
    blocks: toInternet("the default route targets a private NAT gateway, which has no route to the internet"),
  },
  {
    title: "a private NAT gateway for IPv4, and an egress-only internet gateway for IPv6",
    why: "only hosts with an IPv6 address are reachable",
    resources: stack(natAndS3, set("nat", { connectivityType: "private" }), ...dualStacked, ipv6Route("::/0")),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a blackhole route for IPv4, and an egress-only internet gateway for IPv6",
    why: "only hosts with an IPv6 address are reachable",
    resources: stack(
      natAndS3,
      set("to-nat", { natGatewayId: "nat-gone", state: "blackhole" }),
      ...dualStacked,
      ipv6Route("::/0"),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a dual-stack subnet with a route for an IPv6 block of public addresses, and no endpoint for ssm",
    why: "only hosts in that block are reachable",
    resources: stack(endpointOnly, without("ssm"), ...dualStacked, ipv6Route("2600:1f18:fd00::/40")),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a dual-stack subnet with a route to an appliance for a private IPv4 range, and no endpoint for ssm",
    why: "there is no route to public addresses",
    resources: stack(endpointOnly, without("ssm"), ...dualStacked, plus(to("corporate", "172.16.0.0/12", firewall))),
    blocks: toInternet(noEntry),
  },
  {
    title: "an internet gateway, and a subnet whose setting for public IP addresses is a secret",
    why: "an internet gateway serves only instances with a public IP address",
    resources: stack(
      inPublic,
      set("web", { associatePublicIpAddress: undefined }),
      set("private", { mapPublicIpOnLaunch: secretText }),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "an internet gateway, and an instance whose setting for a public IP address is a secret",
    why: "an internet gateway serves only instances with a public IP address",
    resources: stack(inPublic, set("web", { associatePublicIpAddress: secretText })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a public IP address, and a default route in two halves, to a NAT gateway and to an internet gateway",
    why: "both reach the internet",
    resources: stack(
      natAndS3,
      without("to-nat"),
      set("web", { associatePublicIpAddress: true }),
      plus(to("lower", lowerHalf, throughNat), to("upper", upperHalf, { gatewayId: "igw-1" })),
    ),
  },
  {
    title: "a default route to NAT, and a route to a second NAT gateway for a prefix list that is not in the stack",
    why: "both NAT gateways reach the internet, whichever addresses are in the list",
    resources: stack(natAndS3, secondTable, plus(toList("pl-elsewhere", { natGatewayId: "nat-second" }))),
  },
  {
    title: "a default route to NAT, and a route to a firewall for 256 addresses",
    why: "no host of AWS or of a distributor relies on so few addresses",
    resources: stack(nat, plus(to("inspected", "185.220.101.0/24", firewall))),
  },
  {
    title: "a default route to NAT, and a route to a firewall for 512 addresses",
    why: "a host may have only addresses in that block",
    resources: stack(nat, plus(to("inspected", "185.220.100.0/23", firewall))),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a default route to NAT, a blackhole route for some addresses and a route to a firewall for others",
    why: "a host may have addresses in either block",
    resources: stack(nat, plus(to("gone", "52.1.0.0/16", blackhole), to("inspected", "53.0.0.0/8", firewall))),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a default route to NAT, a blackhole route for many addresses and a route to a firewall for one",
    why: "a host may have addresses in the wider block",
    resources: stack(
      natAndS3,
      plus(to("gone", "52.0.0.0/8", blackhole), to("inspected", "185.220.101.1/32", firewall)),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a regional NAT gateway with VPC Block Public Access for inbound traffic",
    why: "NAT gateways allow only outbound connections, which remain allowed",
    resources: stack(
      regional,
      plus(
        aws("ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions", "options", {
          internetGatewayBlockMode: "block-ingress",
        }),
      ),
    ),
  },
  {
    title: "a regional NAT gateway, and an internet gateway that InternetGatewayAttachment attaches",
    why: "it attaches the internet gateway as `vpcId` does",
    resources: stack(
      regional,
      set("igw", { vpcId: undefined }),
      plus(
        aws("ec2/internetGatewayAttachment:InternetGatewayAttachment", "attachment", {
          internetGatewayId: "igw-1",
          vpcId,
        }),
      ),
    ),
  },
  {
    title: "a regional NAT gateway and an internet gateway, neither with a VPC that is known yet",
    why: "whether both are in one VPC is known after the update",
    resources: stack(regional, set("nat", { vpcId: unknown }), set("igw", { vpcId: unknown })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a route table whose routes are a secret",
    why: "one of them may be more specific than the default route",
    resources: stack(nat, set("table", { routes: secretText }), set("web-group", { egress: [everything] })),
    leavesUnknown: hopsOfTraffic,
  },
];
