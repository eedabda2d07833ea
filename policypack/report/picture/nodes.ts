import { some } from "../../iam/problems";
import type { LinkReport, TierReport, VpcReport } from "../network-report";
import { marks } from "../path-breaks";
import type { FleetReport, HopReport } from "../path-report";
import { shortened } from "../wrapped";
import { type FleetGroup, notOpen } from "./fleet-groups";
import { type DrawnVpc, type NodePicture, type Tone, gravestOf } from "./parts";

/** What fits a node: names, and characters of each. */
const most = { names: 2, services: 4, subnets: 2, hops: 4, characters: 32 } as const;

export function titleOfVpc({ name, cidrBlock }: VpcReport): string {
  return [shortened(name, most.characters), cidrBlock].filter((part) => part !== undefined).join(" ");
}

/** The subnets of a tier as a subtitle: a few by their addresses, many by their number. */
export function subnetsInWords({ subnets }: TierReport): { subtitle?: string } {
  if (subnets.length > most.subnets) return { subtitle: `${subnets.length} subnets` };
  const words = subnets.map(({ zone, cidrBlock }) => [cidrBlock, zone].filter((part) => part !== undefined).join(" "));
  const known = words.filter((one) => one !== "");
  return known.length === 0 ? {} : { subtitle: known.join(", ") };
}

/** Names, systems, and what breaks at the fleets themselves: the hops that no arrow shows. */
export function fleetNode(
  { id, fleets, tone }: FleetGroup & { readonly id: string },
  label: (fleet: FleetReport) => string,
  links: ReadonlyMap<string, readonly LinkReport[]>,
  isAllOpen: boolean,
): NodePicture {
  const [first] = fleets as [FleetReport, ...FleetReport[]];
  const onArrows = new Set((links.get(first.urn) ?? []).flatMap(({ hops }) => hops));
  const own = notOpen(first).filter(({ hop }) => !onArrows.has(hop));
  const verdicts = own.length > 0 ? verdictsOf(own) : [`${marks[tone as keyof typeof marks]} ${first.verdict}`];
  const names = some(
    fleets.map((fleet) => shortened(label(fleet), most.characters)),
    most.names,
  );
  const systems = some([...new Set(fleets.map(({ operatingSystem }) => operatingSystem))].sort(), most.names);
  const isLone = isAllOpen || tone !== "open";
  return { id, is: "fleets", lines: [names, ...(isLone ? [systems] : []), ...verdicts], tone };
}

/** Of each VPC the S3 endpoint, and its interface endpoints as one node, with a node for each to which a verdict is due. */
export function endpointNodes(
  { id, endpoints }: DrawnVpc,
  blamed: ReadonlyMap<string, Tone>,
  isShown: (id: string) => boolean,
): NodePicture[] {
  const ofS3 = endpoints.filter(({ type }) => type === "Gateway");
  const told = blamedIn(endpoints, blamed);
  const others = endpoints.filter((one) => one.type === "Interface" && !told.includes(one));
  const services = [...new Set(others.map(({ service }) => service))].sort();
  const toneOf = (all: DrawnVpc["endpoints"]) =>
    gravestOf(all.flatMap(({ urns }) => urns.flatMap((urn) => blamed.get(urn) ?? [])));
  const nodes: NodePicture[] = [
    ...told.map((one, i): NodePicture => {
      const lines = [`${one.service} interface endpoint`, shortened(one.name, most.characters)];
      return { id: `${id}e${i}`, is: "endpoint", lines, tone: toneOf([one]) };
    }),
    ...(services.length === 0
      ? []
      : [nodeOf(`${id}e`, ["interface endpoints", some(services, most.services)], "none")]),
    ...(ofS3.length === 0
      ? []
      : [
          nodeOf(
            `${id}s`,
            [
              "S3 gateway endpoint",
              some(
                ofS3.map(({ name }) => shortened(name, most.characters)),
                most.names,
              ),
            ],
            toneOf(ofS3),
          ),
        ]),
  ];
  return nodes.filter((node) => isShown(node.id));
}

function nodeOf(id: string, lines: readonly string[], tone: Tone): NodePicture {
  return { id, is: "endpoint", lines, tone };
}

/** The interface endpoints of which a hop says that it breaks there, or may. */
export function blamedIn(endpoints: DrawnVpc["endpoints"], blamed: ReadonlyMap<string, Tone>): DrawnVpc["endpoints"] {
  return endpoints.filter(({ type, urns }) => type === "Interface" && urns.some((urn) => blamed.has(urn)));
}

/** What the routes of a VPC lead to. */
export function gatewayNodes(vpc: DrawnVpc): NodePicture[] {
  const nat = vpc.tiers.reduce((sum, { natGateways }) => sum + natGateways, 0);
  return gatewaysOf(vpc).map((kind, i) => {
    const text = kind === "NAT gateway" && nat > 1 ? `${nat} NAT gateways` : kind;
    return { id: `${vpc.id}g${i}`, is: "gateway", lines: [text], tone: "none" };
  });
}

export function gatewaysOf({ tiers }: VpcReport): string[] {
  return [...new Set(tiers.flatMap(({ routes }) => routes))].sort();
}

/** `✘ repository`, a line for each verdict. @param shown number of hops of each */
export function verdictsOf(hops: readonly HopReport[], shown: number = most.hops): string[] {
  return (["blocked", "unknown", "open"] as const)
    .map((verdict) => [marks[verdict], hops.filter((one) => one.verdict === verdict)] as const)
    .filter(([, alike]) => alike.length > 0)
    .map(([mark, alike]) => `${mark} ${some([...new Set(alike.map(({ hop }) => hop))], shown)}`);
}
