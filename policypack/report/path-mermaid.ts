import { some } from "../iam/problems";
import type { LinkReport, NetworkReport, TierReport, VpcReport } from "./network-report";
import { labelsOf, marks } from "./path-breaks";
import type { FleetReport, HopReport, PathReport } from "./path-report";

const colours = {
  open: { fill: "#dff5e1", stroke: "#2e7d32" },
  blocked: { fill: "#fde0dc", stroke: "#c62828" },
  unknown: { fill: "#fff4d6", stroke: "#b58900" },
} as const;

type Colour = keyof typeof colours;

/** Mermaid draws no more than 500 arrows and 50,000 characters, and people read far less. */
const most = { fleets: 40, subnets: 6, services: 12 } as const;

/** What says something of the fleet itself, whatever it reaches. */
const hopsOfFleet: readonly string[] = ["agent", "identity", "security-groups", "network-acls"];

/**
 * The networks that fleets are in, as a Mermaid diagram: VPCs, subnets by tier, where their routes lead (dotted), and what
 * each fleet reaches with the verdicts of the hops on that way.
 *
 * @param shown number of fleets that are drawn; how many more there are stands in a node of its own
 */
export function pathsAsMermaid(report: PathReport, shown: number = most.fleets): string {
  const { fleets } = report;
  if (fleets.length === 0) return ["flowchart LR", '  none(["no fleet"])'].join("\n");
  const networks = report.networks();
  const drawn = fleets.slice(0, shown).sort((a, b) => (a.urn < b.urn ? -1 : 1));
  const label = labelsOf(fleets);
  const ids = new Map(drawn.map(({ urn }, i) => [urn, `f${i}`]));
  const vpcs = networks.flatMap((network) => vpcsWith(network, ids)).map((vpc, i) => ({ ...vpc, id: `v${i}` }));
  const edges = [...vpcs.flatMap(routesOf), ...drawn.flatMap((fleet) => linksOf(fleet, networks, ids, vpcs))];
  const rest = fleets.length - drawn.length;
  const nodes = new Map(drawn.map((fleet) => [fleet.urn, fleetNode(fleet, label(fleet), ids.get(fleet.urn)!)]));
  return [
    "flowchart LR",
    ...vpcs.flatMap((vpc) => boxOf(vpc, nodes)),
    ...Object.entries(places)
      .filter(([id]) => edges.some(({ to }) => to === id))
      .map(([id, text]) => `  ${id}(["${text}"])`),
    ...(rest > 0 ? [`  more(["and ${rest} more"])`] : []),
    ...edges.map(({ from, arrow, to }) => `  ${from} ${arrow} ${to}`),
    ...Object.keys(colours).flatMap((colour) => lineStyle(colour as Colour, edges)),
    ...Object.entries(colours).map(([name, { fill, stroke }]) => `  classDef ${name} fill:${fill},stroke:${stroke}`),
  ].join("\n");
}

/** What lies outside of every VPC. */
const places = { internet: "internet", elsewhere: "outside this stack", nowhere: "no route" } as const;

interface DrawnVpc extends VpcReport {
  readonly id: string;
}

interface Edge {
  readonly from: string;
  readonly arrow: string;
  readonly to: string;
  /** Of a route there is none. */
  readonly colour?: Colour;
}

/** The VPCs that fleets in the picture are in or reach, with the tiers that say something of them. */
function vpcsWith({ vpcs, links }: NetworkReport, ids: ReadonlyMap<string, string>): VpcReport[] {
  const reached = new Set(
    Object.entries(links).flatMap(([urn, all]) =>
      ids.has(urn) ? all.flatMap(({ to }) => ("vpc" in to ? [to.vpc] : [])) : [],
    ),
  );
  return vpcs.flatMap((vpc) => {
    const tiers = vpc.tiers
      .filter(({ fleets }) => fleets.length === 0 || fleets.some((urn) => ids.has(urn)))
      .map((tier) => ({ ...tier, fleets: [...ids.keys()].filter((urn) => tier.fleets.includes(urn)) }));
    const isShown = tiers.some(({ fleets }) => fleets.length > 0) || reached.has(vpc.urn);
    return isShown && (vpc.urn !== undefined || tiers.length > 0) ? [{ ...vpc, tiers }] : [];
  });
}

function boxOf(vpc: DrawnVpc, fleets: ReadonlyMap<string, string>): string[] {
  const { id, name, cidrBlock, tiers, interfaceEndpoints } = vpc;
  const title = escaped([name, cidrBlock].filter((part) => part !== undefined).join(" "));
  return [
    `  subgraph ${id}["${title}"]`,
    ...tiers.flatMap((tier, i) => tierBox(tier, `${id}t${i}`, fleets)),
    ...(interfaceEndpoints.length > 0
      ? [`    ${id}e[["interface endpoints<br>${escaped(some(interfaceEndpoints, most.services))}"]]`]
      : []),
    ...(vpc.hasS3Endpoint ? [`    ${id}s[["S3 gateway endpoint"]]`] : []),
    ...gatewaysOf(vpc).map((kind, i) => `    ${id}g${i}{{"${escaped(kind)}"}}`),
    "  end",
  ];
}

