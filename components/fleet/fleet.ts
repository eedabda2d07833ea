import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type RepositorySystem, architectureOf, imageParameter } from "patchpath/facts";
import type { PrivateNetworkLike } from "../network/private-network";

export interface FleetArgs {
  readonly network: PrivateNetworkLike;
  /** Plain, since the image follows from it. */
  readonly operatingSystem: RepositorySystem;
  /** Number of instances. */
  readonly size: pulumi.Input<number>;
  /** Plain, since the image's architecture follows from it. */
  readonly instanceType: string;
  /** Value of the tag `PatchGroup`, by which maintenance windows find the instances. */
  readonly patchGroup: pulumi.Input<string>;
  readonly instanceProfileArn: pulumi.Input<string>;
  /** The group of the interface endpoints, which is opened to this fleet. */
  readonly endpointSecurityGroupId: pulumi.Input<string>;
  /** S3's addresses, which the instances may reach. */
  readonly s3PrefixListId: pulumi.Input<string>;
  /**
   * Tags of every resource and of the instances.
   *
   * @default - none but `Name` and `PatchGroup`
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The images' own 8 GiB fill up with packages and old kernels. */
const rootVolumeGiB = 20;

/**
 * Instances of one system in private subnets: no public address, no ingress, no key pair; out only to the endpoints.
 * Session Manager is the way in. No instance is launched before what `dependsOn` names is there.
 */
export class Fleet extends pulumi.ComponentResource {
  readonly autoScalingGroupName: pulumi.Output<string>;
  readonly launchTemplateId: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: FleetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("patchpath:fleet:Fleet", name, {}, opts);

    const inComponent = { parent: this };
    const tags = { ...args.tags, Name: name, PatchGroup: args.patchGroup };

    const securityGroup = createSecurityGroup();
    const paths = openPaths();
    const launchTemplate = createLaunchTemplate();
    const group = createAutoScalingGroup();

    this.autoScalingGroupName = group.name;
    this.launchTemplateId = launchTemplate.id;
    this.securityGroupId = securityGroup.id;
    this.registerOutputs({
      autoScalingGroupName: this.autoScalingGroupName,
      launchTemplateId: this.launchTemplateId,
      securityGroupId: this.securityGroupId,
    });

    function createSecurityGroup(): aws.ec2.SecurityGroup {
      return new aws.ec2.SecurityGroup(
        `${name}-instances`,
        {
          vpcId: args.network.vpcId,
          description: "Fleet: 443 to the endpoints and to S3, nothing in",
          tags: { ...args.tags, Name: `${name}-instances` },
        },
        inComponent,
      );
    }

    function openPaths(): pulumi.Resource[] {
      const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
      return [
        new aws.vpc.SecurityGroupEgressRule(
          `${name}-to-endpoints`,
          {
            ...https,
            securityGroupId: securityGroup.id,
            referencedSecurityGroupId: args.endpointSecurityGroupId,
            description: "Systems Manager, by its interface endpoints",
          },
          inComponent,
        ),
        new aws.vpc.SecurityGroupEgressRule(
          `${name}-to-s3`,
          {
            ...https,
            securityGroupId: securityGroup.id,
            prefixListId: args.s3PrefixListId,
            description: "Package repositories and SSM buckets, by the S3 gateway endpoint",
          },
          inComponent,
        ),
        new aws.vpc.SecurityGroupIngressRule(
          `${name}-into-endpoints`,
          {
            ...https,
            securityGroupId: args.endpointSecurityGroupId,
            referencedSecurityGroupId: securityGroup.id,
            description: `From the fleet ${name}`,
          },
          inComponent,
        ),
      ];
    }

    function createLaunchTemplate(): aws.ec2.LaunchTemplate {
      const parameter = imageParameter(args.operatingSystem, architectureOf(args.instanceType));
      return new aws.ec2.LaunchTemplate(
        `${name}-template`,
        {
          // Resolved by EC2 at each launch: a new image is no change of the stack.
          imageId: `resolve:ssm:${parameter}`,
          instanceType: args.instanceType,
          updateDefaultVersion: true,
          iamInstanceProfile: { arn: args.instanceProfileArn },
          metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
          networkInterfaces: [
            {
              deviceIndex: 0,
              associatePublicIpAddress: "false",
              deleteOnTermination: "true",
              securityGroups: [securityGroup.id],
            },
          ],
          blockDeviceMappings: [
            {
              deviceName: "/dev/xvda",
              ebs: { encrypted: "true", volumeType: "gp3", volumeSize: rootVolumeGiB, deleteOnTermination: "true" },
            },
          ],
          tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags })),
          tags: { ...args.tags, Name: `${name}-template` },
        },
        inComponent,
      );
    }

    function createAutoScalingGroup(): aws.autoscaling.Group {
      return new aws.autoscaling.Group(
        `${name}-group`,
        {
          minSize: args.size,
          maxSize: args.size,
          desiredCapacity: args.size,
          vpcZoneIdentifiers: [...args.network.subnetIds],
          launchTemplate: { id: launchTemplate.id, version: "$Latest" },
          tags: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
        },
        // An instance that boots before its way to Systems Manager is open waits minutes for the agent's next try.
        pulumi.mergeOptions({ ...inComponent, dependsOn: paths }, opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}),
      );
    }
  }
}
