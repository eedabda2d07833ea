import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Region, type System, architectureOf, isWindows } from "patchpath/facts";
import { blockInName } from "../network/subnet-layout";
import type { SubnetsLike } from "../network/subnets";
import { imageOf } from "./fleet-image";
import { InstanceRole, type InstanceRoleArgs } from "./instance-role";
import { userData } from "./user-data";

export interface FleetArgs {
  /** Subnets of the instances. */
  readonly subnets: SubnetsLike;
  /** Plain, since the names of buckets and packages depend on it. */
  readonly region: Region;
  /** Plain, since the image depends on it. */
  readonly operatingSystem: System;
  /**
   * Id of the AMI: for an operating system whose images have no known owner, or for your own image.
   *
   * @default - the latest image at each launch, by the public SSM parameter of the operating system; without one, the latest image of
   *   the distributor when the fleet is created
   */
  readonly imageId?: string | undefined;
  /** Minimum and maximum number of instances. The group starts with `min`; scaling policies are not created here. */
  readonly size: { readonly min: number; readonly max: number };
  /** Plain, since the architecture of the image depends on it. */
  readonly instanceType: string;
  /** Value of the tag `PatchGroup`, by which maintenance windows target the instances. */
  readonly patchGroup: pulumi.Input<string>;
  /**
   * Settings of the role, and its permissions in addition to those for Systems Manager.
   *
   * @default - AmazonSSMManagedInstanceCore and read access to the SSM buckets
   */
  readonly role?: Omit<InstanceRoleArgs, "region">;
  /** Security groups of the interface endpoints. Each is opened to this fleet. Empty without endpoints. */
  readonly endpointSecurityGroupIds: readonly pulumi.Input<string>[];
  /**
   * IPv4 blocks of interface endpoints in another VPC that the instances may reach. Plain, since they determine the number of
   * rules.
   *
   * @default - none
   */
  readonly endpointCidrBlocks?: readonly string[];
  /**
   * IPv4 addresses of name servers in a VPC with DHCP options of its own. Plain, since they determine the number of rules.
   *
   * @default - none: security groups do not apply to the resolver of the VPC
   */
  readonly nameServers?: readonly string[];
  /** Prefix list of S3, which the instances may reach. */
  readonly s3PrefixListId: pulumi.Input<string>;
  /**
   * Whether the instances may reach the internet over HTTP and HTTPS. Mirrors of distributions and Microsoft Update use both.
   *
   * @default false
   */
  readonly internet?: boolean;
  /**
   * Whether the subnets also have IPv6. S3 has no prefix list for IPv6, so 443 is allowed to all IPv6 addresses. Where the route to
   * the S3 endpoint is the only IPv6 route of the subnets, that is S3 alone.
   *
   * @default false
   */
  readonly dualStack?: boolean;
  /**
   * Whether the Auto Scaling group replaces instances that fail a health check. A restart for patches may fail one, so an instance
   * that must not be lost requires `false`.
   *
   * @default true
   */
  readonly replaceUnhealthy?: boolean | undefined;
  /**
   * Whether a change of the launch template replaces the instances, a few at a time, by an instance refresh. Otherwise it applies to the
   * instances that are launched from then on. A newer image is no change of the template.
   *
   * @default false
   */
  readonly instanceRefresh?: boolean | undefined;
  /**
   * What the instances run at first boot, after the agent is installed: a shell script, or text with `<powershell>` on Windows.
   * Do not put secrets in it: anyone who may describe the launch template can read it.
   *
   * @default - nothing
   */
  readonly userData?: string | undefined;
  /**
   * Tags of every resource and of the instances.
   *
   * @default - only `Name` and `PatchGroup`
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The default size of the images, 8 GiB (Windows: 30), fills up with packages, old kernels and the component store. */
const rootVolumeGiB = { linux: 20, windows: 50 } as const;

/**
 * Instances with one operating system in private subnets: no public address, no ingress, no key pair. Egress is allowed to the
 * endpoints and S3, and to the internet only if the updates require it. Use Session Manager to connect. No instance is launched
 * before the resources in `dependsOn` are created. Target groups that others attach to the Auto Scaling group are not changed.
 */
export class Fleet extends pulumi.ComponentResource {
  readonly autoScalingGroupName: pulumi.Output<string>;
  readonly launchTemplateId: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly role: InstanceRole;

