import {
  aws,
  endpointOnly,
  endpointsAndNat,
  hopsOfTraffic,
  nat,
  natAndGateway,
  native,
  plus,
  set,
  stack,
  vpcId,
  without,
} from "./bases";
import { ofCluster } from "./eks-node-groups";
import { joinedByGateway, moved } from "./hub-base";
import type { Trap } from "./trap";

const beside = (type: string, props: object, base = endpointOnly) =>
  stack(base, plus(aws(type, "other", { ...props })));

/** An instance in a subnet with a route to an internet gateway, without a public IP address. */
const behindInternetGateway = stack(
  nat,
  without("nat"),
  set("to-nat", { natGatewayId: undefined, gatewayId: "igw-1" }),
);

/** A resource that is not modeled may change a path; a harmless one does not. */
export const unmodelled: readonly Trap[] = [
  {
    title: "instance metadata defaults of the Region that turn the metadata service off",
    why: "instances without settings of their own have no credentials",
    resources: stack(
      endpointOnly,
      plus(aws("ec2/instanceMetadataDefaults:InstanceMetadataDefaults", "defaults", { httpEndpoint: "disabled" })),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "instance metadata defaults of the Region that require tokens",
    why: "the agent supports tokens",
    resources: stack(
      endpointOnly,
      plus(aws("ec2/instanceMetadataDefaults:InstanceMetadataDefaults", "defaults", { httpTokens: "required" })),
    ),
  },
  {
    title: "a transit gateway that is shared with other accounts",
    why: "attachments of other accounts add routes",
    resources: stack(
      endpointOnly,
      ...moved,
      joinedByGateway,
      plus(aws("ram/resourceAssociation:ResourceAssociation", "shared-gateway", { resourceArn: "tgw-1" })),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a CloudFormation stack that gets the VPC as a parameter and creates only a role",
    why: "the template creates no resource of the path",
    resources: beside("cloudformation/stack:Stack", {
      templateBody: JSON.stringify({ Resources: { Role: { Type: "AWS::IAM::Role" } } }),
      parameters: { Vpc: vpcId },
    }),
  },
  {
    title: "a NetworkInterfaceAttachment of another instance, with the security group of the fleet",
    why: "it changes the other instance, but not the security group",
    resources: stack(
      endpointOnly,
      plus(
        aws("ec2/instance:Instance", "db", { id: "i-2", subnetId: "subnet-1" }),
        aws("ec2/networkInterfaceAttachment:NetworkInterfaceAttachment", "other", {
          instanceId: "i-2",
          networkInterfaceId: "eni-2",
          securityGroupIds: ["sg-web"],
        }),
      ),
    ),
    advice: ["unmanaged"],
  },
  {
    title: "VPC encryption controls on the VPC",
    why: "in enforce mode, they drop traffic",
    resources: beside("ec2/vpcEncryptionControl:VpcEncryptionControl", { vpcId, mode: "enforce" }),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a CloudFormation stack that gets the VPC as a parameter",
    why: "its template may create any resource in the VPC",
    resources: beside("cloudformation/stack:Stack", { templateUrl: "https://example.com", parameters: { Vpc: vpcId } }),
    leavesUnknown: ["identity", "dns", ...hopsOfTraffic],
  },
  {
    title: "an aws-native resource that is not modeled",
    why: "both providers have the same namespaces",
    resources: stack(endpointOnly, plus(native("ec2:VpcEncryptionControl", "other", { vpcId }))),
    leavesUnknown: hopsOfTraffic,
  },
  ...(
    [
      ["ec2/flowLog:FlowLog", "it only observes traffic"],
      ["ec2/tag:Tag", "a tag does not affect traffic"],
      ["ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", "an additional CIDR block removes no route"],
      ["networkfirewall/firewall:Firewall", "traffic reaches a firewall only by a route"],
      ["ram/resourceAssociation:ResourceAssociation", "it shares the resource with other accounts"],
      ["cloudwatch/metricAlarm:MetricAlarm", "no resource of its namespace affects a path"],
    ] as const
  ).map(([type, why]): Trap => ({
    title: `a harmless ${type.split(":")[1]!} on the VPC`,
    why,
    resources: beside(type, { vpcId, resourceId: vpcId, resourceArn: vpcId }),
  })),
  {
    title: "an Elastic IP address of the instance, in a subnet with a route to an internet gateway",
    why: "the address is public, whatever the subnet assigns at launch",
    resources: stack(behindInternetGateway, plus(aws("ec2/eip:Eip", "address", { id: "eip-1", instance: "i-1" }))),
  },
  {
    title: "an Elastic IP address with an EipAssociation to the instance",
    why: "EipAssociation associates an address as the address's own property does",
    resources: stack(
      behindInternetGateway,
      plus(
        aws("ec2/eip:Eip", "address", { id: "eip-1" }),
        aws("ec2/eipAssociation:EipAssociation", "association-of-address", {
          instanceId: "i-1",
          allocationId: "eip-1",
        }),
      ),
    ),
  },
  {
    title: "an Elastic IP address of another instance",
    why: "the address is not associated with this instance",
    resources: stack(
      natAndGateway,
      without("nat"),
      set("to-nat", { natGatewayId: undefined, gatewayId: "igw-1" }),
      plus(
        aws("ec2/instance:Instance", "db", { id: "i-2", subnetId: "subnet-1" }),
        aws("ec2/eip:Eip", "address", { id: "eip-1", instance: "i-2" }),
      ),
    ),
    blocks: [
      "control-plane",
      "the VPC has no endpoint for `ssm`, and the default route targets an internet gateway, which instances without a public IP address cannot use",
    ],
    advice: ["unmanaged"],
  },
  {
    title: "no Elastic IP address in a stack with all endpoints",
    why: "no public IP address is needed",
    resources: endpointsAndNat,
  },
  {
    title:
      "a managed node group without a launch template, with a SecurityGroupRulesExclusive on its cluster security group",
    why: "the provider removes the rules that EKS creates",
    resources: [
      ...ofCluster({ referencedSecurityGroupId: "sg-cluster" }),
      aws("vpc/securityGroupRulesExclusive:SecurityGroupRulesExclusive", "exclusive", {
        securityGroupId: "sg-cluster",
        egressRuleIds: [],
        ingressRuleIds: [],
      }),
    ],
    leavesUnknown: [...hopsOfTraffic],
    advice: ["unpatched"],
  },
];
