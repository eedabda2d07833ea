import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Region, WsusServerSystem } from "patchpath/facts";
import { InstanceRole, type InstanceRoleArgs } from "../fleet/instance-role";
import { openServerPaths } from "./server-paths";
import { metricsNamespace, reportPlaces, serverPolicy } from "./server-policy";
import { createServerRecord } from "./server-record";
import { createServerTemplate } from "./server-template";
import type { Synchronization } from "./synchronization";
import { WsusAlarms } from "./wsus-alarms";
import { WsusBackup } from "./wsus-backup";
import type { WsusProtocol, WsusServerLike } from "./wsus-server-like";
import { WsusSetup } from "./wsus-setup";

export interface WsusServerArgs {
  /** Plain, since the names in the policy of the role depend on it. */
  readonly region: Region;
  readonly vpcId: pulumi.Input<string>;
  /** A private subnet with a default route to a NAT gateway, through which the server reaches Microsoft Update. */
  readonly subnetId: pulumi.Input<string>;
  /** Availability zone of that subnet, for the content volume. */
  readonly availabilityZone: pulumi.Input<string>;
  readonly synchronization: Synchronization;
  /**
   * @default windows-server-2025
   */
  readonly operatingSystem?: WsusServerSystem;
  /**
   * An x86 instance type. The default has 2 vCPUs and 8 GiB: Microsoft requires 2 GiB in addition to what the operating system uses.
   *
   * @default m6i.large
   */
  readonly instanceType?: pulumi.Input<string>;
  /**
   * Size of the content volume in GiB. It can be increased in place. Microsoft recommends 40 GiB or more for one product. The default
   * has room for about three Windows versions in one language with a year of cumulative updates, each up to a few GiB. An alarm
   * reports when it is nearly full.
   *
   * @default 300
   */
  readonly contentGiB?: pulumi.Input<number>;
  /**
   * Use `http` only if `https` is not possible: anyone on the network path could change what clients receive.
   *
   * @default https
   */
  readonly protocol?: WsusProtocol;
  /**
   * DNS name of the server for its clients: it stays the same if the server is replaced, so a certificate of your organization requires
   * it. A private hosted zone of this name is created in the VPC. Plain, since it determines which resources are created.
   *
   * @default - the private DNS name of the instance
   */
  readonly serverName?: string | undefined;
  /**
   * ARN of a secret with a certificate of your organization for the DNS name of the server: JSON with `pfx` (base64), `password`, and
   * `authority` (base64, DER) if the clients do not trust that authority already.
   *
   * @default - a self-signed certificate, which the clients are configured to trust
   */
  readonly certificateSecretArn?: string | undefined;
  /**
   * ARN of the KMS key of that secret, which the server must be allowed to use. The policy of the key must allow it too.
   *
   * @default - the AWS managed key of Secrets Manager, which requires no permission
   */
  readonly certificateKeyArn?: string | undefined;
  /**
   * WSUS computer groups for clients.
   *
   * @default - none
   */
  readonly targetGroups?: readonly string[];
  /**
   * What its parameters, its log group, the metric dimension `Server` and the tag `WsusServer` are named after. Plain, since policies
   * contain it, and unique in the account and region.
   *
   * @default - the name of the component, which is the same in every stack of a program
   */
  readonly uniqueName?: string | undefined;
  /** Value of the tag `PatchGroup`. The server itself is patched too, from Microsoft Update. */
  readonly patchGroup: pulumi.Input<string>;
  /**
   * Security groups of the interface endpoints of the VPC. Each is opened to the server.
   *
   * @default - none: the server reaches AWS through NAT
   */
  readonly endpointSecurityGroupIds?: readonly pulumi.Input<string>[] | undefined;
  /**
   * IPv4 addresses of name servers in a VPC with DHCP options of its own. Plain, since they determine the number of rules.
   *
   * @default - none: security groups do not apply to the resolver of the VPC
   */
  readonly nameServers?: readonly string[];
  /**
   * Settings of the role, and its permissions in addition to those for Systems Manager and the reports of the server.
   *
   * @default - AmazonSSMManagedInstanceCore and read access to the SSM buckets
   */
  readonly role?: Omit<InstanceRoleArgs, "region">;
  /**
   * Number of daily snapshots of the content volume to keep; 0 for no backup.
   *
   * @default 7
   */
  readonly backups?: number;
  /**
   * ARNs that the alarms notify, usually of SNS topics.
   *
   * @default - none
   */
  readonly alarmActions?: readonly pulumi.Input<string>[];
  /**
   * Tags of every resource.
   *
   * @default - only `Name` and `PatchGroup`
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Tag of the server and of its content volume, with its unique name. */
export const serverTag = "WsusServer";

/** Defaults of the arguments, which the stack config shares. */
export const wsusServerDefaults = {
  operatingSystem: "windows-server-2025",
  instanceType: "m6i.large",
  contentGiB: 300,
  protocol: "https",
  backups: 7,
} as const satisfies Partial<WsusServerArgs>;

/**
 * A WSUS server: a Windows instance without a public address or key pair. Ingress is allowed only from its clients, by rules of
 * WsusClients. State Manager sets it up, so nobody logs in, and retries a run that failed.
 */
export class WsusServer extends pulumi.ComponentResource implements WsusServerLike {
  readonly address: pulumi.Output<string>;
  readonly protocol: WsusProtocol;
  readonly securityGroupId: pulumi.Output<string>;
  readonly certificateParameter: pulumi.Output<string> | undefined;
  readonly instanceId: pulumi.Output<string>;
  /** Name of the SSM parameter with the state of the setup. */
  readonly stateParameter: pulumi.Output<string>;
  readonly setup: WsusSetup;

