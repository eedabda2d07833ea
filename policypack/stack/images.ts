import type { DeclaredImage } from "./declared-images";
import type { Fleet } from "./fleets";
import { isOf } from "./kinds";
import { type Reading, known, readText } from "./reading";
import type { StackResource } from "./resource";
import type { Stack } from "./stack";

/** What a stack shows of the image of a fleet. */
export interface FleetImage {
  /** What the team declares about it. */
  readonly declared?: DeclaredImage | undefined;
  readonly id?: string | undefined;
  /** The public parameter that names it. */
  readonly parameter?: string | undefined;
  readonly name?: string | undefined;
  /** Account or alias that publishes it. */
  readonly owner?: string | undefined;
}

/** How many copies of copies are followed. */
const longestChain = 5;

/** The image of a fleet: as declared, by its public parameter, or by what the stack reads, copies or tags. */
export function imageOf(stack: Stack, fleet: Fleet): FleetImage {
  const own = byReference(stack, fleet.imageId, fleet.imageOrigins, longestChain);
  return own.name === undefined && own.parameter === undefined ? { ...own, name: nameInTags(fleet.tags) } : own;
}

/** By an id, or while that is not known by the one resource that it comes from. */
function byReference(stack: Stack, id: Reading<string>, origins: readonly StackResource[], left: number): FleetImage {
  if (id.is === "known") return byId(stack, id.value, left);
  const named = origins.filter((one) => isOf("ami", one) || isOf("parameter", one));
  const [origin, ...others] = id.is === "unknown" ? named : [];
  if (!origin || others.length > 0) return {};
  return isOf("ami", origin) ? ofImage(stack, origin, left) : ofParameter(origin);
}

function byId(stack: Stack, id: string, left: number): FleetImage {
  const declared = stack.images.get(id);
  const [, direct] = /^resolve:ssm:([^:]+)/.exec(id) ?? [];
  if (direct !== undefined) return { declared, parameter: direct };
  const parameter = stack.derive(publicParametersByValue).get(id);
  const image = stack.derive(imagesById).get(id);
  return {
    ...(parameter && ofParameter(parameter)),
    ...(image && ofImage(stack, image, left)),
    id,
    ...(declared && { declared }),
  };
}

function publicParametersByValue(stack: Stack): ReadonlyMap<string | undefined, StackResource> {
  return firstBy(
    stack.of("parameter").filter(({ props }) => isPublic(props)),
    "value",
  );
}

function imagesById(stack: Stack): ReadonlyMap<string | undefined, StackResource> {
  return firstBy(stack.of("ami"), "id");
}

/** Resources by the text of a property; of several with one text the first. */
function firstBy(
  resources: readonly StackResource[],
  property: string,
): ReadonlyMap<string | undefined, StackResource> {
  const pairs = resources.map((one) => [known(readText(one.props, property)), one] as const);
  return new Map(pairs.reverse());
}

/** A copy is like what it is a copy of, where the stack shows that. */
function ofImage(stack: Stack, image: StackResource, left: number): FleetImage {
  const { props, propertyDependencies } = image;
  const source = readText(props, "sourceAmiId");
  const copied = left === 0 ? {} : byReference(stack, source, propertyDependencies?.["sourceAmiId"] ?? [], left - 1);
  return (copied.declared ?? copied.parameter ?? copied.name) === undefined
    ? { name: known(readText(props, "name")), owner: ownerOf(image) }
    : copied;
}

function ofParameter({ props }: StackResource): FleetImage {
  return isPublic(props) ? { parameter: known(readText(props, "name")) } : {};
}

function isPublic(props: StackResource["props"]): boolean {
  return known(readText(props, "name"))?.startsWith("/aws/service/") ?? false;
}

function ownerOf({ props }: StackResource): string | undefined {
  return known(readText(props, "imageOwnerAlias")) ?? known(readText(props, "ownerId"));
}

/** Image Builder, Packer and people write the name of the image that an image is built from into a tag. */
function nameInTags(tags: ReadonlyMap<string, string>): string | undefined {
  return [...tags].find(([key]) => /(ami|image)[-_]?name$/i.test(key))?.[1];
}
