import { type ExampleResource, unknown } from "../../rules/analyze";
import { aws, endpointOnly, hopsOfTraffic, native, plus, stack, vpcId, without } from "./bases";
import type { Trap } from "./trap";

const imageId = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
const tags = { PatchGroup: "prod" };
const tagSpecifications = [{ resourceType: "instance", tags }];

const settings = {
  imageId,
  iamInstanceProfile: { name: "profile" },
  vpcSecurityGroupIds: ["sg-web"],
  tagSpecifications,
};
export const template = (name: string, others: object = {}) =>
  aws("ec2/launchTemplate:LaunchTemplate", name, { id: `lt-${name}`, ...settings, ...others });
/** A security group without outbound rules. */
export const closed = aws("ec2/securityGroup:SecurityGroup", "closed", { id: "sg-closed", vpcId, egress: [] });
const closedTemplate = template("closed-template", { vpcSecurityGroupIds: ["sg-closed"] });
export const closedBy = (name: string) =>
  [
    "security-groups",
    `the outbound rules of the security groups do not allow 443 to the endpoint \`ssm\`${name}`,
  ] as const;

const launched = (...resources: readonly ExampleResource[]) => stack(endpointOnly, without("web"), plus(...resources));
const group = (launching: object) =>
  aws("autoscaling/group:Group", "web", { vpcZoneIdentifiers: ["subnet-1"], ...launching });
const mixed = (...overrides: readonly object[]) =>
  group({
    mixedInstancesPolicy: {
      launchTemplate: { launchTemplateSpecification: { launchTemplateId: "lt-base" }, overrides },
    },
  });
const versioned = (version: string | undefined, others: object = { latestVersion: 2, defaultVersion: 1 }) =>
  launched(template("base", others), group({ launchTemplate: { id: "lt-base", version } }));
const ofTemplate = ["agent", "identity", "security-groups", "repository"] as const;

/** A subnet whose route table has no route. */
const bare = [
  aws("ec2/routeTable:RouteTable", "bare-table", { id: "rtb-bare", vpcId }),
  aws("ec2/subnet:Subnet", "bare", {
    id: "subnet-2",
    vpcId,
    cidrBlock: "10.0.2.0/24",
    availabilityZone: "eu-west-1b",
  }),
  aws("ec2/routeTableAssociation:RouteTableAssociation", "bare-association", {
    subnetId: "subnet-2",
    routeTableId: "rtb-bare",
  }),
];
const noGateway = [
  "s3-route",
  "the route table of `bare` has no S3 gateway endpoint, and the route table has no default route",
] as const;

const specification = {
  ami: imageId,
  subnetId: "subnet-1",
  vpcSecurityGroupIds: ["sg-web"],
  iamInstanceProfile: "profile",
  tags,
};
const everyHop = ["agent", "identity", "dns", ...hopsOfTraffic] as const;

