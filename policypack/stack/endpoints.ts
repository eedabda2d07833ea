import { type AddressSet, readBlock } from "./addresses";
import { groupedBy } from "./grouped-by";
import { isNative, isOf } from "./kinds";
import { ownPrivateDns, privateDnsOf } from "./private-dns";
import { type Reading, asText, elementsOf, flag, known, plain, read, readText } from "./reading";
import { type StackResource, given, regionOf } from "./resource";
import { Stack, type Target } from "./stack";

/** A VPC endpoint, by its own properties. */
export interface Endpoint {
  readonly resource: StackResource;
  /** The service's short name, `s3`; unknown until its name is. */
  readonly service: Reading<string>;
  readonly type: "Gateway" | "Interface" | "other" | "unknown";
  readonly region: string | undefined;
  readonly vpcId: string | undefined;
  readonly id: string | undefined;
  /** The account that owns it; known once the endpoint is created. */
  readonly accountId: string | undefined;
  /** Of an endpoint by itself its own policy; of one in its stack the policy in force, which a VpcEndpointPolicy replaces. */
  readonly policy: EndpointPolicy;
  /** The published IPv4 addresses of its service, of a gateway endpoint that has been created. */
  readonly serviceBlocks: AddressSet | undefined;
  /** Whether it also supports IPv6. */
  readonly isDualStack: boolean;
  /** Whether the names that dnf and yum use resolve to it; `undefined` when that is not known. */
  readonly answersRepositoryNames: boolean | undefined;
}

/** The policy of an endpoint, with the resource and the property that it stands at. */
export interface EndpointPolicy {
  /** JSON text, or in aws-native an object. Absent: the default policy, which allows everything. */
  readonly document: Reading;
  readonly resource: StackResource;
  readonly property: string;
  /** Whether it may be the policy of another endpoint instead. */
  readonly isInDoubt?: true;
}

/**
 * Reads one endpoint by itself.
 *
 * @param privateDns whether it is enabled, where another resource may set it
 */
export function endpointOf(resource: StackResource, privateDns = ownPrivateDns(resource)): Endpoint {
  const { props } = resource;
  const service = readText(props, "serviceName");
  const type = typeOf(resource);
  const property = isNative(resource) ? "policyDocument" : "policy";
  return {
    resource,
    service: service.is === "known" ? { is: "known", value: service.value.split(".").at(-1) ?? "" } : service,
    type,
    region: known(readText(props, "serviceRegion")) ?? regionOf(resource),
    vpcId: known(readText(props, "vpcId")),
    id: known(readText(props, "id")),
    accountId: known(readText(props, "ownerId")),
    policy: { document: plain(given(resource, property)), resource, property },
    serviceBlocks: type === "Gateway" ? blocksIn(read(props, "cidrBlocks")) : undefined,
    isDualStack: known(given(resource, "ipAddressType")) === "dualstack",
    answersRepositoryNames: type === "unknown" ? undefined : answersRepositoryNames(type, resource, privateDns),
  };
}

/** The IPv4 blocks in a list; `undefined` where there is none. */
function blocksIn(list: Reading): AddressSet | undefined {
  const blocks = elementsOf(list).flatMap((one) => readBlock(known(asText(one)) ?? "") ?? []);
  return blocks.length > 0 ? blocks : undefined;
}

function typeOf({ props }: StackResource): Endpoint["type"] {
  const type = readText(props, "vpcEndpointType");
  if (type.is === "unknown") return "unknown";
  if (type.is === "absent" || type.value === "Gateway") return "Gateway";
  return type.value === "Interface" ? "Interface" : "other";
}

/**
 * Both package managers use `s3.dualstack` names only. A gateway endpoint serves them by its routes; an interface
 * endpoint only where it has dual-stack addresses and private DNS. Source:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html, checked 2026-11-21.
 */
