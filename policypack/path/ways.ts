import { isRegion, regions } from "../facts/regions";
import { type PlacedEndpoint, type ServiceEndpoints, endpointsOf, endpointsOfService } from "../stack/endpoints";
import type { Fleet } from "../stack/fleets";
import { hostedZoneFor } from "../stack/hosted-zones";
import { type Route, type Subnet, routeTableBehind, subnetOf } from "../stack/network";
import { notOwned } from "../stack/ownership";
import { type Proxy, proxyOf } from "../stack/proxies";
import { known, readText } from "../stack/reading";
import { regionOf } from "../stack/resource";
import { Stack, type Target } from "../stack/stack";
import { centralWay } from "./central-endpoints";
import type { Evidence } from "./hop";
import type { InternetWay, ServiceWay, SubnetWays } from "./way";

/**
 * The paths out of each subnet that a fleet's instances may run in; without a subnet, of one of which nothing is known.
 */
export function waysOf(stack: Stack, fleet: Fleet, services: readonly string[]): SubnetWays[] {
  const subnets: readonly Target[] = fleet.subnets.length > 0 ? fleet.subnets : [{ is: "unknown" }];
  const proxy = proxyOf(fleet);
  return subnets.map((target) => {
    const ways = waysOfSubnet(stack, target, fleet.publicAddress, services);
    return proxy?.of === "system" && !ways.subnet.isIpv6Only ? byProxy(ways, proxy, fleet) : ways;
  });
}

/** The same for all fleets in a subnet, so they are computed once. */
function waysOfSubnet(
  stack: Stack,
  target: Target,
  publicAddress: boolean | undefined,
  services: readonly string[],
): SubnetWays {
  const found = stack.derive(foundWays);
  const key = JSON.stringify([Stack.key(target), publicAddress, services]);
  let ways = found.get(key);
  if (!ways) {
    ways = findWays(stack, subnetOf(stack, target), publicAddress, services);
    found.set(key, ways);
  }
  return ways;
}

function foundWays(): Map<string, SubnetWays> {
  return new Map();
}

function findWays(
  stack: Stack,
  subnet: Subnet,
  publicAddress: boolean | undefined,
  services: readonly string[],
): SubnetWays {
  if (subnet.isIpv6Only) return byIpv6Only(subnet, services);
  const internet = internetWay(stack, subnet, publicAddress);
  return {
    subnet,
    internet,
    s3: s3Way(stack, subnet, internet),
    services: Object.fromEntries(services.map((service) => [service, serviceWay(stack, subnet, service, internet)])),
  };
}

/** What Patchpath knows about the hosts is about IPv4. */
function byIpv6Only(subnet: Subnet, services: readonly string[]): SubnetWays {
  const because = "what can be reached from an IPv6-only subnet";
  const evidence = subnet.resource && { resource: subnet.resource, property: "ipv6Native" };
  const way = { is: "unknown", because, evidence, isAboutName: true } as const;
  return { subnet, internet: way, s3: way, services: Object.fromEntries(services.map((service) => [service, way])) };
}

/** The paths of a fleet whose user data sets a proxy: unknown, except for the hosts that bypass it. */
function byProxy(ways: SubnetWays, proxy: Proxy, { resource }: Fleet): SubnetWays {
  const way = {
    is: "unknown",
    because: whatTheProxyLetsThrough,
    evidence: { resource, property: "userData" },
  } as const;
  const region = regionOf(resource) ?? "";
  const { dnsSuffix } = isRegion(region) ? regions[region].partition : regions["us-east-1"].partition;
  const isDirect = (service: string) => proxy.excepts(`${service}.${region}.${dnsSuffix}`);
  return {
    ...ways,
    internet: way,
    s3: isDirect("s3.dualstack") ? ways.s3 : way,
    services: Object.fromEntries(
      Object.entries(ways.services).map(([service, direct]) => [service, isDirect(service) ? direct : way]),
    ),
  };
}

export const whatTheProxyLetsThrough = "which hosts the proxy that user data sets allows";

const outsideOfTheStack = "the routes of a subnet that is not in this stack";

/** Over IPv4, which every host supports; where only IPv6 has a route, some hosts may support it. */
export function internetWay(stack: Stack, subnet: Subnet, publicAddress: boolean | undefined): InternetWay {
  const way = ipv4Way(stack, subnet, publicAddress);
  if (way.is !== "none" || !subnet.hasIpv6) return way;
  const route = subnet.routeTable?.routes.find(({ destination }) => known(destination) === "::/0");
  if (!route) return way;
  const because = `which hosts support IPv6, since the only default route is for IPv6, to the ${route.kind}`;
  return { is: "unknown", because, evidence: { resource: route.resource, property: route.property } };
}

