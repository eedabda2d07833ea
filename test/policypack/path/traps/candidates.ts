import { json } from "../../rules/examples";
import {
  type Change,
  aws,
  endpointOnly,
  endpointsAndNat,
  hopsOfTraffic,
  natAndGateway,
  plus,
  set,
  stack,
  vpcId,
  without,
} from "./bases";
import type { Trap } from "./trap";

/** A second private subnet with its own route table. */
const second = (table: string): Change =>
  plus(
    aws("ec2/subnet:Subnet", "private-b", {
      id: "subnet-2",
      vpcId,
      cidrBlock: "10.0.2.0/24",
      availabilityZone: "eu-west-1a",
    }),
    aws("ec2/routeTable:RouteTable", "table-b", { id: "rtb-2", vpcId }),
    aws("ec2/routeTableAssociation:RouteTableAssociation", "association-b", {
      subnetId: "subnet-2",
      routeTableId: table,
    }),
  );
const component = ["vpc", "private", "private-b", "table", "table-b", "association", "association-b"];
const anywhere = [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }];
const toNat = (table: string) =>
  aws("ec2/route:Route", `to-nat-of-${table}`, {
    routeTableId: table,
    destinationCidrBlock: "0.0.0.0/0",
    natGatewayId: "nat-1",
  });

const s3Endpoints = ["s3", "s3-b"];
const everyRequest = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };

/** A second S3 endpoint, in another VPC, and a policy that denies everything at one of the two. */
const withPolicyOf = (vpcEndpointId: string) =>
  stack(
    endpointOnly,
    plus(
      aws("ec2/vpc:Vpc", "vpc-b", { id: "vpc-b", cidrBlock: "10.1.0.0/16" }),
      aws("ec2/vpcEndpoint:VpcEndpoint", "s3-b", {
        id: "vpce-s3-b",
        vpcId: "vpc-b",
        serviceName: "com.amazonaws.eu-west-1.s3",
      }),
      aws("ec2/vpcEndpointPolicy:VpcEndpointPolicy", "attached", {
        vpcEndpointId,
        policy: json({ ...everyRequest, Effect: "Deny" }),
      }),
    ),
  );

/** A network of a remote component: which of its subnets an instance runs in is unknown at preview. */
export const candidates: readonly Trap[] = [
  {
    title: "one of two subnets of a component, neither of whose route tables has the S3 gateway endpoint",
    why: "neither subnet has a route to S3",
    resources: stack(endpointOnly, second("rtb-2"), without("s3"), set("web-group", { egress: anywhere })),
    component,
    blocks: [
      "s3-route",
      "the route table of `private` has no S3 gateway endpoint, and the route table has no default route",
    ],
  },
  {
    title: "one of two subnets of a component, only one of which has the S3 gateway endpoint",
    why: "once the subnet is known, the instance has a route to S3",
    resources: stack(endpointOnly, second("rtb-2"), set("s3", { routeTableIds: ["rtb-1"] })),
    component: component.filter((name) => !["table", "table-b"].includes(name)),
    unknownAtPreview: ["s3-route"],
  },
  {
    title: "one of two subnets of a component, both behind NAT",
    why: "both subnets have a route to the internet",
    resources: stack(natAndGateway, without("s3"), second("rtb-2"), plus(toNat("rtb-2"))),
    component: [...component, "to-nat", "to-nat-of-rtb-2"],
  },
  {
    title: "one of two subnets of a component, both behind NAT, and no endpoint for ssm",
    why: "the endpoint is missing for both subnets, and neither needs it",
    resources: stack(endpointsAndNat, without("s3", "ssm"), second("rtb-2"), plus(toNat("rtb-2"))),
    component: [...component, "to-nat", "to-nat-of-rtb-2"],
  },
  {
    title: "one of a public and a private subnet of a component, without a public IP address",
    why: "the internet gateway of one carries only public addresses, and the NAT gateway of the other serves the instance",
    resources: natAndGateway,
    component: ["vpc", "private", "table", "association", "public", "public-table", "public-association", "to-nat"],
    unknownAtPreview: hopsOfTraffic,
  },
  {
    title: "a VpcEndpointPolicy for the one of a component's two S3 endpoints that is in another VPC",
    why: "until the update, it may be the one that replaces the policy of the fleet's endpoint",
    resources: withPolicyOf("vpce-s3-b"),
    component: s3Endpoints,
    unknownAtPreview: ["payload", "snapshot", "repository"],
  },
  {
    title: "a VpcEndpointPolicy for an endpoint other than the component's two",
    why: "it replaces the policy of another service's endpoint",
    resources: stack(
      withPolicyOf("vpce-ssm"),
      set("ssm", { id: "vpce-ssm" }),
      set("attached", { policy: json(everyRequest) }),
    ),
    component: s3Endpoints,
  },
];
