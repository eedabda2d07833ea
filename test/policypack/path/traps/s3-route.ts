import { secretText } from "../../../../policypack/stack/special-values";
import { accountOnly, json } from "../../rules/examples";
import {
  aws,
  dualStackS3,
  endpointOnly,
  endpointsAndNat,
  natAndGateway,
  plus,
  set,
  stack,
  vpcId,
  without,
} from "./bases";
import type { Trap } from "./trap";

const table = (name: string, id: string) => aws("ec2/routeTable:RouteTable", name, { id, vpcId });
const noRoute = "the route table of `private` has no S3 gateway endpoint, and the route table has no default route";
const ofVpc = "the route table of `private` has no S3 gateway endpoint, and the route table has no default route";

const secretSettings: readonly (readonly [what: string, props: Readonly<Record<string, unknown>>])[] = [
  ["service", { serviceName: secretText }],
  ["type", { vpcEndpointType: secretText }],
  ["type of addresses", { ipAddressType: secretText }],
  ["private DNS", { privateDnsEnabled: secretText }],
  ["group of DNS options", { dnsOptions: secretText }],
  ["setting for inbound Resolver endpoints", { dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: secretText } }],
];

export const s3Route: readonly Trap[] = [
  {
    title: "a gateway endpoint that is associated with another route table only",
    why: "a gateway endpoint is used by a route, and this route table has none",
    resources: stack(
      endpointOnly,
      plus(table("other-table", "rtb-other")),
      set("s3", { routeTableIds: ["rtb-other"] }),
    ),
    blocks: ["s3-route", noRoute],
  },
  {
    title: "a gateway endpoint that is not associated with a route table",
    why: "a gateway endpoint carries traffic only by routes",
    resources: stack(endpointOnly, set("s3", { routeTableIds: undefined })),
    blocks: ["s3-route", noRoute],
  },
  {
    title: "a gateway endpoint that is associated by VpcEndpointRouteTableAssociation",
    why: "VpcEndpointRouteTableAssociation adds a route table as `routeTableIds` does",
    resources: stack(
      endpointOnly,
      set("s3", { routeTableIds: undefined }),
      plus(
        aws("ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation", "s3-on-table", {
          vpcEndpointId: "vpce-s3",
          routeTableId: "rtb-1",
        }),
      ),
    ),
  },
  {
    title: "a subnet without a route table association, and a gateway endpoint in another route table",
    why: "without an association, a subnet uses the VPC's main route table",
    resources: stack(endpointOnly, without("association")),
    blocks: ["s3-route", ofVpc],
  },
  {
    title: "a subnet without a route table association, and a gateway endpoint in the main route table",
    why: "without an association, a subnet uses the VPC's main route table",
    resources: stack(endpointOnly, without("association", "table"), set("s3", { routeTableIds: ["rtb-main"] })),
  },
  {
    title: "a main route table set by MainRouteTableAssociation",
    why: "it replaces the original main route table of the VPC",
    resources: stack(
      endpointOnly,
      without("association"),
      plus(aws("ec2/mainRouteTableAssociation:MainRouteTableAssociation", "main", { vpcId, routeTableId: "rtb-1" })),
    ),
  },
  {
    title: "a DefaultRouteTable with the gateway endpoint",
    why: "a DefaultRouteTable manages the VPC's main route table",
    resources: stack(
      endpointOnly,
      without("association", "table"),
      plus(
        aws("ec2/defaultRouteTable:DefaultRouteTable", "default-table", {
          id: "rtb-main",
          defaultRouteTableId: "rtb-main",
          routes: [],
        }),
      ),
      set("s3", { routeTableIds: ["rtb-main"] }),
    ),
  },
  {
    title: "a DefaultRouteTable with which the subnet is explicitly associated",
    why: "a subnet can be explicitly associated with the main route table",
    resources: stack(
      endpointOnly,
      without("table"),
      plus(
        aws("ec2/defaultRouteTable:DefaultRouteTable", "default-table", {
          id: "rtb-main",
          defaultRouteTableId: "rtb-main",
          routes: [],
        }),
      ),
      set("association", { routeTableId: "rtb-main" }),
      set("s3", { routeTableIds: ["rtb-main"] }),
    ),
  },
  {
    title: "a gateway endpoint for DynamoDB instead of S3",
    why: "a gateway endpoint serves one service",
    resources: stack(endpointOnly, set("s3", { serviceName: "com.amazonaws.eu-west-1.dynamodb" })),
    blocks: ["s3-route", noRoute],
  },
  {
    title: "an S3 interface endpoint instead of the gateway endpoint",
    why: "dnf uses names that the endpoint serves only with dual-stack addresses and private DNS",
    resources: stack(endpointOnly, dualStackS3({ ipAddressType: undefined, dnsOptions: undefined })),
    blocks: ["s3-route", noRoute],
  },
  {
    title: "an S3 interface endpoint with dual-stack addresses and private DNS",
    why: "its private DNS names include those that dnf uses",
    resources: stack(endpointOnly, dualStackS3()),
  },
  ...secretSettings.map(([what, props]): Trap => ({
    title: `an S3 interface endpoint with dual-stack addresses whose ${what} is a secret`,
    why: "whether the names that dnf uses resolve to the endpoint depends on it",
    resources: stack(endpointOnly, dualStackS3(props)),
    leavesUnknown: ["s3-route", "payload", "snapshot", "repository"],
  })),
  {
    title: "an endpoint of a secret service without dual-stack addresses, in addition to the gateway endpoint",
    why: "even if it is for S3, the names that dnf uses do not resolve to it",
    resources: stack(
      endpointOnly,
      plus(
        aws("ec2/vpcEndpoint:VpcEndpoint", "secret", {
          id: "vpce-secret",
          vpcId,
          serviceName: secretText,
          vpcEndpointType: "Interface",
          subnetIds: ["subnet-1"],
          securityGroupIds: ["sg-endpoints"],
          privateDnsEnabled: true,
        }),
      ),
    ),
  },
  {
    title:
      "an S3 interface endpoint with private DNS only for inbound Resolver endpoints, in addition to the gateway endpoint",
    why: "from the VPC, traffic to S3 uses the gateway endpoint",
    resources: stack(
      endpointOnly,
      plus(
        aws("ec2/vpcEndpoint:VpcEndpoint", "s3-interface", {
          id: "vpce-s3-interface",
          vpcId,
          serviceName: "com.amazonaws.eu-west-1.s3",
          vpcEndpointType: "Interface",
          subnetIds: ["subnet-1"],
          securityGroupIds: ["sg-endpoints"],
          privateDnsEnabled: true,
          dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: true },
          policy: json(accountOnly),
        }),
      ),
    ),
  },
  {
    title: "two gateway endpoints for S3, the one with the strict policy in another route table",
    why: "only the endpoint in the subnet's route table applies",
    resources: stack(
      endpointOnly,
      plus(
        table("other-table", "rtb-other"),
        aws("ec2/vpcEndpoint:VpcEndpoint", "strict", {
          id: "vpce-strict",
          vpcId,
          serviceName: "com.amazonaws.eu-west-1.s3",
          routeTableIds: ["rtb-other"],
          prefixListId: "pl-s3",
          policy: json(accountOnly),
        }),
      ),
    ),
    unknownAtPreview: [],
  },
  {
    title: "a dual-stack subnet with a gateway endpoint for IPv4",
    why: "clients fall back to IPv4, so the hop is open, with a note",
    resources: stack(endpointOnly, set("private", { ipv6CidrBlock: "2001:db8::/64" })),
    advice: ["note-s3-route"],
  },
  {
    title: "no gateway endpoint, and a default route to an egress-only internet gateway",
    why: "an egress-only internet gateway carries only IPv6",
    resources: stack(
      endpointOnly,
      without("s3"),
      set("web-group", { egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }] }),
      plus(
        aws("ec2/route:Route", "to-ipv6", {
          routeTableId: "rtb-1",
          destinationIpv6CidrBlock: "::/0",
          egressOnlyGatewayId: "eigw-1",
        }),
      ),
    ),
    blocks: ["s3-route", noRoute],
  },
  {
    title: "no gateway endpoint, with endpoints for Systems Manager and a NAT gateway",
    why: "the NAT gateway reaches the public addresses of S3",
    resources: stack(endpointsAndNat, without("s3")),
  },
  {
    title: "a default route to NAT inline in the route table",
    why: "inline routes apply as route resources do",
    resources: stack(
      natAndGateway,
      without("to-nat"),
      set("table", { routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }] }),
    ),
  },
];
