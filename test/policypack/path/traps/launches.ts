import type { ExampleResource } from "../../rules/analyze";
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
/** A security group that lets nothing out. */
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

/** A subnet without a way to anywhere. */
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

/** What launches instances, and with which settings. */
export const launches: readonly Trap[] = [
  {
    title: "mixed instances of which one override has a template whose group lets nothing out",
    why: "an instance may be launched by that override",
    resources: launched(
      closed,
      template("base"),
      closedTemplate,
      mixed({ instanceType: "m7i.large" }, { launchTemplateSpecification: { launchTemplateId: "lt-closed-template" } }),
    ),
    blocks: closedBy(" (launch template `closed-template`)"),
  },
  {
    title: "mixed instances whose base template is of no use, since each override has its own",
    why: "nothing is launched by it",
    resources: launched(
      closed,
      template("base", { vpcSecurityGroupIds: ["sg-closed"] }),
      template("good"),
      mixed({ launchTemplateSpecification: { launchTemplateId: "lt-good" } }),
    ),
    unknownAtPreview: ofTemplate,
  },
  {
    title: "mixed instances of several types",
    why: "their template is one",
    resources: launched(template("base"), mixed({ instanceType: "m7i.large" }, { instanceType: "m6i.large" })),
  },
  {
    title: "a group of an earlier version of a template",
    why: "what that version says is not in the stack",
    resources: versioned("1"),
    leavesUnknown: ofTemplate,
  },
  { title: "a group of the latest version by its number", why: "it is in the stack", resources: versioned("2") },
  { title: "a group of $Latest", why: "it is in the stack", resources: versioned("$Latest") },
  {
    title: "a group of the default version, which is an earlier one",
    why: "EC2 launches the default version, whatever the latest is",
    resources: versioned("$Default"),
    leavesUnknown: ofTemplate,
  },
  {
    title: "a group without a version, while the default is an earlier one",
    why: "without a version it is the default version",
    resources: versioned(undefined),
    leavesUnknown: ofTemplate,
  },
  {
    title: "a group of the default version, which every update sets",
    why: "it is the latest then",
    resources: versioned("$Default", { latestVersion: 2, defaultVersion: 1, updateDefaultVersion: true }),
  },
  {
    title: "a group of a template that is not in the stack",
    why: "what it says is not in the stack",
    resources: launched(
      group({
        launchTemplate: { id: "lt-elsewhere" },
        tags: [{ key: "PatchGroup", value: "prod", propagateAtLaunch: true }],
      }),
    ),
    leavesUnknown: ofTemplate,
  },
  {
    title: "a Spot instance that is requested",
    why: "it is an instance like any other",
    resources: launched(
      aws("ec2/spotInstanceRequest:SpotInstanceRequest", "web", { ...specification, spotPrice: "0.03" }),
    ),
  },
  {
    title: "a Spot instance whose group lets nothing out",
    why: "it is an instance like any other",
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
    title: "a Spot fleet of two specifications, of which one is in a subnet without a way to S3",
    why: "an instance may be launched there",
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
    title: "a Spot fleet of one specification",
    why: "it is launched where the specification says",
    resources: launched(aws("ec2/spotFleetRequest:SpotFleetRequest", "web", { launchSpecifications: [specification] })),
  },
  {
    title: "a Spot fleet of aws-native whose group lets nothing out",
    why: "it is the same by other names",
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
    title: "an EC2 Fleet whose override has a subnet without a way to S3",
    why: "it is launched there",
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
    why: "it is launched there",
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
        "a CloudFormation stack with an instance",
        aws("cloudformation/stack:Stack", "web", {
          templateBody:
            "Resources:\n  One:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: !Ref Image\n",
        }),
      ],
    ] as const
  ).map(([title, resource]): Trap => ({
    title,
    why: "what it launches is not in the stack, and is no reason for silence",
    resources: launched(resource),
    leavesUnknown: everyHop,
  })),
];
