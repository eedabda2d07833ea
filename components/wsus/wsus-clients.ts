import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Region } from "patchpath/facts";
import { commandDocument } from "./command-document";
import { type WsusServerLike, portsOf, urlOf } from "./wsus-server-like";

export interface WsusClientsArgs {
  readonly region: Region;
  /**
   * The server from which the clients get their updates. Whether it is set must be plain. Without a server, the clients are reset to
   * their previous settings: to stop using WSUS, keep the component in the stack and remove its server.
   *
   * @default - none
   */
  readonly server?: WsusServerLike | undefined;
  /** The client instances, as targets of a State Manager association. */
  readonly targets: readonly { readonly key: string; readonly values: readonly pulumi.Input<string>[] }[];
  /**
   * Security group of the clients, to which the server is opened. Whether it is set must be plain.
   *
   * @default - no rule is added
   */
  readonly securityGroupId?: pulumi.Input<string> | undefined;
  /**
   * Whether to allow egress from that security group to the server. Use `false` for a group that another stack manages.
   *
   * @default true
   */
  readonly opensEgress?: boolean;
  /**
   * WSUS computer group of the clients: one of the `targetGroups` of the server.
   *
   * @default - none
   */
  readonly targetGroup?: string | undefined;
  /**
   * Whether the instances stay when the stack is deleted. Then the association that points them to a server is protected: it is
   * deleted only after a deployment without a server, which resets them.
   *
   * @default false
   */
  readonly outlivesStack?: boolean;
  /**
   * Tags of every resource that supports tags.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The first search for updates on a new server takes long. */
const clientSeconds = 3600;

/**
 * Configures Windows instances as clients of a WSUS server, opens the security groups between them, and checks daily that the server
 * responds, hourly until it does. Without a server, it resets them. The clients require no route to the internet.
 */
export class WsusClients extends pulumi.ComponentResource {
  constructor(name: string, args: WsusClientsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:wsus:WsusClients", name, {}, opts);

    const { server, securityGroupId: ofClients, opensEgress = true, outlivesStack = false } = args;
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
      // Separate documents, so that an association never runs one with the parameters of the other.
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
          // A client that finds no certificate or no server yet tries again soon. One that is configured only checks its registry.
          scheduleExpression: "rate(1 hour)",
          complianceSeverity: "HIGH",
          maxConcurrency: "50%",
          // An instance that cannot be reached must not prevent the configuration of others.
          maxErrors: "100%",
        },
        pulumi.mergeOptions(
          { ...inComponent, dependsOn: paths, protect: server !== undefined && outlivesStack },
          opts?.dependsOn ? { dependsOn: opts.dependsOn } : {},
        ),
      );
    }
  }
}

function tcp(port: number) {
  return { ipProtocol: "tcp", fromPort: port, toPort: port };
}
