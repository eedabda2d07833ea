import { isObject } from "../values";
import { known, oneOf, pattern } from "./checks";
import { type Created, type TypeRow, arn, constant, idFromInput, idFromInputs, uuid } from "./row";

const launchTemplate = "aws:ec2/launchTemplate:LaunchTemplate";

/** An image of the launch template makes the group `CUSTOM`; else EKS chooses Amazon Linux 2023 for the architecture. */
function amiTypeOf({ inputs, aws }: Created): string {
  const template = inputs["launchTemplate"];
  const id = isObject(template) ? template["id"] : undefined;
  if (aws.find(launchTemplate, id)?.outputs["imageId"] !== undefined) return "CUSTOM";
  const types = inputs["instanceTypes"];
  const first = Array.isArray(types) && typeof types[0] === "string" ? types[0] : "t3.medium";
  return /^[a-z]+\d+g/.test(first) ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD";
}

/** EKS. */
export const eks: Readonly<Record<string, TypeRow>> = {
  "aws:eks/cluster:Cluster": {
    id: idFromInput("name"),
    computed: {
      arn: arn("eks", (c) => `cluster/${c.text("name")}`),
      accessConfig: constant({ authenticationMode: "CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: true }),
      certificateAuthority: constant({ data: Buffer.from("offline").toString("base64") }),
      createdAt: constant("2026-11-28T00:00:00Z"),
      endpoint: ({ hex, place }) =>
        `https://${hex(32, "endpoint").toUpperCase()}.gr7.${place.region}.eks.amazonaws.com`,
      identities: ({ hex, place }) => [
        {
          oidcs: [{ issuer: `https://oidc.eks.${place.region}.amazonaws.com/id/${hex(32, "endpoint").toUpperCase()}` }],
        },
      ],
      kubernetesNetworkConfig: constant({ serviceIpv4Cidr: "172.20.0.0/16", ipFamily: "ipv4", serviceIpv6Cidr: "" }),
      platformVersion: constant("eks.1"),
      status: constant("ACTIVE"),
      version: constant("1.34"),
      upgradePolicy: constant({ supportType: "EXTENDED" }),
    },
    completes: {
      vpcConfig: {
        clusterSecurityGroupId: ({ hex }) => `sg-0${hex(16, "cluster security group")}`,
        vpcId: ({ inputs, aws }) => {
          const config = inputs["vpcConfig"];
          const subnets = isObject(config) ? config["subnetIds"] : undefined;
          const first = Array.isArray(subnets) ? subnets[0] : undefined;
          return aws.find("aws:ec2/subnet:Subnet", first)?.outputs["vpcId"] ?? "";
        },
      },
    },
    autoname: { input: "name", maxLength: 100 },
    defaults: { bootstrapSelfManagedAddons: true },
    replaceOn: ["name", "roleArn", "encryptionConfig", "kubernetesNetworkConfig", "bootstrapSelfManagedAddons"],
    checks: [pattern("roleArn", /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, "the ARN of a role")],
  },
  "aws:eks/nodeGroup:NodeGroup": {
    id: idFromInputs(":", "clusterName", "nodeGroupName"),
    computed: {
      amiType: amiTypeOf,
      arn: arn("eks", (c) => `nodegroup/${c.text("clusterName")}/${c.text("nodeGroupName")}/${uuid(c)}`),
      capacityType: constant("ON_DEMAND"),
      diskSize: ({ inputs }) => (inputs["launchTemplate"] === undefined ? 20 : 0),
      instanceTypes: ({ inputs }) => (inputs["launchTemplate"] === undefined ? ["t3.medium"] : []),
      releaseVersion: constant("1.34.2-20261120"),
      resources: (c) => [
        {
          autoscalingGroups: [{ name: `eks-${c.text("nodeGroupName")}-${uuid(c)}` }],
          remoteAccessSecurityGroupId: "",
        },
      ],
      status: constant("ACTIVE"),
      updateConfig: constant({ maxUnavailable: 1 }),
      version: constant("1.34"),
    },
    autoname: { input: "nodeGroupName", maxLength: 63 },
    replaceOn: [
      "amiType",
      "capacityType",
      "clusterName",
      "diskSize",
      "instanceTypes",
      "nodeGroupName",
      "nodeRoleArn",
      "remoteAccess",
      "subnetIds",
    ],
    checks: [
      oneOf("capacityType", "ON_DEMAND", "SPOT", "CAPACITY_BLOCK"),
      pattern("nodeRoleArn", /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, "the ARN of a role"),
      ({ inputs }) =>
        known(inputs, "launchTemplate") !== undefined && known(inputs, "diskSize") !== undefined
          ? {
              property: "diskSize",
              reason: "cannot be specified with a launch template (InvalidParameterException)",
            }
          : undefined,
    ],
  },
  "aws:eks/addon:Addon": {
    id: idFromInputs(":", "clusterName", "addonName"),
    computed: {
      addonVersion: constant("v1.0.0-eksbuild.1"),
      arn: arn("eks", (c) => `addon/${c.text("clusterName")}/${c.text("addonName")}/${uuid(c)}`),
      configurationValues: constant(""),
      createdAt: constant("2026-11-28T00:00:00Z"),
      modifiedAt: constant("2026-11-28T00:00:00Z"),
    },
    replaceOn: ["addonName", "clusterName"],
  },
  "aws:eks/accessEntry:AccessEntry": {
    id: idFromInputs(":", "clusterName", "principalArn"),
    computed: {
      accessEntryArn: arn("eks", (c) => `access-entry/${c.text("clusterName")}/role/${uuid(c)}`),
      createdAt: constant("2026-11-28T00:00:00Z"),
      kubernetesGroups: constant([]),
      modifiedAt: constant("2026-11-28T00:00:00Z"),
      userName: constant(""),
    },
    defaults: { type: "STANDARD" },
    replaceOn: ["clusterName", "principalArn", "type"],
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    id: idFromInputs("#", "clusterName", "principalArn", "policyArn"),
    computed: { associatedAt: constant("2026-11-28T00:00:00Z"), modifiedAt: constant("2026-11-28T00:00:00Z") },
    replaceOn: ["accessScope", "clusterName", "policyArn", "principalArn"],
  },
  "aws:eks/fargateProfile:FargateProfile": {
    id: idFromInputs(":", "clusterName", "fargateProfileName"),
    computed: {
      arn: arn("eks", (c) => `fargateprofile/${c.text("clusterName")}/${c.text("fargateProfileName")}/${uuid(c)}`),
      status: constant("ACTIVE"),
    },
    autoname: { input: "fargateProfileName", maxLength: 100 },
    replaceOn: ["clusterName", "fargateProfileName", "podExecutionRoleArn", "selectors", "subnetIds"],
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    id: ({ hex }) => `a-${hex(17, "association")}`,
    computed: {
      associationArn: arn("eks", (c) => `podidentityassociation/${c.text("clusterName")}/${c.id}`),
      associationId: ({ id }) => id,
    },
    replaceOn: ["clusterName", "namespace", "serviceAccount"],
  },
};
