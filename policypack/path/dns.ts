import type { PlacedEndpoint } from "../stack/endpoints";
import { foreignNames, hostedZoneFor } from "../stack/hosted-zones";
import { type Subnet, dnsOf } from "../stack/network";
import { notOwned } from "../stack/ownership";
import { oncePer } from "../stack/once-per";
import { elementsOf, known, read } from "../stack/reading";
import type { StackResource } from "../stack/resource";
import { Stack } from "../stack/stack";
import { dnsDiversion } from "./dns-diversions";
import { type HopVerdict, blocked, gravest, open, unknown } from "./hop";
import type { SubnetEgress } from "./egress";

/** Do the names of the services resolve to where they are served? */
export function dnsHop(stack: Stack, bySubnet: readonly SubnetEgress[]): HopVerdict {
  const verdicts = bySubnet.map((egress) => dnsOfSubnet(egress, stack));
  return gravest(verdicts) ?? unknown("which subnets the instances run in");
}

const dnsOfSubnet = oncePer((egress: SubnetEgress, stack: Stack): HopVerdict => {
  const { subnet, services } = egress;
  const { vpc } = subnet;
  const foreign = notOwned([vpc ?? { is: "unknown" }]);
  if (vpc?.is !== "resource" || foreign !== undefined) return inForeignVpc(subnet, foreign);
  const { support, hostnames } = dnsOf(vpc.resource);
  const options = dhcpOptions(stack, vpc.resource);
  if (options) return options;
  if (support.is === "unknown") return unknown("whether DNS support is enabled in the VPC", { resource: vpc.resource });
  if (!known(support)) {
    return blocked(
      "DNS support is disabled in the VPC",
      { resource: vpc.resource, property: "enableDnsSupport" },
      "Set enableDnsSupport and enableDnsHostnames to true in the VPC.",
    );
  }
  const diversion = dnsDiversion(stack, egress, vpc.resource);
  if (diversion) return diversion;
  const doubtful = Object.values(services).find((egress) => egress.is === "unknown" && egress.isAboutName);
  if (doubtful?.is === "unknown") return unknown(doubtful.because, doubtful.evidence);
  const endpoints = Object.values(services).flatMap((egress) => (egress.is === "endpoint" ? [egress.endpoint] : []));
  if (endpoints.length === 0)
    return open("the Amazon DNS server resolves the names, and no private DNS name is required");
  const named = endpoints.map((endpoint) => nameOfEndpoint(stack, endpoint, vpc.resource, known(hostnames)));
  return gravest(named) ?? open("the Amazon DNS server resolves the names");
});

/** Its DNS attributes, DHCP options and hosted zones are set where it is created. */
function inForeignVpc({ described, vpc }: Subnet, foreign: string | undefined): HopVerdict {
  const isKnown = vpc !== undefined && vpc.is !== "unknown";
  return unknown(
    isKnown && foreign !== undefined
      ? `how names resolve in the VPC: ${foreign}`
      : `how names resolve in the VPC of ${described}`,
    vpc?.is === "resource" ? { resource: vpc.resource } : undefined,
    "Check enableDnsSupport, enableDnsHostnames, the DHCP options and the hosted zones of the VPC where it is created.",
  );
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
  if (endpoint.privateDns.is === "unknown")
    return unknown(`whether private DNS is enabled for \`${service}\``, evidence);
  if (known(endpoint.privateDns)) {
    if (hostnames === undefined) return unknown("whether DNS hostnames are enabled in the VPC", { resource: vpc });
    if (hostnames) return open("private DNS resolves to the endpoints");
    return blocked(
      "private DNS requires DNS hostnames, which are disabled in the VPC",
      { resource: vpc, property: "enableDnsHostnames" },
      "Set enableDnsSupport and enableDnsHostnames to true in the VPC.",
    );
  }
  return byHostedZone(stack, endpoint, vpc, hostnames);
}

/**
 * A private hosted zone requires both DNS attributes of the VPC. Source:
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html, checked
 * 2026-11-22.
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
    if (hostnames === undefined) return unknown("whether DNS hostnames are enabled in the VPC", { resource: vpc });
    if (hostnames)
      return open(`the hosted zone \`${zone.zone.name}\` resolves to the endpoint`, {
        evidence: { resource: zone.zone },
      });
    return blocked(
      `the hosted zone \`${zone.zone.name}\` requires DNS hostnames, which are disabled in the VPC`,
      { resource: vpc, property: "enableDnsHostnames" },
      "Set enableDnsSupport and enableDnsHostnames to true in the VPC.",
    );
  }
  const foreign = foreignNames(stack, vpc);
  if (foreign) {
    return unknown(`whether \`${foreign.name}\` resolves the name of \`${service}\` to the endpoint`, {
      resource: foreign,
    });
  }
  if (Stack.same(endpoint.vpc, { is: "resource", resource: vpc }) === false) {
    return blocked(
      `the endpoint for \`${service}\` is in another VPC, and no hosted zone of the VPC resolves its name to that endpoint`,
      { resource },
      `Associate the hosted zone of \`${service}\` with the VPC \`${vpc.name}\`.`,
    );
  }
  return blocked(
    `private DNS is disabled for \`${service}\`, and no hosted zone of the VPC resolves its name to the endpoint`,
    { resource, property: "privateDnsEnabled" },
    `Set privateDnsEnabled to true on the endpoint \`${resource.name}\`.`,
  );
}

/**
 * AWS's own name servers, as DHCP options name them. Source:
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html, checked 2026-11-22 (in a copy of 2023).
 */
const amazonServers: readonly unknown[] = ["AmazonProvidedDNS", "169.254.169.253", "fd00:ec2::253"];

/** Options with the customer's own name servers, which may or may not forward to AWS. */
function dhcpOptions(stack: Stack, vpc: StackResource): HopVerdict | undefined {
  for (const association of stack.of("dhcpOptionsAssociation")) {
    const of = stack.followProperty(association, "vpcId", "vpc");
    if (of?.is !== "resource" || of.resource.urn !== vpc.urn) continue;
    const options = stack.followProperty(association, "dhcpOptionsId", "dhcpOptions");
    if (options?.is !== "resource") return unknown("the DHCP options of the VPC", { resource: association });
    const servers = elementsOf(read(options.resource.props, "domainNameServers")).map((server) => known(server));
    if (servers.every((server) => amazonServers.includes(server))) continue;
    return unknown("whether the name servers in the DHCP options forward to the Amazon DNS server", {
      resource: options.resource,
      property: "domainNameServers",
    });
  }
  return undefined;
}
