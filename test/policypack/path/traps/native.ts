import type { ExampleResource } from "../../rules/analyze";
import { accountOnly, anonymousReads } from "../../rules/examples";
import { images, native, plus, set, stack, vpcId, without } from "./bases";
import type { Trap } from "./trap";

const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

const interfaceEndpoint = (service: string) =>
  native("ec2:VpcEndpoint", service, {
    id: `vpce-${service}`,
    vpcId,
    serviceName: `com.amazonaws.eu-west-1.${service}`,
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    subnetIds: ["subnet-1"],
    securityGroupIds: ["sg-endpoints"],
  });

const core = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: ["ec2.amazonaws.com"] } }],
};

/** The endpoints-only base stack in aws-native: other names, objects instead of JSON, lists of tags. */
const endpointOnly: readonly ExampleResource[] = [
  native("ec2:Vpc", "vpc", {
    id: vpcId,
    vpcId,
    cidrBlock: "10.0.0.0/16",
    enableDnsSupport: true,
    enableDnsHostnames: true,
  }),
  native("ec2:Subnet", "private", {
    id: "subnet-1",
    subnetId: "subnet-1",
    vpcId,
    cidrBlock: "10.0.1.0/24",
    availabilityZone: "eu-west-1a",
  }),
  native("ec2:RouteTable", "table", { id: "rtb-1", routeTableId: "rtb-1", vpcId }),
  native("ec2:SubnetRouteTableAssociation", "association", { subnetId: "subnet-1", routeTableId: "rtb-1" }),
  native("ec2:SecurityGroup", "endpoints", { id: "sg-endpoints", groupId: "sg-endpoints", vpcId }),
  native("ec2:SecurityGroup", "web-group", { id: "sg-web", groupId: "sg-web", vpcId }),
  native("ec2:SecurityGroupIngress", "in", { groupId: "sg-endpoints", sourceSecurityGroupId: "sg-web", ...https }),
  interfaceEndpoint("ssm"),
  interfaceEndpoint("ssmmessages"),
  native("ec2:VpcEndpoint", "s3", {
    id: "vpce-s3",
    vpcId,
    serviceName: "com.amazonaws.eu-west-1.s3",
    vpcEndpointType: "Gateway",
    routeTableIds: ["rtb-1"],
  }),
  native("iam:Role", "instances", {
    roleName: "instances",
    assumeRolePolicyDocument: trust,
    managedPolicyArns: [core],
  }),
  native("iam:InstanceProfile", "profile", { instanceProfileName: "profile", roles: ["instances"] }),
  native("ec2:Instance", "web", {
    imageId: images.amazonLinux2.replace("amzn2-ami-kernel-5.10-hvm-x86_64-gp2", "al2023-ami-kernel-default-x86_64"),
    subnetId: "subnet-1",
    securityGroupIds: ["sg-web"],
    iamInstanceProfile: "profile",
    tags: [{ key: "PatchGroup", value: "prod" }],
  }),
  native("ssm:MaintenanceWindow", "window", { id: "mw-1", windowId: "mw-1", schedule: "rate(7 days)" }),
  native("ssm:MaintenanceWindowTarget", "window-target", {
    id: "target-1",
    windowTargetId: "target-1",
    windowId: "mw-1",
    targets: [{ key: "tag:PatchGroup", values: ["prod"] }],
  }),
  native("ssm:MaintenanceWindowTask", "patch", {
    windowId: "mw-1",
    taskType: "RUN_COMMAND",
    taskArn: "AWS-RunPatchBaseline",
    targets: [{ key: "WindowTargetIds", values: ["target-1"] }],
    taskInvocationParameters: {
      maintenanceWindowRunCommandParameters: { parameters: { Operation: ["Install"] } },
    },
  }),
];

export const twins: readonly Trap[] = [
  {
    title: "aws-native: endpoints only",
    why: "the network is the same as with the classic provider",
    resources: endpointOnly,
  },
  {
    title: "aws-native: no endpoint for ssm",
    why: "the agent registers with this service",
    resources: stack(endpointOnly, without("ssm")),
    blocks: ["control-plane", "the VPC has no endpoint for `ssm`, and the route table has no default route"],
  },
  {
    title: "aws-native: private DNS off",
    why: "the name resolves to public addresses",
    resources: stack(endpointOnly, set("ssm", { privateDnsEnabled: false })),
    blocks: [
      "dns",
      "private DNS is disabled for `ssm`, and no hosted zone of the VPC resolves its name to the endpoint",
    ],
  },
  {
    title: "aws-native: an endpoint policy for the account's own principals, as an object",
    why: "dnf does not sign its requests",
    resources: stack(
      endpointOnly,
      set("s3", { policyDocument: { Version: "2012-10-17", Statement: [accountOnly, anonymousReads] } }),
    ),
    leavesUnknown: ["payload", "snapshot"],
  },
  {
    title: "aws-native: a role without policies",
    why: "the agent's requests are denied, and it falls back to Default Host Management, if the account has it",
    resources: stack(endpointOnly, set("instances", { managedPolicyArns: undefined })),
    leavesUnknown: ["identity"],
  },
  {
    title: "aws-native: a security group without `securityGroupEgress`, with a SecurityGroupEgress",
    why: "aws-native keeps the default outbound rule of AWS, which another rule does not replace",
    resources: stack(
      endpointOnly,
      plus(native("ec2:SecurityGroupEgress", "out", { groupId: "sg-web", cidrIp: "10.0.0.0/16", ...https })),
    ),
  },
  {
    title: "aws-native: a security group that allows outbound 443 only to the endpoints",
    why: "traffic through the gateway endpoint is addressed to S3's public addresses",
    resources: stack(
      endpointOnly,
      set("web-group", { securityGroupEgress: [{ ...https, destinationSecurityGroupId: "sg-endpoints" }] }),
    ),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `s3`"],
  },
  {
    title: "aws-native: a network ACL with NetworkAclEntry resources, without the ephemeral ports",
    why: "network ACLs are stateless",
    resources: stack(
      endpointOnly,
      plus(
        native("ec2:NetworkAcl", "acl", { id: "acl-1", networkAclId: "acl-1", vpcId }),
        native("ec2:SubnetNetworkAclAssociation", "acl-of-private", { networkAclId: "acl-1", subnetId: "subnet-1" }),
        ...[true, false].map((egress) =>
          native("ec2:NetworkAclEntry", egress ? "out" : "back", {
            networkAclId: "acl-1",
            egress,
            ruleNumber: 100,
            ruleAction: "allow",
            protocol: 6,
            cidrBlock: "0.0.0.0/0",
            portRange: { from: 443, to: 443 },
          }),
        ),
      ),
    ),
    blocks: ["network-acls", "the network ACL `acl` of `private` does not allow inbound return traffic from S3"],
  },
  {
    title: "aws-native: a gateway endpoint that is not associated with a route table",
    why: "a gateway endpoint carries traffic only by routes",
    resources: stack(endpointOnly, set("s3", { routeTableIds: undefined })),
    blocks: [
      "s3-route",
      "the route table of `private` has no S3 gateway endpoint, and the route table has no default route",
    ],
  },
];
