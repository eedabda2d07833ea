import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Region } from "patchpath/facts";
import { commandDocument } from "./command-document";
import { type WsusServerLike, portsOf, urlOf } from "./wsus-server-like";

export interface WsusClientsArgs {
  readonly region: Region;
  /**
   * Where the clients get their updates. Plain, whether there is one: without it they are put back to what they were before, so
   * leave the component in the stack, without a server, when its machines are to leave WSUS.
   *
   * @default - none
   */
  readonly server?: WsusServerLike | undefined;
  /** The machines, as targets of a State Manager association. */
  readonly targets: readonly { readonly key: string; readonly values: readonly pulumi.Input<string>[] }[];
  /**
   * The group of the machines, to which the server is opened. Plain, whether there is one.
   *
   * @default - nothing is opened
   */
  readonly securityGroupId?: pulumi.Input<string> | undefined;
  /**
   * Whether that group is opened to the server too; not where it is somebody else's.
   *
   * @default true
   */
  readonly opensEgress?: boolean;
  /**
   * The computer group of WSUS that they say they belong to; it must be one of the server's `targetGroups`.
   *
   * @default - none
   */
  readonly targetGroup?: string | undefined;
  /**
   * Tags of every resource that takes some.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A search for updates at a server that has not seen the machine before takes long. */
const clientSeconds = 3600;

/**
 * Points Windows machines at a WSUS server, opens the way between them, and proves every day that it answers; without a
 * server, undoes it. The machines need no way to the internet for it.
 */
export class WsusClients extends pulumi.ComponentResource {
  constructor(name: string, args: WsusClientsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:wsus:WsusClients", name, {}, opts);

    const { server, securityGroupId: ofClients, opensEgress = true } = args;
    const inComponent = { parent: this };
    const tags = { ...args.tags };

    const paths = server && ofClients !== undefined ? openPaths(server, ofClients) : [];
    const document = createDocument();
    createAssociation();
    this.registerOutputs({});

    function openPaths(of: WsusServerLike, clients: pulumi.Input<string>): pulumi.Resource[] {
      return portsOf(of).flatMap((port) => [
        ...(opensEgress ? [openEgress(of, clients, port)] : []),
        openIngress(of, clients, port),
      ]);
    }

    function openEgress(of: WsusServerLike, clients: pulumi.Input<string>, port: number): pulumi.Resource {
      return new aws.vpc.SecurityGroupEgressRule(
        `${name}-to-wsus-${port}`,
        {
          ...tcp(port),
          securityGroupId: clients,
          referencedSecurityGroupId: of.securityGroupId,
          description: "Updates from WSUS",
        },
        inComponent,
      );
    }

    function openIngress(of: WsusServerLike, clients: pulumi.Input<string>, port: number): pulumi.Resource {
      return new aws.vpc.SecurityGroupIngressRule(
        `${name}-into-wsus-${port}`,
        {
          ...tcp(port),
          securityGroupId: of.securityGroupId,
          referencedSecurityGroupId: clients,
          description: `Updates for ${name}`,
        },
        inComponent,
      );
    }

    function createDocument(): aws.ssm.Document {
      const content = server
        ? commandDocument("Points Windows machines at a WSUS server", ["set-client"], clientSeconds)
        : commandDocument("Undoes what pointed Windows machines at a WSUS server", ["reset-client"], clientSeconds);
      // Two documents, so that an association never runs one with the parameters of the other.
      return new aws.ssm.Document(
        `${name}-${server ? "set" : "reset"}`,
        {
          documentType: "Command",
          documentFormat: "JSON",
          targetType: "/AWS::EC2::Instance",
          content: JSON.stringify(content),
          tags,
        },
        inComponent,
      );
    }

    function createAssociation(): void {
      new aws.ssm.Association(
        `${name}-client`,
        {
          name: document.name,
          targets: args.targets.map(({ key, values }) => ({ key, values: [...values] })),
          ...(server && {
            parameters: {
              Region: args.region,
              ServerUrl: urlOf(server),
              CertificateParameter: server.certificateParameter ?? "none",
              TargetGroup: args.targetGroup ?? "none",
            },
          }),
          scheduleExpression: "rate(1 day)",
          complianceSeverity: "HIGH",
          maxConcurrency: "50%",
          // A machine that can't be reached must not keep the others from being served.
          maxErrors: "100%",
        },
        pulumi.mergeOptions({ ...inComponent, dependsOn: paths }, opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}),
      );
    }
  }
}

function tcp(port: number) {
  return { ipProtocol: "tcp", fromPort: port, toPort: port };
}
