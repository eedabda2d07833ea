/**
 * The IPv4 addresses that are not routed on the internet, in order. Everything else is where S3, package repositories
 * and the public endpoints of AWS are.
 *
 * Source: the IANA IPv4 Special-Purpose Address Registry
 * (https://www.iana.org/assignments/iana-ipv4-special-registry/, RFC 6890) in a copy of it, and for multicast, which it does
 * not list, https://datatracker.ietf.org/doc/html/rfc5735 in a copy of its table, checked 2026-11-28.
 */
export const specialAddresses = [
  { block: "0.0.0.0/8", what: "this network" },
  { block: "10.0.0.0/8", what: "private networks" },
  { block: "100.64.0.0/10", what: "shared address space of carriers" },
  { block: "127.0.0.0/8", what: "loopback" },
  { block: "169.254.0.0/16", what: "link-local" },
  { block: "172.16.0.0/12", what: "private networks" },
  { block: "192.0.0.0/24", what: "protocol assignments" },
  { block: "192.0.2.0/24", what: "documentation" },
  { block: "192.168.0.0/16", what: "private networks" },
  { block: "198.18.0.0/15", what: "benchmarks" },
  { block: "198.51.100.0/24", what: "documentation" },
  { block: "203.0.113.0/24", what: "documentation" },
  { block: "224.0.0.0/4", what: "multicast" },
  { block: "240.0.0.0/4", what: "reserved" },
] as const;
