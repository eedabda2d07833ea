import type { AwsObjects } from "./objects";
import type { CheckFailure } from "./schema";
import { type Properties, asText } from "./values";

/** A name that only one resource of the type may have. */
interface UniqueName {
  readonly input: string;
  /** In IAM the names of an account, without regard to case; of buckets those of everyone. */
  readonly within: "region" | "account" | "partition";
  /** The error of AWS; `undefined` if AWS has none and the second resource takes over the first. */
  readonly error?: string;
}

const inRegion = (error?: string, input = "name"): UniqueName => ({
  input,
  within: "region",
  ...(error !== undefined && { error }),
});
const inIam: UniqueName = { input: "name", within: "account", error: "EntityAlreadyExists" };

/**
 * Sources, checked 2026-11-28: the errors of the calls that create these resources in the API references, as in the models of botocore;
 * PutMetricAlarm, PutCompositeAlarm, PutRule and PutDashboard change a resource with the same name, and CreateTopic returns the existing one.
 */
const uniqueNames: Readonly<Record<string, UniqueName>> = {
  "aws:autoscaling/group:Group": inRegion("AlreadyExists"),
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": inRegion(undefined, "alarmName"),
  "aws:cloudwatch/dashboard:Dashboard": { input: "dashboardName", within: "account" },
  "aws:cloudwatch/eventRule:EventRule": inRegion(),
  "aws:cloudwatch/logGroup:LogGroup": inRegion("ResourceAlreadyExistsException"),
  "aws:cloudwatch/metricAlarm:MetricAlarm": inRegion(),
  "aws:ec2/keyPair:KeyPair": inRegion("InvalidKeyPair.Duplicate", "keyName"),
  "aws:ec2/launchTemplate:LaunchTemplate": inRegion("InvalidLaunchTemplateName.AlreadyExistsException"),
  "aws:iam/group:Group": inIam,
  "aws:iam/instanceProfile:InstanceProfile": inIam,
  "aws:iam/policy:Policy": inIam,
  "aws:iam/role:Role": inIam,
  "aws:iam/user:User": inIam,
  "aws:kms/alias:Alias": inRegion("AlreadyExistsException"),
  "aws:lambda/function:Function": inRegion("ResourceConflictException"),
  "aws:lb/loadBalancer:LoadBalancer": inRegion("DuplicateLoadBalancerName"),
  "aws:s3/bucket:Bucket": { input: "bucket", within: "partition", error: "BucketAlreadyExists" },
  "aws:sns/topic:Topic": inRegion(),
  "aws:ssm/document:Document": inRegion("DocumentAlreadyExists"),
  "aws:ssm/parameter:Parameter": inRegion("ParameterAlreadyExists"),
  "aws:ssm/resourceDataSync:ResourceDataSync": inRegion("ResourceDataSyncAlreadyExistsException"),
};

/** A name that a resource of another stack in the backend has, and that only one may have. */
export function takenName(
  { type, urn }: { readonly type: string; readonly urn: string },
  inputs: Properties,
  region: string,
  aws: AwsObjects,
): CheckFailure | undefined {
  const unique = uniqueNames[type];
  const name = unique && inputs[unique.input];
  if (!unique || typeof name !== "string") return undefined;
  const { input, within, error } = unique;
  const asCompared = (text: string) => (within === "account" ? text.toLowerCase() : text);
  const other = aws
    .everywhere(type)
    .filter((object) => stackOf(object.urn) !== stackOf(urn))
    .filter(({ outputs }) => within !== "region" || (outputs["region"] ?? region) === region)
    .find(({ outputs }) => asCompared(asText(outputs[input])) === asCompared(name));
  if (!other) return undefined;
  return {
    property: input,
    reason: `"${name}" is the name of ${other.urn}; expected a name that is unique in the ${within} (${error ?? "AWS would change that resource"})`,
  };
}

/** `urn:pulumi:STACK::PROJECT` of a URN. */
function stackOf(urn: string): string {
  return urn.split("::", 2).join("::");
}