  constructor(name: string, args: WsusServerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:wsus:WsusServer", name, {}, opts);

    const { region, tags = {}, uniqueName = name } = args;
    const { operatingSystem, protocol, instanceType, contentGiB, backups } = { ...wsusServerDefaults, ...args };
    const places = reportPlaces(uniqueName);
    const inComponent = { parent: this };

    const role = new InstanceRole(
      `${name}-instance`,
      { ...args.role, region, tags: { ...tags, ...args.role?.tags } },
      inComponent,
    );
    allowReports();
    const securityGroup = createSecurityGroup();
    const paths = openServerPaths(name, { ...args, securityGroupId: securityGroup.id }, inComponent);
    const instance = createInstance();
    const volume = createContentVolume();
    const attachment = attachVolume();
    const address = nameServer();
    const setup = new WsusSetup(
      `${name}-setup`,
      {
        region,
        places,
        instanceId: instance.id,
        serverName: address,
        contentVolumeId: volume.id,
        synchronization: args.synchronization,
        targetGroups: args.targetGroups ?? [],
        tls: protocol === "https" ? { secretArn: args.certificateSecretArn } : undefined,
        metrics: { namespace: metricsNamespace, server: uniqueName },
        tags,
      },
      { ...inComponent, dependsOn: [attachment, role] },
    );
    new WsusAlarms(`${name}-alarms`, { server: uniqueName, actions: args.alarmActions ?? [], tags }, inComponent);
    if (backups > 0) {
      new WsusBackup(`${name}-backup`, { region, server: uniqueName, retain: backups, tags }, inComponent);
    }

    this.address = address;
    this.protocol = protocol;
    this.securityGroupId = securityGroup.id;
    this.certificateParameter = setup.certificateParameter;
    this.instanceId = instance.id;
    this.stateParameter = setup.stateParameter;
    this.setup = setup;
    this.registerOutputs({ address: this.address, instanceId: this.instanceId, stateParameter: this.stateParameter });

    function tagged(resourceName: string) {
      return { ...tags, Name: resourceName };
    }

    function allowReports(): void {
      const { accountId } = aws.getCallerIdentityOutput({}, inComponent);
      const policy = accountId.apply((account) =>
        JSON.stringify(
          serverPolicy(region, account, places, {
            secretArn: args.certificateSecretArn,
            keyArn: args.certificateKeyArn,
          }),
        ),
      );
      new aws.iam.RolePolicy(`${name}-reports`, { role: role.roleName, policy }, inComponent);
    }

    function createSecurityGroup(): aws.ec2.SecurityGroup {
      return new aws.ec2.SecurityGroup(
        `${name}-server`,
        {
          vpcId: args.vpcId,
          description: "WSUS server: out to Microsoft Update, in from its clients",
          tags: tagged(`${name}-server`),
        },
        inComponent,
      );
    }

    function createInstance(): aws.ec2.Instance {
      const template = createServerTemplate(name, operatingSystem, tags, inComponent);
      return new aws.ec2.Instance(
        `${name}-server`,
        {
          launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
          instanceType,
          subnetId: args.subnetId,
          vpcSecurityGroupIds: [securityGroup.id],
          iamInstanceProfile: instanceProfileName(),
          associatePublicIpAddress: false,
          metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
          // Maintenance windows find the server by its own tag.
          tags: { ...tagged(`${name}-server`), PatchGroup: args.patchGroup, [serverTag]: uniqueName },
        },
        {
          ...inComponent,
          dependsOn: [...paths, role],
          // Another image requires another server. A newer image of the same Windows version does not: the template names its parameter.
          replaceOnChanges: ["launchTemplate"],
          // The content volume cannot be attached to the new server while it is attached to the old one.
          deleteBeforeReplace: true,
        },
      );
    }

    function nameServer(): pulumi.Output<string> {
      const { serverName, vpcId } = args;
      if (serverName === undefined) return instance.privateDns;
      createServerRecord(`${name}-name`, { serverName, address: instance.privateIp, vpcId, tags }, inComponent);
      return pulumi.output(serverName);
    }

    /** The instance requires the name of the profile, which is the last part of its ARN. */
    function instanceProfileName(): pulumi.Output<string> {
      return role.instanceProfileArn.apply((arn) => arn.split("/").at(-1)!);
    }

    function createContentVolume(): aws.ebs.Volume {
      return new aws.ebs.Volume(
        `${name}-content`,
        {
          availabilityZone: args.availabilityZone,
          size: contentGiB,
          type: "gp3",
          encrypted: true,
          // WsusBackup finds the volume by this tag.
          tags: { ...tagged(`${name}-content`), [serverTag]: uniqueName },
        },
        inComponent,
      );
    }

    function attachVolume(): aws.ec2.VolumeAttachment {
      return new aws.ec2.VolumeAttachment(
        `${name}-content`,
        {
          instanceId: instance.id,
          volumeId: volume.id,
          deviceName: "xvdf",
          stopInstanceBeforeDetaching: true,
        },
        inComponent,
      );
    }
  }
}