/** Resources that launch instances, and the settings that they launch them with. */
export const launches: readonly Trap[] = [
  {
    title:
      "a mixed instances policy with an override whose launch template has a security group without outbound rules",
    why: "an instance may be launched with that override",
    resources: launched(
      closed,
      template("base"),
      closedTemplate,
      mixed({ instanceType: "m7i.large" }, { launchTemplateSpecification: { launchTemplateId: "lt-closed-template" } }),
    ),
    blocks: closedBy(" (launch template `closed-template`)"),
  },
  {
    title: "a mixed instances policy whose base launch template is not used, as each override has its own",
    why: "no instance is launched from the base template",
    resources: launched(
      closed,
      template("base", { vpcSecurityGroupIds: ["sg-closed"] }),
      template("good"),
      mixed({ launchTemplateSpecification: { launchTemplateId: "lt-good" } }),
    ),
    unknownAtPreview: ofTemplate,
  },
  {
    title: "a mixed instances policy with several instance types",
    why: "all instance types use one launch template",
    resources: launched(template("base"), mixed({ instanceType: "m7i.large" }, { instanceType: "m6i.large" })),
  },
  {
    title: "an Auto Scaling group with an earlier version of a launch template",
    why: "the content of that version is not in the stack",
    resources: versioned("1"),
    leavesUnknown: ofTemplate,
  },
  {
    title: "an Auto Scaling group with the latest version by number",
    why: "the latest version is in the stack",
    resources: versioned("2"),
  },
  {
    title: "an Auto Scaling group with $Latest",
    why: "the latest version is in the stack",
    resources: versioned("$Latest"),
  },
  {
    title: "an Auto Scaling group with the default version, which is an earlier one",
    why: "$Default is the default version, whatever the latest version is",
    resources: versioned("$Default"),
    leavesUnknown: ofTemplate,
  },
  {
    title: "an Auto Scaling group without a version, where the default version is an earlier one",
    why: "without a version, the default version is used",
    resources: versioned(undefined),
    leavesUnknown: ofTemplate,
  },
  {
    title: "an Auto Scaling group with the default version, which every update sets to the latest",
    why: "the default version is the latest version",
    resources: versioned("$Default", { latestVersion: 2, defaultVersion: 1, updateDefaultVersion: true }),
  },
  {
    title: "an Auto Scaling group with a launch template that is not in the stack",
    why: "the content of the launch template is not in the stack",
    resources: launched(
      group({
        launchTemplate: { id: "lt-elsewhere" },
        tags: [{ key: "PatchGroup", value: "prod", propagateAtLaunch: true }],
      }),
    ),
    leavesUnknown: ofTemplate,
  },
  {
    title: "a Spot Instance request",
    why: "a Spot Instance is evaluated as any other instance",
    resources: launched(
      aws("ec2/spotInstanceRequest:SpotInstanceRequest", "web", { ...specification, spotPrice: "0.03" }),
    ),
  },
  {
    title: "a Spot Instance request with a security group without outbound rules",
    why: "a Spot Instance is evaluated as any other instance",
    resources: launched(
      closed,
      aws("ec2/spotInstanceRequest:SpotInstanceRequest", "web", {
        ...specification,
        vpcSecurityGroupIds: ["sg-closed"],
      }),
    ),
    blocks: closedBy(""),
  },
  {
    title: "a Spot Fleet with two launch specifications, one of them in a subnet with no route to S3",
    why: "an instance may be launched in that subnet",
    resources: launched(
      ...bare,
      aws("ec2/spotFleetRequest:SpotFleetRequest", "web", {
        launchSpecifications: [specification, { ...specification, subnetId: "subnet-2" }],
      }),
    ),
    blocks: noGateway,
    unknownAtPreview: ["s3-route"],
    advice: ["note-control-plane"],
  },
  {
    title: "a Spot Fleet with one launch specification",
    why: "instances are launched in the subnet of the specification",
    resources: launched(aws("ec2/spotFleetRequest:SpotFleetRequest", "web", { launchSpecifications: [specification] })),
  },
  {
    title: "a Spot Fleet whose launch specification is unknown, where Default Host Management Configuration is off",
    why: "the specification may name an instance profile",
    resources: launched(
      aws("ssm/serviceSetting:ServiceSetting", "host-management", {
        settingId: "/ssm/managed-instance/default-ec2-instance-management-role",
        settingValue: "$None",
        status: "Default",
      }),
      aws("ec2/spotFleetRequest:SpotFleetRequest", "web", { launchSpecifications: [unknown] }),
    ),
    leavesUnknown: everyHop,
  },
  {
    title: "a Spot Fleet in aws-native with a security group without outbound rules",
    why: "it is the same resource with other property names",
    resources: launched(
      closed,
      template("base", { vpcSecurityGroupIds: ["sg-closed"] }),
      native("ec2:SpotFleet", "web", {
        spotFleetRequestConfigData: {
          launchTemplateConfigs: [
            {
              launchTemplateSpecification: { launchTemplateId: "lt-base", version: "1" },
              overrides: [{ subnetId: "subnet-1" }],
            },
          ],
        },
      }),
    ),
    blocks: closedBy(""),
  },
  {
    title: "an EC2 Fleet whose override has a subnet with no route to S3",
    why: "instances are launched in the subnet of the override",
    resources: launched(
      ...bare,
      template("base"),
      aws("ec2/fleet:Fleet", "web", {
        launchTemplateConfigs: [
          {
            launchTemplateSpecification: { launchTemplateId: "lt-base", version: "1" },
            overrides: [{ subnetId: "subnet-2" }],
          },
        ],
      }),
    ),
    blocks: noGateway,
    advice: ["note-control-plane"],
  },
  {
    title: "an EC2 Fleet whose override has a subnet with the gateway endpoint",
    why: "instances are launched in the subnet of the override",
    resources: launched(
      template("base"),
      aws("ec2/fleet:Fleet", "web", {
        launchTemplateConfigs: [
          {
            launchTemplateSpecification: { launchTemplateId: "lt-base", version: "1" },
            overrides: [{ subnetId: "subnet-1" }],
          },
        ],
      }),
    ),
  },
  ...(
    [
      [
        "a Batch compute environment",
        aws("batch/computeEnvironment:ComputeEnvironment", "web", { computeResources: { type: "EC2" } }),
      ],
      ["an Elastic Beanstalk environment", aws("elasticbeanstalk/environment:Environment", "web", {})],
      ["an EMR cluster", aws("emr/cluster:Cluster", "web", {})],
      [
        "a CloudFormation stack that creates an instance",
        aws("cloudformation/stack:Stack", "web", {
          templateBody:
            "Resources:\n  One:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: !Ref Image\n",
        }),
      ],
    ] as const
  ).map(([title, resource]): Trap => ({
    title,
    why: "the instances that it launches are not in the stack, but must be reported",
    resources: launched(resource),
    leavesUnknown: everyHop,
  })),
];
