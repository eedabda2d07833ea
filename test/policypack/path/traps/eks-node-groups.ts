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

/** Without a template, of a cluster in the stack. */
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

/** Managed node groups of EKS, with a launch template of their own and without. */
export const eksNodeGroups: readonly Trap[] = [
  {
    title: "a managed node group with a template of its own",
    why: "EKS launches its image of Amazon Linux 2023 with the groups of the template and the role of the node group",
    resources: nodes(
      ofNodes,
      nodeGroup({ amiType: "AL2023_x86_64_STANDARD", launchTemplate: { id: "lt-base", version: "1" } }),
    ),
  },
  {
    title: "a managed node group whose role is not for Systems Manager",
    why: "its instances have that role and no other",
    resources: stack(
      nodes(ofNodes, nodeGroup({ amiType: "AL2023_x86_64_STANDARD", launchTemplate: { id: "lt-base" } })),
      without("core"),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "a managed node group without a template",
    why: "its security group is one that EKS creates for the cluster",
    resources: nodes(nodeGroup({ amiType: "AL2_x86_64", clusterName: "cluster" })),
    leavesUnknown: ["security-groups"],
    advice: ["past-support", "unpatched"],
  },
  {
    title: "a managed node group without a template, whose cluster's group the endpoints admit",
    why: "the group that EKS creates with the cluster allows all outbound traffic",
    resources: ofCluster({ referencedSecurityGroupId: "sg-cluster" }),
    advice: ["unpatched"],
  },
  {
    title: "a managed node group without a template, whose cluster's group the endpoints do not admit",
    why: "its instances have no other group",
    resources: ofCluster({ referencedSecurityGroupId: "sg-web" }),
    blocks: ["security-groups", "the security groups of `ssm` do not allow inbound 443 from the instances"],
    advice: ["unpatched"],
  },
  {
    title: "a managed node group without a template, of a cluster that is read",
    why: "rules may have been removed from its group",
    resources: ofCluster({ referencedSecurityGroupId: "sg-cluster" }, { isRead: true }),
    leavesUnknown: ["security-groups"],
    advice: ["unpatched"],
  },
  {
    title: "a managed node group of Bottlerocket",
    why: "Patch Manager does not patch it",
    resources: nodes(ofNodes, nodeGroup({ amiType: "BOTTLEROCKET_x86_64", launchTemplate: { id: "lt-base" } })),
    blocks: ["repository", notPatched("the AMI type `BOTTLEROCKET_x86_64`")],
  },
  {
    title: "a managed node group of Bottlerocket whose name and tags say Amazon Linux",
    why: "they are hints, and EKS chooses the image by its type",
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
    title: "a managed node group of Bottlerocket that this stack only reads",
    why: "the type of a node group that is created elsewhere may have been changed there",
    resources: nodes(ofNodes, {
      ...nodeGroup({ amiType: "BOTTLEROCKET_x86_64", launchTemplate: { id: "lt-base" } }),
      isRead: true,
    }),
    leavesUnknown: ["repository"],
  },
  {
    title: "a managed node group of Bottlerocket that Systems Manager does not manage",
    why: "nobody means Patch Manager to patch it, so that it does not is worth knowing and no more",
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
    title: "a managed node group of Amazon Linux whose name says Bottlerocket",
    why: "a name is no type",
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
    title: "a managed node group whose own image replaces Bottlerocket",
    why: "the image of the template counts, and its id tells nothing",
    resources: nodes(
      template("base", { imageId: "ami-0123456789abcdef0", iamInstanceProfile: undefined }),
      nodeGroup({ amiType: "BOTTLEROCKET_x86_64", launchTemplate: { id: "lt-base" } }),
    ),
    leavesUnknown: ["agent", "repository"],
  },
  {
    title: "a managed node group of the customer's image",
    why: "the template names it",
    resources: nodes(
      template("base", { iamInstanceProfile: undefined }),
      nodeGroup({ amiType: "CUSTOM", launchTemplate: { id: "lt-base" } }),
    ),
  },
  {
    title: "a managed node group of aws-native",
    why: "it is the same by other names",
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
];
