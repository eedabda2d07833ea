import type { ExampleResource } from "../../rules/analyze";
import { aws, endpointOnly, native, plus, set, stack, vpcId, without } from "./bases";
import { closed, closedBy, template } from "./launches";
import type { Trap } from "./trap";

const roleArn = "arn:aws:iam::123456789012:role/instances";
const nodeGroup = (others: object) =>
  aws("eks/nodeGroup:NodeGroup", "web", { subnetIds: ["subnet-1"], nodeRoleArn: roleArn, ...others });
const nodes = (...resources: readonly ExampleResource[]) =>
  stack(endpointOnly, without("web", "profile"), set("instances", { arn: roleArn }), plus(...resources));
const ofNodes = template("base", { imageId: undefined, iamInstanceProfile: undefined });

const notPatched = (clue: string) =>
  `Patch Manager does not patch bottlerocket (by ${clue}), which has no package manager`;

/** A node group without a launch template, of a cluster in the stack. */
export const ofCluster = (admitted: object, others: object = {}) =>
  stack(
    nodes(
      {
        ...aws("eks/cluster:Cluster", "cluster", {
          id: "cluster",
          name: "cluster",
          vpcConfig: { clusterSecurityGroupId: "sg-cluster", vpcId, subnetIds: ["subnet-1"] },
        }),
        ...others,
      },
      nodeGroup({ amiType: "AL2023_x86_64_STANDARD", clusterName: "cluster" }),
      aws("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "admitted", {
        securityGroupId: "sg-endpoints",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        ...admitted,
      }),
    ),
    set("endpoints", { ingress: [] }),
  );

