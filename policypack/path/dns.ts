import type { PlacedEndpoint } from "../stack/endpoints";
import { hostedZoneFor } from "../stack/hosted-zones";
import { dnsOf } from "../stack/network";
import { elementsOf, known, read } from "../stack/reading";
import type { StackResource } from "../stack/resource";
import { Stack } from "../stack/stack";
import { type HopVerdict, blocked, gravest, open, unknown } from "./hop";
import type { SubnetWays } from "./way";

/** Do the names of the services lead to where they are served? */
export function dnsHop(stack: Stack, ways: readonly SubnetWays[]): HopVerdict {
  const verdicts = ways.map((way) => dnsOfSubnet(stack, way));
  return gravest(verdicts) ?? unknown("in which subnets it runs");
}

function dnsOfSubnet(stack: Stack, { subnet, services }: SubnetWays): HopVerdict {
  const { vpc } = subnet;
  if (vpc?.is !== "resource") return unknown("the DNS attributes of its VPC, which this stack does not make");
  const { support, hostnames } = dnsOf(vpc.resource);
  const options = dhcpOptions(stack, vpc.resource);
  if (options) return options;
  if (support.is === "unknown") return unknown("whether the VPC has DNS support", { resource: vpc.resource });
  if (!known(support)) {
    return blocked(
      "its VPC has no DNS support",
      { resource: vpc.resource, property: "enableDnsSupport" },
      "Set enableDnsSupport and enableDnsHostnames of the VPC.",
    );
  }
  const doubtful = Object.values(services).find((way) => way.is === "unknown" && way.isAboutName);
  if (doubtful?.is === "unknown") return unknown(doubtful.because, doubtful.evidence);
  const endpoints = Object.values(services).flatMap((way) => (way.is === "endpoint" ? [way.endpoint] : []));
  if (endpoints.length === 0) return open("AWS's DNS answers, and no private name is needed");
  const named = endpoints.map((endpoint) => nameOfEndpoint(stack, endpoint, vpc.resource, known(hostnames)));
  return gravest(named) ?? open("AWS's DNS answers");
}

function nameOfEndpoint(
  stack: Stack,
  endpoint: PlacedEndpoint,
  vpc: StackResource,
  hostnames: boolean | undefined,
): HopVerdict {
  const service = known(endpoint.service) ?? "";
  const isCentral = Stack.same(endpoint.vpc, { is: "resource", resource: vpc }) === false;
  if (isCentral) return byHostedZone(stack, endpoint, vpc, hostnames);
  const evidence = { resource: endpoint.resource, property: "privateDnsEnabled" };
  if (endpoint.privateDns.is === "unknown") return unknown(`whether \`${service}\` has private DNS`, evidence);
  if (known(endpoint.privateDns)) {
    if (hostnames === undefined) return unknown("whether the VPC has DNS hostnames", { resource: vpc });
    if (hostnames) return open("private DNS leads to the endpoints");
    return blocked(
      "private DNS needs DNS hostnames, which its VPC does not have",
      { resource: vpc, property: "enableDnsHostnames" },
      "Set enableDnsSupport and enableDnsHostnames of the VPC.",
    );
  }
  return byHostedZone(stack, endpoint, vpc, hostnames);
}

/**
 * A private hosted zone needs both DNS attributes of the VPC. Source:
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html, checked 2026-11-22.
 */
function byHostedZone(
  stack: Stack,
  endpoint: PlacedEndpoint,
  vpc: StackResource,
  hostnames: boolean | undefined,
): HopVerdict {
  const { resource } = endpoint;
  const service = known(endpoint.service) ?? "";
  const zone = hostedZoneFor(stack, endpoint, vpc);
  if (zone?.is === "unknown") return unknown(zone.because, { resource: zone.resource });
  if (zone) {
    if (hostnames === undefined) return unknown("whether the VPC has DNS hostnames", { resource: vpc });
    if (hostnames)
      return open(`the hosted zone \`${zone.zone.name}\` leads to the endpoint`, { evidence: { resource: zone.zone } });
    return blocked(
      `the hosted zone \`${zone.zone.name}\` needs DNS hostnames, which its VPC does not have`,
      { resource: vpc, property: "enableDnsHostnames" },
      "Set enableDnsSupport and enableDnsHostnames of the VPC.",
    );
  }
  if (Stack.same(endpoint.vpc, { is: "resource", resource: vpc }) === false) {
    return blocked(
      `the endpoint for \`${service}\` is in another VPC, and no hosted zone of its VPC leads the name there`,
      { resource },
      `Associate the hosted zone of \`${service}\` with the VPC \`${vpc.name}\`.`,
    );
  }
  return blocked(
    `\`${service}\` has no private DNS, and no hosted zone of the VPC leads its name to the endpoint`,
    { resource, property: "privateDnsEnabled" },
    `Set privateDnsEnabled of the endpoint \`${resource.name}\`.`,
  );
}

/**
 * AWS's own name servers, as DHCP options name them. Source:
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html, checked 2026-11-22 (in a copy of 2023).
 */
const amazonServers: readonly unknown[] = ["AmazonProvidedDNS", "169.254.169.253", "fd00:ec2::253"];

/** Options that send names to servers of the customer's own, which may or may not ask AWS. */
function dhcpOptions(stack: Stack, vpc: StackResource): HopVerdict | undefined {
  for (const association of stack.of("dhcpOptionsAssociation")) {
    const of = stack.followProperty(association, "vpcId", "vpc");
    if (of?.is !== "resource" || of.resource.urn !== vpc.urn) continue;
    const options = stack.followProperty(association, "dhcpOptionsId", "dhcpOptions");
    if (options?.is !== "resource") return unknown("the DHCP options of its VPC", { resource: association });
    const servers = elementsOf(read(options.resource.props, "domainNameServers")).map((server) => known(server));
    if (servers.every((server) => amazonServers.includes(server))) continue;
    return unknown("whether the name servers of its DHCP options forward to AWS's", {
      resource: options.resource,
      property: "domainNameServers",
    });
  }
  return undefined;
}
