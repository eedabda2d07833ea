import { type AddressRange, type AddressSet, publicAddresses, readBlock, unite } from "../stack/addresses";
import { type PlacedEndpoint, s3BlocksOf } from "../stack/endpoints";
import type { Fleet } from "../stack/fleets";
import { type Subnet, subnetOf } from "../stack/network";
import { oncePer } from "../stack/once-per";
import { known, readText } from "../stack/reading";
import { regionOf } from "../stack/resource";
import type { Stack, Target } from "../stack/stack";
import { agreed, eachAlternative } from "./alternatives";
import { type HopVerdict, gravest, unknown } from "./hop";
import type { ServiceEgress, SubnetEgress } from "./egress";

/** One connection of a fleet, as security groups and network ACLs see it. */
export interface Leg {
  readonly from: Subnet;
  /** The addresses that the instances may have; `undefined` while they are not known. */
  readonly sources: AddressSet | undefined;
  /** TCP. */
  readonly port: number;
  /** Whose connections these are, where it is not confirmed that they use this port. */
  readonly isLikelyOf?: string | undefined;
  /** What it depends on whether there is such a connection at all, in words: it never blocks then. */
  readonly doubt?: string | undefined;
  readonly to:
    | { readonly is: "interface endpoint"; readonly endpoint: PlacedEndpoint }
    | { readonly is: "S3 gateway endpoint"; readonly endpoint: PlacedEndpoint }
    | { readonly is: "internet"; readonly natSubnets: readonly Subnet[]; readonly isS3: boolean }
    | { readonly is: "server"; readonly server: Server };
}

/** A machine that other machines connect to. */
export interface Server {
  /** In words, as messages have it. */
  readonly name: string;
  readonly subnet: Subnet;
  /** Empty: the VPC's default group. */
  readonly securityGroups: readonly Target[];
  /** The range that its address is in; `undefined` while it is not known. */
  readonly range: AddressRange | undefined;
}

/** The ports at which a fleet reads packages on the internet. */
export interface RepositoryPorts {
  /** Surely in use. */
  readonly confirmed: readonly number[];
  /** Likely in use. */
  readonly likely: readonly number[];
  /** What is read there, in words. */
  readonly of: string;
  /** What it depends on whether packages are read there at all, in words, such as the operating system. */
  readonly doubt?: string;
}

const https = 443;

/** The ports that package repositories on the internet are served at. */
const webPorts = [https, 80] as const;

/** The legs to Systems Manager, S3 and the internet that have a route; a missing route is reported by its own hop. */
export function legsOf(
  fleet: Fleet,
  bySubnet: readonly SubnetEgress[],
  repositories: RepositoryPorts | undefined,
): Leg[] {
  return bySubnet.flatMap((egress) => {
    const sources = addressesOf(fleet, egress.subnet);
    const shared = sharedLegs(egress);
    const key = JSON.stringify([sources, repositories]);
    let legs = shared.get(key);
    if (!legs) shared.set(key, (legs = legsFrom(egress, sources, repositories)));
    return legs;
  });
}

/** The legs of all fleets in a subnet that have the same, so that each is judged once. */
const sharedLegs = oncePer((_: SubnetEgress) => new Map<string, readonly Leg[]>());

function legsFrom(
  egress: SubnetEgress,
  sources: AddressSet | undefined,
  repositories: RepositoryPorts | undefined,
): readonly Leg[] {
  const from = { from: egress.subnet, sources };
  const services: readonly ServiceEgress[] = [...Object.values(egress.services), egress.s3];
  const byEndpoint = services.flatMap((service): Leg[] => {
    if (service.is !== "endpoint") return [];
    const isGateway = service === egress.s3 && service.endpoint.type !== "Interface";
    const is = isGateway ? "S3 gateway endpoint" : "interface endpoint";
    return [{ ...from, port: https, to: { is, endpoint: service.endpoint } }];
  });
  const throughInternet = services.flatMap((service) =>
    service.is === "internet" && service.internet.is === "open"
      ? [{ natSubnets: service.internet.natSubnets, isS3: service === egress.s3 }]
      : [],
  );
  const toInternet = throughInternet.map((to): Leg => ({ ...from, port: https, to: { is: "internet", ...to } }));
  const { internet } = egress;
  if (!repositories || internet.is !== "open") return [...byEndpoint, ...distinct(toInternet)];
  const to = { is: "internet", natSubnets: internet.natSubnets, isS3: false } as const;
  const toRepositories = [
    ...repositories.confirmed.map((port): Leg => ({ ...from, port, to })),
    ...repositories.likely.map((port): Leg => ({
      ...from,
      port,
      to,
      isLikelyOf: repositories.of,
      doubt: repositories.doubt,
    })),
  ];
  return [...byEndpoint, ...distinct([...toInternet, ...toRepositories])];
}

