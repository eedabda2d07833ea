import * as pulumi from "@pulumi/pulumi";
import type { System } from "patchpath/facts";
import type { PatchTarget } from "../patching/patch-target";

export interface AttachedFleetArgs {
  /** The tag that its instances have, and by which they are patched. */
  readonly target: Pick<PatchTarget, "key" | "value">;
  /** Of the instances: what baselines and topologies are judged by. */
  readonly operatingSystem: System;
}

/**
 * Instances that exist already, told by a tag. Nothing of theirs is made or changed: not the instances, their role, their
 * security group or their agent. It stands in the stack's state, so that `patchpath explain` knows of instances that are none
 * of the stack's.
 */
export class AttachedFleet extends pulumi.ComponentResource {
  readonly tagKey: string;
  readonly tagValue: string;

  constructor(name: string, args: AttachedFleetArgs, opts?: pulumi.ComponentResourceOptions) {
    const { key: tagKey, value: tagValue } = args.target;
    const { operatingSystem } = args;
    // A plan shows a component's inputs, and the policy pack reads its outputs.
    super("patchpath:fleet:AttachedFleet", name, { tagKey, tagValue, operatingSystem }, opts);

    this.tagKey = tagKey;
    this.tagValue = tagValue;
    this.registerOutputs({ tagKey, tagValue, operatingSystem });
  }
}
