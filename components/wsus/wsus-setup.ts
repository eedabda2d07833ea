import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Region, wsusPatchedBuilds } from "patchpath/facts";
import { type Script, commandDocument } from "./command-document";
import type { ReportPlaces } from "./server-policy";
import { type Synchronization, synchronizationParameters } from "./synchronization";

export interface WsusSetupArgs {
  readonly region: Region;
  /** Names of the log group and of the parameters. */
  readonly places: ReportPlaces;
  readonly instanceId: pulumi.Input<string>;
  /** DNS name of the server, for its certificate. */
  readonly serverName: pulumi.Input<string>;
  readonly contentVolumeId: pulumi.Input<string>;
  readonly synchronization: Synchronization;
  readonly targetGroups: readonly string[];
  /** `undefined` for a server without TLS. Without a secret, the certificate is self-signed. */
  readonly tls: { readonly secretArn: string | undefined } | undefined;
  /** Namespace and dimension of the metrics. */
  readonly metrics: { readonly namespace: string; readonly server: string };
  /**
   * Tags of every resource.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The first synchronization of the list of products takes up to an hour, the post-installation a few minutes. */
const setupSeconds = 7200;
/** The agent runs one association at a time, so a long clean-up would hold up the others. The next run continues it. */
const cleanupSeconds = 3600;
const healthSeconds = 300;

/**
 * Sets up a Windows instance as a WSUS server and keeps it configured: three Command documents, run by State Manager. It runs the
 * setup immediately and then every six hours, which also fixes a failed run, an interrupted restart and manual changes. The state is
 * in an SSM parameter, and messages are in a log group.
 */
export class WsusSetup extends pulumi.ComponentResource {
  readonly stateParameter: pulumi.Output<string>;
  /** `undefined` without TLS. */
  readonly certificateParameter: pulumi.Output<string> | undefined;

  constructor(name: string, args: WsusSetupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:wsus:WsusSetup", name, {}, opts);

    const { places, tls } = args;
    const inComponent = { parent: this };
    const tags = { ...args.tags };

    const logGroup = createLogGroup();
    const state = createParameter("state", places.stateParameter, "How far the set-up of the WSUS server is");
    const certificate =
      tls && createParameter("certificate", places.certificateParameter, "What clients of the WSUS server trust");
    const reporting = { Region: args.region, LogGroup: logGroup.name, StateParameter: state.name };
    createSetup();
    createHealth();
    createCleanup();

    this.stateParameter = state.name;
    this.certificateParameter = certificate?.name;
    this.registerOutputs({ stateParameter: this.stateParameter });

    function createLogGroup(): aws.cloudwatch.LogGroup {
      return new aws.cloudwatch.LogGroup(
        `${name}-log`,
        { name: places.logGroup, retentionInDays: 90, tags },
        inComponent,
      );
    }

    function createParameter(what: string, parameterName: string, description: string): aws.ssm.Parameter {
      return new aws.ssm.Parameter(
        `${name}-${what}`,
        { name: parameterName, description, type: "String", insecureValue: "pending", tags },
        // The server writes the value.
        { ...inComponent, ignoreChanges: ["value", "insecureValue"] },
      );
    }

    function createSetup(): void {
      const steps: readonly Script[] = tls
        ? ["install-server", "set-certificate", "set-configuration"]
        : ["install-server", "set-configuration"];
      run("server", "Sets a WSUS server up", steps, setupSeconds, "rate(6 hours)", {
        ...reporting,
        PatchedBuilds: Object.values(wsusPatchedBuilds).join(";"),
        ContentVolumeId: args.contentVolumeId,
        PoolMemoryKB: "0",
        ...(tls &&
          certificate && {
            ServerName: args.serverName,
            CertificateParameter: certificate.name,
            CertificateSecret: tls.secretArn ?? "none",
          }),
        ...synchronizationParameters(args.synchronization, args.targetGroups),
      });
    }

    function createHealth(): void {
      run("health", "Publishes how a WSUS server is", ["publish-health"], healthSeconds, "rate(30 minutes)", {
        ...reporting,
        Namespace: args.metrics.namespace,
        Server: args.metrics.server,
      });
    }

    function createCleanup(): void {
      // Not at its creation, before WSUS exists, and not during the first synchronization of a day at its default time.
      run("cleanup", "Cleans a WSUS server up", ["invoke-cleanup"], cleanupSeconds, "cron(0 23 * * ? *)", reporting);
    }

    function run(
      what: string,
      description: string,
      scripts: readonly Script[],
      timeoutSeconds: number,
      scheduleExpression: string,
      parameters: Record<string, pulumi.Input<string>>,
    ): void {
      const document = new aws.ssm.Document(
        `${name}-${what}`,
        {
          documentType: "Command",
          documentFormat: "JSON",
          targetType: "/AWS::EC2::Instance",
          content: JSON.stringify(commandDocument(description, scripts, timeoutSeconds)),
          tags,
        },
        inComponent,
      );
      new aws.ssm.Association(
        `${name}-${what}`,
        {
          name: document.name,
          targets: [{ key: "InstanceIds", values: [args.instanceId] }],
          parameters,
          scheduleExpression,
          ...(scheduleExpression.startsWith("cron") && { applyOnlyAtCronInterval: true }),
          complianceSeverity: "HIGH",
        },
        pulumi.mergeOptions(inComponent, opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}),
      );
    }
  }
}
