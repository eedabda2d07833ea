import { accountOnly, json } from "../../rules/examples";
import { aws, endpointOnly, endpointsAndNat, natAndGateway, plus, set, stack, vpcId, without } from "./bases";
import type { Trap } from "./trap";

const table = (name: string, id: string) => aws("ec2/routeTable:RouteTable", name, { id, vpcId });
const noRoute = "the route table of `private` has no S3 gateway endpoint, and the route table has no default route";
const ofVpc = "the route table of `private` has no S3 gateway endpoint, and the route table has no default route";

export const s3Route: readonly Trap[] = [
  {
    title: "a gateway endpoint on another subnet's route table",
    why: "a gateway endpoint is a route, and this table has none",
    resources: stack(
      endpointOnly,
      plus(table("other-table", "rtb-other")),
      set("s3", { routeTableIds: ["rtb-other"] }),
    ),
    blocks: ["s3-route", noRoute],
  },
  {
    title: "a gateway endpoint on no route table",
    why: "it is in the VPC and carries nothing",
    resources: stack(endpointOnly, set("s3", { routeTableIds: undefined })),
    blocks: ["s3-route", noRoute],
  },
  {
    title: "a gateway endpoint on its route table by an association",
    why: "VpcEndpointRouteTableAssociation counts as the list does",
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
    title: "a subnet without association, the endpoint on the table that it would have had",
    why: "without association the VPC's main table counts",
    resources: stack(endpointOnly, without("association")),
    blocks: ["s3-route", ofVpc],
  },
  {
    title: "a subnet without association, the endpoint on the VPC's main table",
    why: "without association the VPC's main table counts",
    resources: stack(endpointOnly, without("association", "table"), set("s3", { routeTableIds: ["rtb-main"] })),
  },
  {
    title: "a main table by MainRouteTableAssociation",
    why: "it takes the place of the VPC's first main table",
    resources: stack(
      endpointOnly,
      without("association"),
      plus(aws("ec2/mainRouteTableAssociation:MainRouteTableAssociation", "main", { vpcId, routeTableId: "rtb-1" })),
    ),
  },
  {
    title: "a DefaultRouteTable that the endpoint is on",
    why: "it is the VPC's main table, which the stack manages",
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
    title: "a DefaultRouteTable to which the subnet is associated by name",
    why: "an association may name the main table, too",
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
    title: "a gateway endpoint for DynamoDB in place of S3's",
    why: "each gateway endpoint carries one service",
    resources: stack(endpointOnly, set("s3", { serviceName: "com.amazonaws.eu-west-1.dynamodb" })),
    blocks: ["s3-route", noRoute],
  },
  {
    title: "an S3 interface endpoint in place of the gateway endpoint",
    why: "dnf asks for names that it does not answer, unless it has dual-stack addresses and private DNS",
    resources: stack(
      endpointOnly,
      set("s3", {
        vpcEndpointType: "Interface",
        routeTableIds: undefined,
        subnetIds: ["subnet-1"],
        securityGroupIds: ["sg-endpoints"],
        privateDnsEnabled: true,
      }),
    ),
    blocks: ["s3-route", noRoute],
  },
  {
    title: "an S3 interface endpoint with dual-stack addresses and private DNS",
    why: "that one answers the names of dnf",
    resources: stack(
      endpointOnly,
      set("s3", {
        vpcEndpointType: "Interface",
        ipAddressType: "dualstack",
        routeTableIds: undefined,
        subnetIds: ["subnet-1"],
        securityGroupIds: ["sg-endpoints"],
        privateDnsEnabled: true,
        dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: false },
      }),
    ),
  },
  {
    title: "an S3 interface endpoint with private DNS for resolvers only, beside the gateway endpoint",
    why: "inside the VPC the names lead through the gateway endpoint",
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
    title: "two gateway endpoints for S3, of which the one with the strict policy is on another table",
    why: "only the route table's own decides",
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
    title: "dual-stack subnets with a gateway endpoint for IPv4",
    why: "clients fall back to IPv4, so it is open, with a note",
    resources: stack(endpointOnly, set("private", { ipv6CidrBlock: "2001:db8::/64" })),
    advice: ["note-s3-route"],
  },
  {
    title: "no gateway endpoint, and a default route to an egress-only gateway",
    why: "that one carries IPv6 only",
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
    title: "no gateway endpoint, beside endpoints for SSM and a NAT gateway",
    why: "S3 is public",
    resources: stack(endpointsAndNat, without("s3")),
  },
  {
    title: "a default route to NAT inline in the route table",
    why: "inline routes count as route resources do",
    resources: stack(
      natAndGateway,
      without("to-nat"),
      set("table", { routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }] }),
    ),
  },
];
