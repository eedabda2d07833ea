import { isObject } from "../iam/problems";
import { kindOf } from "../stack/kinds";
import { type StackResource, stackOfUrn, urnIn } from "../stack/resource";
import { secretText } from "../stack/special-values";
import { isUnmodelled } from "../stack/unmodelled";
import { InputError } from "./input-error";
import { type Json, listIn, recordIn } from "./json-parts";
import type { StackFacts, StackFile } from "./source";

/**
 * What `patchpath context` writes: the part of the states of other stacks that the model reads, in a form of its own that
 * is small enough to commit. Secrets are marks, and values that are not read are not in it.
 */
export interface ContextOutput {
  readonly patchpath: "context";
  readonly version: 1;
  readonly stacks: readonly StackFacts[];
  /** By stack, as numbers of the list above. */
  readonly resources: readonly ContextResource[];
}

interface ContextResource {
  readonly stack: number;
  readonly type: string;
  readonly name: string;
  /** If it does not follow from stack, type and name. */
  readonly urn?: string;
  readonly region?: string;
  readonly isRead?: true;
  readonly props: Json;
  /** Which resources of this list the values of properties come from, as far as that matters. */
  readonly from?: Readonly<Record<string, readonly number[]>>;
}

/** The context of files, each stack of which is in it once. */
export function contextOf(files: readonly StackFile[]): ContextOutput {
  const stacks = files.flatMap((file) => file.stacks);
  const numbers = new Map(stacks.map(({ name }, i) => [name, i]));
  const resources = files.flatMap((file) => file.resources).filter(isRead);
  const places = new Map(resources.map(({ urn }, i) => [urn, i]));
  return {
    patchpath: "context",
    version: 1,
    stacks: stacks.map(({ outputs: _, reads: __, ...facts }) => ({ ...facts, outputs: {}, reads: [] })),
    resources: resources.map((resource) => {
      const { type, name, urn, provider } = resource;
      const stack = numbers.get(stackOfUrn(urn)) ?? 0;
      const region = provider?.props["region"];
      const from = originsOf(resource, places);
      return {
        stack,
        type,
        name,
        ...(urn !== urnIn(stacks[stack]!.name, type, name) && { urn }),
        ...(typeof region === "string" && { region }),
        ...(resource.isRead && { isRead: true as const }),
        props: propsReadOf(resource),
        ...(Object.keys(from).length > 0 && { from }),
      };
    }),
  };
}

/** Types that the model reads, and others that may change a path. */
function isRead({ type }: StackResource): boolean {
  return kindOf({ type }) !== undefined || isUnmodelled({ type });
}

/** What AWS reports of resources and no hop depends on. */
const unread = new Set([
  "blockDeviceMappings",
  "bootDiskSize",
  "capacityReservationSpecification",
  "capacityReservationSpecifications",
  "cpuOptions",
  "creditSpecification",
  "creditSpecifications",
  "description",
  "ebsBlockDevices",
  "enclaveOptions",
  "ephemeralBlockDevices",
  "instanceState",
  "keyName",
  "maintenanceOptions",
  "networkInterfaceIds",
  "passwordData",
  "privateDnsNameOptions",
  "requesterManaged",
  "rootBlockDevice",
  "timeouts",
  "uniqueId",
]);

function propsReadOf({ props }: StackResource): Json {
  const isTagged = JSON.stringify(props["tags"]) === JSON.stringify(props["tagsAll"]);
  const isSecure = props["type"] === "SecureString";
  return Object.fromEntries(
    Object.entries(props).flatMap(([name, value]) => {
      if (value === null || value === undefined || value === "" || unread.has(name)) return [];
      if (name === "tagsAll" && isTagged) return [];
      return [[name, name === "value" && isSecure ? secretText : value]];
    }),
  );
}

/** What scripts and records of names are in: an address in them may be that of another resource. */
const withAddresses = new Set([
  "content",
  "launchTemplateData",
  "parameters",
  "records",
  "taskInvocationParameters",
  "userData",
  "userDataBase64",
]);

/** In a state every value is known, and where it comes from matters for addresses only; and whether an image was given. */
function originsOf({ propertyDependencies }: StackResource, places: ReadonlyMap<string, number>) {
  return Object.fromEntries(
    Object.entries(propertyDependencies ?? {}).flatMap(([property, origins]) => {
      if (property === "ami" || property === "imageId") return [[property, [] as number[]]];
      const numbers = withAddresses.has(property) ? origins.flatMap(({ urn }) => places.get(urn) ?? []) : [];
      return numbers.length > 0 ? [[property, numbers]] : [];
    }),
  );
}

/** Reads what `patchpath context` wrote. @throws InputError */
export function readContext(name: string, json: Json): StackFile {
  if (json["version"] !== 1) {
    throw new InputError(`${name} is a context of a later version of patchpath; update patchpath`);
  }
  const stacks = listIn(name, json, "stacks", "stacks").filter(isObject) as unknown as StackFacts[];
  const resources = listIn(name, json, "resources", "resources").map((one, i) => resourceIn(name, one, i, stacks));
  for (const [i, { from }] of resources.entries()) {
    const lists = resources[i]!.resource.propertyDependencies as Record<string, readonly StackResource[]>;
    for (const [property, numbers] of Object.entries(from)) {
      lists[property] = Array.isArray(numbers)
        ? numbers.flatMap((number: number) => resources[number]?.resource ?? [])
        : [];
    }
  }
  return {
    file: name,
    resources: resources.map(({ resource }) => resource),
    stacks,
    isPlan: false,
    partial: undefined,
  };
}

function resourceIn(file: string, one: unknown, i: number, stacks: readonly StackFacts[]) {
  const { type, name, urn, region, stack } = isObject(one) ? one : {};
  const facts = typeof stack === "number" ? stacks[stack] : undefined;
  if (!isObject(one) || typeof type !== "string" || typeof name !== "string" || !facts) {
    throw new InputError(`${file} is damaged: \`resources[${i}]\` has no type, name or stack; create it again`);
  }
  const resource: StackResource = {
    type,
    name,
    urn: typeof urn === "string" ? urn : urnIn(facts.name, type, name),
    props: recordIn(one, "props"),
    ...(one["isRead"] === true && { isRead: true }),
    provider: { props: typeof region === "string" ? { region } : {} },
    propertyDependencies: {},
  };
  return { resource, from: recordIn(one, "from") };
}
