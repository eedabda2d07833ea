import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { LaunchTemplateVersion } from "@aws-sdk/client-ec2";
import type { Nodegroup } from "@aws-sdk/client-eks";
import type { StackResource } from "patchpath/account";
import { type TemplateVersion, keyOf, launchTemplateResource, templatesOf } from "./groups";
import { type Maker, tagsOf } from "./resources";

/** A node group, and the Auto Scaling group that EKS created for it; `undefined` where that is not among those that are judged. */
export interface Nodes {
  readonly nodes: Nodegroup;
  readonly group: AutoScalingGroup | undefined;
}

export function nodesOf(nodeGroups: readonly Nodegroup[], groups: readonly AutoScalingGroup[]): Nodes[] {
  const byName = new Map(groups.map((group) => [group.AutoScalingGroupName, group]));
  return nodeGroups.map((nodes) => {
    const [created] = nodes.resources?.autoScalingGroups ?? [];
    return { nodes, group: created && byName.get(created.name) };
  });
}

/**
 * The version that the instances are launched from: that of the Auto Scaling group, which EKS made from the node group's own;
 * `undefined` where it is not known and the node group has none.
 */
export function templateOfNodes({ nodes, group }: Nodes): TemplateVersion | undefined {
  if (group) return templatesOf(group)[0];
  const { id, version = "$Default" } = nodes.launchTemplate ?? {};
  return id === undefined ? undefined : { id, version };
}

/** A node group with its template. @param version of the template; `undefined` where it could not be read */
export function nodeGroupResources(
  make: Maker,
  one: Nodes,
  version: LaunchTemplateVersion | undefined,
): StackResource[] {
  const { nodes } = one;
  const { clusterName = "", nodegroupName = "" } = nodes;
  const template = templateResource(make, one, version);
  const props = {
    arn: nodes.nodegroupArn,
    clusterName,
    nodeGroupName: nodegroupName,
    nodeRoleArn: nodes.nodeRole,
    subnetIds: nodes.subnets ?? [],
    amiType: nodes.amiType,
    version: nodes.version,
    launchTemplate: template && { id: template.props["id"] },
    tags: nodes.tags,
  };
  const group = make("aws:eks/nodeGroup:NodeGroup", idOf(nodes), props, `${nodegroupName} (${clusterName})`);
  return template ? [group, template] : [group];
}

/** As the provider writes it. */
function idOf({ clusterName = "", nodegroupName = "" }: Nodegroup): string {
  return `${clusterName}:${nodegroupName}`;
}

/**
 * A template for each node group, since two may share one. The image that EKS chose is left to the type of AMI, which tells more
 * than its id; and the tags that an Auto Scaling group passes on are those of the instances.
 */
function templateResource(
  make: Maker,
  one: Nodes,
  version: LaunchTemplateVersion | undefined,
): StackResource | undefined {
  const used = templateOfNodes(one);
  if (!used) return undefined;
  const { nodes, group } = one;
  const template = launchTemplateResource(make, used, version);
  const isChosenByEks = nodes.amiType !== undefined && nodes.amiType !== "CUSTOM";
  const { imageId, tagSpecifications, ...others } = template.props;
  const passedOn = (group?.Tags ?? []).filter(({ PropagateAtLaunch }) => PropagateAtLaunch);
  const props = {
    ...others,
    imageId: isChosenByEks ? undefined : imageId,
    tagSpecifications: [
      ...((tagSpecifications ?? []) as object[]),
      { resourceType: "instance", tags: tagsOf(passedOn) },
    ],
    id: `${idOf(nodes)}/${keyOf(used)}`,
  };
  return make(template.type, props.id, props, template.name);
}
