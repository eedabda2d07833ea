import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Region } from "patchpath/facts";
import { type CommandLines, onDemandDocument, sendCommandLines } from "./on-demand-document";
import type { CommandOutputLike } from "./command-output";
import { type PatchingSettings, patchingDefaults } from "./method";
import { type PatchTarget, ownTarget } from "./patch-target";

export interface OnDemandPatchingArgs extends Pick<PatchingSettings, "maxConcurrency" | "maxErrors" | "rebootOption"> {
  /** Plain, since it is part of the commands. */
  readonly region: Region;
  /** Value of the tag `PatchGroup` on the instances that the stack creates. */
  readonly patchGroup: string;
  /**
   * Instances to patch, by tags.
   *
   * @default - the instances of the patch group
   */
  readonly targets?: readonly PatchTarget[];
  /**
   * Where the output of the commands goes.
   *
   * @default - only the console
   */
  readonly commandOutput?: CommandOutputLike | undefined;
  /**
   * Tags of the document.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Patching on demand: a document with the settings of the stack, and the commands that run it. Nothing is scheduled. */
export class OnDemandPatching extends pulumi.ComponentResource {
  readonly documentName: pulumi.Output<string>;
  readonly commands: pulumi.Output<CommandLines>;

  constructor(name: string, args: OnDemandPatchingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:patching:OnDemandPatching", name, {}, opts);

    const { maxConcurrency, maxErrors, rebootOption } = { ...patchingDefaults, ...args };
    const { region, targets = [ownTarget(args.patchGroup)] } = args;
    const document = new aws.ssm.Document(
      `${name}-document`,
      {
        documentType: "Command",
        documentFormat: "JSON",
        targetType: "/AWS::EC2::Instance",
        content: JSON.stringify(onDemandDocument(rebootOption)),
        tags: { ...args.tags },
      },
      { parent: this },
    );

    this.documentName = document.name;
    this.commands = pulumi
      .all([document.name, args.commandOutput?.bucketName, args.commandOutput?.logGroupName])
      .apply(([documentName, bucket, logGroup]) =>
        sendCommandLines({ documentName, region, targets, maxConcurrency, maxErrors, bucket, logGroup }),
      );
    this.registerOutputs({ documentName: this.documentName, commands: this.commands });
  }
}
