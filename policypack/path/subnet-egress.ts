import { serviceHostName } from "../facts/endpoints";
import { type AddressSet, fewAddresses, prefixLengthOf, publicAddresses, sizeOf, unite } from "../stack/addresses";
import { type PlacedEndpoint, type ServiceEndpoints, endpointsOfService, s3BlocksOf } from "../stack/endpoints";
import type { Fleet } from "../stack/fleets";
import { hostedZoneFor } from "../stack/hosted-zones";
import { type Subnet, subnetOf } from "../stack/network";
import { type Proxy, proxyOf } from "../stack/proxies";
import { elementsOf, isSecret, known, read } from "../stack/reading";
import { regionOf } from "../stack/resource";
import { type Route, type RouteTable, routesToEvaluate } from "../stack/route-tables";
import { routeAddresses } from "../stack/routing";
import { Stack, type Target } from "../stack/stack";
import { diversionOf } from "./between-subnets";
import { centralEgress } from "./central-endpoints";
import { endpointFromElsewhere } from "./endpoint-from-elsewhere";
import { internetEgress } from "./internet";
import { doubtfulS3Gateway, gatewaysBeyondNat, s3GatewaysByTable } from "./s3-gateways";
import type { InternetEgress, ServiceEgress, SubnetEgress } from "./egress";

/**
 * The paths out of each subnet that a fleet's instances may run in; without a subnet, of one of which nothing is known.
 */
export function egressOf(stack: Stack, fleet: Fleet, services: readonly string[]): SubnetEgress[] {
  // Without one, instances run in the default VPC.
  const subnets: readonly Target[] = fleet.subnets.length > 0 ? fleet.subnets : [{ is: "unknown" }];
  const proxy = proxyOf(fleet);
  return subnets.map((target) => {
    const egress = egressOfSubnet(stack, target, fleet.publicAddress, services);
    return proxy?.of === "system" && !egress.subnet.isIpv6Only ? byProxy(egress, proxy, fleet) : egress;
  });
}

/** The same for all fleets in a subnet, so they are computed once. */
function egressOfSubnet(
  stack: Stack,
  target: Target,
  publicAddress: Fleet["publicAddress"],
  services: readonly string[],
): SubnetEgress {
  const found = stack.derive(foundEgress);
  const key = JSON.stringify([Stack.key(target) ?? subnetOf(stack, target).described, publicAddress, services]);
  let egress = found.get(key);
  if (!egress) {
    egress = findEgress(stack, subnetOf(stack, target), publicAddress, services);
    found.set(key, egress);
  }
  return egress;
}

function foundEgress(): Map<string, SubnetEgress> {
  return new Map();
}

function findEgress(
  stack: Stack,
  subnet: Subnet,
  publicAddress: Fleet["publicAddress"],
  services: readonly string[],
): SubnetEgress {
  if (subnet.isIpv6Only) return byIpv6Only(subnet, services);
  const internet = internetEgress(stack, subnet, publicAddress);
  return {
    subnet,
    internet,
    s3: s3Egress(stack, subnet, publicAddress, internet),
    services: Object.fromEntries(services.map((service) => [service, serviceEgress(stack, subnet, service, internet)])),
  };
}

/** What Patchpath knows about the hosts is about IPv4. */
function byIpv6Only(subnet: Subnet, services: readonly string[]): SubnetEgress {
  const because = "what can be reached from an IPv6-only subnet";
  const evidence = subnet.resource && { resource: subnet.resource, property: "ipv6Native" };
  const egress = { is: "unknown", because, evidence, isAboutName: true } as const;
  return {
    subnet,
    internet: egress,
    s3: egress,
    services: Object.fromEntries(services.map((service) => [service, egress])),
  };
}

/** The paths of a fleet whose user data sets a proxy: unknown, except for the hosts that bypass it. */
function byProxy(direct: SubnetEgress, proxy: Proxy, { resource }: Fleet): SubnetEgress {
  const proxied = {
    is: "unknown",
    because: whatTheProxyLetsThrough,
    evidence: { resource, property: "userData" },
  } as const;
  const region = regionOf(resource) ?? "";
  const isDirect = (service: string) => proxy.excepts(serviceHostName(service, region));
  return {
    ...direct,
    internet: proxied,
    s3: isDirect("s3.dualstack") ? direct.s3 : proxied,
    services: Object.fromEntries(
      Object.entries(direct.services).map(([service, egress]) => [service, isDirect(service) ? egress : proxied]),
    ),
  };
}

export const whatTheProxyLetsThrough = "which hosts the proxy that user data sets allows";

const routesOf = ({ described }: Subnet) => `the routes of ${described}`;

/**
 * Through the gateway endpoint in the subnet's route table, unless another route is more specific; else through the
 * internet.
 */
