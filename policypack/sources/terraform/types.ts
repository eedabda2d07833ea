/**
 * The types of Terraform's AWS provider, by the types of @pulumi/aws, which is bridged from it: all types of the modules
 * that can change what a network or an identity does, and of those that launch instances. Source: the `renames` of
 * bridge-metadata.json in pulumi/pulumi-aws and the modules of @pulumi/aws 7.48.0, checked 2026-11-28.
 *
 * A type is the prefix of its module and its name in snake case: `aws_` and `vpc_endpoint`.
 */
const modules: Readonly<Record<string, readonly [prefix: string, names: string]>> = {
  autoscaling: [
    "aws_autoscaling_",
    "attachment group lifecycleHook notification policy schedule trafficSourceAttachment",
  ],
  batch: ["aws_batch_", "computeEnvironment jobDefinition jobQueue schedulingPolicy"],
  cloudformation: ["aws_cloudformation_", "stack stackInstances stackSet stackSetInstance"],
  directconnect: [
    "aws_dx_",
    "bgpPeer connection connectionAssociation connectionConfirmation gateway gatewayAssociation gatewayAssociationProposal hostedConnection hostedPrivateVirtualInterface hostedPrivateVirtualInterfaceAccepter hostedPublicVirtualInterface hostedPublicVirtualInterfaceAccepter hostedTransitVirtualInterface macsecKeyAssociation privateVirtualInterface publicVirtualInterface transitVirtualInterface",
  ],
  ec2: [
    "aws_",
    "ami amiCopy amiFromInstance amiLaunchPermission customerGateway defaultNetworkAcl defaultRouteTable defaultSecurityGroup defaultSubnet defaultVpc defaultVpcDhcpOptions egressOnlyInternetGateway eip eipAssociation eipDomainName flowLog instance internetGateway internetGatewayAttachment keyPair launchConfiguration launchTemplate mainRouteTableAssociation natGateway natGatewayEipAssociation networkAcl networkAclAssociation networkAclRule networkInterface networkInterfaceAttachment networkInterfacePermission placementGroup proxyProtocolPolicy route routeTable routeTableAssociation securityGroup securityGroupRule snapshotCreateVolumePermission spotDatafeedSubscription spotFleetRequest spotInstanceRequest subnet volumeAttachment vpc vpcBlockPublicAccessExclusion vpcBlockPublicAccessOptions vpcDhcpOptions vpcDhcpOptionsAssociation vpcEncryptionControl vpcEndpoint vpcEndpointConnectionAccepter vpcEndpointConnectionNotification vpcEndpointPolicy vpcEndpointRouteTableAssociation vpcEndpointService vpcEndpointSubnetAssociation vpcIpam vpcIpamOrganizationAdminAccount vpcIpamPool vpcIpamPoolCidr vpcIpamPoolCidrAllocation vpcIpamPreviewNextCidr vpcIpamResourceDiscovery vpcIpamResourceDiscoveryAssociation vpcIpamScope vpcIpv4CidrBlockAssociation vpcIpv6CidrBlockAssociation vpcNetworkPerformanceMetricSubscription vpcPeeringConnection vpcPeeringConnectionAccepter vpcSecurityGroupRulesExclusive vpnConcentrator vpnConnection vpnConnectionRoute vpnGateway vpnGatewayAttachment vpnGatewayRoutePropagation",
  ],
  ec2clientvpn: ["aws_ec2_client_vpn_", "authorizationRule endpoint networkAssociation route"],
  ec2transitgateway: [
    "aws_ec2_transit_gateway_",
    "connect connectPeer defaultRouteTableAssociation defaultRouteTablePropagation meteringPolicy meteringPolicyEntry multicastDomain multicastDomainAssociation multicastGroupMember multicastGroupSource peeringAttachment peeringAttachmentAccepter policyTable policyTableAssociation policyTableEntry prefixListReference route routeTable routeTableAssociation routeTablePropagation vpcAttachment vpcAttachmentAccepter",
  ],
  ecs: ["aws_ecs_", "capacityProvider cluster clusterCapacityProviders service taskDefinition"],
  eks: [
    "aws_eks_",
    "accessEntry accessPolicyAssociation addon cluster fargateProfile identityProviderConfig nodeGroup podIdentityAssociation",
  ],
  elasticbeanstalk: ["aws_elastic_beanstalk_", "application applicationVersion configurationTemplate environment"],
  emr: ["aws_emr_", "cluster instanceFleet instanceGroup managedScalingPolicy securityConfiguration studio"],
  iam: [
    "aws_iam_",
    "accessKey accountAlias accountPasswordPolicy group groupMembership groupPoliciesExclusive groupPolicy groupPolicyAttachment groupPolicyAttachmentsExclusive instanceProfile organizationsFeatures policy policyAttachment role rolePoliciesExclusive rolePolicy rolePolicyAttachment rolePolicyAttachmentsExclusive samlProvider securityTokenServicePreferences serverCertificate serviceLinkedRole serviceSpecificCredential signingCertificate user userGroupMembership userLoginProfile userPoliciesExclusive userPolicy userPolicyAttachment userPolicyAttachmentsExclusive virtualMfaDevice",
  ],
  networkfirewall: [
    "aws_networkfirewall_",
    "firewall firewallPolicy firewallTransitGatewayAttachmentAccepter loggingConfiguration resourcePolicy ruleGroup tlsInspectionConfiguration vpcEndpointAssociation",
  ],
  ram: [
    "aws_ram_",
    "permission principalAssociation resourceAssociation resourceShare resourceShareAccepter resourceShareAssociationsExclusive sharingWithOrganization",
  ],
  route53: [
    "aws_route53_",
    "cidrCollection cidrLocation delegationSet healthCheck keySigningKey queryLog record recordsExclusive resolverConfig resolverEndpoint resolverFirewallConfig resolverFirewallDomainList resolverFirewallRule resolverFirewallRuleGroup resolverFirewallRuleGroupAssociation resolverQueryLogConfig resolverQueryLogConfigAssociation resolverRule resolverRuleAssociation trafficPolicy trafficPolicyInstance vpcAssociationAuthorization zone zoneAssociation",
  ],
  ssm: [
    "aws_ssm_",
    "activation association defaultPatchBaseline document maintenanceWindow maintenanceWindowTarget maintenanceWindowTask parameter patchBaseline patchGroup resourceDataSync serviceSetting",
  ],
  vpc: [
    "aws_vpc_",
    "endpointPrivateDns endpointServicePrivateDnsVerification routeServer routeServerEndpoint routeServerPeer routeServerPropagation routeServerVpcAssociation securityGroupEgressRule securityGroupIngressRule securityGroupVpcAssociation",
  ],
  vpclattice: [
    "aws_vpclattice_",
    "accessLogSubscription authPolicy listener listenerRule resourceConfiguration resourceGateway resourcePolicy service serviceNetwork serviceNetworkResourceAssociation serviceNetworkServiceAssociation serviceNetworkVpcAssociation targetGroup targetGroupAttachment",
  ],
};

