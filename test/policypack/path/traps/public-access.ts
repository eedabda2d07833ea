import { aws, endpointOnly, nat, plus, set, stack, vpcId, without } from "./bases";
import type { Trap } from "./trap";

export const toInternet = (blocked: string): readonly ["control-plane", string] => [
  "control-plane",
  `the VPC has no endpoint for \`ssm\`, and ${blocked}`,
];
const blockedByOptions = "VPC Block Public Access (`options`) blocks the internet gateway";

/** A NAT gateway, and the S3 endpoint so that nothing else needs the internet gateway. */
export const natAndS3 = stack(nat, plus(...endpointOnly.filter(({ name }) => name === "s3")));

/** An instance with a public IP address in a subnet with a route to an internet gateway. */
export const inPublic = stack(
  natAndS3,
  without("nat"),
  set("to-nat", { natGatewayId: undefined, gatewayId: "igw-1" }),
  set("web", { associatePublicIpAddress: true }),
);

const options = (internetGatewayBlockMode: string) =>
  aws("ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions", "options", { internetGatewayBlockMode });
const exclusion = (name: string, internetGatewayExclusionMode: string, of: object) =>
  aws("ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion", name, { internetGatewayExclusionMode, ...of });

/** What VPC Block Public Access blocks, and what its exclusions exempt. */
export const publicAccess: readonly Trap[] = [
  {
    title: "VPC Block Public Access in both directions, with NAT",
    why: "traffic of a NAT gateway passes the internet gateway",
    resources: stack(natAndS3, plus(options("block-bidirectional"))),
    blocks: toInternet(blockedByOptions),
  },
  {
    title: "VPC Block Public Access for inbound traffic, with NAT",
    why: "NAT gateways allow only outbound connections, which remain allowed",
    resources: stack(natAndS3, plus(options("block-ingress"))),
  },
  {
    title: "VPC Block Public Access for inbound traffic, with a public IP address",
    why: "in this mode, only NAT gateways can use the internet gateway",
    resources: stack(inPublic, plus(options("block-ingress"))),
    blocks: toInternet(blockedByOptions),
  },
  {
    title: "a public IP address without VPC Block Public Access",
    why: "the internet gateway is not blocked",
    resources: inPublic,
  },
  {
    title: "VPC Block Public Access that is off",
    why: "the mode `off` blocks nothing",
    resources: stack(natAndS3, plus(options("off"))),
  },
  {
    title: "VPC Block Public Access with the VPC excluded for outbound traffic",
    why: "an excluded VPC is exempt",
    resources: stack(natAndS3, plus(options("block-bidirectional"), exclusion("free", "allow-egress", { vpcId }))),
  },
  {
    title: "VPC Block Public Access for inbound traffic, with an exclusion for outbound traffic",
    why: "an exclusion for outbound traffic applies only in bidirectional mode",
    resources: stack(inPublic, plus(options("block-ingress"), exclusion("free", "allow-egress", { vpcId }))),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "VPC Block Public Access with the subnet of the instance excluded in both directions",
    why: "an excluded subnet is exempt",
    resources: stack(
      inPublic,
      plus(options("block-ingress"), exclusion("free", "allow-bidirectional", { subnetId: "subnet-1" })),
    ),
  },
  {
    title: "VPC Block Public Access with only the subnet of the NAT gateway excluded",
    why: "AWS does not document which of the two subnets must be excluded",
    resources: stack(
      natAndS3,
      plus(options("block-bidirectional"), exclusion("free", "allow-bidirectional", { subnetId: "subnet-public" })),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "VPC Block Public Access with both subnets excluded",
    why: "every subnet that the traffic passes is exempt",
    resources: stack(
      natAndS3,
      plus(
        options("block-bidirectional"),
        exclusion("free", "allow-bidirectional", { subnetId: "subnet-public" }),
        exclusion("free-too", "allow-egress", { subnetId: "subnet-1" }),
      ),
    ),
  },
  {
    title: "VPC Block Public Access with another VPC excluded",
    why: "an exclusion exempts only its own VPC",
    resources: stack(
      natAndS3,
      plus(
        aws("ec2/vpc:Vpc", "shared", { id: "vpc-shared", cidrBlock: "10.99.0.0/16" }),
        options("block-bidirectional"),
        exclusion("free", "allow-bidirectional", { vpcId: "vpc-shared" }),
      ),
    ),
    blocks: toInternet(blockedByOptions),
  },
  {
    title: "VPC Block Public Access, endpoints only",
    why: "no traffic passes an internet gateway",
    resources: stack(endpointOnly, plus(options("block-bidirectional"))),
  },
  {
    title: "VPC Block Public Access in another Region",
    why: "it is a regional setting",
    resources: stack(
      natAndS3,
      plus(
        aws(options("").type.slice(4), "options", {
          internetGatewayBlockMode: "block-bidirectional",
          region: "us-east-1",
        }),
      ),
    ),
  },
];
