import { unknown } from "../../rules/analyze";
import { aws, endpointOnly, endpointsAndNat, plus, set, stack, vpcId, without } from "./bases";
import type { Trap } from "./trap";

const imageId = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
const tagSpecifications = [{ resourceType: "instance", tags: { PatchGroup: "prod" } }];

const template = (others: object) =>
  aws("ec2/launchTemplate:LaunchTemplate", "template", {
    id: "lt-1",
    imageId,
    iamInstanceProfile: { name: "profile" },
    tagSpecifications,
    ...others,
  });
const grouped = template({ vpcSecurityGroupIds: ["sg-web"] });

const group = (vpcZoneIdentifiers: readonly string[], launching: object = { launchTemplate: { id: "lt-1" } }) =>
  aws("autoscaling/group:Group", "web", { vpcZoneIdentifiers, ...launching });

/** A second subnet in another Availability Zone, with its own route table or that of the first. */
const secondSubnet = (routeTableId: string) =>
  plus(
    aws("ec2/routeTable:RouteTable", "bare-table", { id: "rtb-bare", vpcId }),
    aws("ec2/subnet:Subnet", "bare", {
      id: "subnet-2",
      vpcId,
      cidrBlock: "10.0.2.0/24",
      availabilityZone: "eu-west-1b",
    }),
    aws("ec2/routeTableAssociation:RouteTableAssociation", "bare-association", { subnetId: "subnet-2", routeTableId }),
  );

const overBoth = plus(grouped, group(["subnet-1", "subnet-2"]));

/** What a fleet is, and the subnets in which its instances may launch. */
export const fleets: readonly Trap[] = [
  {
    title: "an Auto Scaling group in two subnets, only one of which has the gateway endpoint",
    why: "an instance that launches in the other subnet has no route to S3",
    resources: stack(endpointOnly, without("web"), secondSubnet("rtb-bare"), overBoth),
    blocks: [
      "s3-route",
      "the route table of `bare` has no S3 gateway endpoint, and the route table has no default route",
    ],
    advice: ["note-control-plane"],
  },
  {
    title: "an Auto Scaling group in two subnets with one route table",
    why: "both subnets use the gateway endpoint",
    resources: stack(endpointOnly, without("web"), secondSubnet("rtb-1"), overBoth),
    advice: ["note-control-plane"],
  },
  {
    title: "an Auto Scaling group in two subnets, one of which has only a route to NAT",
    why: "one reaches S3 through the gateway endpoint and the other through NAT",
    resources: stack(
      endpointsAndNat,
      without("web"),
      secondSubnet("rtb-bare"),
      plus(
        aws("ec2/route:Route", "to-nat-too", {
          routeTableId: "rtb-bare",
          destinationCidrBlock: "0.0.0.0/0",
          natGatewayId: "nat-1",
        }),
      ),
      overBoth,
    ),
    advice: ["note-control-plane"],
  },
  {
    title: "an Auto Scaling group with a mixed instances policy",
    why: "its launch template is in the mixed instances policy",
    resources: stack(
      endpointOnly,
      without("web"),
      plus(
        grouped,
        group(["subnet-1"], {
          mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: { launchTemplateId: "lt-1" } } },
        }),
      ),
    ),
  },
  {
    title: "an Auto Scaling group with a launch configuration whose security group has no outbound rule",
    why: "a launch configuration sets the security groups as a launch template does",
    resources: stack(
      endpointOnly,
      without("web"),
      set("web-group", { egress: [] }),
      plus(
        aws("ec2/launchConfiguration:LaunchConfiguration", "configuration", {
          id: "lc-1",
          name: "lc-1",
          imageId,
          securityGroups: ["sg-web"],
          iamInstanceProfile: "profile",
        }),
        group(["subnet-1"], {
          launchConfiguration: "lc-1",
          tags: [{ key: "PatchGroup", value: "prod", propagateAtLaunch: true }],
        }),
      ),
    ),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "a launch template that no resource of the stack uses",
    why: "instances may be launched from it; its network interface has the subnet",
    resources: stack(
      endpointOnly,
      without("web"),
      plus({ ...template({ networkInterfaces: [{ subnetId: "subnet-1", securityGroups: ["sg-web"] }] }), name: "web" }),
    ),
  },
  {
    title: "a maintenance window task whose operation is not known yet",
    why: "it may install patches or only scan",
    resources: stack(
      endpointOnly,
      set("patch", {
        taskInvocationParameters: {
          runCommandParameters: { parameters: [{ name: "Operation", values: [unknown] }] },
        },
      }),
    ),
  },
];
