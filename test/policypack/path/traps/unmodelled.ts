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

/** An instance in a public subnet, without a public address of its own. */
const behindInternetGateway = stack(
  nat,
  without("nat"),
  set("to-nat", { natGatewayId: undefined, gatewayId: "igw-1" }),
);

/** What is not modelled may change a path; what is harmless may not. */
export const unmodelled: readonly Trap[] = [
  {
    title: "defaults of the Region that turn the metadata service off",
    why: "instances that say nothing else have no credentials",
    resources: stack(
      endpointOnly,
      plus(aws("ec2/instanceMetadataDefaults:InstanceMetadataDefaults", "defaults", { httpEndpoint: "disabled" })),
    ),
    leavesUnknown: ["identity"],
  },
  {
    title: "defaults of the Region that require tokens",
    why: "the agent uses tokens",
    resources: stack(
      endpointOnly,
      plus(aws("ec2/instanceMetadataDefaults:InstanceMetadataDefaults", "defaults", { httpTokens: "required" })),
    ),
  },
  {
    title: "a transit gateway that is shared with other accounts",
    why: "their attachments add routes",
    resources: stack(
      endpointOnly,
      ...moved,
      joinedByGateway,
      plus(aws("ram/resourceAssociation:ResourceAssociation", "shared-gateway", { resourceArn: "tgw-1" })),
    ),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a CloudFormation stack with a role, which is given the VPC",
    why: "its template creates nothing on the path",
    resources: beside("cloudformation/stack:Stack", {
      templateBody: JSON.stringify({ Resources: { Role: { Type: "AWS::IAM::Role" } } }),
      parameters: { Vpc: vpcId },
    }),
  },
  {
    title: "a network interface that is attached to another instance, with the group of both",
    why: "it changes that instance, and not the group",
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
    why: "in the mode enforce they drop traffic",
    resources: beside("ec2/vpcEncryptionControl:VpcEncryptionControl", { vpcId, mode: "enforce" }),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a CloudFormation stack that is given the VPC",
    why: "its template may create anything there",
    resources: beside("cloudformation/stack:Stack", { templateUrl: "https://example.com", parameters: { Vpc: vpcId } }),
    leavesUnknown: ["identity", "dns", ...hopsOfTraffic],
  },
  {
    title: "a resource of aws-native that is not modelled",
    why: "the namespaces are the same for both providers",
    resources: stack(endpointOnly, plus(native("ec2:VpcEncryptionControl", "other", { vpcId }))),
    leavesUnknown: hopsOfTraffic,
  },
  ...(
    [
      ["ec2/flowLog:FlowLog", "it observes"],
      ["ec2/tag:Tag", "a tag changes no traffic"],
      ["ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", "more addresses take no route away"],
      ["networkfirewall/firewall:Firewall", "only a route leads to it"],
      ["ram/resourceAssociation:ResourceAssociation", "it shares the resource with others"],
      ["cloudwatch/metricAlarm:MetricAlarm", "its namespace changes no path"],
    ] as const
  ).map(([type, why]): Trap => ({
    title: `a harmless ${type.split(":")[1]!} on the VPC`,
    why,
    resources: beside(type, { vpcId, resourceId: vpcId, resourceArn: vpcId }),
  })),
  {
    title: "an Elastic IP of the instance, in a subnet with an internet gateway",
    why: "the address is public, whatever the subnet gives",
    resources: stack(behindInternetGateway, plus(aws("ec2/eip:Eip", "address", { id: "eip-1", instance: "i-1" }))),
  },
  {
    title: "an Elastic IP that is associated with the instance",
    why: "an association does as the address itself",
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
    title: "an Elastic IP of another instance",
    why: "it is no address of this one",
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
    title: "no Elastic IP in a stack with all endpoints",
    why: "nothing needs one",
    resources: endpointsAndNat,
  },
  {
    title: "a managed node group without a template, with a resource that owns all rules of its cluster's group",
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
