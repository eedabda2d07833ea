import { groupedBy } from "../../stack/grouped-by";
import { type StackResource, regionOf, urnIn, unfollowedType } from "../../stack/resource";
import type { Json } from "../json-parts";
import { inFormOfToday } from "./forms";
import { propertyOf, propsOfTerraform } from "./properties";
import { withoutIndices } from "./references";
import type { TerraformResource } from "./resource";
import { typeOf } from "./types";

/** The data sources that say what an image is; other data sources are what exists elsewhere, and create nothing. */
const imageSources: Readonly<Record<string, string>> = {
  aws_ami: "aws:ec2/ami:Ami",
  aws_ssm_parameter: "aws:ssm/parameter:Parameter",
};

interface Converted {
  readonly from: TerraformResource;
  readonly to: StackResource & { readonly propertyDependencies: Record<string, readonly StackResource[]> };
}

/**
 * Resources of Terraform as @pulumi/aws would have them, with their addresses as names.
 *
 * @param stack how URNs name the state or plan: `terraform/network`
 * @param regionOfProvider of a provider configuration, if the file says so
 */
export function stackResourcesOf(
  resources: readonly TerraformResource[],
  stack: string,
  regionOfProvider: (provider: string) => string | undefined,
): StackResource[] {
  const converted = resources.flatMap((resource): Converted[] => {
    const type = resource.mode === "managed" ? typeOf(resource.type) : imageSources[resource.type];
    if (type === undefined) return [];
    const values = resource.mode === "data" ? withPublicParameter(resource.values) : resource.values;
    const props = inFormOfToday(type, propsOfTerraform(type, values));
    const to = {
      type,
      urn: urnIn(stack, type, resource.address),
      name: resource.address,
      props,
      ...(resource.mode === "data" && { isRead: true }),
      propertyDependencies: {},
    };
    return [{ from: resource, to }];
  });
  link(converted, stack);
  return withRegions(converted, regionOfProvider);
}

/** Terraform takes the value of every parameter for a secret; of AWS's public ones it shows it a second time. */
function withPublicParameter(values: Json): Json {
  const { name, insecure_value: value } = values;
  return typeof name === "string" && name.startsWith("/aws/service/") && typeof value === "string"
    ? { ...values, value }
    : values;
}

/** What attributes may come from: every instance that a reference can mean, and a stand-in for what cannot be followed. */
function link(converted: readonly Converted[], stack: string): void {
  const byAddress = groupedBy(converted, ({ from }) => withoutIndices(from.address));
  for (const { from, to } of converted) {
    for (const [attribute, references] of from.references ?? []) {
      const origins = references.flatMap((reference): StackResource[] => {
        const meant = (byAddress.get(withoutIndices(reference)) ?? []).filter((one) =>
          canBeMeant(reference, from.address, one.from.address),
        );
        return meant.length > 0 ? meant.map((one) => one.to) : [standIn(reference, stack)];
      });
      if (origins.length > 0) to.propertyDependencies[propertyOf(to.type, attribute)] = origins;
    }
  }
}

/** By the index in a reference, if it has one, and by the instances of modules that both addresses are in. */
function canBeMeant(reference: string, from: string, address: string): boolean {
  const [, index] = /(\[[^\]]*\])$/.exec(reference) ?? [];
  if (index !== undefined && !address.endsWith(index)) return false;
  const [own, others] = [modulesOf(from), modulesOf(address)];
  for (let i = 0; i < Math.min(own.length, others.length); i += 1) {
    if (withoutIndices(own[i]!) !== withoutIndices(others[i]!)) return true;
    if (own[i] !== others[i]) return false;
  }
  return true;
}

/** `module.a[0]` and `module.b` of `module.a[0].module.b.aws_vpc.this`. */
function modulesOf(address: string): string[] {
  return address.match(/\bmodule\.[\w-]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?(?=\.)/g) ?? [];
}

function standIn(reference: string, stack: string): StackResource {
  return {
    type: unfollowedType,
    urn: urnIn(stack, unfollowedType, reference),
    name: reference,
    props: {},
  };
}

/**
 * By the provider's configuration; else by what its resources say in ARNs, service names and availability zones, since a
 * state has no configuration.
 */
function withRegions(
  converted: readonly Converted[],
  regionOfProvider: (provider: string) => string | undefined,
): StackResource[] {
  const found = new Map<string, Set<string>>();
  for (const { from, to } of converted) {
    const region = "region" in to.props ? undefined : (regionOf(to) ?? regionOfZone(to.props));
    const ofProvider = found.get(from.provider) ?? new Set();
    if (region !== undefined) ofProvider.add(region);
    found.set(from.provider, ofProvider);
  }
  return converted.map(({ from, to }) => {
    const [only, ...others] = found.get(from.provider)!;
    const region = regionOfProvider(from.provider) ?? (others.length === 0 ? only : regionOfZone(to.props));
    return Object.assign(to, { provider: { props: region === undefined ? {} : { region } } });
  });
}

function regionOfZone({ availabilityZone }: Json): string | undefined {
  if (typeof availabilityZone !== "string") return undefined;
  return /^([a-z]{2}(?:-[a-z]+)+-\d)[a-z]$/.exec(availabilityZone)?.[1];
}
