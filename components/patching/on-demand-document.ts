import type { PatchingSettings } from "./method";
import { type PatchTarget, tagTarget } from "./patch-target";

/**
 * A Command document that runs AWS-RunPatchBaseline with the reboot option of the stack. With the same snapshot id, all instances
 * of a command get the same patches.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html
 * (`aws:runDocument`), checked 2026-11-22.
 */
export function onDemandDocument(rebootOption: NonNullable<PatchingSettings["rebootOption"]>) {
  return {
    schemaVersion: "2.2",
    description: "Scans or patches an instance by AWS-RunPatchBaseline",
    parameters: {
      Operation: {
        type: "String",
        description: "Scan reports what is missing, Install installs it",
        allowedValues: ["Scan", "Install"],
      },
      RebootOption: {
        type: "String",
        description: "Whether the instance restarts when a patch was installed",
        allowedValues: ["RebootIfNeeded", "NoReboot"],
        default: rebootOption,
      },
      SnapshotId: {
        type: "String",
        description: "A GUID: instances with the same one get the same patches",
        allowedPattern: "(^$)|^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
        default: "",
      },
    },
    mainSteps: [
      {
        action: "aws:runDocument",
        name: "patch",
        inputs: {
          documentType: "SSMDocument",
          documentPath: "AWS-RunPatchBaseline",
          documentParameters: {
            Operation: "{{ Operation }}",
            RebootOption: "{{ RebootOption }}",
            SnapshotId: "{{ SnapshotId }}",
          },
        },
      },
    ],
  };
}

/** The commands to paste. `$(uuidgen)` creates one snapshot id for all instances of a command. */
export interface CommandLines {
  /** For the instances that the stack creates; `undefined` if there are none. */
  readonly scan: string | undefined;
  readonly install: string | undefined;
  /** For existing instances, by the name of their fleet. */
  readonly attached?: Readonly<Record<string, { readonly scan: string; readonly install: string }>>;
  readonly installOneInstance: string;
  readonly status: string;
}

export interface CommandSettings {
  readonly documentName: string;
  readonly region: string;
  readonly targets: readonly PatchTarget[];
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  readonly bucket: string | undefined;
  readonly logGroup: string | undefined;
}

export function sendCommandLines({ documentName, region, targets, ...settings }: CommandSettings): CommandLines {
  const { maxConcurrency, maxErrors, bucket, logGroup } = settings;
  const line = (operation: string, instances: string) =>
    [
      "aws ssm send-command",
      `--region ${region}`,
      `--document-name ${documentName}`,
      instances,
      `--parameters Operation=${operation},SnapshotId=$(uuidgen)`,
      `--max-concurrency ${maxConcurrency}`,
      `--max-errors ${maxErrors}`,
      ...(bucket === undefined ? [] : [`--output-s3-bucket-name ${bucket}`, "--output-s3-key-prefix on-demand"]),
      ...(logGroup === undefined
        ? []
        : [`--cloud-watch-output-config CloudWatchOutputEnabled=true,CloudWatchLogGroupName=${logGroup}`]),
    ].join(" ");
  const both = (target: PatchTarget) => ({
    scan: line("Scan", targetsOption(target)),
    install: line("Install", targetsOption(target)),
  });
  const own = targets.find(({ fleet }) => fleet === undefined);
  const attached = targets.flatMap((target) =>
    target.fleet === undefined ? [] : [[target.fleet, both(target)] as const],
  );
  return {
    ...(own ? both(own) : { scan: undefined, install: undefined }),
    ...(attached.length > 0 && { attached: Object.fromEntries(attached) }),
    installOneInstance: line("Install", "--instance-ids INSTANCE_ID"),
    status: `aws ssm list-command-invocations --region ${region} --command-id COMMAND_ID --details`,
  };
}

/** In the shorthand syntax of the AWS CLI, a space, a comma or `=` ends a value: such a tag is passed as JSON. */
function targetsOption(target: PatchTarget): string {
  const { key, values } = tagTarget(target);
  const isPlain = [key, ...values].every((text) => /^[\w.:/@+-]+$/.test(text));
  return isPlain
    ? `--targets Key=${key},Values=${values.join(",")}`
    : `--targets '${JSON.stringify([{ Key: key, Values: values }])}'`;
}