function answersRepositoryNames(
  type: Endpoint["type"],
  resource: StackResource,
  privateDns: Reading<boolean>,
): boolean | undefined {
  if (type !== "Interface") return type === "Gateway";
  const addresses = given(resource, "ipAddressType");
  // With this the private names are for resolvers outside the VPC; inside, the gateway endpoint serves them. Source:
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html, checked 2026-11-22.
  const options = given(resource, "dnsOptions");
  const forResolversOnly =
    options.is === "known" ? read(options.value, "privateDnsOnlyForInboundResolverEndpoint") : options;
  if (forResolversOnly.is === "known" && forResolversOnly.value === true) return false;
  if ([privateDns, addresses, forResolversOnly].some(({ is }) => is === "unknown")) return undefined;
  return known(privateDns) === true && known(addresses) === "dualstack";
}

/** An endpoint with its place in the network of its stack. */
export interface PlacedEndpoint extends Endpoint {
  readonly vpc: Target | undefined;
  /** Whether the public name of the service resolves to it; for interface endpoints only. */
  readonly privateDns: Reading<boolean>;
  readonly subnets: readonly Target[];
  readonly securityGroups: readonly Target[];
  readonly routeTables: readonly Target[];
}

/** All endpoints of a stack. */
export function endpointsOf(stack: Stack): readonly PlacedEndpoint[] {
  return stack.derive(placeEndpoints);
}

/**
 * The published addresses of S3 in a region, as CIDR blocks: by any S3 gateway endpoint there. `undefined` while there is
 * none.
 */
export function s3BlocksOf(stack: Stack, region: string | undefined): AddressSet | undefined {
  return stack.derive(s3BlocksByRegion).get(region);
}

function s3BlocksByRegion(stack: Stack): ReadonlyMap<string | undefined, AddressSet> {
  const found = endpointsOfService(stack, "s3").all.flatMap(({ region, serviceBlocks }) =>
    serviceBlocks ? [[region, serviceBlocks] as const] : [],
  );
  return new Map(found.reverse());
}

/** The endpoints of one service, gateway endpoints and those of other kinds. */
export interface ServiceEndpoints {
  readonly all: readonly PlacedEndpoint[];
  /** Those whose VPC is known, by `Stack.key`. */
  readonly byVpc: ReadonlyMap<string | undefined, readonly PlacedEndpoint[]>;
  /** Those whose VPC is not known. */
  readonly inUnknownVpc: readonly PlacedEndpoint[];
}

const noEndpoints: ServiceEndpoints = { all: [], byVpc: new Map(), inUnknownVpc: [] };

/** The endpoints of a service. Those whose service is not known are the endpoints of the service `undefined`. */
export function endpointsOfService(stack: Stack, service: string | undefined): ServiceEndpoints {
  return stack.derive(groupEndpoints).get(service) ?? noEndpoints;
}

function groupEndpoints(stack: Stack): ReadonlyMap<string | undefined, ServiceEndpoints> {
  const named = endpointsOf(stack).filter(({ service }) => service.is !== "absent");
  const byService = groupedBy(named, ({ service }) => known(service));
  return new Map(
    [...byService].map(([service, all]) => {
      const byVpc = groupedBy(all, ({ vpc }) => Stack.key(vpc));
      return [service, { all, byVpc, inUnknownVpc: all.filter(({ vpc }) => vpc?.is === "unknown") }];
    }),
  );
}

function placeEndpoints(stack: Stack): PlacedEndpoint[] {
  const policies = attachedPolicies(stack);
  const attached = new Map(
    policies.flatMap(({ endpoint, policy }) => (endpoint.is === "resource" ? [[endpoint.resource.urn, policy]] : [])),
  );
  const inDoubt = policies.filter(({ endpoint }) => endpoint.is === "unknown");
  return stack.of("vpcEndpoint").map((resource) => {
    const privateDns = privateDnsOf(stack, resource);
    const endpoint = endpointOf(resource, privateDns);
    const list = (
      property: "subnetIds" | "securityGroupIds" | "routeTableIds",
      kind: Parameters<Stack["followAll"]>[3],
    ) => stack.followAll(given(resource, property), resource, property, kind);
    return {
      ...endpoint,
      policy: attached.get(resource.urn) ?? policyInDoubt(resource, inDoubt) ?? endpoint.policy,
      vpc: stack.followProperty(resource, "vpcId", "vpc"),
      privateDns,
      subnets: [
        ...list("subnetIds", "subnet"),
        ...associated(stack, resource, "vpcEndpointSubnetAssociation", "subnetId", "subnet"),
      ],
      securityGroups: groupsOfEndpoint(stack, resource, list("securityGroupIds", "securityGroup")),
      routeTables: [
        ...list("routeTableIds", "routeTable"),
        ...associated(stack, resource, "vpcEndpointRouteTableAssociation", "routeTableId", "routeTable"),
      ],
    };
  });
}

