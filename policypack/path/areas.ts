import {
  type AddressRange,
  type AddressSet,
  anywhere,
  contains,
  fewAddresses,
  inBlocks,
  sizeOf,
  unite,
} from "../stack/addresses";

/** TCP ports, both ends included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Addresses by ports of TCP. */
export interface Area {
  readonly addresses: AddressRange;
  readonly ports: PortRange;
}

/** A rule of a security group, or an entry of a network ACL. */
export interface AreaRule {
  /** `undefined` while it is not known. */
  readonly allows: boolean | undefined;
  /** What it surely applies to. */
  readonly surely: readonly Area[];
  /** What it may apply to besides. */
  readonly possibly: readonly Area[];
}

/** What rules make of an area, divided by the verdicts. */
export interface DividedArea {
  readonly allowed: readonly Area[];
  readonly denied: readonly Area[];
  /** Where what is not known decides. */
  readonly undecided: readonly Area[];
}

/** A part of an area with the verdicts that are possible for it. */
interface Piece extends Area {
  readonly mayAllow: boolean;
  readonly mayDeny: boolean;
}

/**
 * Evaluates rules in their order: the first one that applies decides, and what none applies to is denied. In a security
 * group, which only allows, any order gives the same answer.
 */
export function divideArea(rules: readonly AreaRule[], required: readonly Area[]): DividedArea {
  let open: readonly Piece[] = required.map((area) => ({ ...area, mayAllow: false, mayDeny: false }));
  const decided: Piece[] = [];
  for (const { allows, surely, possibly } of rules) {
    const apply = (piece: Piece): Piece => ({
      ...piece,
      mayAllow: piece.mayAllow || allows !== false,
      mayDeny: piece.mayDeny || allows !== true,
    });
    const bySure = divide(open, surely);
    decided.push(...bySure.inside.map(apply));
    const byPossible = divide(bySure.outside, possibly);
    open = [...byPossible.inside.map(apply), ...byPossible.outside];
  }
  const pieces = [...decided, ...open.map((piece) => ({ ...piece, mayDeny: true }))];
  const alike = (mayAllow: boolean, mayDeny: boolean): Area[] =>
    pieces
      .filter((piece) => piece.mayAllow === mayAllow && piece.mayDeny === mayDeny)
      .map(({ addresses, ports }) => ({ addresses, ports }));
  return { allowed: alike(true, false), denied: alike(false, true), undecided: alike(true, true) };
}

function divide(pieces: readonly Piece[], areas: readonly Area[]): { inside: Piece[]; outside: readonly Piece[] } {
  const inside: Piece[] = [];
  let outside = pieces;
  for (const area of areas) {
    outside = outside.flatMap((piece) => {
      const common = commonOf(piece, area);
      if (!common) return [piece];
      inside.push({ ...piece, ...common });
      return around(piece, common);
    });
  }
  return { inside, outside };
}

function covers(outer: Area, inner: Area): boolean {
  return contains(outer.addresses, inner.addresses) && contains(outer.ports, inner.ports);
}

function commonOf(a: Area, b: Area): Area | undefined {
  const addresses = common(a.addresses, b.addresses);
  const ports = common(a.ports, b.ports);
  return addresses && ports && { addresses, ports };
}

function common(a: PortRange, b: PortRange): PortRange | undefined {
  const both = { first: Math.max(a.first, b.first), last: Math.min(a.last, b.last) };
  return both.first <= both.last ? both : undefined;
}

/** What is left of a piece around a part of it: up to four pieces. */
function around(piece: Piece, { addresses, ports }: Area): Piece[] {
  const { addresses: a, ports: p } = piece;
  return [
    { ...piece, addresses: { first: a.first, last: addresses.first - 1 } },
    { ...piece, addresses: { first: addresses.last + 1, last: a.last } },
    { ...piece, addresses, ports: { first: p.first, last: ports.first - 1 } },
    { ...piece, addresses, ports: { first: ports.last + 1, last: p.last } },
  ].filter((one) => one.addresses.first <= one.addresses.last && one.ports.first <= one.ports.last);
}

