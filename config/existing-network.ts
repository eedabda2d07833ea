import {
  type CentralEndpointsLike,
  type Choice,
  type ExistingNetworkArgs,
  type FleetNeeds,
  type FoundNetwork,
  type FoundRouteTable,
  type PriceSettings,
  type Topology,
  dividedServices,
  chooseTopology,
  lookUpNetwork,
  readCidrBlock,
} from "@patchpath/components";
import { type EndpointService, type Region, controlPlaneServices, repositorySystems } from "patchpath/facts";
import { parsePolicy } from "patchpath/iam";
import { type Verdict, explainPolicy } from "patchpath/policy-report";
import { type SourcePolicy, problemsOfBucketReads } from "./baseline-sources";
import { ConfigError } from "./config-error";
import { sourcePolicy } from "./endpoints";
import { namespace } from "./values";

const key = `${namespace}network`;

/** What the stack wants of the network that it finds. */
export interface Wanted {
  readonly region: Region;
  readonly topology: Topology;
  readonly endpoints: { readonly interface: boolean; readonly central?: CentralEndpointsLike | undefined };
  readonly optionalServices: readonly EndpointService[];
  /** Whose policy holds where the network has no S3 endpoint yet. */
  readonly endpointPolicy: object;
  readonly fleets: readonly object[];
  readonly baselines: readonly object[];
  /** Where a WSUS server is to stand, where one is made. */
  readonly wsus: { readonly subnetId?: string | undefined };
}

/**
 * Looks a VPC up and judges it, before anything is made.
 *
 * @param owner value of the tag by which a stack knows the endpoints that it made itself
 * @throws ConfigError with everything that is wrong with it
 */
export async function findNetwork(network: ExistingNetworkArgs, wanted: Wanted, owner: string): Promise<FoundNetwork> {
  // Those of a hub too: one for the same service that is there already is a problem.
  const services = wanted.endpoints.interface ? [...controlPlaneServices, ...wanted.optionalServices] : [];
  const lookedUp = lookUpNetwork(network, wanted.region, services, owner, wanted.wsus.subnetId);
  const found = await lookedUp.catch((error: unknown) => {
    throw new ConfigError([`\`${key}\` can't be looked up: ${(error as Error).message}`]);
  });
  const problems = problemsOfFoundNetwork(found, wanted);
  if (problems.length > 0) throw new ConfigError(problems);
  return found;
}

/** What prices in a VPC that is there already depend on, beside the VPC. */
interface Priced extends Pick<Wanted, "endpoints" | "optionalServices"> {
  readonly prices: PriceSettings;
  readonly choice: Choice | undefined;
  readonly fleets: readonly FleetNeeds[];
}

/** The prices of a config, without what its network has already: that others pay. The choice stays, with these prices. */
export function repriced(config: Priced, found: FoundNetwork): Pick<Priced, "prices" | "choice"> {
  const prices = pricesIn(found, config);
  return { prices, choice: config.choice && chooseTopology(config.fleets, prices) };
}

/** Traffic through endpoints is counted as soon as one of them is made. */
function pricesIn(found: FoundNetwork, { prices, ...wanted }: Priced): PriceSettings {
  const { interface: hasEndpoints, central } = wanted.endpoints;
  const own = hasEndpoints ? dividedServices(wanted.optionalServices, central).own : [];
  const missing = own.filter((service) => found.endpoints.interfaces[service] === undefined);
  const { gigabytesPerMonth } = prices;
  return {
    ...prices,
    zones: new Set(found.subnets.map(({ zone }) => zone)).size,
    interfaceEndpoints: missing.length,
    gigabytesPerMonth: {
      ...gigabytesPerMonth,
      interfaceEndpoints: missing.length > 0 ? gigabytesPerMonth.interfaceEndpoints : 0,
    },
  };
}

/** What is wrong with a VPC that is there already, for patching: every line names the thing and what to do. */
export function problemsOfFoundNetwork(found: FoundNetwork, wanted: Wanted): string[] {
  return [
    ...problemsOfDns(found, wanted),
    ...problemsOfPlace(found),
    ...found.routeTables.flatMap((table) => problemsOfRoute(table, wanted.topology)),
    ...problemsOfServerSubnet(found),
    ...problemsOfS3Policy(found, wanted.region),
    ...problemsOfSources(found, wanted),
    ...problemsOfCentral(found, wanted),
    ...controlPlaneServices.flatMap((service) => problemsOfEndpoint(service, found)),
  ];
}

function problemsOfDns({ vpcId, dnsSupport, dnsHostnames }: FoundNetwork, { endpoints }: Wanted): string[] {
  const off = [...(dnsSupport ? [] : ["`enableDnsSupport`"]), ...(dnsHostnames ? [] : ["`enableDnsHostnames`"])];
  if (!endpoints.interface || off.length === 0) return [];
  return [
    `\`${key}.vpcId\`: ${vpcId} has ${off.join(" and ")} off; expected both on, as private endpoint names need them`,
  ];
}

function problemsOfPlace({ vpcId, subnets, routeTables }: FoundNetwork): string[] {
  const astray = (what: string, things: readonly { readonly id: string; readonly vpcId: string }[]) =>
    things.flatMap((thing, i) =>
      thing.vpcId === vpcId
        ? []
        : [`\`${key}.${what}[${i}]\`: ${thing.id} is in ${thing.vpcId}; expected one of \`vpcId\`, which is ${vpcId}`],
    );
  return [...astray("subnetIds", subnets), ...astray("routeTableIds", routeTables)];
}