/** By the default route of the subnet's route table. */
function ipv4Way(stack: Stack, subnet: Subnet, publicAddress: boolean | undefined): InternetWay {
  const { routeTable } = subnet;
  if (!subnet.resource) return { is: "unknown", because: outsideOfTheStack, evidence: undefined };
  if (!routeTable) {
    return { is: "unknown", because: "the route table of the subnet", evidence: { resource: subnet.resource } };
  }
  const defaults = routeTable.routes.filter(({ destination }) => {
    return destination.is === "unknown" || ["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1"].includes(known(destination) ?? "");
  });
  const [route] = defaults;
  if (!route) {
    const foreign = notOwned([{ is: "resource", resource: routeTable.managedBy }]);
    if (foreign !== undefined) {
      return { is: "unknown", because: `the routes of ${foreign}`, evidence: { resource: routeTable.managedBy } };
    }
    return {
      is: "none",
      because: "the route table has no default route",
      evidence: { resource: routeTable.managedBy },
    };
  }
  return byRoute(stack, route, subnet, publicAddress);
}

function byRoute(stack: Stack, route: Route, subnet: Subnet, publicAddress: boolean | undefined): InternetWay {
  const evidence = { resource: route.resource, property: route.property };
  if (route.destination.is === "unknown" || route.kind === "unknown target") {
    return { is: "unknown", because: "the target of a route in the route table", evidence };
  }
  switch (route.kind) {
    case "NAT gateway":
      return byNat(stack, route, evidence);
    case "internet gateway": {
      const address = publicAddress ?? known(subnet.publicAddresses);
      if (address === true) return { is: "open", by: "an internet gateway and a public IP address", evidence };
      if (address === undefined)
        return { is: "unknown", because: "whether the instances have a public IP address", evidence };
      return {
        is: "none",
        because:
          "the default route targets an internet gateway, which instances without a public IP address cannot use",
        evidence,
      };
    }
    case "egress-only internet gateway":
      return {
        is: "none",
        because: "the default route for IPv4 targets an egress-only internet gateway, which supports only IPv6",
        evidence,
      };
    case "local gateway":
    case "carrier gateway":
    case "core network":
    case "network interface":
    case "transit gateway":
    case "virtual private gateway":
    case "VPC peering connection":
    case "gateway load balancer or firewall endpoint": {
      const what = route.kind === "network interface" ? "NAT instance or appliance" : route.kind;
      return { is: "unknown", because: `which traffic the ${what} in the default route allows`, evidence };
    }
  }
}

function byNat(stack: Stack, route: Route, evidence: Evidence): InternetWay {
  const gateway = stack.follow(route.target, route.resource, route.property, "natGateway");
  if (gateway?.is !== "resource") {
    return {
      is: "unknown",
      because: "the NAT gateway in the default route, which is not in this stack",
      evidence,
    };
  }
  const { resource } = gateway;
  if (known(readText(resource.props, "connectivityType")) === "private") {
    const because = "the default route targets a private NAT gateway, which has no route to the internet";
    return { is: "none", because, evidence: { resource, property: "connectivityType" } };
  }
  const target = stack.followProperty(resource, "subnetId", "subnet");
  const natSubnet = target && subnetOf(stack, target);
  if (!natSubnet?.resource) return { is: "unknown", because: "the subnet of the NAT gateway", evidence: { resource } };
  const onward = ipv4Way(stack, natSubnet, true);
  if (onward.is === "open") return { is: "open", by: "a NAT gateway", evidence, natSubnet };
  const because =
    onward.is === "none"
      ? "the subnet of the NAT gateway has no route to an internet gateway"
      : "whether the subnet of the NAT gateway has a route to the internet";
  return { is: onward.is, because, evidence: { resource, property: "subnetId" } };
}

/**
 * Through the gateway endpoint in the subnet's route table, whose route is more specific than the default route; else
 * through the internet.
 */
