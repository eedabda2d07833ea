import * as pulumi from "@pulumi/pulumi";
import type { System } from "patchpath/facts";
import type { PatchTarget } from "../patching/patch-target";

export interface AttachedFleetArgs {
  /** The tag that selects the instances to patch. */
  readonly target: Pick<PatchTarget, "key" | "value">;
  /** Operating system of the instances. Baselines and topologies are checked against it. */
  readonly operatingSystem: System;
}

/**
 * Existing instances, selected by a tag. It does not create or change the instances, their role, their security group or their
 * agent. It is part of the state of the stack, so that `patchpath explain` includes instances that the stack did not create.
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
