import { type StackResource, defaultHostManagementSetting, unknownText } from "patchpath/account";
import type { Action } from "./calls";
import { firewallAssociationResource } from "./names";
import type { Maker, Props } from "./resources";

/**
 * What stands for the answer to a call that was refused: a resource of which nothing is known, so that whatever might be
 * among the ones that the call would have listed makes the model say that it is unknown. Its name says which call it was.
 */
const stands: Readonly<Partial<Record<Action, readonly (readonly [type: string, unknown: readonly string[]])[]>>> = {
  "ec2:DescribeVpcEndpoints": [
    ["aws:ec2/vpcEndpoint:VpcEndpoint", ["serviceName", "vpcEndpointType", "vpcId", "routeTableIds"]],
  ],
  "ec2:DescribeRouteTables": [["aws:ec2/routeTableAssociation:RouteTableAssociation", ["subnetId", "routeTableId"]]],
  "ec2:DescribeNetworkAcls": [["aws:ec2/networkAcl:NetworkAcl", ["subnetIds", "ingress", "egress"]]],
  "ec2:DescribeVpcBlockPublicAccessExclusions": [
    ["aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion", ["vpcId", "internetGatewayExclusionMode"]],
  ],
  "ec2:DescribeVpcBlockPublicAccessOptions": [
    ["aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions", ["internetGatewayBlockMode"]],
  ],
  "ec2:DescribeTransitGatewayRouteTables": [["aws:ec2transitgateway/routeTable:RouteTable", ["transitGatewayId"]]],
  "route53resolver:ListResolverRuleAssociations": [
    ["aws:route53/resolverRuleAssociation:ResolverRuleAssociation", ["vpcId", "resolverRuleId"]],
  ],
  "route53profiles:ListProfileAssociations": [["aws:route53/profilesAssociation:ProfilesAssociation", ["resourceId"]]],
  "ssm:DescribeMaintenanceWindows": [
    ["aws:ssm/maintenanceWindowTask:MaintenanceWindowTask", ["taskArn", "windowId", "targets"]],
  ],
  "ssm:ListAssociations": [["aws:ssm/association:Association", ["name", "targets", "parameters"]]],
  "ssm-quicksetup:ListConfigurationManagers": [
    ["aws:ssm/quicksetupConfigurationManager:QuicksetupConfigurationManager", ["configurationDefinition"]],
  ],
};

/** The resources that stand for the answer to a refused call; none where references to what is missing show it by themselves. */
export function unread(make: Maker, action: Action): StackResource[] {
  return (stands[action] ?? []).map(([type, properties]) => standIn(make, type, action, properties));
}

export function standIn(
  make: Maker,
  type: string,
  action: Action,
  properties: readonly string[],
  known: Props = {},
): StackResource {
  const unknown = Object.fromEntries(properties.map((property) => [property, unknownText]));
  return make(type, `${action}${Object.values(known).join()}`, { ...unknown, ...known }, `what ${action} would list`);
}

/** The setting of Default Host Management Configuration, where it could not be read. */
export function unreadHostManagement(make: Maker): StackResource {
  const known = { settingId: defaultHostManagementSetting };
  return standIn(make, "aws:ssm/serviceSetting:ServiceSetting", "ssm:GetServiceSetting", ["settingValue"], known);
}

/** The services whose names a private hosted zone may take over. */
const services = ["ssm", "ssmmessages", "ec2messages", "s3"];

/** Hosted zones that a VPC may have, where they could not be listed. */
export function unreadZones(make: Maker, region: string, vpcId: string): StackResource[] {
  return services.map((service) =>
    make(
      "aws:route53/zone:Zone",
      `${vpcId}/${service}`,
      { name: `${service}.${region}.amazonaws.com`, vpcs: unknownText },
      "what route53:ListHostedZonesByVPC would list",
    ),
  );
}

/** A rule group of DNS Firewall that a VPC may have, where they could not be listed. */
export function unreadFirewall(make: Maker, vpcId: string): StackResource {
  const name = "what route53resolver:ListFirewallRuleGroupAssociations would list";
  return firewallAssociationResource(make, { id: `${vpcId}/unread`, name, vpcId });
}