/** Legs to the internet by port; one that surely has to be open comes before one that may have to. */
function distinct(legs: readonly Leg[]): Leg[] {
  const key = ({ port, to }: Leg) => `${port} ${String(to.is === "internet" && to.isS3)}`;
  return [...new Map([...legs].reverse().map((leg) => [key(leg), leg])).values()].reverse();
}

/** The addresses of a fleet in one of its subnets: its own address where that is known, else any of the subnet. */
export function addressesOf(fleet: Fleet, subnet: Subnet): AddressSet | undefined {
  const { props } = fleet.resource;
  const own = known(readText(props, "privateIp")) ?? known(readText(props, "privateIpAddress"));
  const range = own !== undefined && fleet.subnets.length === 1 ? readBlock(own) : undefined;
  return range ? [range] : blocksOf(subnet);
}

/** The block of a subnet, or of its VPC while that is not known. */
export function blocksOf({ range, vpcRanges }: Subnet): AddressSet | undefined {
  if (range) return [range];
  return vpcRanges.length > 0 ? vpcRanges : undefined;
}

/** Where a leg ends. */
export interface Destination {
  /** `undefined` while they are not known. */
  readonly addresses: AddressSet | undefined;
  /** Whether it ends at one of many hosts, whose own addresses are not known. */
  readonly isOfManyHosts: boolean;
}

export const destinationOf = oncePer(({ from, to }: Leg, stack: Stack): Destination => {
  switch (to.is) {
    case "S3 gateway endpoint":
      return s3Hosts(stack, to.endpoint.region);
    case "internet":
      return to.isS3
        ? s3Hosts(stack, from.resource && regionOf(from.resource))
        : { addresses: publicAddresses, isOfManyHosts: true };
    case "interface endpoint": {
      const blocks = to.endpoint.subnets.map((target) => blocksOf(subnetOf(stack, target)));
      const isWhole = blocks.length > 0 && !blocks.includes(undefined);
      return { addresses: isWhole ? unite(blocks.flatMap((one) => one ?? [])) : undefined, isOfManyHosts: false };
    }
    case "server":
      return { addresses: to.server.range ? [to.server.range] : blocksOf(to.server.subnet), isOfManyHosts: false };
  }
});

/** By the published addresses of S3 in a region; while these are not known, anywhere on the internet. */
function s3Hosts(stack: Stack, region: string | undefined): Destination {
  const blocks = s3BlocksOf(stack, region);
  return { addresses: blocks ? unite(blocks) : publicAddresses, isOfManyHosts: true };
}

/**
 * The verdict over all legs. A port that is likely in use blocks only where no other port for package repositories is
 * open either.
 */
export function overLegs(legs: readonly Leg[], judge: (leg: Leg) => HopVerdict): HopVerdict | undefined {
  const judgeEach = (leg: Leg) =>
    agreed(inEachEndpointSubnet(leg).map(judge), "which subnets the endpoint has, known after the update");
  const verdicts = legs.map((leg): HopVerdict => {
    const verdict = judgeEach(leg);
    if (verdict.verdict !== "blocked" || leg.isLikelyOf === undefined) return verdict;
    const others = webPorts.filter((port) => port !== leg.port).map((port) => judgeEach({ ...leg, port }));
    if (others.every((other) => other.verdict === "blocked")) {
      if (leg.doubt === undefined) return verdict;
      return unknown(
        `${leg.doubt}, and so whether packages are read on the internet: ${verdict.because}`,
        verdict.evidence,
      );
    }
    if (leg.doubt !== undefined) return others.find((other) => other.verdict !== "blocked")!;
    return unknown(`whether ${leg.isLikelyOf} are read on port ${leg.port}: ${verdict.because}`, verdict.evidence);
  });
  return gravest(verdicts);
}

/** A leg to each subnet that an endpoint may have, where a reference may lead to several; else the leg alone. */
function inEachEndpointSubnet(leg: Leg): readonly Leg[] {
  const { to } = leg;
  if (to.is !== "interface endpoint") return [leg];
  return eachAlternative(to.endpoint.subnets).map((subnets) =>
    subnets === to.endpoint.subnets ? leg : { ...leg, to: { ...to, endpoint: { ...to.endpoint, subnets } } },
  );
}
