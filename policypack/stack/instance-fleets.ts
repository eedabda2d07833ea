import { type Launched, launchedFrom } from "./launched";
import { hasElasticIp } from "./elastic-ips";
import { asFlag, hasNoMetadata, nameIn, noSettings } from "./launch-settings";
import { templateAt } from "./launch-templates";
import { type Reading, asText, known } from "./reading";
import { type StackResource, given } from "./resource";
import { attachedGroups, ofOwnInterface } from "./network-interfaces";
import type { Stack, Target } from "./stack";
import { userDataIn } from "./user-data";

/** An instance, or a request for a Spot instance: what it says itself counts before what its template says. */
export function instanceFleet(stack: Stack, instance: StackResource): Launched {
  const launching = templateAt(stack, instance, "launchTemplate");
  const base = launching?.settings ?? noSettings;
  const subnet = stack.follow(given(instance, "subnetId"), instance, "subnetId", "subnet");
  const groupsAt = nameIn(instance, "vpcSecurityGroupIds", "securityGroupIds");
  const groups = stack.followAll(given(instance, groupsAt), instance, groupsAt, "securityGroup");
  const profile = stack.follow(
    given(instance, "iamInstanceProfile"),
    instance,
    "iamInstanceProfile",
    "instanceProfile",
  );
  const instanceType = asText(given(instance, "instanceType"));
  const imageAt = nameIn(instance, "ami", "imageId");
  const imageId = asText(given(instance, imageAt));
  const userData = userDataIn(given(instance, "userData"), given(instance, "userDataBase64"));
  const isImageOfTemplate = isResolved(instance, imageAt, imageId, base.imageId) || imageId.is === "absent";
  const isPublic = given(instance, "associatePublicIpAddress");
  const ofInterface = ofOwnInterface(stack, instance);
  const ownAddress = isPublic.is === "unknown" ? "unknown" : asFlag(isPublic);
  const subnets = ofInterface.subnets ?? (subnet ? [subnet] : base.subnets);
  const ownGroups = groups.length > 0 ? groups : base.securityGroups;
  return launchedFrom(instance, [launching ?? { template: undefined, settings: base }], {
    subnets,
    securityGroups: withAttached(stack, instance, subnets, ofInterface.securityGroups ?? ownGroups),
    instanceProfile: profile ?? base.instanceProfile,
    imageId: isImageOfTemplate ? base.imageId : imageId,
    imageOrigins: isImageOfTemplate ? base.imageOrigins : (instance.propertyDependencies?.[imageAt] ?? []),
    instanceType: instanceType.is === "absent" ? base.instanceType : instanceType,
    userData: userData.is === "absent" ? base.userData : userData,
    publicAddress: ofInterface.publicAddress ?? (hasElasticIp(stack, instance) || (ownAddress ?? base.publicAddress)),
    hasNoMetadata: hasNoMetadata(instance.props) || (base.hasNoMetadata ?? false),
  });
}

/** With the groups that are attached to its network interface; the VPC's default group counts where it lists none. */
function withAttached(
  stack: Stack,
  instance: StackResource,
  [subnet]: readonly Target[],
  own: readonly Target[],
): readonly Target[] {
  const attached = attachedGroups(stack, instance);
  if (attached.length === 0 || own.length > 0) return [...own, ...attached];
  const vpc = subnet?.is === "resource" ? stack.followProperty(subnet.resource, "vpcId", "vpc") : undefined;
  return [vpc ?? { is: "unknown" }, ...attached];
}

/** Whether an image id was resolved by EC2 from the public parameter in the template, which says more. */
function isResolved(
  { propertyDependencies }: StackResource,
  property: string,
  own: Reading<string>,
  template: Reading<string>,
): boolean {
  const wasGiven = Object.hasOwn(propertyDependencies ?? {}, property);
  return own.is === "known" && !wasGiven && (known(template) ?? "").startsWith("resolve:ssm:");
}
