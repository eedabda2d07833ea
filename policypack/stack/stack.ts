import { AsyncLocalStorage } from "node:async_hooks";
import { type DeclaredImages, declaredImages } from "./declared-images";
import { type ResourceKind, kindOf } from "./kinds";
import { type Reading, elementsOf, isSecret, read, readAt } from "./reading";
import { type StackResource, inOrder, unfollowedType } from "./resource";

/** What a reference leads to. */
export type Target =
  | { readonly is: "resource"; readonly resource: StackResource }
  /** A known id of a resource that is not in the stack. */
  | { readonly is: "outside"; readonly id: string }
  /** Not known yet: one of these resources, where there are some that the value can come from. */
  | { readonly is: "unknown"; readonly candidates?: readonly StackResource[] };

const unknownTarget: Target = { is: "unknown" };

function oneOf(candidates: readonly StackResource[]): Target {
  return candidates.length === 0 ? unknownTarget : { is: "unknown", candidates };
}

/**
 * Beyond this many resources that a reference may lead to, none of them is looked at, so that the cost stays linear: a
 * network of six availability zones has eighteen subnets.
 */
const mostCandidates = 32;

/** All that a reference may lead to, each as if it did; a reference that nothing is known of leads to itself. */
export function alternativesOf(target: Target): readonly Target[] {
  if (target.is !== "unknown" || !target.candidates || target.candidates.length > mostCandidates) return [target];
  return target.candidates.map((resource): Target => ({ is: "resource", resource }));
}

/** The id of the security group that EKS creates with a cluster. */
export const clusterSecurityGroup = "vpcConfig.clusterSecurityGroupId";

/** What references to a resource of a kind hold; without an entry its `id`. */
const identities: Partial<Record<ResourceKind, readonly string[]>> = {
  document: ["id", "name"],
  eksCluster: ["id", "name"],
  instance: ["id", "instanceId", "primaryNetworkInterfaceId"],
  instanceProfile: ["id", "name", "arn", "instanceProfileName"],
  launchConfiguration: ["id", "name", "launchConfigurationName"],
  launchTemplate: ["id", "name", "launchTemplateId", "launchTemplateName"],
  maintenanceWindow: ["id", "windowId"],
  maintenanceWindowTarget: ["id", "windowTargetId"],
  natGateway: ["id", "natGatewayId"],
  policy: ["id", "arn"],
  role: ["id", "name", "arn", "roleName"],
  routeTable: ["id", "routeTableId"],
  securityGroup: ["id", "groupId", "securityGroupId"],
  subnet: ["id", "subnetId"],
  vpc: ["id", "vpcId"],
};

/**
 * What else references to a kind may lead to: what AWS creates with a VPC or a transit gateway, by the resource that
 * manages it or by that VPC or gateway.
 */
const alternatives: Partial<Record<ResourceKind, readonly (readonly [ResourceKind, readonly string[]])[]>> = {
  routeTable: [
    ["defaultRouteTable", ["id"]],
    ["vpc", ["mainRouteTableId", "defaultRouteTableId"]],
  ],
  securityGroup: [
    ["defaultSecurityGroup", ["id"]],
    ["vpc", ["defaultSecurityGroupId"]],
  ],
  transitGatewayRouteTable: [["transitGateway", ["associationDefaultRouteTableId", "propagationDefaultRouteTableId"]]],
};

/**
 * What a known id may be of besides. A dependency does not tell it: that on a cluster may be on its own security group or
 * on those that it is given.
 */
const byIdAlone: Partial<Record<ResourceKind, readonly (readonly [ResourceKind, readonly string[]])[]>> = {
  securityGroup: [["eksCluster", [clusterSecurityGroup]]],
};

/** The kinds that references to a kind may lead to, the kind itself first, each with what such a reference holds. */
function kindsBehind(kind: ResourceKind): (readonly [ResourceKind, readonly string[]])[] {
  return [[kind, identities[kind] ?? ["id"]], ...(alternatives[kind] ?? [])];
}

