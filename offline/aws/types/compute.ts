import { accountId, availabilityZones } from "../account";
import { outputsOfTemplate } from "../cloudformation";
import { defaultSubnets } from "../default-vpc";
import type { AwsObjects } from "../objects";
import { type Properties, isObject } from "../values";
import { exactlyOneOf, given, known, knownText, oneOf, pattern, within } from "./checks";
import {
  type Check,
  type Created,
  type TypeRow,
  arn,
  constant,
  ec2Arn,
  ec2Id,
  idFromInput,
  idFromInputs,
  uuid,
} from "./row";

const base64OfUserData: Check = ({ inputs }) => {
  const text = knownText(inputs, "userData");
  if (text === undefined || Buffer.from(text, "base64").toString("base64") === text) return undefined;
  return { property: "userData", reason: "must be base64-encoded text (InvalidUserData.Malformed)" };
};

const imageId = pattern(
  "imageId",
  /^(ami-[0-9a-f]{8,17}|resolve:ssm:.+)$/,
  "an image id, or `resolve:ssm:` and the name of a parameter",
);

/**
 * The provider looks the root device of an image up by its id, and finds the image of a launch template too. It passes
 * `resolve:ssm:…` to DescribeImages as it is: https://github.com/hashicorp/terraform-provider-aws/issues/43488, checked 2026-11-28.
 */
const rootDeviceOfResolvedImage: Check = ({ inputs, aws }) => {
  if (!given(inputs, "rootBlockDevice")) return undefined;
  const image = knownText(inputs, "ami") ?? imageOfTemplate(inputs, aws);
  if (!image?.startsWith("resolve:ssm:")) return undefined;
  return {
    property: "rootBlockDevice",
    reason: `requires the id of the image, and the image is ${image} (InvalidAMIID.Malformed)`,
  };
};

function imageOfTemplate(inputs: Properties, aws: AwsObjects): string | undefined {
  const template = known(inputs, "launchTemplate");
  if (!isObject(template)) return undefined;
  const found = aws
    .ofType("aws:ec2/launchTemplate:LaunchTemplate")
    .find(({ id, outputs }) => id === template["id"] || outputs["name"] === template["name"]);
  return found && knownText(found.outputs, "imageId");
}

const sizesAreInOrder: Check = ({ inputs }) => {
  const [min, max, desired] = ["minSize", "maxSize", "desiredCapacity"].map((name) => known(inputs, name));
  if (min !== undefined && max !== undefined && Number(min) > Number(max)) {
    return {
      property: "minSize",
      reason: `${JSON.stringify(min)} is more than maxSize ${JSON.stringify(max)} (ValidationError)`,
    };
  }
  if (desired !== undefined && (Number(desired) < Number(min ?? 0) || Number(desired) > Number(max ?? Infinity))) {
    return {
      property: "desiredCapacity",
      reason: `${JSON.stringify(desired)} is not between minSize and maxSize (ValidationError)`,
    };
  }
  return undefined;
};

/** The subnet that an instance starts in: the first default subnet unless it is given. */
function subnetOf({ inputs, aws, place }: Created): Properties {
  const id = inputs["subnetId"];
  const own = aws.everywhere("aws:ec2/subnet:Subnet").find((subnet) => subnet.id === id)?.outputs;
  if (own) return own;
  const [first, ...others] = defaultSubnets(place);
  return id === undefined ? first! : (others.concat(first!).find((subnet) => subnet.id === id) ?? {});
}

/** As given; unless it is, as the subnet says. */
function hasPublicAddress(created: Created): boolean {
  const given = created.inputs["associatePublicIpAddress"];
  return given === undefined ? subnetOf(created)["mapPublicIpOnLaunch"] === true : given === true || given === "true";
}