/** Types whose names in Terraform do not follow from their modules. */
const others: Readonly<Record<string, string>> = {
  aws_autoscaling_group_tag: "aws:autoscaling/tag:Tag",
  aws_dx_hosted_transit_virtual_interface_accepter:
    "aws:directconnect/hostedTransitVirtualInterfaceAcceptor:HostedTransitVirtualInterfaceAcceptor",
  aws_dx_lag: "aws:directconnect/linkAggregationGroup:LinkAggregationGroup",
  aws_ec2_allowed_images_settings: "aws:ec2/allowedImagesSettings:AllowedImagesSettings",
  aws_ec2_availability_zone_group: "aws:ec2/availabilityZoneGroup:AvailabilityZoneGroup",
  aws_ec2_capacity_block_reservation: "aws:ec2/capacityBlockReservation:CapacityBlockReservation",
  aws_ec2_capacity_reservation: "aws:ec2/capacityReservation:CapacityReservation",
  aws_ec2_carrier_gateway: "aws:ec2/carrierGateway:CarrierGateway",
  aws_ec2_default_credit_specification: "aws:ec2/defaultCreditSpecification:DefaultCreditSpecification",
  aws_ec2_fleet: "aws:ec2/fleet:Fleet",
  aws_ec2_host: "aws:ec2/dedicatedHost:DedicatedHost",
  aws_ec2_image_block_public_access: "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
  aws_ec2_instance_connect_endpoint: "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint",
  aws_ec2_instance_metadata_defaults: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
  aws_ec2_instance_state: "aws:ec2transitgateway/instanceState:InstanceState",
  aws_ec2_local_gateway_route: "aws:ec2/localGatewayRoute:LocalGatewayRoute",
  aws_ec2_local_gateway_route_table_vpc_association:
    "aws:ec2/localGatewayRouteTableVpcAssociation:LocalGatewayRouteTableVpcAssociation",
  aws_ec2_managed_prefix_list: "aws:ec2/managedPrefixList:ManagedPrefixList",
  aws_ec2_managed_prefix_list_entry: "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
  aws_ec2_network_insights_analysis: "aws:ec2/networkInsightsAnalysis:NetworkInsightsAnalysis",
  aws_ec2_network_insights_path: "aws:ec2/networkInsightsPath:NetworkInsightsPath",
  aws_ec2_serial_console_access: "aws:ec2/serialConsoleAccess:SerialConsoleAccess",
  aws_ec2_subnet_cidr_reservation: "aws:ec2/subnetCidrReservation:SubnetCidrReservation",
  aws_ec2_tag: "aws:ec2/tag:Tag",
  aws_ec2_traffic_mirror_filter: "aws:ec2/trafficMirrorFilter:TrafficMirrorFilter",
  aws_ec2_traffic_mirror_filter_rule: "aws:ec2/trafficMirrorFilterRule:TrafficMirrorFilterRule",
  aws_ec2_traffic_mirror_session: "aws:ec2/trafficMirrorSession:TrafficMirrorSession",
  aws_ec2_traffic_mirror_target: "aws:ec2/trafficMirrorTarget:TrafficMirrorTarget",
  aws_ec2_transit_gateway: "aws:ec2transitgateway/transitGateway:TransitGateway",
  aws_iam_openid_connect_provider: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  aws_iam_user_ssh_key: "aws:iam/sshKey:SshKey",
  aws_network_interface_sg_attachment:
    "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
  aws_route53_hosted_zone_dnssec: "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec",
  aws_route53_resolver_dnssec_config: "aws:route53/resolverDnsSecConfig:ResolverDnsSecConfig",
  aws_route53profiles_association: "aws:route53/profilesAssociation:ProfilesAssociation",
  aws_route53profiles_profile: "aws:route53/profilesProfile:ProfilesProfile",
  aws_route53profiles_resource_association: "aws:route53/profilesResourceAssociation:ProfilesResourceAssociation",
  aws_ssmquicksetup_configuration_manager: "aws:ssm/quicksetupConfigurationManager:QuicksetupConfigurationManager",
  aws_vpc_endpoint_security_group_association: "aws:ec2/securityGroupAssociation:SecurityGroupAssociation",
  aws_vpc_endpoint_service_allowed_principal:
    "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple",
  aws_vpc_peering_connection_options: "aws:ec2/peeringConnectionOptions:PeeringConnectionOptions",
};

const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/** `vpcEndpoint` as Terraform writes it: `vpc_endpoint`. */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `vpc_endpoint` as Pulumi writes it: `vpcEndpoint`. */
export function camel(name: string): string {
  return name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

const types = new Map<string, string>([
  ...Object.entries(modules).flatMap(([module, [prefix, names]]) =>
    names
      .split(" ")
      .map((name): [string, string] => [`${prefix}${snake(name)}`, `aws:${module}/${name}:${capital(name)}`]),
  ),
  ...Object.entries(others),
]);

/**
 * The type of @pulumi/aws that a type of Terraform is bridged to. Another type keeps its name, which Terraform's users
 * know: `terraform:aws_lambda_function`.
 */
export function typeOf(terraformType: string): string {
  return types.get(terraformType) ?? `terraform:${terraformType}`;
}

/** All types that are mapped, for the test of this table. */
export const mappedTypes: ReadonlyMap<string, string> = types;
