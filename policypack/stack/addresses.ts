import { Netmask } from "netmask";

/** A range of IPv4 addresses, both ends included. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

export const anywhere: AddressRange = { first: 0, last: 0xffffffff };

/** What is not private (RFC 1918): where S3 and the internet are. */
export const publicAddresses: readonly AddressRange[] = [
  { first: 0x00000000, last: 0x09ffffff },
  { first: 0x0b000000, last: 0xac0fffff },
  { first: 0xac200000, last: 0xc0a7ffff },
  { first: 0xc0a90000, last: 0xffffffff },
];

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
