import { endpointOnly, endpointsAndNat, hopsOfTraffic, set, stack, without } from "./bases";
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

export const elsewhere: readonly Trap[] = [
  {
    title: "a subnet from elsewhere",
    why: "its routes, VPC and network ACL are not in the stack",
    resources: stack(endpointOnly, without("association"), set("web", { subnetId: "subnet-elsewhere" })),
    leavesUnknown: ["dns", ...hopsOfTraffic],
  },
  {
    title: "a route table from elsewhere",
    why: "its routes are not in the stack",
    resources: stack(endpointOnly, set("association", { routeTableId: "rtb-elsewhere" })),
    leavesUnknown: ["s3-route", "payload", "snapshot", "repository"],
  },
  {
    title: "a NAT gateway from elsewhere, and no endpoint for S3",
    why: "whether it works is not in the stack",
    resources: stack(endpointsAndNat, without("nat", "s3"), set("to-nat", { natGatewayId: "nat-elsewhere" })),
    leavesUnknown: ["s3-route", "payload", "snapshot", "repository"],
  },
  {
    title: "GovCloud",
    why: "the names of its buckets are not confirmed, so that the patterns of the policy may miss them",
    region: "us-gov-west-1",
    resources: inRegion("us-gov-west-1", "aws-us-gov"),
    leavesUnknown: ["payload", "snapshot", "repository"],
  },
  {
    title: "China, with the default endpoint policy",
    why: "its service names end as all do, and EC2 is trusted by its own name there",
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
