/** Three of everything. */
export const thrice = [0, 1, 2] as const;

/** What filters the names and the traffic of the whole account: DNS Firewall, and VPC Block Public Access. */
export function filters(vpcId: string) {
  return {
    "route53resolver:ListFirewallRuleGroupAssociations": {
      FirewallRuleGroupAssociations: thrice.map((i) => ({
        Id: `firewall-${i}`,
        Name: `group-${i}`,
        VpcId: vpcId,
        FirewallRuleGroupId: `rules-${i}`,
        Status: "COMPLETE",
      })),
    },
    "route53resolver:ListFirewallRules": {
      by: "FirewallRuleGroupId",
      answers: Object.fromEntries(
        thrice.map((i) => [
          `rules-${i}`,
          {
            FirewallRules: thrice.map((j) => ({
              FirewallRuleGroupId: `rules-${i}`,
              FirewallDomainListId: `domains-${j}`,
              Name: `rule-${i}-${j}`,
              Priority: j,
              Action: "BLOCK",
            })),
          },
        ]),
      ),
    },
    "route53resolver:ListFirewallDomainLists": {
      FirewallDomainLists: thrice.map((i) => ({ Id: `domains-${i}`, Name: `domains-${i}` })),
    },
    "route53resolver:ListFirewallDomains": { Domains: thrice.map((i) => `blocked-${i}.example.`) },
    "ec2:DescribeVpcBlockPublicAccessOptions": {
      VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: "block-ingress", State: "update-complete" },
    },
    "ec2:DescribeVpcBlockPublicAccessExclusions": {
      VpcBlockPublicAccessExclusions: thrice.map((i) => ({
        ExclusionId: `vpcbpa-exclude-${i}`,
        InternetGatewayExclusionMode: "allow-egress",
        ResourceArn: `arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-excluded-${i}`,
        State: "create-complete",
      })),
    },
  };
}
