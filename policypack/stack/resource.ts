import { type Reading, asText, known, read, readText } from "./reading";

/** A resource of any stack: as a policy pack sees it, or read from a plan or a state. */
export interface StackResource {
  readonly type: string;
  readonly urn: string;
  /** Pulumi's logical name. */
  readonly name: string;
  /** Inputs where a resource is judged by itself, outputs where the whole stack is. Read by reading.ts only. */
  readonly props: Readonly<Record<string, unknown>>;
  readonly provider?: { readonly props: Readonly<Record<string, unknown>> };
  /** For each top-level property, the resources that its value may come from. */
  readonly propertyDependencies?: Readonly<Record<string, readonly StackResource[]>>;
}

/**
 * Reads a property that AWS computes where nobody gives it. Outputs then hold an unknown at preview which no resource is
 * behind: it was not given, and AWS's default applies.
 */
export function given(resource: StackResource, property: string): Reading {
  const reading = read(resource.props, property);
  const { propertyDependencies } = resource;
  if (reading.is !== "unknown" || !propertyDependencies) return reading;
  return (propertyDependencies[property] ?? []).length > 0 ? reading : { is: "absent" };
}

/** The type of a resource in the classic `aws` provider and its twin in `aws-native`. */
export const resourceTypes = {
  vpcEndpoint: ["aws:ec2/vpcEndpoint:VpcEndpoint", "aws-native:ec2:VpcEndpoint"],
  vpcEndpointPolicy: ["aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"],
  role: ["aws:iam/role:Role", "aws-native:iam:Role"],
  instanceProfile: ["aws:iam/instanceProfile:InstanceProfile", "aws-native:iam:InstanceProfile"],
  rolePolicyAttachment: ["aws:iam/rolePolicyAttachment:RolePolicyAttachment"],
  policyAttachment: ["aws:iam/policyAttachment:PolicyAttachment"],
  rolePolicyAttachmentsExclusive: ["aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"],
} as const;

export type ResourceKind = keyof typeof resourceTypes;

export function isOf(kind: ResourceKind, resource: { readonly type: string }): boolean {
  return (resourceTypes[kind] as readonly string[]).includes(resource.type);
}

/**
 * The region of a resource: its own `region` input (aws 7), its provider's, or the one in an ARN or service name that
 * stands in it. `undefined` when none of them is known.
 */
export function regionOf(resource: StackResource): string | undefined {
  const own = given(resource, "region");
  if (own.is === "unknown") return undefined;
  return (
    known(asText(own)) ??
    known(readText(resource.provider?.props, "region")) ??
    regionInArn(known(readText(resource.props, "arn"))) ??
    regionInServiceName(known(readText(resource.props, "serviceName")))
  );
}

function regionInArn(arn: string | undefined): string | undefined {
  return arn?.split(":")[3] || undefined;
}

/** `com.amazonaws.eu-west-1.s3`, in China `com.amazonaws.cn-north-1.s3` or with `cn.` before it. */
function regionInServiceName(serviceName: string | undefined): string | undefined {
  return serviceName?.split(".").find((part) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(part));
}

/** Resources of one kind, to be found by what references hold: an id, a name. */
export interface ResourceIndex {
  readonly byIdentity: ReadonlyMap<unknown, StackResource>;
  readonly urns: ReadonlySet<string>;
}

/** @param identityOf what a reference to the resource holds; `undefined` while that isn't known */
export function indexOf(
  resources: readonly StackResource[],
  identityOf: (resource: StackResource) => unknown,
): ResourceIndex {
  const byIdentity = new Map<unknown, StackResource>();
  for (const resource of resources) {
    const identity = identityOf(resource);
    if (identity !== undefined) byIdentity.set(identity, resource);
  }
  return { byIdentity, urns: new Set(resources.map(({ urn }) => urn)) };
}

/**
 * The resources that one reference may mean: the one with that id or name where it is known, else all of the kind that
 * the property's value can come from. One is the answer; several, and nobody can say.
 *
 * @param property the top-level property that the reference stands in, since dependencies are known by these only
 */
export function referenced(
  reference: Reading,
  from: StackResource,
  property: string,
  index: ResourceIndex,
): readonly StackResource[] {
  if (reference.is === "absent") return [];
  if (reference.is === "known") {
    const target = index.byIdentity.get(reference.value);
    return target ? [target] : [];
  }
  return (from.propertyDependencies?.[property] ?? []).filter(({ urn }) => index.urns.has(urn));
}
