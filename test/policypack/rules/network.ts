import type { ExampleResource } from "./analyze";
import { anonymousReads, attachment, json, role, s3Endpoint } from "./examples";

/** The statement for the buckets of Systems Manager, shortened: both payload buckets and the snapshot bucket. */
export const ssmReads = {
  Sid: "AllowSystemsManagerBucketReads",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: [
    "arn:aws:s3:::aws-ssm-eu-west-1/*",
    "arn:aws:s3:::aws-patch-manager-eu-west-1-5522fb710/*",
    "arn:aws:s3:::patch-baseline-snapshot-eu-west-1/*",
  ],
};

const vpcId = "vpc-0a1b2c3d4e5f67890";
const https = { protocol: "tcp", fromPort: 443, toPort: 443 };

/** An S3 gateway endpoint in the route table, whose policy allows what patching reads. */
export const openS3Endpoint: ExampleResource = s3Endpoint(json(anonymousReads, ssmReads), {
  id: "vpce-s3",
  vpcId,
  routeTableIds: ["rtb-1"],
  prefixListId: "pl-s3",
});

export const interfaceEndpoint = (service: string, others: object = {}): ExampleResource => ({
  type: "aws:ec2/vpcEndpoint:VpcEndpoint",
  name: service,
  props: {
    id: `vpce-${service}`,
    vpcId,
    serviceName: `com.amazonaws.eu-west-1.${service}`,
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    subnetIds: ["subnet-1"],
    securityGroupIds: ["sg-endpoints"],
    ...others,
  },
});

/** A maintenance window that patches the group `prod`. */
const window: readonly ExampleResource[] = [
  {
    type: "aws:ssm/maintenanceWindow:MaintenanceWindow",
    name: "patch-window",
    props: { id: "mw-1", schedule: "cron(0 18 ? * SUN *)", scheduleTimezone: "Asia/Tokyo", duration: 3, cutoff: 1 },
  },
  {
    type: "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget",
    name: "window-target",
    props: { id: "target-1", windowId: "mw-1", targets: [{ key: "tag:PatchGroup", values: ["prod"] }] },
  },
  {
    type: "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
    name: "patch",
    props: {
      windowId: "mw-1",
      taskType: "RUN_COMMAND",
      taskArn: "AWS-RunPatchBaseline",
      targets: [{ key: "WindowTargetIds", values: ["target-1"] }],
      taskInvocationParameters: {
        runCommandParameters: { parameters: [{ name: "Operation", values: ["Install"] }] },
      },
    },
  },
];

/** A private subnet with one Amazon Linux instance, patched with endpoints only. Each part can be replaced by name. */
export function patchedStack(replaced: Readonly<Record<string, ExampleResource | undefined>> = {}): ExampleResource[] {
  const parts: ExampleResource[] = [
    {
      type: "aws:ec2/vpc:Vpc",
      name: "vpc",
      props: { id: vpcId, cidrBlock: "10.0.0.0/16", enableDnsSupport: true, enableDnsHostnames: true },
    },
    {
      type: "aws:ec2/subnet:Subnet",
      name: "private",
      props: { id: "subnet-1", vpcId, cidrBlock: "10.0.1.0/24", availabilityZone: "eu-west-1a" },
    },
    { type: "aws:ec2/routeTable:RouteTable", name: "table", props: { id: "rtb-1", vpcId } },
    {
      type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
      name: "association",
      props: { subnetId: "subnet-1", routeTableId: "rtb-1" },
    },
    {
      type: "aws:ec2/securityGroup:SecurityGroup",
      name: "endpoints",
      props: { id: "sg-endpoints", vpcId, ingress: [{ ...https, securityGroups: ["sg-web"] }] },
    },
    {
      type: "aws:ec2/securityGroup:SecurityGroup",
      name: "web-group",
      props: {
        id: "sg-web",
        vpcId,
        egress: [
          { ...https, securityGroups: ["sg-endpoints"] },
          { ...https, prefixListIds: ["pl-s3"] },
        ],
      },
    },
    interfaceEndpoint("ssm"),
    interfaceEndpoint("ssmmessages"),
    openS3Endpoint,
    role("instances", "ec2.amazonaws.com"),
    attachment("core", "instances", "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"),
    {
      type: "aws:iam/instanceProfile:InstanceProfile",
      name: "profile",
      props: { id: "profile", name: "profile", role: "instances" },
    },
    {
      type: "aws:ec2/instance:Instance",
      name: "web",
      props: {
        id: "i-1",
        ami: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
        subnetId: "subnet-1",
        vpcSecurityGroupIds: ["sg-web"],
        iamInstanceProfile: "profile",
        tags: { PatchGroup: "prod" },
      },
    },
  ];
  parts.push(...window);
  const added = Object.entries(replaced).filter(([name]) => !parts.some((part) => part.name === name));
  return [
    ...parts.flatMap((part) => (part.name in replaced ? (replaced[part.name] ?? []) : [part])),
    ...added.flatMap(([, part]) => part ?? []),
  ];
}

/** The resources in a stack for instances that it patches but does not create. */
export const attachedFleet: ExampleResource = {
  type: "patchpath:fleet:AttachedFleet",
  name: "prod-legacy",
  props: { tagKey: "Environment", tagValue: "prod", operatingSystem: "amazon-linux-2023" },
};

/** A part of the stack with other inputs. */
export function changed(name: string, props: object): Record<string, ExampleResource> {
  const part = patchedStack().find((one) => one.name === name)!;
  return { [name]: { ...part, props: { ...part.props, ...props } } };
}
