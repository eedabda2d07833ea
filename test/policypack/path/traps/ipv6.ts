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

/** Dual-stack subnets: what is true of IPv4 stays true, and IPv6 decides nothing that it does not carry. */
export const ipv6: readonly Trap[] = [
  {
    title: "a dual-stack subnet with a dual-stack S3 endpoint",
    why: "the agent's names have IPv4 only, and S3's both, which the endpoint carries",
    resources: stack(endpointOnly, dualStack, set("s3", { ipAddressType: "dualstack" })),
  },
  {
    title: "a dual-stack subnet with a way out for IPv6, beside the endpoints",
    why: "what goes by endpoints does not take it",
    resources: stack(endpointOnly, dualStack, egressOnly, set("s3", { ipAddressType: "dualstack" })),
  },
  {
    title: "a dual-stack subnet with a way out for IPv6 only, and no endpoint for ssm",
    why: "a host that answers by IPv6 is reached, and no other",
    resources: stack(endpointOnly, dualStack, egressOnly, without("ssm"), set("s3", { ipAddressType: "dualstack" })),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a subnet of IPv4 only with a route for IPv6, and no endpoint for ssm",
    why: "without IPv6 addresses the route carries nothing",
    resources: stack(endpointOnly, egressOnly, without("ssm")),
    blocks: ["control-plane", "the VPC has no endpoint for `ssm`, and the route table has no default route"],
  },
  {
    title: "a dual-stack subnet without any route out, and no endpoint for ssm",
    why: "addresses alone lead nowhere",
    resources: stack(endpointOnly, dualStack, without("ssm"), set("s3", { ipAddressType: "dualstack" })),
    blocks: ["control-plane", "the VPC has no endpoint for `ssm`, and the route table has no default route"],
  },
  {
    title: "a dual-stack subnet with NAT for IPv4 and an egress-only gateway for IPv6",
    why: "NAT reaches every host",
    resources: stack(nat, dualStack, egressOnly),
  },
  {
    title: "a dual-stack subnet with a way out for IPv6 only, and no endpoint",
    why: "whether S3, Systems Manager and the mirrors are asked by IPv6 is nowhere in the stack",
    resources: stack(nat, dualStack, egressOnly, withoutNat),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a NAT gateway in a dual-stack subnet with a way out for IPv6 only, and no endpoint for ssm",
    why: "NAT needs IPv4",
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
    title: "egress to all of IPv6, and to nothing of IPv4",
    why: "the endpoints of Systems Manager are asked by IPv4",
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
    title: "a subnet with IPv6 only",
    why: "which hosts the agent and dnf ask from there is not what is judged here",
    resources: stack(
      endpointOnly,
      set("private", { cidrBlock: undefined, ipv6CidrBlock: "2001:db8::/64", ipv6Native: true }),
    ),
    leavesUnknown: ["dns", ...hopsOfTraffic],
  },
];
