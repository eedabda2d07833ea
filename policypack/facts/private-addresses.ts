/**
 * The addresses of private networks, in order, both ends in it. Everything else is where S3 and the internet are.
 *
 * Source: RFC 1918, section 3.
 */
export const privateAddresses = [
  { block: "10.0.0.0/8", first: 0x0a000000, last: 0x0affffff },
  { block: "172.16.0.0/12", first: 0xac100000, last: 0xac1fffff },
  { block: "192.168.0.0/16", first: 0xc0a80000, last: 0xc0a8ffff },
] as const;

/** Whether a text is an IPv4 address of a private network. */
export function isPrivateAddress(text: string): boolean {
  const parts = text.split(".").map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : NaN));
  const address = parts.reduce((sum, part) => sum * 256 + part, 0);
  return parts.length === 4 && privateAddresses.some(({ first, last }) => first <= address && address <= last);
}