/** EKS managed node groups, with a launch template and without. */
export const eksNodeGroups: readonly Trap[] = [
  {
    title: "a managed node group with a launch template",
    why: "EKS launches its Amazon Linux 2023 AMI with the security groups of the template and the role of the node group",
    resources: nodes(
      ofNodes,
      nodeGroup({ amiType: "AL2023_x86_64_STANDARD", launchTemplate: { id: "lt-base", version: "1" } }),
    ),
  },
  {
    title: "a managed node group whose role has no permissions for Systems Manager",
    why: "the nodes use the role of the node group",
    resources: stack(
      nodes(ofNodes, nodeGroup({ amiType: "AL2023_x86_64_STANDARD", launchTemplate: { id: "lt-base" } })),
      without("core"),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "a managed node group without a launch template",
    why: "its nodes have the security group that EKS creates for the cluster",
    resources: nodes(nodeGroup({ amiType: "AL2_x86_64", clusterName: "cluster" })),
    leavesUnknown: ["security-groups"],
    advice: ["past-support", "unpatched"],
  },
  {
    title: "a managed node group without a launch template, whose cluster security group the endpoints allow",
    why: "the cluster security group that EKS creates allows all outbound traffic",
    resources: ofCluster({ referencedSecurityGroupId: "sg-cluster" }),
    advice: ["unpatched"],
  },
  {
    title: "a managed node group without a launch template, whose cluster security group the endpoints do not allow",
    why: "the nodes have no other security group",
    resources: ofCluster({ referencedSecurityGroupId: "sg-web" }),
    blocks: ["security-groups", "the security groups of `ssm` do not allow inbound 443 from the instances"],
    advice: ["unpatched"],
  },
  {
    title: "a managed node group without a launch template, of a cluster that the stack only reads",
    why: "rules may have been removed from the cluster security group",
    resources: ofCluster({ referencedSecurityGroupId: "sg-cluster" }, { isRead: true }),
    leavesUnknown: ["security-groups"],
    advice: ["unpatched"],
  },
  {
    title: "a Bottlerocket managed node group",
    why: "Patch Manager does not patch Bottlerocket",
    resources: nodes(ofNodes, nodeGroup({ amiType: "BOTTLEROCKET_x86_64", launchTemplate: { id: "lt-base" } })),
    blocks: ["repository", notPatched("the AMI type `BOTTLEROCKET_x86_64`")],
  },
  {
    title: "a Bottlerocket managed node group whose tags say Amazon Linux",
    why: "tags are only hints, and EKS chooses the AMI by the AMI type",
    resources: nodes(
      ofNodes,
      nodeGroup({
        amiType: "BOTTLEROCKET_ARM_64",
        launchTemplate: { id: "lt-base" },
        tags: { OperatingSystem: "Amazon Linux 2023" },
      }),
    ),
    blocks: ["repository", notPatched("the AMI type `BOTTLEROCKET_ARM_64`")],
  },
  {
    title: "a Bottlerocket managed node group that the stack only reads",
    why: "the AMI type may have been changed in the stack that creates the node group",
    resources: nodes(ofNodes, {
      ...nodeGroup({ amiType: "BOTTLEROCKET_x86_64", launchTemplate: { id: "lt-base" } }),
      isRead: true,
    }),
    leavesUnknown: ["repository"],
  },
  {
    title: "a Bottlerocket managed node group that Systems Manager does not manage",
    why: "nothing targets it with Patch Manager, so that it is not patched is advice only",
    resources: stack(
      nodes(
        template("base", { imageId: undefined, iamInstanceProfile: undefined, tagSpecifications: undefined }),
        nodeGroup({ amiType: "BOTTLEROCKET_x86_64", launchTemplate: { id: "lt-base" } }),
      ),
      without("core"),
    ),
    blocks: ["repository", notPatched("the AMI type `BOTTLEROCKET_x86_64`")],
    leavesUnknown: ["identity"],
    advice: ["bottlerocket"],
  },
  {
    title: "an Amazon Linux managed node group whose name says Bottlerocket",
    why: "a name is not an AMI type",
    resources: nodes(
      ofNodes,
      nodeGroup({
        amiType: "AL2023_x86_64_STANDARD",
        launchTemplate: { id: "lt-base" },
        nodeGroupName: "bottlerocket",
        tags: { OperatingSystem: "Bottlerocket" },
      }),
    ),
  },
  {
    title: "a Bottlerocket managed node group whose launch template has a custom AMI",
    why: "the AMI of the launch template applies, and its ID does not show the operating system",
    resources: nodes(
      template("base", { imageId: "ami-0123456789abcdef0", iamInstanceProfile: undefined }),
      nodeGroup({ amiType: "BOTTLEROCKET_x86_64", launchTemplate: { id: "lt-base" } }),
    ),
    leavesUnknown: ["agent", "repository"],
  },
  {
    title: "a managed node group with the AMI of its launch template",
    why: "the launch template specifies the AMI",
    resources: nodes(
      template("base", { iamInstanceProfile: undefined }),
      nodeGroup({ amiType: "CUSTOM", launchTemplate: { id: "lt-base" } }),
    ),
  },
  {
    title: "a managed node group in aws-native",
    why: "it is the same resource with other property names",
    resources: nodes(
      native("ec2:LaunchTemplate", "base", {
        launchTemplateId: "lt-base",
        launchTemplateData: {
          securityGroupIds: ["sg-closed"],
          tagSpecifications: [{ resourceType: "instance", tags: [{ key: "PatchGroup", value: "prod" }] }],
        },
      }),
      closed,
      native("eks:Nodegroup", "web", {
        amiType: "AL2023_ARM_64_STANDARD",
        subnets: ["subnet-1"],
        nodeRole: roleArn,
        launchTemplate: { id: "lt-base" },
      }),
    ),
    blocks: closedBy(""),
  },
  {
    title: "a managed node group without amiType or an image",
    why: "EKS chooses the image type by the instance types, which the stack does not show",
    resources: nodes(ofNodes, nodeGroup({ launchTemplate: { id: "lt-base" } })),
    leavesUnknown: ["agent", "repository"],
  },
];