/** The resources of a stack by what they are, and how they refer to each other. */
export class Stack {
  readonly #byKind = new Map<ResourceKind, StackResource[]>();
  readonly #indices = new Map<ResourceKind, Index>();
  readonly #derived = new Map<unknown, unknown>();

  /**
   * By their names: engines register resources as they come, so their own order differs from run to run, and whatever
   * takes the first of several, or lists them, would differ with it.
   */
  readonly resources: readonly StackResource[];

  /** @param images what is declared about images whose ids tell nothing */
  constructor(
    resources: readonly StackResource[],
    readonly images: DeclaredImages = declaredImages(),
  ) {
    this.resources = [...resources].sort(inOrder);
    for (const resource of this.resources) {
      const kind = kindOf(resource);
      if (!kind) continue;
      const ofKind = this.#byKind.get(kind);
      if (ofKind) ofKind.push(resource);
      else this.#byKind.set(kind, [resource]);
    }
  }

  /** All resources of a kind, by their names. */
  of(kind: ResourceKind): readonly StackResource[] {
    return this.#byKind.get(kind) ?? [];
  }

  /** What was derived from this stack, by the function that derives it: computed on first use, and once. */
  derive<T>(make: (stack: Stack) => T): T {
    if (!this.#derived.has(make)) this.#derived.set(make, make(this));
    return this.#derived.get(make) as T;
  }

  /**
   * What one reference leads to: the resource with that id where it is known, else the only one of the kind that the
   * value can come from. `undefined` when there is no reference.
   *
   * @param property the top-level property that contains the reference, since dependencies are known by these only
   */
  follow(reference: Reading, from: StackResource, property: string, kind: ResourceKind): Target | undefined {
    if (reference.is === "absent") return undefined;
    if (reference.is === "known") {
      if (typeof reference.value !== "string") return unknownTarget; // no reference at all
      const { byIdentity, hasSecrets } = this.#index(kind);
      const resource = byIdentity.get(reference.value);
      if (resource) return { is: "resource", resource };
      return hasSecrets ? unknownTarget : { is: "outside", id: reference.value };
    }
    const candidates = this.#candidates(from, property, kind, 1);
    const [only, ...others] = candidates;
    return only && others.length === 0 ? { is: "resource", resource: only } : oneOf(candidates);
  }

  /** What a property with one reference leads to. */
  followProperty(from: StackResource, property: string, kind: ResourceKind): Target | undefined {
    return this.follow(read(from.props, property), from, property, kind);
  }

  /**
   * What a list of references leads to. As many unknown elements as resources that they can come from are these
   * resources; otherwise it is unknown which they are.
   */
  followAll(list: Reading, from: StackResource, property: string, kind: ResourceKind): Target[] {
    return this.followEach(elementsOf(list), from, property, kind);
  }

  /** The same for references in a property that is not a list of them. */
  followEach(references: readonly Reading[], from: StackResource, property: string, kind: ResourceKind): Target[] {
    const targets = references
      .filter(({ is }) => is === "known")
      .map((reference) => this.follow(reference, from, property, kind)!);
    const unknowns = references.filter(({ is }) => is === "unknown").length;
    if (unknowns === 0) return targets;
    const found = new Set(targets.map((target) => target.is === "resource" && target.resource.urn));
    const candidates = this.#candidates(from, property, kind, unknowns, found);
    if (candidates.length !== unknowns) return [...targets, oneOf(candidates)];
    return [...targets, ...candidates.map((resource): Target => ({ is: "resource", resource }))];
  }

  /**
   * Whether two references surely lead to the same resource (`true`), surely do not (`false`), or it is unknown
   * (`undefined`).
   */
  static same(a: Target | undefined, b: Target | undefined): boolean | undefined {
    if (!a || !b) return false;
    if (a.is === "unknown" || b.is === "unknown") return undefined;
    if (a.is === "resource") return b.is === "resource" && a.resource.urn === b.resource.urn;
    return b.is === "outside" && a.id === b.id;
  }

  /** A key that identifies a known target; `undefined` for one that is unknown. */
  static key(target: Target | undefined): string | undefined {
    if (target?.is === "resource") return target.resource.urn;
    return target?.is === "outside" ? target.id : undefined;
  }

  /**
   * Of the kind itself; where there are too few, of what references to the kind may also lead to. None if the value may also
   * come from what cannot be followed.
   */
  #candidates(
    from: StackResource,
    property: string,
    kind: ResourceKind,
    wanted: number,
    found: ReadonlySet<unknown> = new Set(),
  ): StackResource[] {
    const all = (from.propertyDependencies?.[property] ?? []).filter(({ urn }) => !found.has(urn));
    if (all.some(({ type }) => type === unfollowedType)) return [];
    return kindsBehind(kind).reduce<StackResource[]>(
      (candidates, [one]) =>
        candidates.length < wanted
          ? [...candidates, ...all.filter((resource) => kindOf(resource) === one).sort(inOrder)]
          : candidates,
      [],
    );
  }

