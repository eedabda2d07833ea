import { printable, some } from "../iam/problems";
import { type AddressRange, type AddressSet, readBlock } from "./addresses";
import { groupedBy } from "./grouped-by";
import { isNative } from "./kinds";
import { isOwned, ownershipOf } from "./ownership";
import { type Reading, flag, known, read, readText } from "./reading";
import { type StackResource, given } from "./resource";
import { associationsOf } from "./route-table-associations";
import { type RouteTable, mainRouteTableOf, routeTableBehind } from "./route-tables";
import type { Stack, Target } from "./stack";

/** A subnet of a stack, or one that the stack only names. */
export interface Subnet {
  /** What leads to it. */
  readonly target: Target;
  /** `undefined` for a subnet that is not in the stack or not known yet. */
  readonly resource: StackResource | undefined;
  /** Which one it is, in words. */
  readonly described: string;
  readonly vpc: Target | undefined;
  readonly cidrBlock: string | undefined;
  /** The addresses of `cidrBlock`. */
  readonly range: AddressRange | undefined;
  /** The addresses of its VPC, as far as they are known. */
  readonly vpcRanges: AddressSet;
  readonly zone: string | undefined;
  readonly hasIpv6: boolean;
  /** Whether it has no IPv4 at all. */
  readonly isIpv6Only: boolean;
  /** Whether instances get a public address; unknown while that is. */
  readonly publicAddresses: Reading<boolean>;
  /** `undefined` where it is not known which table it is. */
  readonly routeTable: RouteTable | undefined;
}

/** The subnet that a reference leads to. */
export function subnetOf(stack: Stack, target: Target): Subnet {
  const found = target.is === "resource" ? stack.derive(subnetsOf).get(target.resource.urn) : undefined;
  return found ?? { ...unknownSubnet, target, described: describe(target) };
}

function describe(target: Target): string {
  if (target.is === "outside") return `the subnet \`${printable(target.id)}\`, which is not in this stack`;
  if (target.is === "unknown" && target.candidates) {
    return `one of these ${target.candidates.length} subnets, known after the update: ${some(
      target.candidates.map(({ name }) => `\`${name}\``),
      3,
    )}`;
  }
  return "a subnet that is not known until the update";
}

const unknownSubnet: Subnet = {
  target: { is: "unknown" },
  resource: undefined,
  described: "a subnet that is not known until the update",
  vpc: { is: "unknown" },
  cidrBlock: undefined,
  range: undefined,
  vpcRanges: [],
  zone: undefined,
  hasIpv6: false,
  isIpv6Only: false,
  publicAddresses: { is: "unknown" },
  routeTable: undefined,
};

function subnetsOf(stack: Stack): ReadonlyMap<string, Subnet> {
  return new Map(
    stack.of("subnet").map((resource) => {
      const vpc = stack.followProperty(resource, "vpcId", "vpc");
      const cidrBlock = known(readText(resource.props, "cidrBlock"));
      const ofVpc = vpc?.is === "resource" ? cidrBlocksOf(stack, vpc.resource) : [];
      const subnet: Subnet = {
        target: { is: "resource", resource },
        resource,
        described: `\`${resource.name}\``,
        vpc,
        cidrBlock,
        range: cidrBlock === undefined ? undefined : readBlock(cidrBlock),
        vpcRanges: ofVpc.flatMap((block) => readBlock(block) ?? []),
        zone: known(readText(resource.props, "availabilityZone")),
        hasIpv6:
          stack.derive(subnetsWithIpv6).has(resource.urn) ||
          [read(resource.props, "ipv6CidrBlock"), read(resource.props, "assignIpv6AddressOnCreation")].some(
            (reading) => reading.is === "known" && Boolean(reading.value),
          ),
        isIpv6Only: known(flag(given(resource, "ipv6Native"))) === true,
        publicAddresses: flag(ofCreated(resource, "mapPublicIpOnLaunch")),
        routeTable: routeTableOf(stack, resource, vpc),
      };
      return [resource.urn, subnet];
    }),
  );
}

/** A property with AWS's default where it is not given; of a resource that AWS creates, it may have been changed. */
function ofCreated(resource: StackResource, property: string): Reading {
  return isOwned(resource) ? given(resource, property) : read(resource.props, property);
}

/** By association; else the main table of the VPC. */
function routeTableOf(stack: Stack, subnet: StackResource, vpc: Target | undefined): RouteTable | undefined {
  const { bySubnet, uncertain } = stack.derive(associationsOf);
  const associated = bySubnet.get(subnet.urn);
  if (associated) return routeTableBehind(stack, associated);
  // A subnet that the stack does not create may be associated with another table where it is created.
  if (uncertain || vpc?.is !== "resource" || ownershipOf(subnet) === "read") return undefined;
  return mainRouteTableOf(stack, vpc.resource);
}

/** The DNS attributes of a VPC; AWS's defaults where they are not given: support on, hostnames off. */
export function dnsOf(vpc: StackResource): { support: Reading<boolean>; hostnames: Reading<boolean> } {
  const isDefault = vpc.type.endsWith(":DefaultVpc");
  const attribute = (name: string, fallback: boolean): Reading<boolean> => {
    const reading = ofCreated(vpc, name);
    return reading.is === "absent" ? { is: "known", value: fallback } : flag(reading);
  };
  return {
    support: attribute("enableDnsSupport", true),
    hostnames: attribute("enableDnsHostnames", isDefault && !isNative(vpc)),
  };
}

/** The IPv4 blocks of a VPC, its own first: the route `local` is for each of them. */
function cidrBlocksOf(stack: Stack, vpc: StackResource): string[] {
  return [vpc, ...(stack.derive(associatedBlocks).get(vpc.urn) ?? [])].flatMap(
    ({ props }) => known(readText(props, "cidrBlock")) ?? [],
  );
}

/** The subnets that a resource of its own adds an IPv6 block to, by their URNs. */
function subnetsWithIpv6(stack: Stack): ReadonlySet<string> {
  const targets = stack.of("subnetBlock").map((block) => stack.followProperty(block, "subnetId", "subnet"));
  return new Set(targets.flatMap((target) => (target?.is === "resource" ? [target.resource.urn] : [])));
}

/** What adds blocks to VPCs, by the URN of the VPC. */
function associatedBlocks(stack: Stack): ReadonlyMap<string, readonly StackResource[]> {
  const ofVpcs = stack.of("vpcBlock").flatMap((block) => {
    const vpc = stack.followProperty(block, "vpcId", "vpc");
    return vpc?.is === "resource" ? [{ block, urn: vpc.resource.urn }] : [];
  });
  const groups = groupedBy(ofVpcs, ({ urn }) => urn);
  return new Map([...groups].map(([urn, all]) => [urn, all.map(({ block }) => block)]));
}