function s3Egress(
  stack: Stack,
  subnet: Subnet,
  publicAddress: Fleet["publicAddress"],
  internet: InternetEgress,
): ServiceEgress {
  const { routeTable } = subnet;
  if (!subnet.resource || !routeTable) return { is: "unknown", because: routesOf(subnet), evidence: undefined };
  const blocks = s3BlocksOf(stack, regionOf(subnet.resource));
  const byInternet = (): ServiceEgress => {
    const hosts = blocks && { addresses: unite(blocks), isS3: true };
    const toS3 = hosts ? internetEgress(stack, subnet, publicAddress, hosts) : internet;
    const table: Target = { is: "resource", resource: routeTable.managedBy };
    // Without a route to the internet, an endpoint from elsewhere may serve S3; on a route table from elsewhere, its policy
    // may decide besides.
    const parts = [table, toS3.is === "none" ? subnet.vpc : undefined];
    return (
      endpointFromElsewhere("s3", parts) ?? {
        is: "internet",
        internet: toS3,
        beyondNat: gatewaysBeyondNat(stack, toS3),
      }
    );
  };
  const gateway = stack.derive(s3GatewaysByTable).get(routeTable.resource.urn);
  if (gateway) {
    const { past, isAll } = routesPast(routeTable, gateway, blocks);
    const hidden = routesToEvaluate(routeTable).undetermined.find(isSecretRoute);
    if (hidden) {
      const because = `whether S3 is reached through the endpoint \`${gateway.resource.name}\` or by a route that is a secret`;
      return { is: "unknown", because, evidence: { resource: hidden.resource, property: hidden.property } };
    }
    if (!past) return { is: "endpoint", endpoint: gateway };
    if (isAll) return byInternet();
    const because = `whether S3 is reached through the endpoint \`${gateway.resource.name}\` or through the ${past.kind} in a more specific route`;
    return { is: "unknown", because, evidence: { resource: past.resource, property: past.property } };
  }
  const doubtful = stack.derive(doubtfulS3Gateway);
  if (doubtful) {
    const isOfS3 = doubtful.service.is === "known";
    const evidence = { resource: doubtful.resource, property: isOfS3 ? "routeTableIds" : "serviceName" };
    const because = isOfS3
      ? "the route tables of the S3 gateway endpoint"
      : `which service the endpoint \`${doubtful.resource.name}\` is for`;
    return { is: "unknown", because, evidence };
  }
  const s3 = endpointsOfService(stack, "s3");
  const here = inVpc(s3, subnet.vpc).filter(isNotGateway);
  const answers = (one: PlacedEndpoint) => one.type === "Interface" && one.answersRepositoryNames === true;
  const uncertain = [
    ...s3.inUnknownVpc.filter(isNotGateway),
    ...here.filter((one) => !answers(one)),
    ...inVpc(endpointsOfService(stack, undefined), subnet.vpc).filter(isNotGateway),
  ].find(({ answersRepositoryNames }) => answersRepositoryNames !== false);
  if (uncertain) return aboutName(uncertain, "s3");
  const answering = here.find(answers);
  return answering ? byEndpoint(stack, subnet, answering) : byInternet();
}

/** A route that may be for any addresses, since it, its destination, its table or the list that it is in is a secret. */
function isSecretRoute({ resource: { props } }: Route): boolean {
  const inList = elementsOf(read(props, "routes"));
  return (
    ["destinationCidrBlock", "routeTableId", "routes"].some((property) => isSecret(read(props, property))) ||
    inList.some((route) => isSecret(route) || isSecret(read(known(route), "cidrBlock")))
  );
}

/**
 * A route that is more specific than the one of a gateway endpoint, for a part of S3's addresses or for all of them.
 * While these are not known, it is any for public addresses that is more specific than the widest block that AWS may
 * publish: none is as wide as a /8.
 */
function routesPast(
  table: RouteTable,
  gateway: PlacedEndpoint,
  blocks: AddressSet | undefined,
): { readonly past: Route | undefined; readonly isAll: boolean } {
  const { entries } = routesToEvaluate(table);
  const parts = blocks
    ? routeAddresses<Route | PlacedEndpoint>(
        [...entries, { blocks, origin: "prefix list", target: gateway }],
        unite(blocks),
      )
    : routeAddresses(
        entries.map((entry) => ({ ...entry, blocks: entry.blocks.filter((block) => prefixLengthOf(block) > 8) })),
        publicAddresses,
      );
  const past = parts.filter(({ target }) => target !== undefined && target !== gateway);
  const isFew = past.reduce((sum, { addresses }) => sum + sizeOf(addresses), 0) <= fewAddresses;
  return {
    past: isFew ? undefined : (past[0]!.target as Route),
    isAll: blocks !== undefined && past.length === parts.length,
  };
}

