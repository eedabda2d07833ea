import { type HopVerdict, blocked, gravest, open, unknown } from "./hop";
import type { SubnetEgress } from "./egress";

/** Does each of its subnets have a route to S3: the gateway endpoint in its route table, or the internet? */
export function s3RouteHop(bySubnet: readonly SubnetEgress[]): HopVerdict {
  return gravest(bySubnet.map(routeOf)) ?? unknown("which subnets the instances run in");
}

function routeOf({ subnet, s3 }: SubnetEgress): HopVerdict {
  if (s3.is === "unknown") return unknown(s3.because, s3.evidence, s3.fix);
  if (s3.is === "endpoint" && s3.transit) return s3.transit;
  if (s3.is === "endpoint") {
    const note =
      subnet.hasIpv6 && s3.endpoint.type === "Gateway" && !s3.endpoint.isDualStack
        ? "the subnet has IPv6, and this endpoint supports only IPv4 unless its IP address type is dualstack"
        : undefined;
    return open(`through the endpoint \`${s3.endpoint.resource.name}\``, {
      evidence: { resource: s3.endpoint.resource },
      ...(note !== undefined && { note }),
    });
  }
  const { internet } = s3;
  if (internet.is === "open") return open(`through ${internet.by}`, { evidence: internet.evidence });
  if (internet.is === "unknown") return unknown(internet.because, internet.evidence);
  const evidence = subnet.routeTable && { resource: subnet.routeTable.managedBy };
  return blocked(
    `the route table of \`${subnet.resource?.name ?? "the subnet"}\` has no S3 gateway endpoint, and ${internet.because}`,
    evidence,
    "Add an S3 gateway endpoint (com.amazonaws.REGION.s3) with this route table to the VPC, at no charge.",
  );
}
