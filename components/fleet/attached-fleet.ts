import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { System } from "patchpath/facts";
import type { PatchTarget } from "../patching/patch-target";

export interface AttachedFleetArgs {
  /** The tag that its instances have, and by which they are patched. */
  readonly target: Pick<PatchTarget, "key" | "value">;
  /** Of the instances: what baselines and topologies are judged by. */
  readonly operatingSystem: System;
  /**
   * A security group that the instances have, which is opened to the endpoints.
   *
   * @default - nothing is opened
   */
  readonly securityGroupId?: pulumi.Input<string> | undefined;
  /** The groups of interface endpoints that the same program makes: nobody else opens these. */
  readonly endpointSecurityGroupIds: readonly pulumi.Input<string>[];
}

/**
 * Instances that exist already, told by a tag. Nothing of theirs is made or changed: not the instances, their role, their
 * security group or their agent. Only the endpoints are opened to them. It stands in the stack's state, so that
 * `patchpath explain` knows of instances that are none of the stack's.
 */
export class AttachedFleet extends pulumi.ComponentResource {
  readonly tagKey: string;
  readonly tagValue: string;

  constructor(name: string, args: AttachedFleetArgs, opts?: pulumi.ComponentResourceOptions) {
    const { key: tagKey, value: tagValue } = args.target;
    const { operatingSystem } = args;
    // A plan shows a component's inputs, and the policy pack reads its outputs.
    super("patchpath:fleet:AttachedFleet", name, { tagKey, tagValue, operatingSystem }, opts);

    const inComponent = { parent: this };
    if (args.securityGroupId !== undefined) openEndpoints(args.securityGroupId);

    this.tagKey = tagKey;
    this.tagValue = tagValue;
    this.registerOutputs({ tagKey, tagValue, operatingSystem });

    function openEndpoints(referencedSecurityGroupId: pulumi.Input<string>): void {
      args.endpointSecurityGroupIds.forEach((securityGroupId, i) => {
        new aws.vpc.SecurityGroupIngressRule(
          `${name}-into-endpoints${i === 0 ? "" : `-${i}`}`,
          {
            securityGroupId,
            referencedSecurityGroupId,
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            description: `From instances of ${name}, which exist already`,
          },
          inComponent,
        );
      });
    }
  }
}
