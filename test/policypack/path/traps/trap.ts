import type { Hop } from "../../../../policypack/path/hop";
import type { StackResource } from "../../../../policypack/stack/resource";
import { Stack } from "../../../../policypack/stack/stack";
import { type ExampleResource, unknown } from "../../rules/analyze";

/** A small stack with one fault, or a correct stack that looks wrong. */
export interface Trap {
  /** What the stack has. */
  readonly title: string;
  /** Why the verdict is correct: what AWS does. */
  readonly why: string;
  readonly resources: readonly ExampleResource[];
  /** The hop that must be blocked, and its whole reason. All other hops are open or not needed. */
  readonly blocks?: readonly [Hop, because: string];
  /** The hops that cannot be determined from the stack. */
  readonly leavesUnknown?: readonly Hop[];
  /** The hops that are also unknown at preview, because IDs are. */
  readonly unknownAtPreview?: readonly Hop[];
  /**
   * The names of the resources of a remote component, such as awsx's Vpc: at preview, a reference to one of them depends
   * on all of them.
   */
  readonly component?: readonly string[];
  /** The ids of the advice on it, in order. */
  readonly advice?: readonly string[];
  /** @default `eu-west-1` */
  readonly region?: string;
}

/** Properties that AWS assigns when it creates a resource: unknown at preview. */
const computedProperties = new Set([
  "arn",
  "associationDefaultRouteTableId",
  "defaultNetworkAclId",
  "defaultRouteTableId",
  "defaultSecurityGroupId",
  "groupId",
  "id",
  "internetGatewayId",
  "launchTemplateId",
  "mainRouteTableId",
  "natGatewayId",
  "networkAclId",
  "prefixListId",
  "routeTableId",
  "subnetId",
  "vpcId",
]);

/** The stack as in its state: all IDs known. */
export function asState(resources: readonly ExampleResource[], region = "eu-west-1"): Stack {
  return new Stack(
    resources.map((resource) => stackResource(resource, { ...resource.computed, ...resource.props }, region)),
  );
}

/** The same stack as in its first preview: IDs are unknown; only the resources that each may come from are known. */
export function asPreview(
  resources: readonly ExampleResource[],
  region = "eu-west-1",
  component: readonly string[] = [],
): Stack {
  const byName = new Map<string, StackResource>();
  const existing = existingIn(resources);
  const all = resources.map((resource) => {
    if (existing.has(resource)) {
      const props = resource.isRead ? resource.props : hidden(resource.props, resources, resource, existing).value;
      const one = stackResource(resource, { ...resource.computed, ...(props as object) }, region);
      byName.set(resource.name, one);
      return one;
    }
    const computed = Object.keys(resource.computed ?? {}).map((property) => [property, unknown]);
    const given = Object.entries(resource.props).map(([property, value]) => [
      property,
      isOwnId(resource, property) ? unknown : hidden(value, resources, resource, existing).value,
    ]);
    const one = stackResource(resource, Object.fromEntries([...computed, ...given]) as object, region);
    byName.set(resource.name, one);
    return one;
  });
  for (const [i, resource] of resources.entries()) {
    if (resource.isRead) continue; // it has the values in AWS, at preview too
    for (const [property, value] of Object.entries(resource.props)) {
      if (isOwnId(resource, property) && !existing.has(resource)) continue;
      const { from } = hidden(value, resources, resource, existing);
      const names = new Set([...from].map(({ name }) => name));
      if (!component.includes(resource.name) && component.some((name) => names.has(name))) {
        for (const name of component) names.add(name);
      }
      if (names.size > 0) all[i]!.propertyDependencies[property] = [...names].map((name) => byName.get(name)!);
    }
  }
  return new Stack(all);
}

function stackResource({ type, name, isRead }: ExampleResource, props: object, region: string) {
  return {
    type,
    name,
    ...(isRead && { isRead }),
    urn: `urn:pulumi:test::test::${type}::${name}`,
    props: props as Readonly<Record<string, unknown>>,
    provider: { props: { region } },
    propertyDependencies: {} as Record<string, StackResource[]>,
  };
}

/** Whether a property is the resource's own ID; on another resource, a property of that name is a reference. */
function isOwnId({ type, props }: ExampleResource, property: string): boolean {
  if (!computedProperties.has(property) || typeof props[property] !== "string") return false;
  const kind = type.split(":").at(-1)!.toLowerCase();
  const [, owner] = /^(.*)Id$/.exec(property) ?? [];
  if (owner === undefined || property === "prefixListId") return property !== "prefixListId" || kind === "vpcendpoint";
  if (owner === "associationDefaultRouteTable") return kind === "transitgateway";
  return owner.startsWith("default") || owner === "mainRouteTable"
    ? kind === "vpc" || kind === "defaultvpc"
    : kind === owner.toLowerCase() || (owner === "group" && kind === "securitygroup");
}

/** Resources that are read, and those that they refer to: they exist at preview, so their IDs are known. */
function existingIn(resources: readonly ExampleResource[]): ReadonlySet<ExampleResource> {
  const read = resources.filter(({ isRead }) => isRead);
  const text = JSON.stringify(read.map(({ props }) => props));
  return new Set([...read, ...resources.filter((one) => idsOf(one).some((id) => text.includes(`"${id}"`)))]);
}

/** A value with its references to other resources unknown, and those resources. Names that are set stay known. */
function hidden(
  value: unknown,
  resources: readonly ExampleResource[],
  self: ExampleResource,
  existing: ReadonlySet<ExampleResource>,
): { value: unknown; from: Set<ExampleResource> } {
  const from = new Set<ExampleResource>();
  const others = resources.filter((one) => one !== self && !existing.has(one)).reverse();
  const hide = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(hide);
    if (typeof part === "object" && part !== null) {
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, hide(inner)]));
    }
    if (typeof part !== "string") return part;
    const owner = others.find((one) => idsOf(one).some((id) => refersTo(part, id)));
    if (!owner) return part;
    from.add(owner);
    return unknown;
  };
  return { value: hide(value), from };
}

/** By the ID itself, a document, URL or script that contains it, or the DNS name of an endpoint, which begins with it. */
function refersTo(text: string, id: string): boolean {
  if (/https?:\/\//.test(text)) return text.includes(id);
  if (text.endsWith(".vpce.amazonaws.com")) return text.startsWith(`${id}-`);
  return text === id || (text.startsWith("{") && text.includes(`"${id}"`));
}

const idsByResource = new WeakMap<ExampleResource, readonly string[]>();

function idsOf(resource: ExampleResource): readonly string[] {
  const known = idsByResource.get(resource) ?? findIds(resource);
  idsByResource.set(resource, known);
  return known;
}

function findIds(resource: ExampleResource): string[] {
  const { props, computed = {} } = resource;
  const names = [props["name"], props["roleName"], props["instanceProfileName"]];
  const ids = Object.keys(props)
    .filter((property) => isOwnId(resource, property) && !names.includes(props[property]))
    .map((property) => props[property] as string);
  return [...ids, ...[computed["privateDns"], computed["privateIp"]].filter((one) => typeof one === "string")];
}
