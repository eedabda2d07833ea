import {
  type Choice,
  type ExistingNetworkArgs,
  type FleetNeeds,
  type ExistingNetwork,
  type ExistingRouteTable,
  type PriceSettings,
  type Topology,
  dividedServices,
  chooseTopology,
  lookUpNetwork,
  readCidrBlock,
} from "@patchpath/components";
import {
  type EndpointService,
  type Region,
  controlPlaneServices,
  repositorySystems,
  serviceHostName,
} from "patchpath/facts";
import { parsePolicy } from "patchpath/iam";
import { type Verdict, explainPolicy } from "patchpath/policy-report";
import { type SourcePolicy, checkBucketReads, policyOfStack } from "./baseline-sources";
import type { Baseline } from "./baselines";
import { ConfigError } from "./config-error";
import type { EndpointPolicy } from "./endpoint-policy";
import type { Endpoints } from "./endpoints";
import type { Fleet } from "./fleets";
import { listed } from "./problems";
import { namespace } from "./values";

const key = `${namespace}network`;

/** What the stack requires of an existing network. */
export interface Required {
  readonly region: Region;
  readonly topology: Topology;
  readonly endpoints: Pick<Endpoints, "interface" | "central" | "sharedWith">;
  readonly optionalServices: readonly EndpointService[];
  /** Whose policy holds where the network has no S3 endpoint yet. */
  readonly endpointPolicy: EndpointPolicy;
  readonly fleets: readonly Fleet[];
  readonly baselines: readonly Baseline[];
  /** The subnet of a WSUS server, where one is created. */
  readonly wsus: { readonly subnetId?: string | undefined };
}

/**
 * Looks an existing VPC up and judges it, before anything is created.
 *
 * @param owner value of the tag by which a stack knows the endpoints that it created itself
 * @throws ConfigError with everything that is wrong with it
 */
export async function lookUpExistingNetwork(
  network: ExistingNetworkArgs,
  required: Required,
  owner: string,
): Promise<ExistingNetwork> {
  // Those of a hub too: an existing one for the same service is a problem.
  const services = required.endpoints.interface ? [...controlPlaneServices, ...required.optionalServices] : [];
  const lookedUp = lookUpNetwork(network, required.region, services, owner, required.wsus.subnetId);
  const found = await lookedUp.catch((error: unknown) => {
    throw new ConfigError([`\`${key}\` cannot be looked up: ${(error as Error).message}`]);
  });
  const problems = checkExistingNetwork(found, required);
  if (problems.length > 0) throw new ConfigError(problems);
  return found;
}

/** What prices in an existing VPC depend on, in addition to the VPC. */
interface Priced extends Pick<Required, "endpoints" | "optionalServices"> {
  readonly prices: PriceSettings;
  readonly choice: Choice | undefined;
  readonly fleets: readonly FleetNeeds[];
}

/** The prices of a config, without what its network already has: others pay for that. The choice stays, with these prices. */
export function repriced(config: Priced, found: ExistingNetwork): Pick<Priced, "prices" | "choice"> {
  const prices = pricesIn(found, config);
  return { prices, choice: config.choice && chooseTopology(config.fleets, prices) };
}