export const compute: Readonly<Record<string, TypeRow>> = {
  "aws:ec2/instance:Instance": {
    id: ec2Id("i"),
    computed: {
      arn: ec2Arn("instance"),
      ami: constant("ami-00000000000000000"),
      associatePublicIpAddress: (c) => subnetOf(c)["mapPublicIpOnLaunch"] === true,
      availabilityZone: ({ place }) => availabilityZones(place.region)[0]!.name,
      iamInstanceProfile: constant(""),
      instanceState: constant("running"),
      instanceType: constant("t3.micro"),
      metadataOptions: constant({ httpEndpoint: "enabled", httpTokens: "optional", httpPutResponseHopLimit: 1 }),
      primaryNetworkInterfaceId: ec2Id("eni"),
      privateDns: ({ place }) => `ip-10-0-0-30.${place.region}.compute.internal`,
      privateIp: constant("10.0.0.30"),
      publicDns: (c) => (hasPublicAddress(c) ? `ec2-203-0-113-30.${c.place.region}.compute.amazonaws.com` : ""),
      publicIp: (c) => (hasPublicAddress(c) ? "203.0.113.30" : ""),
      securityGroups: constant([]),
      subnetId: ({ place }) => defaultSubnets(place)[0]!.id,
      tenancy: constant("default"),
      vpcSecurityGroupIds: constant([]),
    },
    defaults: { getPasswordData: false, sourceDestCheck: true, userDataReplaceOnChange: false, forceDestroy: false },
    replaceOn: ["ami", "availabilityZone", "keyName", "privateIp", "subnetId", "tenancy", "hostId", "placementGroup"],
    checks: [pattern("ami", /^(ami-[0-9a-f]{8,17}|resolve:ssm:.+)$/, "an image id"), rootDeviceOfResolvedImage],
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    id: ec2Id("lt"),
    computed: {
      arn: ec2Arn("launch-template"),
      defaultVersion: constant(1),
      latestVersion: constant(1),
      metadataOptions: constant({}),
    },
    advances: { latestVersion: (before) => Number(before) + 1 },
    autoname: { input: "name", maxLength: 128 },
    replaceOn: ["name", "namePrefix"],
    checks: [
      imageId,
      base64OfUserData,
      (request) => {
        const options = known(request.inputs, "metadataOptions");
        return options === undefined
          ? undefined
          : oneOf("httpTokens", "optional", "required")({ ...request, inputs: options as never });
      },
    ],
  },
  "aws:ec2/keyPair:KeyPair": {
    id: idFromInput("keyName"),
    computed: {
      arn: ec2Arn("key-pair"),
      fingerprint: constant("00:00"),
      keyPairId: ec2Id("key"),
      keyType: constant("rsa"),
    },
    autoname: { input: "keyName", maxLength: 255 },
    replaceOn: ["keyName", "keyNamePrefix", "publicKey"],
  },
  "aws:ebs/volume:Volume": {
    id: ec2Id("vol"),
    computed: {
      arn: ec2Arn("volume"),
      encrypted: constant(false),
      iops: constant(3000),
      size: constant(8),
      throughput: constant(125),
      type: constant("gp3"),
      kmsKeyId: constant(""),
      snapshotId: constant(""),
    },
    replaceOn: ["availabilityZone", "encrypted", "kmsKeyId", "snapshotId"],
  },
  "aws:ec2/volumeAttachment:VolumeAttachment": {
    id: ({ hex }) => `vai-${parseInt(hex(8), 16)}`,
    replaceOn: ["deviceName", "instanceId", "volumeId"],
  },
  "aws:autoscaling/group:Group": {
    id: idFromInput("name"),
    computed: {
      arn: arn("autoscaling", (c) => `autoScalingGroup:${uuid(c)}:autoScalingGroupName/${c.text("name")}`),
      availabilityZones: ({ place }) => availabilityZones(place.region).map(({ name }) => name),
      defaultCooldown: constant(300),
      desiredCapacity: ({ inputs }) => inputs["minSize"] ?? 0,
      healthCheckType: constant("EC2"),
      serviceLinkedRoleArn: ({ place }) =>
        `arn:${place.partition}:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
      vpcZoneIdentifiers: constant([]),
      loadBalancers: constant([]),
      targetGroupArns: constant([]),
    },
    autoname: { input: "name", maxLength: 255 },
    defaults: {
      forceDelete: false,
      healthCheckGracePeriod: 300,
      metricsGranularity: "1Minute",
      protectFromScaleIn: false,
      waitForCapacityTimeout: "10m",
    },
    replaceOn: ["name", "namePrefix", "placementGroup"],
    checks: [
      exactlyOneOf("launchConfiguration", "launchTemplate", "mixedInstancesPolicy"),
      within("minSize", 0, 10_000),
      sizesAreInOrder,
      ({ inputs }) =>
        given(inputs, "availabilityZones") && given(inputs, "vpcZoneIdentifiers")
          ? { property: "availabilityZones", reason: "conflicts with vpcZoneIdentifiers" }
          : undefined,
    ],
  },
  "aws:autoscaling/schedule:Schedule": {
    id: idFromInput("scheduledActionName"),
    computed: { arn: arn("autoscaling", (c) => `scheduledUpdateGroupAction:${uuid(c)}`) },
    replaceOn: ["autoscalingGroupName", "scheduledActionName"],
  },
  "aws:ec2/launchConfiguration:LaunchConfiguration": {
    id: idFromInput("name"),
    computed: {
      arn: arn("autoscaling", (c) => `launchConfiguration:${uuid(c)}:launchConfigurationName/${c.text("name")}`),
      ebsOptimized: constant(false),
      keyName: constant(""),
      metadataOptions: constant({}),
    },
    autoname: { input: "name", maxLength: 255 },
    defaults: { enableMonitoring: true },
    // A launch configuration cannot be changed: CreateLaunchConfiguration is its only call that writes.
    replaceOn: [
      "associatePublicIpAddress",
      "ebsBlockDevices",
      "ebsOptimized",
      "enableMonitoring",
      "ephemeralBlockDevices",
      "iamInstanceProfile",
      "imageId",
      "instanceType",
      "keyName",
      "metadataOptions",
      "name",
      "namePrefix",
      "placementTenancy",
      "rootBlockDevice",
      "securityGroups",
      "spotPrice",
      "userData",
      "userDataBase64",
    ],
    checks: [imageId],
  },
  "aws:ec2/placementGroup:PlacementGroup": {
    id: idFromInput("name"),
    computed: {
      arn: ec2Arn("placement-group"),
      partitionCount: constant(0),
      placementGroupId: ec2Id("pg"),
      spreadLevel: constant(""),
    },
    autoname: { input: "name", maxLength: 255 },
    replaceOn: ["name", "partitionCount", "spreadLevel", "strategy"],
    checks: [oneOf("strategy", "cluster", "partition", "spread")],
  },
  "aws:ec2/tag:Tag": {
    id: idFromInputs(",", "resourceId", "key"),
    replaceOn: ["key", "resourceId"],
  },
  "aws:cloudformation/stack:Stack": {
    id: (c) => arn("cloudformation", ({ text }) => `stack/${text("name")}/${uuid(c)}`)(c),
    computed: {
      capabilities: constant([]),
      outputs: ({ hex, text }) => outputsOfTemplate(text("templateBody"), text("name"), hex(12).toUpperCase()),
      policyBody: constant(""),
      templateBody: constant(""),
    },
    autoname: { input: "name", maxLength: 128 },
    replaceOn: ["disableRollback", "name", "onFailure", "timeoutInMinutes"],
    checks: [exactlyOneOf("templateBody", "templateUrl"), oneOf("onFailure", "DO_NOTHING", "ROLLBACK", "DELETE")],
  },
};