/** A policy whose endpoint is not known, so that it may be in force at this one. */
function policyInDoubt(endpoint: StackResource, policies: readonly AttachedPolicy[]): EndpointPolicy | undefined {
  const one = policies.find(({ endpoint: of }) => of.is === "unknown" && (of.candidates?.includes(endpoint) ?? true));
  if (!one) return undefined;
  return { document: { is: "unknown" }, resource: one.policy.resource, property: "vpcEndpointId", isInDoubt: true };
}

/**
 * The groups that the endpoint lists, and those that are associated with it. Without a list it has the VPC's default group
 * too, unless an association replaces that. Source: the description of `replaceDefaultAssociation` of
 * aws.ec2.SecurityGroupAssociation in \@pulumi/aws 7.48.0, checked 2026-11-28.
 */
function groupsOfEndpoint(stack: Stack, endpoint: StackResource, own: readonly Target[]): readonly Target[] {
  const added = associated(stack, endpoint, "endpointGroupAssociation", "securityGroupId", "securityGroup");
  if (added.length === 0 || own.length > 0) return [...own, ...added];
  const replacing = stack
    .derive(associationsByEndpoint)
    .get(endpoint.urn)
    ?.some(({ props }) => known(flag(read(props, "replaceDefaultAssociation"))) === true);
  return replacing ? added : [stack.followProperty(endpoint, "vpcId", "vpc") ?? { is: "unknown" }, ...added];
}

/** What resources of their own associate with an endpoint. */
function associated(
  stack: Stack,
  endpoint: StackResource,
  kind: (typeof associations)[number],
  property: string,
  of: "subnet" | "routeTable" | "securityGroup",
): Target[] {
  const byEndpoint = stack.derive(associationsByEndpoint);
  const ofKind = (associations: readonly StackResource[] = []) => associations.filter((one) => isOf(kind, one));
  return [
    ...ofKind(byEndpoint.get(endpoint.urn)).map(
      (association): Target => stack.followProperty(association, property, of) ?? { is: "unknown" },
    ),
    ...ofKind(byEndpoint.get("unknown")).map((): Target => ({ is: "unknown" })),
  ];
}

const associations = [
  "vpcEndpointSubnetAssociation",
  "vpcEndpointRouteTableAssociation",
  "endpointGroupAssociation",
] as const;

/** What is associated with endpoints, by the URN of the endpoint, and what may be with any. */
function associationsByEndpoint(stack: Stack): ReadonlyMap<string | undefined, readonly StackResource[]> {
  return groupedBy(
    associations.flatMap((kind) => stack.of(kind)),
    (association) => {
      const endpoint = stack.followProperty(association, "vpcEndpointId", "vpcEndpoint");
      return endpoint?.is === "resource" ? endpoint.resource.urn : endpoint?.is;
    },
  );
}

/** A policy that is a resource of its own, with the endpoint that it belongs to. */
export interface AttachedPolicy {
  readonly policy: EndpointPolicy;
  readonly endpoint: Target;
}

/** The endpoint policies of a stack that are resources of their own. */
export function attachedPolicies(stack: Stack): AttachedPolicy[] {
  const property = "policy";
  return stack.of("vpcEndpointPolicy").map((resource) => ({
    policy: { document: plain(read(resource.props, property)), resource, property },
    endpoint: stack.followProperty(resource, "vpcEndpointId", "vpcEndpoint") ?? { is: "unknown" },
  }));
}