/** Traffic through endpoints is counted as soon as one of them is created. */
function pricesIn(found: ExistingNetwork, { prices, ...required }: Priced): PriceSettings {
  const missing = missingServices(found, required);
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

/** The services whose interface endpoints the stack creates in a VPC, or has created there. */
function missingServices(
  { endpoints }: ExistingNetwork,
  { endpoints: asked, optionalServices }: Pick<Required, "endpoints" | "optionalServices">,
): EndpointService[] {
  const own = asked.interface ? dividedServices(optionalServices, asked.central).own : [];
  return own.filter((service) => endpoints.interfaces[service] === undefined);
}

/** What the stack changes for others in an existing VPC, and what it cannot determine there, a line for each. */
export function warningsOfNetwork(
  found: ExistingNetwork,
  required: Pick<Required, "region" | "endpoints" | "endpointPolicy" | "optionalServices">,
): string[] {
  const { vpcId, nameServers = [], endpoints } = found;
  const created = missingServices(found, required);
  const added = created.filter((service) => !endpoints.own?.includes(service));
  const names = added.map((service) => serviceHostName(service, required.region));
  return [
    ...deniedByBoundary(found, required.endpointPolicy),
    ...(added.length > 0
      ? [
          `everything in ${vpcId} will resolve ${listed(names)} to the endpoints of this stack, which allow ${clientsOf(required.endpoints)}`,
        ]
      : []),
    ...(nameServers.length > 0 && created.length > 0
      ? [
          `${vpcId} has the name servers ${nameServers.join(", ")}; cannot determine whether they forward the names of endpoints to the resolver of the VPC, without which the agent does not use the endpoints`,
        ]
      : []),
  ];
}

/** The gateway endpoint applies to whatever else is in the subnets. */
function deniedByBoundary(
  { endpoints, routeTables }: ExistingNetwork,
  { trustBoundary, serviceBuckets }: EndpointPolicy,
): string[] {
  if (endpoints.s3 || endpoints.own?.includes("s3") || trustBoundary === "vpc" || trustBoundary === "none") return [];
  const tables = listed(routeTables.map(({ id }) => id));
  const allowed = serviceBuckets.length > 0 ? ` of services other than ${listed([...serviceBuckets])}` : "";
  return [
    `the S3 endpoint of this stack applies to everything that uses ${tables}, and denies reads${allowed} that the ${trustBoundary} does not sign, such as those of container image layers; set \`${namespace}endpointPolicy.serviceBuckets\` for what runs there`,
  ];
}

function clientsOf({ sharedWith = [] }: Required["endpoints"]): string {
  if (sharedWith === "vpc") return "all of its addresses";
  return sharedWith.length > 0 ? `the fleets and ${listed([...sharedWith])}` : "the fleets only";
}

/** What is wrong with an existing VPC, for patching: every line names the thing and what to do. */
export function checkExistingNetwork(found: ExistingNetwork, required: Required): string[] {
  return [
    ...checkDns(found, required),
    ...checkPlace(found),
    ...found.routeTables.flatMap((table) => checkRoute(table, required.topology)),
    ...checkServerSubnet(found),
    ...checkS3Policy(found, required.region),
    ...checkSources(found, required),
    ...checkCentral(found, required),
    ...checkNames(found, required),
    ...controlPlaneServices.flatMap((service) => checkEndpoint(service, found)),
  ];
}

function checkDns({ vpcId, dnsSupport, dnsHostnames }: ExistingNetwork, { endpoints }: Required): string[] {
  const off = [...(dnsSupport ? [] : ["`enableDnsSupport`"]), ...(dnsHostnames ? [] : ["`enableDnsHostnames`"])];
  if (!endpoints.interface || off.length === 0) return [];
  return [
    `\`${key}.vpcId\`: ${vpcId} has ${off.join(" and ")} off; expected both on, which private endpoint names require`,
  ];
}

function checkPlace({ vpcId, subnets, routeTables }: ExistingNetwork): string[] {
  const astray = (what: string, things: readonly { readonly id: string; readonly vpcId: string }[]) =>
    things.flatMap((thing, i) =>
      thing.vpcId === vpcId
        ? []
        : [`\`${key}.${what}[${i}]\`: ${thing.id} is in ${thing.vpcId}; expected one of \`vpcId\`, which is ${vpcId}`],
    );
  return [...astray("subnetIds", subnets), ...astray("routeTableIds", routeTables)];
}

/** Routes to the internet are the network owner's: a stack adds endpoints to a network, and no gateways. */
function checkRoute(table: ExistingRouteTable, topology: Topology): string[] {
  if (topology !== "nat" || reachesInternet(table)) return [];
  return [
    `\`${key}.routeTableIds\`: ${table.id} has ${defaultRouteOf(table)}; expected one to a NAT gateway, which the topology \`nat\` requires and does not add to an existing network`,
  ];
}

/** Without a public address an internet gateway is of no use. */
function reachesInternet({ defaultRoute }: ExistingRouteTable): boolean {
  return defaultRoute !== undefined && !defaultRoute.startsWith("igw-");
}

function defaultRouteOf({ defaultRoute }: ExistingRouteTable): string {
  return defaultRoute === undefined ? "no default route" : `a default route to ${defaultRoute}`;
}

/** The server reaches Microsoft Update, and AWS, by this subnet's default route. */
function checkServerSubnet({ vpcId, serverSubnet }: ExistingNetwork): string[] {
  if (!serverSubnet) return [];
  const { id, vpcId: ofSubnet, routeTable } = serverSubnet;
  const place = `\`${namespace}wsus.subnetId\`: ${id}`;
  if (ofSubnet !== vpcId) {
    return [`${place} is in ${ofSubnet}; expected a subnet of \`${key}.vpcId\`, which is ${vpcId}`];
  }
  if (reachesInternet(routeTable)) return [];
  return [
    `${place} has ${defaultRouteOf(routeTable)} in ${routeTable.id}; expected a subnet with one to a NAT gateway, by which the WSUS server reaches Microsoft Update`,
  ];
}

function checkS3Policy({ endpoints: { s3 } }: ExistingNetwork, region: Region): string[] {
  if (!s3) return [];
  const { document, problems } = parsePolicy(s3.policy, "endpoint");
  const name = `the policy of the existing endpoint ${s3.id}`;
  if (!document) return [`${name} cannot be read: ${problems.map(({ message }) => message).join("; ")}`];
  const { repositories, signed } = explainPolicy(s3.id, document, problems, region, repositorySystems);
  const denied = (what: string, { verdict, because }: Verdict) =>
    verdict === "deny"
      ? [`${name} denies ${what}: ${because}; expected it to allow them, as \`patchpath policy\` explains`]
      : [];
  return [
    ...Object.entries(repositories).flatMap(([system, verdict]) => denied(`the unsigned reads of ${system}`, verdict)),
    ...Object.entries(signed).flatMap(([read, verdict]) => denied(`the reads of the ${read}`, verdict)),
  ];
}

function checkSources(
  { vpcId, endpoints: { s3 } }: ExistingNetwork,
  { region, endpointPolicy, fleets, baselines }: Required,
): string[] {
  const policy = s3 ? policyOfExisting(s3, vpcId) : policyOfStack(endpointPolicy, region);
  return policy ? checkBucketReads(baselines, fleets, region, policy) : [];
}

function policyOfExisting(
  { id, policy }: NonNullable<ExistingNetwork["endpoints"]["s3"]>,
  vpcId: string,
): SourcePolicy | undefined {
  const { document } = parsePolicy(policy, "endpoint");
  return (
    document && {
      document,
      name: `the policy of the existing endpoint ${id}`,
      path: { vpcId, endpointId: id },
      firstKnown: 0,
      inWords: (words) => words,
      place: "it",
    }
  );
}

/** The routes of an existing VPC are its owner's, and private DNS of its own endpoints leaves no room for a hosted zone. */
function checkCentral(
  { routeTables, serverSubnet, endpoints }: ExistingNetwork,
  { endpoints: asked, optionalServices }: Required,
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
            `\`${key}.routeTableIds\`: ${table.id} has no route to \`${block}\` of \`${namespace}endpoints.central\`; expected one to a transit gateway or a VPC peering connection, which is not added to an existing network`,
        ),
    ),
    ...twice.map(
      (service) =>
        `${endpoints.interfaces[service]!.id} is an endpoint for ${service} in this VPC; expected \`${namespace}endpoints.central.services\` without ${service}`,
    ),
  ];
}