/** An endpoint in the subnet's VPC, and whether routes lead to it. */
function byEndpoint(stack: Stack, subnet: Subnet, endpoint: PlacedEndpoint): ServiceEgress {
  const transit = diversionOf(stack, subnet, endpoint);
  return { is: "endpoint", endpoint, ...(transit && { transit }) };
}

function inVpc(endpoints: ServiceEndpoints, vpc: Target | undefined): readonly PlacedEndpoint[] {
  const key = Stack.key(vpc);
  return key === undefined ? [] : (endpoints.byVpc.get(key) ?? []);
}

/**
 * Through an interface endpoint that its name resolves to, in the subnet's VPC or in another; else through the
 * internet.
 */
function serviceEgress(stack: Stack, subnet: Subnet, service: string, internet: InternetEgress): ServiceEgress {
  const endpoints = endpointsOfService(stack, service);
  const here = inVpc(endpoints, subnet.vpc).filter(isNotGateway);
  const named = here.find(({ privateDns }) => privateDns.is === "known" && privateDns.value) ?? here[0];
  const isPublic = internet.is !== "none" && named !== undefined && isNameless(stack, named);
  const rival =
    named && known(named.privateDns) !== true ? rivalOf(stack, endpoints, here, subnet, named, internet) : undefined;
  if (rival) return aboutName(rival, service);
  if (named && !isPublic) return byEndpoint(stack, subnet, named);
  if (isPublic && internet.is === "unknown") return internet;
  if (!subnet.resource) return { is: "unknown", because: routesOf(subnet), evidence: undefined };
  const central = centralEgress(stack, subnet, service, internet);
  if (central?.is === "endpoint") return central;
  const doubtful =
    mayBeIn(endpoints, subnet.vpc).find(isNotGateway) ??
    ofUnknownService(endpointsOfService(stack, undefined), subnet.vpc);
  if (doubtful) {
    return {
      is: "unknown",
      because: `which service and VPC the endpoint \`${doubtful.resource.name}\` is for`,
      evidence: doubtful,
    };
  }
  if (central) return central;
  const elsewhere = internet.is === "none" ? endpointFromElsewhere(service, [subnet.vpc]) : undefined;
  return elsewhere ?? { is: "internet", internet };
}

/**
 * What the name of a service may resolve to instead of an endpoint without private DNS: another endpoint of which that is
 * not known, or the public addresses.
 */
function rivalOf(
  stack: Stack,
  endpoints: ServiceEndpoints,
  here: readonly PlacedEndpoint[],
  subnet: Subnet,
  named: PlacedEndpoint,
  internet: InternetEgress,
): PlacedEndpoint | undefined {
  const isInDoubt = ({ privateDns }: PlacedEndpoint) => privateDns.is === "unknown";
  if (internet.is !== "none" && isInDoubt(named)) return named;
  return (
    here.find((one) => one !== named && isInDoubt(one)) ??
    mayBeIn(endpoints, subnet.vpc).find(isNotGateway) ??
    ofUnknownService(endpointsOfService(stack, undefined), subnet.vpc)
  );
}

function aboutName({ resource }: PlacedEndpoint, service: string): ServiceEgress {
  const because = `whether the name of \`${service}\` resolves to the endpoint \`${resource.name}\``;
  return { is: "unknown", because, evidence: { resource }, isAboutName: true };
}

function isNotGateway({ type }: PlacedEndpoint): boolean {
  return type !== "Gateway";
}

/** The endpoints for which it is unknown whether they are in a VPC: `Stack.same` would return `undefined`. */
function mayBeIn(endpoints: ServiceEndpoints, vpc: Target | undefined): readonly PlacedEndpoint[] {
  if (!vpc) return [];
  return vpc.is === "unknown" ? endpoints.all.filter((endpoint) => endpoint.vpc) : endpoints.inUnknownVpc;
}

/** An endpoint whose service is not known, in a VPC or possibly in it; gateways are for S3 and DynamoDB only. */
function ofUnknownService(endpoints: ServiceEndpoints, vpc: Target | undefined): PlacedEndpoint | undefined {
  return [...inVpc(endpoints, vpc), ...mayBeIn(endpoints, vpc)].find(isNotGateway);
}

/**
 * Whether neither private DNS nor a hosted zone resolves its service's name to an endpoint: then the name is public.
 */
function isNameless(stack: Stack, endpoint: PlacedEndpoint): boolean {
  const { privateDns, vpc } = endpoint;
  const isPublic = privateDns.is === "known" && !privateDns.value;
  return isPublic && vpc?.is === "resource" && hostedZoneFor(stack, endpoint, vpc.resource) === undefined;
}