/** A way out is the network owner's to make: we add endpoints to a network, no gateways. */
function problemsOfRoute(table: FoundRouteTable, topology: Topology): string[] {
  if (topology !== "nat" || leadsOut(table)) return [];
  return [
    `\`${key}.routeTableIds\`: ${table.id} has ${wayOutOf(table)}; expected one to a NAT gateway, which the topology \`nat\` needs and does not add to a network that is there`,
  ];
}

/** Without a public address nothing gets out by an internet gateway. */
function leadsOut({ defaultRoute }: FoundRouteTable): boolean {
  return defaultRoute !== undefined && !defaultRoute.startsWith("igw-");
}

function wayOutOf({ defaultRoute }: FoundRouteTable): string {
  return defaultRoute === undefined ? "no default route" : `a default route to ${defaultRoute}`;
}

/** The server gets its updates from Microsoft, and AWS's answers, by this subnet's way out. */
function problemsOfServerSubnet({ vpcId, serverSubnet }: FoundNetwork): string[] {
  if (!serverSubnet) return [];
  const { id, vpcId: ofSubnet, routeTable } = serverSubnet;
  const place = `\`${namespace}wsus.subnetId\`: ${id}`;
  if (ofSubnet !== vpcId) {
    return [`${place} is in ${ofSubnet}; expected a subnet of \`${key}.vpcId\`, which is ${vpcId}`];
  }
  if (leadsOut(routeTable)) return [];
  return [
    `${place} has ${wayOutOf(routeTable)} in ${routeTable.id}; expected a subnet with one to a NAT gateway, by which the WSUS server reaches Microsoft Update`,
  ];
}

function problemsOfS3Policy({ endpoints: { s3 } }: FoundNetwork, region: Region): string[] {
  if (!s3) return [];
  const { document, problems } = parsePolicy(s3.policy, "endpoint");
  const name = `the policy of ${s3.id}, which is there already,`;
  if (!document) return [`${name} can't be read: ${problems.map(({ message }) => message).join("; ")}`];
  const { repositories, signed } = explainPolicy(s3.id, document, problems, region, repositorySystems);
  const refused = (what: string, { verdict, because }: Verdict) =>
    verdict === "deny"
      ? [`${name} refuses ${what}: ${because}; expected it to admit them, as \`patchpath policy\` explains`]
      : [];
  return [
    ...Object.entries(repositories).flatMap(([system, verdict]) => refused(`the unsigned reads of ${system}`, verdict)),
    ...Object.entries(signed).flatMap(([read, verdict]) => refused(`the reads of the ${read}`, verdict)),
  ];
}

function problemsOfSources(
  { vpcId, endpoints: { s3 } }: FoundNetwork,
  { region, endpointPolicy, fleets, baselines }: Wanted,
): string[] {
  const policy = s3 ? policyThere(s3, vpcId) : sourcePolicy(endpointPolicy, region);
  return policy ? problemsOfBucketReads(baselines, fleets, region, policy) : [];
}

function policyThere(
  { id, policy }: NonNullable<FoundNetwork["endpoints"]["s3"]>,
  vpcId: string,
): SourcePolicy | undefined {
  const { document } = parsePolicy(policy, "endpoint");
  return (
    document && {
      document,
      name: `the policy of ${id}, which is there already,`,
      path: { vpcId, endpointId: id },
      firstKnown: 0,
      inWords: (words) => words,
      place: "it",
    }
  );
}

/** Of a VPC that is somebody else's the routes are, too; and private DNS of its own endpoints leaves no room for a zone. */
function problemsOfCentral(
  { routeTables, serverSubnet, endpoints }: FoundNetwork,
  { endpoints: asked, optionalServices }: Wanted,
) {
  const { central } = asked;
  if (!central) return [];
  const tables = [...routeTables, ...(serverSubnet ? [serverSubnet.routeTable] : [])];
  const twice = dividedServices(optionalServices, central).central.filter((service) => endpoints.interfaces[service]);
  return [
    ...tables.flatMap((table) =>
      central.cidrBlocks
        .filter((block) => !leadsToHub(block, table))
        .map(
          (block) =>
            `\`${key}.routeTableIds\`: ${table.id} has no route to \`${block}\` of \`${namespace}endpoints.central\`; expected one to a transit gateway or a VPC peering connection, which is not added to a network that is there`,
        ),
    ),
    ...twice.map(
      (service) =>
        `${endpoints.interfaces[service]!.id} is an endpoint for ${service} in this VPC; expected \`${namespace}endpoints.central.services\` without ${service}`,
    ),
  ];
}

/** By the route that EC2 takes: of those that cover the block the most specific one. */
function leadsToHub(block: string, { routes }: FoundRouteTable): boolean {
  const covering = routes
    .map(({ cidrBlock, target }) => ({ target, covers: readCidrBlock(cidrBlock) }))
    .filter(({ covers }) => covers?.contains(block))
    .sort((a, b) => b.covers!.bitmask - a.covers!.bitmask);
  return /^(tgw-|pcx-|arn:)/.test(covering[0]?.target ?? "");
}

function problemsOfEndpoint(service: EndpointService, { endpoints }: FoundNetwork): string[] {
  const found = endpoints.interfaces[service];
  if (!found || found.privateDns) return [];
  return [`${found.id}, the endpoint for ${service} that is there already, has private DNS off; expected it on`];
}
