import { concernedNamespaces, whyHarmless } from "../facts/harmless-types";
import { cloudFormationFleets, typesInTemplate } from "./cloudformation-fleets";
import { isOf, kindOf } from "./kinds";
import { read, readAt, textsIn } from "./reading";
import type { StackResource } from "./resource";
import { type Stack, clusterSecurityGroup } from "./stack";

/** A resource of a type that Patchpath does not model and that may change what a part of a path does. */
export interface Unmodelled {
  readonly resource: StackResource;
  /** `ec2:VpcEncryptionControl`. */
  readonly type: string;
  /** The parts of paths that it refers to; of a setting of the whole Region none. */
  readonly parts: readonly StackResource[];
}

/** The type without its provider: `ec2:FlowLog` of both; `undefined` for types of other providers. */
export function shortType(type: string): string | undefined {
  const [, namespace, name] = /^aws(?:-native)?:([a-z0-9]+)[^:]*:(\w+)$/i.exec(type) ?? [];
  return namespace === undefined ? undefined : `${namespace}:${name!}`;
}

/** Whether a type may change a path and is not modelled. */
export function isUnmodelled({ type }: { readonly type: string }): boolean {
  const short = shortType(type);
  return short !== undefined && !kindOf({ type }) && mayChangePaths(short);
}

function mayChangePaths(short: string): boolean {
  return concernedNamespaces.has(short.split(":")[0]!) && whyHarmless(short) === undefined;
}

/** Types of CloudFormation that only concern what their own stack launches. */
const ofLaunches: ReadonlySet<string> = new Set([
  "ec2:Instance",
  "ec2:LaunchTemplate",
  "iam:InstanceProfile",
  "iam:Role",
]);

/** Whether a CloudFormation stack may contain what changes a path: by the types in its template, as far as it is known. */
function isOpenStack(stack: Stack, resource: StackResource): boolean {
  if (!isOf("cloudFormationStack", resource)) return false;
  const types = typesInTemplate(stack, resource);
  if (types === undefined) return !stack.derive(cloudFormationFleets).some(({ fleet }) => fleet.resource === resource);
  return types.some((type) => !ofLaunches.has(type) && mayChangePaths(type));
}

/** A setting of a whole Region, which refers to nothing: the defaults by which the metadata service is turned off. */
function isRegional({ type, props }: StackResource): boolean {
  if (shortType(type) !== "ec2:InstanceMetadataDefaults") return false;
  const endpoint = read(props, "httpEndpoint");
  return endpoint.is === "unknown" || (endpoint.is === "known" && endpoint.value === "disabled");
}

/** The resources of a stack that are not modelled and refer to a part of a path, or are settings of the Region. */
export function unmodelledOf(stack: Stack): readonly Unmodelled[] {
  return stack.derive(findUnmodelled);
}

function findUnmodelled(stack: Stack): Unmodelled[] {
  const all = stack.resources.filter((resource) => isUnmodelled(resource) || isOpenStack(stack, resource));
  if (all.length === 0) return [];
  const byIdentity = new Map<unknown, StackResource>(
    stack.resources.filter(isPart).flatMap((resource) =>
      ["id", "arn", "name", "primaryNetworkInterfaceId", clusterSecurityGroup].flatMap((property) => {
        const reading = readAt(resource.props, property);
        return reading.is === "known" ? [[reading.value, resource] as const] : [];
      }),
    ),
  );
  return all.flatMap((resource) => {
    const type = shortType(resource.type)!;
    const parts = new Set([
      ...Object.values(resource.propertyDependencies ?? {})
        .flat()
        .filter(isPart),
      ...textsIn(resource.props).flatMap((text) => byIdentity.get(text) ?? []),
    ]);
    return parts.size > 0 || isRegional(resource) ? [{ resource, type, parts: mostSpecific([...parts]) }] : [];
  });
}

function isPart(resource: StackResource): boolean {
  return kindOf(resource) !== undefined;
}

/** Where a resource refers to an instance or an endpoint, it changes that one, and not its security group. */
function mostSpecific(parts: readonly StackResource[]): readonly StackResource[] {
  const bearers = parts.filter((part) => isOf("instance", part) || isOf("vpcEndpoint", part));
  return bearers.length > 0 ? bearers : parts;
}
