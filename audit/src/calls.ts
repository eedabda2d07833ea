/**
 * Every operation that an audit may send, by service: with what it is for. The guard of the clients and the policy that
 * `patchpath audit --print-policy` prints are both generated from this table, so neither can contain what the other does not.
 *
 * The prefixes and the actions are those of https://docs.aws.amazon.com/service-authorization/latest/reference/, where each
 * operation here is an action of the same name, checked 2026-11-28 by the names of the SDK's operations only.
 */
export const calls = {
  ec2: [
    "DescribeDhcpOptions",
    "DescribeImages",
    "DescribeInstanceAttribute",
    "DescribeInstances",
    "DescribeLaunchTemplateVersions",
    "DescribeManagedPrefixLists",
    "DescribeNatGateways",
    "DescribeNetworkAcls",
    "DescribeRouteTables",
    "DescribeSecurityGroups",
    "DescribeSubnets",
    "DescribeTransitGatewayAttachments",
    "DescribeTransitGatewayRouteTables",
    "DescribeTransitGateways",
    "DescribeTransitGatewayVpcAttachments",
    "DescribeVpcAttribute",
    "DescribeVpcBlockPublicAccessExclusions",
    "DescribeVpcBlockPublicAccessOptions",
    "DescribeVpcEndpoints",
    "DescribeVpcPeeringConnections",
    "DescribeVpcs",
    "GetManagedPrefixListEntries",
    "SearchTransitGatewayRoutes",
  ],
  eks: ["DescribeNodegroup", "ListClusters", "ListNodegroups"],
  iam: [
    "GetInstanceProfile",
    "GetPolicy",
    "GetPolicyVersion",
    "GetRole",
    "GetRolePolicy",
    "ListAttachedRolePolicies",
    "ListRolePolicies",
  ],
  autoscaling: ["DescribeAutoScalingGroups", "DescribeLaunchConfigurations"],
  ssm: [
    "DescribeAssociation",
    "DescribeInstanceInformation",
    "DescribeInstancePatchStates",
    "DescribeMaintenanceWindows",
    "DescribeMaintenanceWindowTargets",
    "DescribeMaintenanceWindowTasks",
    "DescribePatchGroups",
    "GetDocument",
    "GetMaintenanceWindowTask",
    "GetServiceSetting",
    "ListAssociations",
    "ListResourceComplianceSummaries",
  ],
  route53: ["ListHostedZonesByVPC", "ListResourceRecordSets"],
  route53resolver: [
    "ListFirewallDomainLists",
    "ListFirewallDomains",
    "ListFirewallRuleGroupAssociations",
    "ListFirewallRules",
    "ListResolverRuleAssociations",
    "ListResolverRules",
  ],
  route53profiles: ["ListProfileAssociations"],
  "ssm-quicksetup": ["GetConfigurationManager", "ListConfigurationManagers"],
  sts: ["GetCallerIdentity"],
  /** With `--config-aggregator` these two are all that is sent. */
  config: ["DescribeConfigurationAggregatorSourcesStatus", "SelectAggregateResourceConfig"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Calls = typeof calls;

/** A service by the prefix of its IAM actions. */
export type Service = keyof Calls;

/** An operation as IAM names it, such as `ec2:DescribeVpcs`. */
export type Action = { [S in Service]: `${S}:${Calls[S][number]}` }[Service];

/** Whether an operation is one that an audit may send. */
export function isAllowed(service: Service, operation: string): boolean {
  return (calls[service] as readonly string[]).includes(operation);
}

/** The actions in the order of the table. */
export function actions(): Action[] {
  return (Object.keys(calls) as Service[]).flatMap((service) =>
    calls[service].map((operation) => `${service}:${operation}` as Action),
  );
}

/** Anybody may call it, whatever the policy says: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const needsNoPermission: readonly Action[] = ["sts:GetCallerIdentity"];

/** The read-only policy for the role that an audit uses: exactly the calls that it makes. */
export function readOnlyPolicy(): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "PatchpathAudit",
        Effect: "Allow",
        Action: actions()
          .filter((action) => !needsNoPermission.includes(action))
          .sort(),
        Resource: "*",
      },
    ],
  };
}
