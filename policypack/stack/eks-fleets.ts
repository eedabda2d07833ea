import { type Launched, launchedFrom } from "./launched";
import { nameIn, noSettings } from "./launch-settings";
import { templateAt } from "./launch-templates";
import { asText } from "./reading";
import { type StackResource, given } from "./resource";
import type { Stack, Target } from "./stack";

/**
 * The managed node groups of EKS. Their instances are launched from a template of EKS's, into which EKS merges that of the
 * node group: the profile is always one that EKS creates for the role of the node group, and the groups are those of the
 * template or else the cluster's own. The tags of a node group are not passed on to instances. Source:
 * https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html and `Tags` of AWS::EKS::Nodegroup, checked 2026-11-28.
 */
export function eksFleets(stack: Stack): Launched[] {
  return stack.of("eksNodeGroup").map((group) => nodeGroup(stack, group));
}

function nodeGroup(stack: Stack, group: StackResource): Launched {
  const launching = templateAt(stack, group, "launchTemplate");
  const base = launching?.settings ?? noSettings;
  const [subnetsAt, roleAt] = [nameIn(group, "subnetIds", "subnets"), nameIn(group, "nodeRoleArn", "nodeRole")];
  const others = {
    subnets: stack.followAll(given(group, subnetsAt), group, subnetsAt, "subnet"),
    securityGroups: base.securityGroups.length > 0 ? base.securityGroups : [groupOfCluster(stack, group)],
    instanceProfile: stack.followProperty(group, roleAt, "role") ?? ({ is: "unknown" } as const),
    amiType: base.imageId.is === "absent" ? asText(given(group, "amiType")) : ({ is: "absent" } as const),
  };
  return launchedFrom(group, [launching ?? { template: undefined, settings: base }], others, false);
}

/** The security group that EKS creates with a cluster: found as that of the cluster, which it is created and deleted with. */
function groupOfCluster(stack: Stack, group: StackResource): Target {
  const cluster = stack.followProperty(group, "clusterName", "eksCluster");
  return cluster?.is === "resource" ? cluster : { is: "unknown" };
}