function tierBox(tier: TierReport, id: string, fleets: ReadonlyMap<string, string>): string[] {
  const { name, subnets, natGateways } = tier;
  const rest = subnets.length - most.subnets;
  return [
    `    subgraph ${id}["${escaped(name)}"]`,
    ...subnets.slice(0, most.subnets).map(({ name: subnet, zone, cidrBlock }, i) => {
      const place = [zone, cidrBlock].filter((part) => part !== undefined).join(" ");
      return `      ${id}n${i}["${[escaped(subnet), ...(place === "" ? [] : [escaped(place)])].join("<br>")}"]`;
    }),
    ...(rest > 0 ? [`      ${id}more["and ${rest} more subnets"]`] : []),
    ...tier.fleets.map((urn) => `      ${fleets.get(urn)!}`),
    ...(natGateways > 0
      ? [`      ${id}nat{{"${natGateways === 1 ? "NAT gateway" : `${natGateways} NAT gateways`}"}}`]
      : []),
    "    end",
  ];
}

function fleetNode({ operatingSystem, verdict, hops }: FleetReport, label: string, id: string): string {
  const own = hops.filter(({ hop }) => hopsOfFleet.includes(hop));
  const colour = verdict === "patchable" ? "open" : verdict;
  return `${id}(["${escaped(label)}<br>${escaped(operatingSystem)}<br>${verdictsOf(own)}"]):::${colour}`;
}

/** What routes of the VPC lead to beside NAT gateways, which stand in their subnets. */
function gatewaysOf({ tiers }: VpcReport): string[] {
  return [...new Set(tiers.flatMap(({ routes }) => routes))].filter((kind) => kind !== "NAT gateway").sort();
}

function routesOf(vpc: DrawnVpc): Edge[] {
  const { id, tiers, hasS3Endpoint } = vpc;
  const gateways = gatewaysOf(vpc);
  const nat = tiers.findIndex(({ natGateways }) => natGateways > 0);
  const dotted = (from: string, to: string): Edge => ({ from, arrow: "-.->", to });
  return [
    ...tiers.flatMap(({ routes, hasS3Route }, i): Edge[] => [
      ...routes
        .filter((kind) => kind !== "NAT gateway")
        .map((kind) => dotted(i === nat ? `${id}t${i}nat` : `${id}t${i}`, `${id}g${gateways.indexOf(kind)}`)),
      ...(routes.includes("NAT gateway") && nat >= 0 ? [dotted(`${id}t${i}`, `${id}t${nat}nat`)] : []),
      ...(hasS3Route && hasS3Endpoint ? [dotted(`${id}t${i}`, `${id}s`)] : []),
    ]),
    ...gateways.flatMap((kind, i) => (kind.endsWith("internet gateway") ? [dotted(`${id}g${i}`, "internet")] : [])),
  ];
}

function linksOf(
  fleet: FleetReport,
  networks: readonly NetworkReport[],
  ids: ReadonlyMap<string, string>,
  vpcs: readonly DrawnVpc[],
): Edge[] {
  const links = networks.flatMap((network) => network.links[fleet.urn] ?? []);
  return links.flatMap(({ hops, to }): Edge[] => {
    const told = fleet.hops.filter(
      ({ hop, verdict }) => (hops as readonly string[]).includes(hop) && verdict !== "not-needed",
    );
    if (told.length === 0) return [];
    const arrow = `-- "${verdictsOf(told)}" -->`;
    return [{ from: ids.get(fleet.urn)!, arrow, to: idOf(to, ids, vpcs), colour: gravest(told) }];
  });
}

function idOf(to: LinkReport["to"], ids: ReadonlyMap<string, string>, vpcs: readonly DrawnVpc[]): string {
  if (to.is === "fleet") return ids.get(to.urn) ?? "elsewhere";
  if (!("vpc" in to)) return to.is;
  const vpc = vpcs.find(({ urn }) => urn !== undefined && urn === to.vpc);
  return vpc ? `${vpc.id}${to.is === "S3 endpoint" ? "s" : "e"}` : "elsewhere";
}

/** `✔ dns, control-plane`, a line for each verdict. */
function verdictsOf(hops: readonly HopReport[]): string {
  return (["blocked", "unknown", "open"] as const)
    .map((verdict) => [marks[verdict], hops.filter((one) => one.verdict === verdict)] as const)
    .filter(([, alike]) => alike.length > 0)
    .map(([mark, alike]) => `${mark} ${alike.map(({ hop }) => hop).join(", ")}`)
    .join("<br>");
}

function gravest(hops: readonly HopReport[]): Colour {
  return (["blocked", "unknown"] as const).find((one) => hops.some(({ verdict }) => verdict === one)) ?? "open";
}

function lineStyle(colour: Colour, edges: readonly Edge[]): string[] {
  const of = edges.flatMap((edge, i) => (edge.colour === colour ? [i] : []));
  return of.length === 0 ? [] : [`  linkStyle ${of.join(",")} stroke:${colours[colour].stroke}`];
}

/** Quotes, brackets and the like mean something to Mermaid. */
function escaped(text: string): string {
  const plain = text.replace(/[^\p{L}\p{N} _.,:/()-]/gu, "_");
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
}
