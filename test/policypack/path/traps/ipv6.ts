import {
  aws,
  endpointOnly,
  endpointsAndNat,
  https,
  hopsOfTraffic,
  nat,
  plus,
  set,
  stack,
  vpcId,
  without,
} from "./bases";
import type { Trap } from "./trap";

const dualStack = set("private", { ipv6CidrBlock: "2001:db8::/64", assignIpv6AddressOnCreation: true });

const egressOnly = plus(
  aws("ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway", "egress-only", { id: "eigw-1", vpcId }),
  aws("ec2/route:Route", "to-ipv6", {
    routeTableId: "rtb-1",
    destinationIpv6CidrBlock: "::/0",
    egressOnlyGatewayId: "eigw-1",
  }),
);

const withoutNat = without("nat", "to-nat");

/** Dual-stack subnets: the verdicts for IPv4 still apply, and IPv6 changes only what it carries. */
export const ipv6: readonly Trap[] = [
  {
    title: "a dual-stack subnet with a dual-stack S3 endpoint",
    why: "the agent's names resolve to IPv4 only, and S3's names to both, which the endpoint carries",
    resources: stack(endpointOnly, dualStack, set("s3", { ipAddressType: "dualstack" })),
  },
  {
    title: "a dual-stack subnet with an IPv6 route to the internet, in addition to the endpoints",
    why: "traffic to the endpoints does not use the IPv6 route",
    resources: stack(endpointOnly, dualStack, egressOnly, set("s3", { ipAddressType: "dualstack" })),
  },
  {
    title: "a dual-stack subnet with a route to the internet for IPv6 only, and no endpoint for ssm",
    why: "only hosts with an IPv6 address are reachable",
    resources: stack(endpointOnly, dualStack, egressOnly, without("ssm"), set("s3", { ipAddressType: "dualstack" })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "an IPv4-only subnet with a route for IPv6, and no endpoint for ssm",
    why: "instances without IPv6 addresses cannot use the route",
    resources: stack(endpointOnly, egressOnly, without("ssm")),
    blocks: ["control-plane", "the VPC has no endpoint for `ssm`, and the route table has no default route"],
  },
  {
    title: "a dual-stack subnet with no route to the internet, and no endpoint for ssm",
    why: "IPv6 addresses without a route do not reach the internet",
    resources: stack(endpointOnly, dualStack, without("ssm"), set("s3", { ipAddressType: "dualstack" })),
    blocks: ["control-plane", "the VPC has no endpoint for `ssm`, and the route table has no default route"],
  },
  {
    title: "a dual-stack subnet with NAT for IPv4 and an egress-only internet gateway for IPv6",
    why: "NAT reaches every host",
    resources: stack(nat, dualStack, egressOnly),
  },
  {
    title: "a dual-stack subnet with a route to the internet for IPv6 only, and no endpoint",
    why: "whether S3, Systems Manager and the mirrors are reached over IPv6 is not in the stack",
    resources: stack(nat, dualStack, egressOnly, withoutNat),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a NAT gateway in a dual-stack subnet with a route to the internet for IPv6 only, and no endpoint for ssm",
    why: "the NAT gateway needs a route for IPv4",
    resources: stack(
      endpointsAndNat,
      without("ssm"),
      set("public", { ipv6CidrBlock: "2001:db8:0:1::/64", assignIpv6AddressOnCreation: true }),
      set("public-table", { routes: [{ ipv6CidrBlock: "::/0", gatewayId: "igw-1" }] }),
    ),
    blocks: [
      "control-plane",
      "the VPC has no endpoint for `ssm`, and the subnet of the NAT gateway has no route to an internet gateway",
    ],
  },
  {
    title: "outbound rules to all of IPv6, and for IPv4 only to S3",
    why: "the agent reaches the endpoints of Systems Manager over IPv4",
    resources: stack(
      endpointOnly,
      dualStack,
      set("s3", { ipAddressType: "dualstack" }),
      set("web-group", {
        egress: [
          { ...https, ipv6CidrBlocks: ["::/0"] },
          { ...https, prefixListIds: ["pl-s3"] },
        ],
      }),
    ),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "an IPv6-only subnet",
    why: "which hosts the agent and dnf use from such a subnet is not evaluated",
    resources: stack(
      endpointOnly,
      set("private", { cidrBlock: undefined, ipv6CidrBlock: "2001:db8::/64", ipv6Native: true }),
    ),
    leavesUnknown: ["dns", ...hopsOfTraffic],
  },
];
