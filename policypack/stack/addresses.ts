import { Netmask } from "netmask";
import { specialAddresses } from "../facts/special-addresses";

/** A range of IPv4 addresses, both ends included. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

/** Ranges in order that do not overlap. */
export type AddressSet = readonly AddressRange[];

export const anywhere: AddressRange = { first: 0, last: 0xffffffff };

/** The addresses that are routed on the internet: where S3 and package repositories are. */
export const publicAddresses: AddressSet = subtract(
  [anywhere],
  unite(specialAddresses.map(({ block }) => readBlock(block)!)),
);

/** Reads an IPv4 CIDR block; `undefined` for any other text. */
export function readBlock(text: string): AddressRange | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?$/.test(text)) return undefined;
  try {
    const { netLong, size } = new Netmask(text);
    return { first: netLong, last: netLong + size - 1 };
  } catch {
    return undefined;
  }
}

export function contains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function overlaps(a: AddressRange, b: AddressRange): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Of a block: 24 of `10.0.1.0/24`. */
export function prefixLengthOf({ first, last }: AddressRange): number {
  return 32 - Math.log2(last - first + 1);
}

/** The set of all addresses in some ranges, which may overlap. */
export function unite(ranges: readonly AddressRange[]): AddressSet {
  const united: AddressRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.first - b.first)) {
    const last = united.at(-1);
    if (last && range.first <= last.last + 1) {
      united[united.length - 1] = { first: last.first, last: Math.max(last.last, range.last) };
    } else united.push(range);
  }
  return united;
}

/** The addresses of a set that are in a range. */
export function within(set: AddressSet, { first, last }: AddressRange): AddressSet {
  return set.flatMap((one) => {
    const common = { first: Math.max(one.first, first), last: Math.min(one.last, last) };
    return common.first <= common.last ? [common] : [];
  });
}

/** The addresses of a set that are not in another one. */
export function subtract(set: AddressSet, removed: AddressSet): AddressSet {
  return removed.reduce<AddressSet>(
    (rest, { first, last }) =>
      rest.flatMap((one) =>
        one.last < first || last < one.first
          ? [one]
          : [
              { first: one.first, last: first - 1 },
              { first: last + 1, last: one.last },
            ].filter((part) => part.first <= part.last),
      ),
    set,
  );
}

/** The number of addresses in a set. */
export function sizeOf(set: AddressSet): number {
  return set.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

/**
 * So few addresses that whatever happens to them decides nothing about hosts whose addresses are not known: one bad
 * address, or a block of 256. Services and package repositories have many.
 */
export const fewAddresses = 256;

/** A set in words, as the CIDR blocks that it consists of: the first few of them. */
export function inBlocks(set: AddressSet): string {
  const blocks: string[] = [];
  for (const { first, last } of set) {
    for (let at = first; at <= last && blocks.length <= shown;) {
      let size = 1;
      while (at % (size * 2) === 0 && at + size * 2 - 1 <= last) size *= 2;
      blocks.push(size === 1 ? textOf(at) : `${textOf(at)}/${32 - Math.log2(size)}`);
      at += size;
    }
  }
  return blocks.length <= shown ? blocks.join(", ") : `${blocks.slice(0, shown).join(", ")} and others`;
}

/** The number of blocks that a message shows. */
const shown = 3;

function textOf(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
