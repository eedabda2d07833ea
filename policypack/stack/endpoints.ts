import { type Reading, known, plain, read, readText } from "./reading";
import { type StackResource, given, indexOf, isOf, referenced, regionOf } from "./resource";

/** A VPC endpoint of a stack. */
export interface Endpoint {
  readonly resource: StackResource;
  /** The service's short name, `s3`; unknown until its name is. */
  readonly service: Reading<string>;
  readonly type: "Gateway" | "Interface" | "other" | "unknown";
  readonly region: string | undefined;
  readonly vpcId: string | undefined;
  readonly id: string | undefined;
  /** The account that owns it; AWS tells it when the endpoint is made. */
  readonly accountId: string | undefined;
  /** JSON text, or in aws-native an object. Absent: AWS's default, which admits everything. */
  readonly policy: Reading;
  /** Whether the names that dnf and yum use lead here; `undefined` when that can't be told. */
  readonly answersRepositoryNames: boolean | undefined;
}

/** Where an endpoint has its policy. */
export function policyProperty({ type }: StackResource): string {
  return type.startsWith("aws-native:") ? "policyDocument" : "policy";
}

/** Reads one endpoint by itself. */
export function endpointOf(resource: StackResource): Endpoint {
  const { props } = resource;
  const service = readText(props, "serviceName");
  const type = typeOf(resource);
  return {
    resource,
    service: service.is === "known" ? { is: "known", value: service.value.split(".").at(-1) ?? "" } : service,
    type,
    region: known(readText(props, "serviceRegion")) ?? regionOf(resource),
    vpcId: known(readText(props, "vpcId")),
    id: known(readText(props, "id")),
    accountId: known(readText(props, "ownerId")),
    policy: plain(given(resource, policyProperty(resource))),
    answersRepositoryNames: type === "unknown" ? undefined : answersRepositoryNames(type, resource),
  };
}

function typeOf({ props }: StackResource): Endpoint["type"] {
  const type = readText(props, "vpcEndpointType");
  if (type.is === "unknown") return "unknown";
  if (type.is === "absent" || type.value === "Gateway") return "Gateway";
  return type.value === "Interface" ? "Interface" : "other";
}

/**
 * Both package managers use `s3.dualstack` names only. A gateway endpoint carries them by its routes; an interface
 * endpoint only where it has dual-stack addresses and private DNS. Source:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html, checked 2026-11-21.
 */
function answersRepositoryNames(type: Endpoint["type"], resource: StackResource): boolean | undefined {
  if (type !== "Interface") return type === "Gateway";
  const privateDns = given(resource, "privateDnsEnabled");
  const addresses = given(resource, "ipAddressType");
  // With this the private names are for resolvers outside of the VPC; inside, the gateway endpoint answers. Source:
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html, checked 2026-11-22.
  const forResolversOnly = read(known(read(resource.props, "dnsOptions")), "privateDnsOnlyForInboundResolverEndpoint");
  if (forResolversOnly.is === "known" && forResolversOnly.value === true) return false;
  if ([privateDns, addresses, forResolversOnly].some(({ is }) => is === "unknown")) return undefined;
  return known(privateDns) === true && known(addresses) === "dualstack";
}

/** A policy that is a resource of its own, with the endpoint it belongs to; `undefined` where that can't be told. */
export interface AttachedPolicy {
  readonly resource: StackResource;
  readonly policy: Reading;
  readonly endpoint: Endpoint | undefined;
}

/** The endpoint policies of a stack that are resources of their own. */
export function attachedPolicies(resources: readonly StackResource[]): AttachedPolicy[] {
  const endpoints = indexOf(
    resources.filter((resource) => isOf("vpcEndpoint", resource)),
    ({ props }) => known(read(props, "id")),
  );
  return resources
    .filter((resource) => isOf("vpcEndpointPolicy", resource))
    .map((resource) => {
      const reference = read(resource.props, "vpcEndpointId");
      const [endpoint, ...others] = referenced(reference, resource, "vpcEndpointId", endpoints);
      return {
        resource,
        policy: plain(read(resource.props, "policy")),
        endpoint: endpoint && others.length === 0 ? endpointOf(endpoint) : undefined,
      };
    });
}