/** By the route that EC2 takes: of those that cover the block the most specific one. */
function leadsToHub(block: string, { routes }: ExistingRouteTable): boolean {
  const covering = routes
    .map(({ cidrBlock, target }) => ({ target, covers: readCidrBlock(cidrBlock) }))
    .filter(({ covers }) => covers?.contains(block))
    .sort((a, b) => b.covers!.bitmask - a.covers!.bitmask);
  return /^(tgw-|pcx-|arn:)/.test(covering[0]?.target ?? "");
}

/** An endpoint with private DNS takes over the name of its service for a whole VPC. */
function checkNames(found: ExistingNetwork, required: Required): string[] {
  const missing = missingServices(found, required);
  if (missing.length === 0 || required.endpoints.sharedWith !== undefined) return [];
  return [
    `\`${namespace}endpoints.sharedWith\` is missing: the stack creates endpoints for ${listed(missing)} in ${found.vpcId}, and their private DNS names apply to everything there; expected \`vpc\`, or a list of the security groups that may use them in addition to the fleets, which may be empty`,
  ];
}

function checkEndpoint(service: EndpointService, { endpoints }: ExistingNetwork): string[] {
  const found = endpoints.interfaces[service];
  if (!found || found.privateDns) return [];
  return [`${found.id}, the existing endpoint for ${service}, has private DNS off; expected it on`];
}