/** The ports of TCP that a rule is about; `undefined` for another protocol. For all protocols, AWS ignores the ports. */
export function tcpPortsOf(rule: {
  readonly protocol: string | undefined;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
}): { readonly ports: PortRange; readonly isSure: boolean } | undefined {
  const { protocol, fromPort, toPort } = rule;
  const all = { first: 0, last: 65535 };
  const name = protocol?.toLowerCase();
  if (name === "-1" || name === "all") return { ports: all, isSure: true };
  if (name !== undefined && name !== "tcp" && name !== "6") return undefined;
  if (name === undefined || fromPort === undefined || toPort === undefined) return { ports: all, isSure: false };
  return { ports: fromPort === -1 ? all : { first: fromPort, last: toPort }, isSure: true };
}

/** Traffic that has to pass: to or from the addresses of the other end. */
export interface Traffic {
  /** `undefined` while they are not known: some of all. */
  readonly addresses: AddressSet | undefined;
  /** Whether the other end is hosts of which each may have any of the addresses, so that a few of them decide nothing. */
  readonly isOfManyHosts: boolean;
  readonly ports: PortRange;
}

/** Whether traffic passes; `except`: the small part that does not, in words. */
export type Passage =
  | { readonly is: "allowed"; readonly except: string | undefined }
  | { readonly is: "denied" }
  | { readonly is: "undecided" };

/** What rules make of traffic as a whole. */
export function passageOf(rules: readonly AreaRule[], traffic: Traffic): Passage {
  const { ports } = traffic;
  const required = (traffic.addresses ?? [anywhere]).map((addresses) => ({ addresses, ports }));
  if (isAllowedByOne(rules, required)) return { is: "allowed", except: undefined };
  const { allowed, denied, undecided } = divideArea(rules, required);
  const lost = [...denied, ...undecided];
  if (lost.length === 0) return { is: "allowed", except: undefined };
  if (allowed.length > 0 && isNegligible(lost, traffic)) return { is: "allowed", except: inWords(lost, traffic) };
  return { is: allowed.length === 0 && undecided.length === 0 ? "denied" : "undecided" };
}

/** Whether one rule allows all of it, before any that may deny: most traffic, without a division of it. */
function isAllowedByOne(rules: readonly AreaRule[], required: readonly Area[]): boolean {
  const end = rules.findIndex(({ allows }) => allows !== true);
  return (end < 0 ? rules : rules.slice(0, end)).some(({ surely }) =>
    required.every((area) => surely.some((one) => covers(one, area))),
  );
}

/**
 * Of the ephemeral ports, those that return traffic can do without: a port out of a hundred. A connection that was given
 * such a port fails, and the next one has another.
 */
const fewPorts = 0.01;

function isNegligible(lost: readonly Area[], { ports, isOfManyHosts }: Traffic): boolean {
  const { ofPorts, ofAddresses } = byShape(lost, ports);
  return (
    sizeOf(ofPorts) <= sizeOf([ports]) * fewPorts &&
    (ofAddresses.length === 0 || (isOfManyHosts && sizeOf(ofAddresses) <= fewAddresses))
  );
}

/** Lost areas that are a few ports wide, by their ports, and all others by their addresses. */
function byShape(lost: readonly Area[], ports: PortRange) {
  const isNarrow = (area: Area) => sizeOf([area.ports]) <= sizeOf([ports]) * fewPorts;
  return {
    ofPorts: unite(lost.filter(isNarrow).map((area) => area.ports)),
    ofAddresses: unite(lost.filter((area) => !isNarrow(area)).map((area) => area.addresses)),
  };
}

function inWords(lost: readonly Area[], { ports }: Traffic): string {
  const { ofPorts, ofAddresses } = byShape(lost, ports);
  const names = ofPorts.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`));
  return [
    ...(ofAddresses.length > 0 ? [inBlocks(ofAddresses)] : []),
    ...(names.length > 0 ? [`port ${names.join(", ")}`] : []),
  ].join(", ");
}
