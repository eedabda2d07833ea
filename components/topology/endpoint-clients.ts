import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { OtherClients, PatchEndpoints } from "../endpoints/patch-endpoints";
import type { ExistingNetwork } from "../network/existing-network";
import type { TopologyAttachedFleet } from "./attached-fleets";
import type { TopologyEndpoints } from "./patch-topology-args";

/** Who may use the endpoints in an existing VPC besides the fleets. A security group of existing instances has a rule already. */
export function otherClientsIn(
  { cidrBlock, cidrBlocks = [cidrBlock] }: ExistingNetwork,
  sharedWith: TopologyEndpoints["sharedWith"] = [],
  attached: readonly Pick<TopologyAttachedFleet, "securityGroupId">[],
): OtherClients {
  if (sharedWith === "vpc") return { cidrBlocks, securityGroupIds: [] };
  const attachedGroupIds = attached.map(({ securityGroupId }) => securityGroupId);
  return { cidrBlocks: [], securityGroupIds: sharedWith.filter((id) => !attachedGroupIds.includes(id)) };
}

/** Opens the endpoints of a stack to existing instances: once for each security group, which several fleets may share. */
export function openEndpointsToAttached(
  name: string,
  { ownSecurityGroupIds }: PatchEndpoints,
  attached: readonly Pick<TopologyAttachedFleet, "securityGroupId">[],
  opts: pulumi.CustomResourceOptions,
): void {
  const clients = new Set(attached.flatMap(({ securityGroupId }) => securityGroupId ?? []));
  for (const referencedSecurityGroupId of clients) {
    ownSecurityGroupIds.forEach((securityGroupId, i) => {
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-${referencedSecurityGroupId}-into-endpoints${i === 0 ? "" : `-${i}`}`,
        {
          securityGroupId,
          referencedSecurityGroupId,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          description: "From instances that exist already",
        },
        opts,
      );
    });
  }
}
