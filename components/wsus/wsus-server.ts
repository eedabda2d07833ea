import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Region, type WsusServerSystem, imageParameter } from "patchpath/facts";
import { InstanceRole, type InstanceRoleArgs } from "../fleet/instance-role";
import { metricsNamespace, reportPlaces, serverPolicy } from "./server-policy";
import type { Synchronization } from "./synchronization";
import { WsusAlarms } from "./wsus-alarms";
import { WsusBackup } from "./wsus-backup";
import type { WsusProtocol, WsusServerLike } from "./wsus-server-like";
import { WsusSetup } from "./wsus-setup";

export interface WsusServerArgs {
  /** Plain, since the names in the role's policy follow from it. */
  readonly region: Region;
  readonly vpcId: pulumi.Input<string>;
  /** A private subnet with a default route to a NAT gateway, by which the server reaches Microsoft Update. */
  readonly subnetId: pulumi.Input<string>;
  /** The zone of that subnet; the content volume lies in it. */
  readonly availabilityZone: pulumi.Input<string>;
  readonly synchronization: Synchronization;
  /**
   * @default windows-server-2025
   */
  readonly operatingSystem?: WsusServerSystem;
  /**
   * Two processors and 8 GiB: Microsoft asks for 2 GiB beyond what the system itself needs. An x86 type.
   *
   * @default m6i.large
   */
  readonly instanceType?: pulumi.Input<string>;
  /**
   * Size of the content volume in GiB; it can grow in place. Microsoft recommends 40 GiB and more of one product. The default
   * leaves room for some three systems in one language with a year of cumulative updates, of which each month's has up to
   * a few GiB; the alarm says when it fills.
   *
   * @default 300
   */
  readonly contentGiB?: pulumi.Input<number>;
  /**
   * `http` only where nothing else is possible: whoever is in the path could then change what clients are told.
   *
   * @default https
   */
  readonly protocol?: WsusProtocol;
  /**
   * ARN of a secret with the organisation's certificate for the server's DNS name: JSON with `pfx` (base64), `password`, and
   * `authority` (base64, DER) where the clients don't trust that authority already.
   *
   * @default - a certificate that signs itself, and that the clients are made to trust
   */
  readonly certificateSecretArn?: string | undefined;
  /**
   * Computer groups that clients may say they belong to.
   *
   * @default - none
   */
  readonly targetGroups?: readonly string[];
  /** Value of the tag `PatchGroup`: the server itself is patched too, from Microsoft Update. */
  readonly patchGroup: pulumi.Input<string>;
  /**
   * The groups of the VPC's interface endpoints, which are opened to the server.
   *
   * @default - none: the server reaches AWS through NAT
   */
  readonly endpointSecurityGroupIds?: readonly pulumi.Input<string>[] | undefined;
  /**
   * The role's settings and what it may do beyond Systems Manager and the server's own reports.
   *
   * @default - AmazonSSMManagedInstanceCore and the reads of the SSM buckets
   */
  readonly role?: Omit<InstanceRoleArgs, "region">;
  /**
   * Number of daily snapshots of the content volume that are kept; 0 for no backup.
   *
   * @default 7
   */
  readonly backups?: number;
  /**
   * ARNs that the alarms notify, of SNS topics as a rule.
   *
   * @default - none: the alarms only show
   */
  readonly alarmActions?: readonly pulumi.Input<string>[];
  /**
   * Tags of every resource.
   *
   * @default - none but `Name` and `PatchGroup`
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What holds where an argument is left out; the stack config has the same. */
export const wsusServerDefaults = {
  operatingSystem: "windows-server-2025",
  instanceType: "m6i.large",
  contentGiB: 300,
  protocol: "https",
  backups: 7,
} as const satisfies Partial<WsusServerArgs>;

/** AWS's image has 30 GiB; the Windows Internal Database of WSUS lies on the same volume and grows to some 10 GiB. */
export const wsusRootVolumeGiB = 80;

/**
 * A WSUS server: a Windows instance without public address, key pair or ingress but from its clients, who open it for
 * themselves (WsusClients). It is set up by State Manager, so no one logs in, and a run that failed is run again.
 */
export class WsusServer extends pulumi.ComponentResource implements WsusServerLike {
  readonly address: pulumi.Output<string>;
  readonly protocol: WsusProtocol;
  readonly securityGroupId: pulumi.Output<string>;
  readonly certificateParameter: pulumi.Output<string> | undefined;
  readonly instanceId: pulumi.Output<string>;
  /** Name of the SSM parameter that says how far the set-up is. */
  readonly stateParameter: pulumi.Output<string>;
  readonly setup: WsusSetup;

