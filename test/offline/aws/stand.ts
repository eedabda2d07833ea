import { AwsObjects } from "../../../offline/aws/objects";
import { AwsResources, type ResourceRef } from "../../../offline/aws/resources";
import type { Properties } from "../../../offline/aws/values";

export const ref = (type: string, name: string): ResourceRef => ({
  type,
  name,
  urn: `urn:pulumi:test::test::${type}::${name}`,
});
export const vpcRef = ref("aws:ec2/vpc:Vpc", "vpc");
export const subnetRef = ref("aws:ec2/subnet:Subnet", "subnet");
export const roleRef = ref("aws:iam/role:Role", "web");

export const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** A new account in eu-west-1. */
export function stand(defaultTags: Properties = {}): AwsResources {
  return new AwsResources({ region: "eu-west-1", defaultTags }, new AwsObjects());
}

/** Checks inputs as the engine does for a new resource. */
export function check(resource: ResourceRef, inputs: Properties, aws = stand()) {
  return aws.check(resource, {}, inputs, "seed");
}

export function failuresOf(type: string, inputs: Properties, aws = stand()): string[] {
  return check(ref(type, "x"), inputs, aws).failures.map(({ property, reason }) => `${property}: ${reason}`);
}