  constructor(name: string, args: FleetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:fleet:Fleet", name, {}, opts);

    const { region, operatingSystem, instanceType } = args;
    const architecture = architectureOf(instanceType);
    const inComponent = { parent: this };
    const tags = { ...args.tags, Name: name, PatchGroup: args.patchGroup };

    const role = new InstanceRole(
      `${name}-instance`,
      { ...args.role, region, tags: { ...args.tags, ...args.role?.tags } },
      inComponent,
    );
    const securityGroup = createSecurityGroup();
    const paths = openPaths();
    const launchTemplate = createLaunchTemplate();
    const group = createAutoScalingGroup();

    this.autoScalingGroupName = group.name;
    this.launchTemplateId = launchTemplate.id;
    this.securityGroupId = securityGroup.id;
    this.role = role;
    this.registerOutputs({
      autoScalingGroupName: this.autoScalingGroupName,
      launchTemplateId: this.launchTemplateId,
      securityGroupId: this.securityGroupId,
    });

    function createSecurityGroup(): aws.ec2.SecurityGroup {
      return new aws.ec2.SecurityGroup(
        `${name}-instances`,
        {
          vpcId: args.subnets.vpcId,
          description: "Fleet: out to where its updates come from, nothing in",
          tags: { ...args.tags, Name: `${name}-instances` },
        },
        inComponent,
      );
    }

    function openPaths(): pulumi.Resource[] {
      const paths: pulumi.Resource[] = [
        openEgress("s3", 443, {
          prefixListId: args.s3PrefixListId,
          description: "Package repositories and SSM buckets, by the S3 gateway endpoint",
        }),
        ...args.endpointSecurityGroupIds.flatMap((groupId, i) => openEndpoints(groupId, i === 0 ? "" : `-${i}`)),
        ...(args.endpointCidrBlocks ?? []).map((cidrIpv4) =>
          openEgress(`central-${blockInName(cidrIpv4)}`, 443, {
            cidrIpv4,
            description: "Central interface endpoints of another VPC",
          }),
        ),
      ];
      for (const server of args.nameServers ?? []) {
        const cidrIpv4 = `${server}/32`;
        const description = "Name server of the VPC";
        paths.push(
          openEgress(`dns-${server}`, 53, { cidrIpv4, description, ipProtocol: "udp" }),
          openEgress(`dns-${server}-tcp`, 53, { cidrIpv4, description }),
        );
      }
      if (args.dualStack) {
        const description = "S3 by IPv6, whose addresses have no list";
        paths.push(openEgress("https-ipv6", 443, { cidrIpv6: "::/0", description }));
      }
      if (args.internet && args.dualStack) {
        const anywhere = { cidrIpv6: "::/0", description: "Updates from the internet, by IPv6" };
        paths.push(openEgress("http-ipv6", 80, anywhere));
      }
      if (args.internet) {
        const anywhere = { cidrIpv4: "0.0.0.0/0", description: "Updates from the internet, by NAT" };
        paths.push(openEgress("https", 443, anywhere), openEgress("http", 80, anywhere));
      }
      return paths;
    }

    function openEgress(
      to: string,
      port: number,
      destination: Partial<aws.vpc.SecurityGroupEgressRuleArgs>,
    ): pulumi.Resource {
      return new aws.vpc.SecurityGroupEgressRule(
        `${name}-to-${to}`,
        { securityGroupId: securityGroup.id, ipProtocol: "tcp", fromPort: port, toPort: port, ...destination },
        inComponent,
      );
    }

    function openEndpoints(groupId: pulumi.Input<string>, suffix: string): pulumi.Resource[] {
      const intoEndpoints = new aws.vpc.SecurityGroupIngressRule(
        `${name}-into-endpoints${suffix}`,
        {
          securityGroupId: groupId,
          referencedSecurityGroupId: securityGroup.id,
          ipProtocol: "tcp",
          fromPort: 443,
          toPort: 443,
          description: `From the fleet ${name}`,
        },
        inComponent,
      );
      const toEndpoints = openEgress(`endpoints${suffix}`, 443, {
        referencedSecurityGroupId: groupId,
        description: "Systems Manager, by its interface endpoints",
      });
      return [toEndpoints, intoEndpoints];
    }

    function createLaunchTemplate(): aws.ec2.LaunchTemplate {
      const image = imageOf(operatingSystem, architecture, region, args.imageId, inComponent);
      const script = userData(operatingSystem, architecture, region, args.imageId !== undefined, args.userData);
      return new aws.ec2.LaunchTemplate(
        `${name}-template${image.suffix}`,
        {
          imageId: image.imageId,
          instanceType,
          updateDefaultVersion: true,
          iamInstanceProfile: { arn: role.instanceProfileArn },
          metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
          networkInterfaces: [
            {
              deviceIndex: 0,
              associatePublicIpAddress: "false",
              deleteOnTermination: "true",
              securityGroups: [securityGroup.id],
            },
          ],
          blockDeviceMappings: [{ deviceName: image.rootDeviceName, ebs: rootVolume() }],
          ...(script !== undefined && { userData: Buffer.from(script).toString("base64") }),
          tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
          tags: { ...args.tags, Name: `${name}-template` },
        },
        { ...inComponent, ignoreChanges: image.changing },
      );
    }

    function rootVolume() {
      const volumeSize = rootVolumeGiB[isWindows(operatingSystem) ? "windows" : "linux"];
      return { encrypted: "true", volumeType: "gp3", volumeSize, deleteOnTermination: "true" };
    }

    /** The provider starts no refresh where the version is `$Latest`. */
    function launchedFrom({ id, latestVersion }: aws.ec2.LaunchTemplate) {
      if (!args.instanceRefresh) return { launchTemplate: { id, version: "$Latest" } };
      return {
        launchTemplate: { id, version: latestVersion.apply(String) },
        instanceRefresh: { strategy: "Rolling" },
      };
    }

    function createAutoScalingGroup(): aws.autoscaling.Group {
      return new aws.autoscaling.Group(
        `${name}-group`,
        {
          minSize: args.size.min,
          maxSize: args.size.max,
          vpcZoneIdentifiers: [...args.subnets.subnetIds],
          ...launchedFrom(launchTemplate),
          suspendedProcesses: args.replaceUnhealthy === false ? ["ReplaceUnhealthy"] : [],
          tags: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
        },
        // If an instance boots before its path to Systems Manager is open, the agent takes minutes until it tries again.
        pulumi.mergeOptions(
          { ...inComponent, dependsOn: [...paths, role] },
          opts?.dependsOn ? { dependsOn: opts.dependsOn } : {},
        ),
      );
    }
  }
}
