import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as eks from "@pulumi/eks";

const vpc = new awsx.ec2.Vpc("shop", {
  cidrBlock: "10.0.0.0/16",
  numberOfAvailabilityZones: 2,
  natGateways: { strategy: "Single" },
  enableDnsHostnames: true,
});

const role = new aws.iam.Role("nodes", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
const policies = [
  "AmazonEKSWorkerNodePolicy",
  "AmazonEKS_CNI_Policy",
  "AmazonEC2ContainerRegistryReadOnly",
  "AmazonSSMManagedInstanceCore", // for Systems Manager: without it, the hop `identity` is unknown
];
const attachments = policies.map(
  (policy) =>
    new aws.iam.RolePolicyAttachment(policy, { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` }),
);

const cluster = new eks.Cluster("shop", {
  vpcId: vpc.vpcId,
  privateSubnetIds: vpc.privateSubnetIds,
  publicSubnetIds: vpc.publicSubnetIds,
  authenticationMode: eks.AuthenticationMode.Api,
  skipDefaultNodeGroup: true,
});
new eks.ManagedNodeGroup(
  "nodes",
  {
    cluster,
    nodeRole: role,
    operatingSystem: eks.OperatingSystem.AL2023,
    subnetIds: vpc.privateSubnetIds,
    scalingConfig: { minSize: 2, maxSize: 4, desiredSize: 2 },
  },
  { dependsOn: attachments },
);