function s3Way(stack: Stack, subnet: Subnet, internet: InternetWay): ServiceWay {
  const { routeTable } = subnet;
  if (!subnet.resource || !routeTable) return { is: "unknown", because: outsideOfTheStack, evidence: undefined };
  const gateway = stack.derive(s3GatewaysByTable).get(routeTable.resource.urn);
  if (gateway) return { is: "endpoint", endpoint: gateway };
  const doubtful = stack.derive(s3GatewayOnUnknownTables);
  if (doubtful) {
    const evidence = { resource: doubtful.resource, property: "routeTableIds" };
    return { is: "unknown", because: "the route tables of the S3 gateway endpoint", evidence };
  }
  const answering = ["s3", undefined]
    .flatMap((service) => inVpc(endpointsOfService(stack, service), subnet.vpc))
    .find((endpoint) => endpoint.type === "Interface" && endpoint.answersRepositoryNames !== false);
  if (answering) return { is: "endpoint", endpoint: answering };
  const table: Target = { is: "resource", resource: routeTable.managedBy };
  // Without a route to the internet, an endpoint from elsewhere may serve S3; on a route table from elsewhere, its policy
  // may decide besides.
  return (
    endpointFromElsewhere("s3", [table, internet.is === "none" ? subnet.vpc : undefined]) ?? {
      is: "internet",
      internet,
    }
  );
}

/** The endpoints that may be S3 gateway endpoints, in the order of the stack. */
function s3Gateways(stack: Stack): readonly PlacedEndpoint[] {
  return endpointsOf(stack).filter(
    ({ service, type }) =>
      (service.is === "unknown" || known(service) === "s3") && (type === "Gateway" || type === "unknown"),
  );
}

/** The first S3 gateway endpoint on each route table, by the URN of the table's resource. */
function s3GatewaysByTable(stack: Stack): ReadonlyMap<string, PlacedEndpoint> {
  const byTable = new Map<string, PlacedEndpoint>();
  for (const endpoint of stack.derive(s3Gateways)) {
    if (endpoint.service.is !== "known") continue;
    for (const target of endpoint.routeTables) {
      const table = routeTableBehind(stack, target)?.resource.urn;
      if (table !== undefined && !byTable.has(table)) byTable.set(table, endpoint);
    }
  }
  return byTable;
}

function s3GatewayOnUnknownTables(stack: Stack): PlacedEndpoint | undefined {
  return stack.derive(s3Gateways).find(({ routeTables }) => routeTables.some(({ is }) => is === "unknown"));
}

function inVpc(endpoints: ServiceEndpoints, vpc: Target | undefined): readonly PlacedEndpoint[] {
  const key = Stack.key(vpc);
  return key === undefined ? [] : (endpoints.byVpc.get(key) ?? []);
}

/**
 * Through an interface endpoint that its name resolves to, in the subnet's VPC or in another; else through the
 * internet.
 */
function serviceWay(stack: Stack, subnet: Subnet, service: string, internet: InternetWay): ServiceWay {
  const endpoints = endpointsOfService(stack, service);
  const here = inVpc(endpoints, subnet.vpc).filter(isNotGateway);
  const named = here.find(({ privateDns }) => privateDns.is === "known" && privateDns.value) ?? here[0];
  if (named && !(internet.is === "open" && isNameless(stack, named))) return { is: "endpoint", endpoint: named };
  if (!subnet.resource) return { is: "unknown", because: outsideOfTheStack, evidence: undefined };
  const central = centralWay(stack, subnet, service, internet);
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

/** What a service may be reached by where this stack does not create the VPC or the route table. */
function endpointFromElsewhere(service: string, parts: readonly (Target | undefined)[]): ServiceWay | undefined {
  const foreign = notOwned(parts);
  if (foreign === undefined) return undefined;
  return {
    is: "unknown",
    because: `whether ${foreign}, has an endpoint for \`${service}\``,
    evidence: undefined,
    fix: `Create the endpoint for \`${service}\` in this stack, or check that it exists.`,
  };
}

function isNotGateway({ type }: PlacedEndpoint): boolean {
  return type !== "Gateway";
}

/** The endpoints for which it is unknown whether they are in a VPC: `Stack.same` would return `undefined`. */
function mayBeIn(endpoints: ServiceEndpoints, vpc: Target | undefined): readonly PlacedEndpoint[] {
  if (!vpc) return [];
  return vpc.is === "unknown" ? endpoints.all.filter((endpoint) => endpoint.vpc) : endpoints.inUnknownVpc;
}

/** An endpoint whose service is not known, in a VPC or possibly in it. */
function ofUnknownService(endpoints: ServiceEndpoints, vpc: Target | undefined): PlacedEndpoint | undefined {
  return inVpc(endpoints, vpc)[0] ?? mayBeIn(endpoints, vpc)[0];
}

/**
 * Whether neither private DNS nor a hosted zone resolves its service's name to an endpoint: then the name is public.
 */
function isNameless(stack: Stack, endpoint: PlacedEndpoint): boolean {
  const { privateDns, vpc } = endpoint;
  const isPublic = privateDns.is === "known" && !privateDns.value;
  return isPublic && vpc?.is === "resource" && hostedZoneFor(stack, endpoint, vpc.resource) === undefined;
}
