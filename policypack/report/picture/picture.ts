import type { LinkReport, VpcReport } from "../network-report";
import { countOf, labelsOf } from "../path-breaks";
import type { PathReport } from "../path-report";
import { arrowsOf } from "./arrows";
import { type FleetGroup, fleetGroups } from "./fleet-groups";
import { endpointNodes, fleetNode, gatewayNodes, subnetsInWords, titleOfVpc } from "./nodes";
import { type Arrow, type DrawnVpc, type Picture, type Tone, gravestOf } from "./parts";

/** What is outside of every VPC. */
const places = { internet: "internet", elsewhere: "outside this stack", nowhere: "no route" } as const;

/** Where all is open, a few groups show how. */
const mostOpen = 6;

/** @param shown number of groups of fleets to show; the fleets of the others are counted */
export function pictureOf(report: PathReport, shown: number): Picture {
  const networks = report.networks();
  const links = new Map<string, readonly LinkReport[]>(networks.flatMap((network) => Object.entries(network.links)));
  const groups = fleetGroups(report.fleets, networks, links);
  const isAllOpen = groups.every(({ tone }) => tone === "open");
  const whole = groups.filter(({ isFolded }) => !isFolded).slice(0, isAllOpen ? Math.min(shown, mostOpen) : shown);
  const vpcs = vpcsOf(whole, networks, links);
  const folded = groups.filter(({ isFolded, vpc }) => isFolded && vpcs.some(({ report: one }) => one === vpc));
  const drawn = [...whole, ...folded].map((group, i) => ({ ...group, id: `f${i}` }));
  const label = labelsOf(report.fleets);
  const all = vpcs.map(({ id, report: one }): DrawnVpc => ({ ...one, id }));
  const { arrows, blamed } = arrowsOf(drawn, all, links, isAllOpen);
  const reached = new Set(arrows.map(({ to }) => to));
  const left = groups.filter((group) => !whole.includes(group) && !folded.includes(group));
  return {
    isAllOpen,
    vpcs: vpcs.map(({ id, report: vpc }, i) => {
      const own = drawn.filter((group) => group.vpc === vpc);
      const nodesOf = (some: readonly (typeof drawn)[number][]) =>
        some.map((group) => fleetNode(group, label, links, isAllOpen));
      const tiers = vpc.tiers.filter((tier) => own.some((group) => group.tier === tier));
      const isConcerned = own.some(({ tone }) => tone !== "open");
      return {
        id,
        title: titleOfVpc(vpc),
        tiers: tiers.map((tier, n) => ({
          id: `${id}t${n}`,
          title: tier.name,
          ...subnetsInWords(tier),
          nodes: nodesOf(own.filter((group) => group.tier === tier)),
        })),
        nodes: [
          ...nodesOf(own.filter(({ tier }) => tier === undefined)),
          ...endpointNodes(all[i]!, blamed, (node) => isConcerned || reached.has(node)),
          ...gatewayNodes(all[i]!).filter((node) => reached.has(node.id)),
        ],
      };
    }),
    outside: Object.entries(places).flatMap(([id, text]) =>
      reached.has(id) ? [{ id, is: "place", lines: [text], tone: toneAt(id, arrows) }] : [],
    ),
    arrows,
    rest: left.length === 0 ? undefined : restInWords(left),
  };
}

/** The VPCs that groups are in, and those of the endpoints that they use, in the order of the stacks. */
function vpcsOf(
  groups: readonly FleetGroup[],
  networks: readonly { readonly vpcs: readonly VpcReport[] }[],
  links: ReadonlyMap<string, readonly LinkReport[]>,
): { id: string; report: VpcReport }[] {
  const own = new Set(groups.map(({ vpc }) => vpc));
  const targets = groups.flatMap(({ fleets }) => fleets.flatMap(({ urn }) => links.get(urn) ?? []));
  const reached = new Set(targets.flatMap(({ to }) => ("vpc" in to && to.vpc !== undefined ? [to.vpc] : [])));
  return networks
    .flatMap(({ vpcs }) => vpcs)
    .filter((vpc) => own.has(vpc) || (vpc.urn !== undefined && reached.has(vpc.urn)))
    .map((report, i) => ({ id: `v${i}`, report }));
}

/** What leads to nothing stands out; the internet is only where others lead. */
function toneAt(id: string, arrows: readonly Arrow[]): Tone {
  const tones = arrows.filter(({ to }) => to === id).map(({ tone }) => tone);
  return id === "internet" ? "none" : gravestOf(tones);
}

function restInWords(groups: readonly FleetGroup[]): string {
  const fleets = groups.flatMap((group) => group.fleets);
  return `and ${fleets.length} more: ${countOf(fleets)}`;
}