  constructor(name: string, args: WsusServerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:wsus:WsusServer", name, {}, opts);

    const { region, tags = {} } = args;
    const { operatingSystem, protocol, instanceType, contentGiB, backups } = { ...wsusServerDefaults, ...args };
    const places = reportPlaces(name);
    const inComponent = { parent: this };

    const role = new InstanceRole(
      `${name}-instance`,
      { ...args.role, region, tags: { ...tags, ...args.role?.tags } },
      inComponent,
    );
    allowReports();
    const securityGroup = createSecurityGroup();
    const paths = openPaths();
    const instance = createInstance();
    const volume = createContentVolume();
    const attachment = attachVolume();
    const setup = new WsusSetup(
      `${name}-setup`,
      {
        region,
        places,
        instanceId: instance.id,
        serverName: instance.privateDns,
        contentVolumeId: volume.id,
        synchronization: args.synchronization,
        targetGroups: args.targetGroups ?? [],
        tls: protocol === "https" ? { secretArn: args.certificateSecretArn } : undefined,
        metrics: { namespace: metricsNamespace, server: name },
        tags,
      },
      { ...inComponent, dependsOn: [attachment, role] },
    );
    new WsusAlarms(`${name}-alarms`, { server: name, actions: args.alarmActions ?? [], tags }, inComponent);
    if (backups > 0) {
      new WsusBackup(`${name}-backup`, { region, server: name, retain: backups, tags }, inComponent);
    }

    this.address = instance.privateDns;
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
        JSON.stringify(serverPolicy(region, account, places, args.certificateSecretArn)),
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

    function openPaths(): pulumi.Resource[] {
      const egress = (port: number, description: string) =>
        new aws.vpc.SecurityGroupEgressRule(
          `${name}-to-${port}`,
          {
            securityGroupId: securityGroup.id,
            ipProtocol: "tcp",
            fromPort: port,
            toPort: port,
            cidrIpv4: "0.0.0.0/0",
            description,
          },
          inComponent,
        );
      return [
        egress(443, "Microsoft Update, whose addresses have no list, and AWS"),
        egress(80, "Microsoft Update: some update files come by HTTP only"),
        ...(args.endpointSecurityGroupIds ?? []).map(openEndpoints),
      ];
    }

    function openEndpoints(groupId: pulumi.Input<string>, i: number): pulumi.Resource {
      return new aws.vpc.SecurityGroupIngressRule(
        `${name}-into-endpoints${i === 0 ? "" : `-${i}`}`,
        {
          securityGroupId: groupId,
          referencedSecurityGroupId: securityGroup.id,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          description: `From the WSUS server ${name}`,
        },
        inComponent,
      );
    }

    /**
     * Names the image by its public parameter, so that EC2 resolves it when it makes the server, a newer image changes
     * nothing, and the path report knows the system.
     */
    function createTemplate(): aws.ec2.LaunchTemplate {
      return new aws.ec2.LaunchTemplate(
        `${name}-image`,
        {
          imageId: `resolve:ssm:${imageParameter(operatingSystem, "x86_64")}`,
          updateDefaultVersion: true,
          tags: tagged(`${name}-image`),
        },
        inComponent,
      );
    }

    function createInstance(): aws.ec2.Instance {
      const template = createTemplate();
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
          rootBlockDevice: {
            encrypted: true,
            volumeType: "gp3",
            volumeSize: wsusRootVolumeGiB,
            deleteOnTermination: true,
            tags: tagged(`${name}-root`),
          },
          tags: { ...tagged(`${name}-server`), PatchGroup: args.patchGroup },
        },
        {
          ...inComponent,
          dependsOn: [...paths, role],
          // Another image is another server. A newer one of the same system is no change: the template names its parameter.
          replaceOnChanges: ["launchTemplate"],
          // The content volume can't be attached to the new server while the old one holds it.
          deleteBeforeReplace: true,
        },
      );
    }

    /** The instance takes the profile's name, which is the last part of its ARN. */
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
          tags: { ...tagged(`${name}-content`), WsusServer: name },
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