  #index(kind: ResourceKind): Index {
    let index = this.#indices.get(kind);
    if (!index) {
      const entries = [...kindsBehind(kind), ...(byIdAlone[kind] ?? [])].flatMap(([one, names]) =>
        this.of(one).flatMap((resource) => names.map((name) => [readAt(resource.props, name), resource] as const)),
      );
      const named = entries.flatMap(([identity, resource]) =>
        identity.is === "known" ? [[identity.value, resource] as const] : [],
      );
      index = {
        byIdentity: new Map(named.reverse()), // of several with one identity the first counts
        hasSecrets: entries.some(([identity]) => isSecret(identity)),
      };
      this.#indices.set(kind, index);
    }
    return index;
  }
}

/** The resources that references to a kind may lead to. */
interface Index {
  readonly byIdentity: ReadonlyMap<unknown, StackResource>;
  /** Whether one hides, as a secret, what references to it hold. */
  readonly hasSecrets: boolean;
}

/** One analysis of a stack by all rules, with what they share. */
interface Analysis {
  stack?: Stack;
  before?: Stack | undefined;
  readonly isRead: (urn: string) => boolean;
  readonly onceModelled: () => void;
  readonly surroundings: Surroundings | undefined;
}

/** Joins the resources of a stack with those of others, which are marked as context; and the same before the update. */
export type Surroundings = (own: readonly StackResource[]) => {
  readonly resources: readonly StackResource[];
  readonly before: readonly StackResource[] | undefined;
};

const analysis = new AsyncLocalStorage<Analysis>();

/**
 * Runs an analysis, in which all rules look at one and the same stack.
 *
 * @param isRead whether a resource is read by `.get()`, which the engine does not say of the resources that it passes
 * @param onceModelled called when that stack is built: from then on the resources passed to rules are not read
 * @param surroundings the other stacks to judge with, if there are any
 */
export function inOneAnalysis<T>(
  run: () => T,
  isRead: (urn: string) => boolean,
  onceModelled: () => void,
  surroundings?: Surroundings,
): T {
  return analysis.run({ isRead, onceModelled, surroundings }, run);
}

/** The stack of this analysis as it was before the update; `undefined` where nothing shows that. */
export function stackBefore(): Stack | undefined {
  return analysis.getStore()?.before;
}

/** Whether this analysis judges with other stacks. */
export function hasSurroundings(): boolean {
  return analysis.getStore()?.surroundings !== undefined;
}

/** The stack of these resources; within one analysis it is built from those of the first rule. */
export function stackOf(resources: readonly StackResource[]): Stack {
  const shared = analysis.getStore();
  if (!shared) return new Stack(resources);
  if (!shared.stack) {
    // In place, since resources refer to each other.
    for (const resource of resources) if (shared.isRead(resource.urn)) Object.assign(resource, { isRead: true });
    const joined = shared.surroundings?.(resources);
    shared.stack = new Stack(joined?.resources ?? resources);
    shared.before = joined?.before && new Stack(joined.before);
    shared.onceModelled();
  }
  return shared.stack;
}
