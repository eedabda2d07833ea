/** The type of a resource in the classic `aws` provider, and its twin in `aws-native`. */
export const resourceTypes = {
  autoScalingGroup: ["aws:autoscaling/group:Group", "aws-native:autoscaling:AutoScalingGroup"],
  ami: ["aws:ec2/ami:Ami", "aws:ec2/amiCopy:AmiCopy", "aws:ec2/amiFromInstance:AmiFromInstance"],
  attachedFleet: ["patchpath:fleet:AttachedFleet"],
  association: ["aws:ssm/association:Association", "aws-native:ssm:Association"],
  batchComputeEnvironment: ["aws:batch/computeEnvironment:ComputeEnvironment", "aws-native:batch:ComputeEnvironment"],
  beanstalkEnvironment: ["aws:elasticbeanstalk/environment:Environment", "aws-native:elasticbeanstalk:Environment"],
  cloudFormationStack: ["aws:cloudformation/stack:Stack", "aws-native:cloudformation:Stack"],
  defaultHostManagement: ["aws-native:ssm:DefaultHostManagementConfiguration"],
  defaultNetworkAcl: ["aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"],
  defaultRouteTable: ["aws:ec2/defaultRouteTable:DefaultRouteTable"],
  defaultSecurityGroup: ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"],
  dhcpOptions: ["aws:ec2/vpcDhcpOptions:VpcDhcpOptions", "aws-native:ec2:DhcpOptions"],
  dhcpOptionsAssociation: [
    "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation",
    "aws-native:ec2:VpcdhcpOptionsAssociation",
  ],
  dnsRecord: ["aws:route53/record:Record"],
  dnsProfileAssociation: ["aws:route53/profilesAssociation:ProfilesAssociation"],
  dnsFirewallAssociation: ["aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation"],
  dnsFirewallGroup: ["aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup"],
  dnsFirewallList: ["aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList"],
  dnsFirewallRule: ["aws:route53/resolverFirewallRule:ResolverFirewallRule"],
  document: ["aws:ssm/document:Document", "aws-native:ssm:Document"],
  ec2Fleet: ["aws:ec2/fleet:Fleet", "aws-native:ec2:Ec2Fleet"],
  eksCluster: ["aws:eks/cluster:Cluster", "aws-native:eks:Cluster"],
  eksNodeGroup: ["aws:eks/nodeGroup:NodeGroup", "aws-native:eks:Nodegroup"],
  emrCluster: ["aws:emr/cluster:Cluster", "aws-native:emr:Cluster"],
  elasticIp: ["aws:ec2/eip:Eip", "aws-native:ec2:Eip"],
  elasticIpAssociation: ["aws:ec2/eipAssociation:EipAssociation", "aws-native:ec2:EipAssociation"],
  endpointGroupAssociation: ["aws:ec2/securityGroupAssociation:SecurityGroupAssociation"],
  endpointPrivateDns: ["aws:vpc/endpointPrivateDns:EndpointPrivateDns"],
  hostedZone: ["aws:route53/zone:Zone", "aws-native:route53:HostedZone"],
  hostedZoneAssociation: ["aws:route53/zoneAssociation:ZoneAssociation"],
  instance: ["aws:ec2/instance:Instance", "aws-native:ec2:Instance"],
  instanceProfile: ["aws:iam/instanceProfile:InstanceProfile", "aws-native:iam:InstanceProfile"],
  internetGateway: ["aws:ec2/internetGateway:InternetGateway", "aws-native:ec2:InternetGateway"],
  internetGatewayAttachment: [
    "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment",
    "aws-native:ec2:VpcGatewayAttachment",
  ],
  launchConfiguration: [
    "aws:ec2/launchConfiguration:LaunchConfiguration",
    "aws-native:autoscaling:LaunchConfiguration",
  ],
  launchTemplate: ["aws:ec2/launchTemplate:LaunchTemplate", "aws-native:ec2:LaunchTemplate"],
  mainRouteTableAssociation: ["aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation"],
  maintenanceWindow: ["aws:ssm/maintenanceWindow:MaintenanceWindow", "aws-native:ssm:MaintenanceWindow"],
  maintenanceWindowTarget: [
    "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget",
    "aws-native:ssm:MaintenanceWindowTarget",
  ],
  maintenanceWindowTask: [
    "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
    "aws-native:ssm:MaintenanceWindowTask",
  ],
  natGateway: ["aws:ec2/natGateway:NatGateway", "aws-native:ec2:NatGateway"],
  networkInterface: ["aws:ec2/networkInterface:NetworkInterface", "aws-native:ec2:NetworkInterface"],
  networkInterfaceGroup: ["aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment"],
  networkAcl: ["aws:ec2/networkAcl:NetworkAcl", "aws-native:ec2:NetworkAcl"],
  networkAclAssociation: [
    "aws:ec2/networkAclAssociation:NetworkAclAssociation",
    "aws-native:ec2:SubnetNetworkAclAssociation",
  ],
  networkAclRule: ["aws:ec2/networkAclRule:NetworkAclRule", "aws-native:ec2:NetworkAclEntry"],
  parameter: ["aws:ssm/parameter:Parameter", "aws-native:ssm:Parameter"],
  patchBaseline: ["aws:ssm/patchBaseline:PatchBaseline", "aws-native:ssm:PatchBaseline"],
  patchGroup: ["aws:ssm/patchGroup:PatchGroup"],
  policy: ["aws:iam/policy:Policy", "aws-native:iam:ManagedPolicy"],
  policyAttachment: ["aws:iam/policyAttachment:PolicyAttachment"],
  prefixListEntry: ["aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry"],
  prefixList: ["aws:ec2/managedPrefixList:ManagedPrefixList", "aws-native:ec2:PrefixList"],
  publicAccessExclusion: [
    "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion",
    "aws-native:ec2:VpcBlockPublicAccessExclusion",
  ],
  publicAccessOptions: [
    "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
    "aws-native:ec2:VpcBlockPublicAccessOptions",
  ],
  quickSetup: ["aws:ssm/quicksetupConfigurationManager:QuicksetupConfigurationManager"],
  resolverRule: ["aws:route53/resolverRule:ResolverRule", "aws-native:route53resolver:ResolverRule"],
  reportedAgent: ["patchpath:audit:ReportedAgent"],
  resolverRuleAssociation: [
    "aws:route53/resolverRuleAssociation:ResolverRuleAssociation",
    "aws-native:route53resolver:ResolverRuleAssociation",
  ],
  role: ["aws:iam/role:Role", "aws-native:iam:Role"],
  rolePolicy: ["aws:iam/rolePolicy:RolePolicy", "aws-native:iam:RolePolicy"],
  rolePoliciesExclusive: ["aws:iam/rolePoliciesExclusive:RolePoliciesExclusive"],
  rolePolicyAttachment: ["aws:iam/rolePolicyAttachment:RolePolicyAttachment"],
  rolePolicyAttachmentsExclusive: ["aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"],
  route: ["aws:ec2/route:Route", "aws-native:ec2:Route"],
  routePropagation: [
    "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation",
    "aws-native:ec2:VpnGatewayRoutePropagation",
  ],
  routeTable: ["aws:ec2/routeTable:RouteTable", "aws-native:ec2:RouteTable"],
  routeTableAssociation: [
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    "aws-native:ec2:SubnetRouteTableAssociation",
  ],
  securityGroup: ["aws:ec2/securityGroup:SecurityGroup", "aws-native:ec2:SecurityGroup"],
  securityGroupEgress: [
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws-native:ec2:SecurityGroupEgress",
  ],
  securityGroupIngress: [
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "aws-native:ec2:SecurityGroupIngress",
  ],
  securityGroupRule: ["aws:ec2/securityGroupRule:SecurityGroupRule"],
  spotFleet: ["aws:ec2/spotFleetRequest:SpotFleetRequest", "aws-native:ec2:SpotFleet"],
  spotInstanceRequest: ["aws:ec2/spotInstanceRequest:SpotInstanceRequest"],
  serviceSetting: ["aws:ssm/serviceSetting:ServiceSetting"],
  subnet: ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet", "aws-native:ec2:Subnet"],
  subnetBlock: ["aws-native:ec2:SubnetCidrBlock"],
  transitGateway: ["aws:ec2transitgateway/transitGateway:TransitGateway", "aws-native:ec2:TransitGateway"],
  transitGatewayAttachment: [
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
    "aws-native:ec2:TransitGatewayAttachment",
    "aws-native:ec2:TransitGatewayVpcAttachment",
  ],
  transitGatewayRoute: [
    "aws:ec2transitgateway/route:Route",
    "aws:ec2transitgateway/prefixListReference:PrefixListReference",
    "aws-native:ec2:TransitGatewayRoute",
  ],
  transitGatewayRouteTable: ["aws:ec2transitgateway/routeTable:RouteTable", "aws-native:ec2:TransitGatewayRouteTable"],
  vpc: ["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc", "aws-native:ec2:Vpc"],
  vpcBlock: ["aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", "aws-native:ec2:VpcCidrBlock"],
  vpcEndpoint: ["aws:ec2/vpcEndpoint:VpcEndpoint", "aws-native:ec2:VpcEndpoint"],
  vpcEndpointPolicy: ["aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"],
  vpcEndpointRouteTableAssociation: ["aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation"],
  vpcEndpointSubnetAssociation: ["aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation"],
  vpcPeeringAccepter: ["aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter"],
  vpcPeeringConnection: ["aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "aws-native:ec2:VpcPeeringConnection"],
  vpnGateway: ["aws:ec2/vpnGateway:VpnGateway", "aws-native:ec2:VpnGateway"],
} as const;

export type ResourceKind = keyof typeof resourceTypes;

const kinds = new Map<string, ResourceKind>(
  (Object.keys(resourceTypes) as ResourceKind[]).flatMap((kind) =>
    resourceTypes[kind].map((type) => [type, kind] as const),
  ),
);

/** The kind of a resource type on the patch path; `undefined` for other types. */
export function kindOf({ type }: { readonly type: string }): ResourceKind | undefined {
  return kinds.get(type);
}

export function isOf(kind: ResourceKind, resource: { readonly type: string }): boolean {
  return kindOf(resource) === kind;
}

export function isNative({ type }: { readonly type: string }): boolean {
  return type.startsWith("aws-native:");
}
