import { Netmask } from "netmask";
import { privateAddresses } from "../facts/private-addresses";

/** A range of IPv4 addresses, both ends included. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

export const anywhere: AddressRange = { first: 0, last: 0xffffffff };

/** What is not private: where S3 and the internet are. */
export const publicAddresses: readonly AddressRange[] = [...privateAddresses, { first: anywhere.last + 1 }].map(
  ({ first }, i) => ({ first: i === 0 ? 0 : privateAddresses[i - 1]!.last + 1, last: first - 1 }),
);

/** Whether a range is one of a private network as a whole. */
export function isPrivate(range: AddressRange): boolean {
  return privateAddresses.some((block) => contains(block, range));
}

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
