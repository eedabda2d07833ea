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
import { ofCluster } from "./launches";
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
    title: "a group that is attached to the instance's network interface",
    why: "the instance has that group too, and its rules count",
    resources: stack(
      endpointOnly,
      set("web", { primaryNetworkInterfaceId: "eni-1" }),
      set("web-group", { egress: [] }),
      plus(
        aws("ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment", "other", {
          securityGroupId: "sg-endpoints",
          networkInterfaceId: "eni-1",
        }),
      ),
    ),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "a group that is attached to another instance's network interface",
    why: "it is not this instance's",
    resources: stack(
      endpointOnly,
      plus(
        aws("ec2/instance:Instance", "db", { id: "i-2", subnetId: "subnet-1", primaryNetworkInterfaceId: "eni-2" }),
        aws("ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment", "other", {
          securityGroupId: "sg-web",
          networkInterfaceId: "eni-2",
        }),
      ),
    ),
    advice: ["unmanaged"],
  },
  {
    title: "a group that is associated with an endpoint by a resource of its own",
    why: "the endpoint has that group too",
    resources: stack(
      endpointOnly,
      set("endpoints", { ingress: [] }),
      plus(
        aws("ec2/securityGroupAssociation:SecurityGroupAssociation", "other", {
          vpcEndpointId: "vpce-ssm",
          securityGroupId: "sg-web",
        }),
      ),
    ),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "VPC Block Public Access",
    why: "what it blocks depends on its mode and its exclusions",
    resources: beside(
      "ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
      { internetGatewayBlockMode: "block-bidirectional" },
      nat,
    ),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "VPC encryption controls on the VPC",
    why: "in the mode enforce they drop traffic",
    resources: beside("ec2/vpcEncryptionControl:VpcEncryptionControl", { vpcId, mode: "enforce" }),
    leavesUnknown: hopsOfTraffic,
  },
  {
    title: "a DNS Firewall on the VPC",
    why: "its rules decide which names resolve",
    resources: beside("route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation", {
      vpcId,
      firewallRuleGroupId: "rslvr-frg-1",
      priority: 101,
    }),
    leavesUnknown: ["dns"],
  },
  {
    title: "a DNS Firewall on another VPC",
    why: "it filters the names of its own VPC",
    resources: stack(
      endpointOnly,
      plus(
        aws("ec2/vpc:Vpc", "shared", { id: "vpc-shared", cidrBlock: "10.99.0.0/16" }),
        aws("route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation", "other", {
          vpcId: "vpc-shared",
          firewallRuleGroupId: "rslvr-frg-1",
        }),
      ),
    ),
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
