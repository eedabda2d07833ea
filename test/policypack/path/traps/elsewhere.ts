import {
  type Change,
  aws,
  endpointOnly,
  endpointsAndNat,
  hopsOfTraffic,
  native,
  plus,
  set,
  stack,
  vpcId,
  without,
} from "./bases";
import type { Trap } from "./trap";

const inRegion = (region: string, partition: string) =>
  endpointOnly.map((one) => ({
    ...one,
    props: JSON.parse(
      JSON.stringify(one.props)
        .replaceAll("com.amazonaws.eu-west-1", `com.amazonaws.${region}`)
        .replaceAll("arn:aws:", `arn:${partition}:`)
        .replaceAll("eu-west-1", region),
    ) as Record<string, unknown>,
  }));

const inSubnetElsewhere = (...changes: readonly Change[]) =>
  stack(endpointOnly, without("association"), set("web", { subnetId: "subnet-elsewhere" }), ...changes);

export const elsewhere: readonly Trap[] = [
  {
    title: "a subnet that is not in the stack",
    why: "its route table, VPC and network ACL are not in the stack",
    resources: stack(endpointOnly, without("association"), set("web", { subnetId: "subnet-elsewhere" })),
    leavesUnknown: ["dns", ...hopsOfTraffic],
  },
  {
    title: "a subnet that is not in the stack, and a security group without outbound rules",
    why: "the security group allows no outbound traffic, whatever the destination is",
    resources: inSubnetElsewhere(set("web-group", { egress: [] })),
    blocks: ["security-groups", "the security groups have no outbound rule"],
    leavesUnknown: ["dns", ...hopsOfTraffic.filter((hop) => hop !== "security-groups")],
  },
  {
    title:
      "a subnet that is not in the stack, and a security group whose only outbound rule is a SecurityGroupEgressRule",
    why: "the destination of the rule is not known",
    resources: inSubnetElsewhere(
      set("web-group", { egress: [] }),
      plus(
        aws("vpc/securityGroupEgressRule:SecurityGroupEgressRule", "out", {
          securityGroupId: "sg-web",
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          referencedSecurityGroupId: "sg-elsewhere",
        }),
      ),
    ),
    leavesUnknown: ["dns", ...hopsOfTraffic],
  },
  {
    title: "a subnet that is not in the stack, and a security group with an outbound rule for another port",
    why: "the rule may be for a proxy",
    resources: inSubnetElsewhere(
      set("web-group", { egress: [{ protocol: "tcp", fromPort: 3128, toPort: 3128, cidrBlocks: ["10.0.9.0/24"] }] }),
    ),
    leavesUnknown: ["dns", ...hopsOfTraffic],
  },
  {
    title:
      "a subnet that is not in the stack, a security group without outbound rules and one that is not in the stack",
    why: "the rules of all security groups of an instance are combined",
    resources: inSubnetElsewhere(
      set("web-group", { egress: [] }),
      set("web", { vpcSecurityGroupIds: ["sg-web", "sg-elsewhere"] }),
    ),
    leavesUnknown: ["dns", ...hopsOfTraffic],
  },
  {
    title: "a subnet that is not in the stack, and a security group that the stack only reads, with no outbound rule",
    why: "the stack that creates the group may have its rules as separate resources",
    resources: inSubnetElsewhere((resources) =>
      resources.map((one) =>
        one.name === "web-group" ? { ...one, isRead: true, props: { ...one.props, egress: [] } } : one,
      ),
    ),
    leavesUnknown: ["dns", ...hopsOfTraffic],
  },
  {
    title: "a subnet that is not in the stack, and no security group",
    why: "the default security group of its VPC is not in the stack",
    resources: inSubnetElsewhere(set("web", { vpcSecurityGroupIds: undefined })),
    leavesUnknown: ["dns", ...hopsOfTraffic],
  },
  {
    title: "a subnet that is not in the stack, and an aws-native security group without outbound rules of its own",
    why: "aws-native keeps the default rule of AWS, which allows all outbound traffic",
    resources: inSubnetElsewhere(
      without("web-group"),
      plus(native("ec2:SecurityGroup", "web-group", { id: "sg-web", groupId: "sg-web", vpcId })),
    ),
    leavesUnknown: ["dns", ...hopsOfTraffic],
  },
  {
    title: "a route table that is not in the stack",
    why: "its routes are not in the stack",
    resources: stack(endpointOnly, set("association", { routeTableId: "rtb-elsewhere" })),
    leavesUnknown: ["s3-route", "payload", "snapshot", "repository"],
  },
  {
    title: "a NAT gateway that is not in the stack, and no endpoint for S3",
    why: "whether the NAT gateway reaches the internet is not in the stack",
    resources: stack(endpointsAndNat, without("nat", "s3"), set("to-nat", { natGatewayId: "nat-elsewhere" })),
    leavesUnknown: ["s3-route", "payload", "snapshot", "repository"],
  },
  {
    title: "GovCloud",
    why: "its bucket names are not confirmed, so the patterns of the policy may not match them",
    region: "us-gov-west-1",
    resources: inRegion("us-gov-west-1", "aws-us-gov"),
    leavesUnknown: ["payload", "snapshot", "repository"],
  },
  {
    title: "China, with the default endpoint policy",
    why: "endpoint service names have the same suffixes as elsewhere, and the service principal of EC2 has its own name there",
    region: "cn-north-1",
    resources: stack(
      inRegion("cn-north-1", "aws-cn"),
      set("s3", { policy: undefined }),
      set("instances", {
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com.cn" } }],
        }),
      }),
      set("ssm", { serviceName: "cn.com.amazonaws.cn-north-1.ssm" }),
    ),
  },
];
