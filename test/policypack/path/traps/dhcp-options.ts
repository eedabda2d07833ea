import { aws, endpointOnly, plus, set, stack, vpcId, without } from "./bases";
import type { Trap } from "./trap";

const dhcpOptions = (...servers: readonly string[]) =>
  plus(
    aws("ec2/vpcDhcpOptions:VpcDhcpOptions", "options", { id: "dopt-1", domainNameServers: servers }),
    aws("ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation", "options-of-vpc", {
      vpcId,
      dhcpOptionsId: "dopt-1",
    }),
  );

/** The name servers that DHCP options give to the instances of a VPC. */
export const dhcpOptionSets: readonly Trap[] = [
  {
    title: "a DHCP options set with custom name servers",
    why: "whether they forward to the Route 53 Resolver is not in the stack",
    resources: stack(endpointOnly, dhcpOptions("10.0.0.53", "10.0.1.53")),
    leavesUnknown: ["dns"],
  },
  {
    title: "a DHCP options set with AmazonProvidedDNS",
    why: "AmazonProvidedDNS is the default, so nothing changes",
    resources: stack(endpointOnly, dhcpOptions("AmazonProvidedDNS")),
  },
  {
    title: "a DHCP options set with the link-local address of the Route 53 Resolver",
    why: "169.254.169.253 is the Route 53 Resolver of every VPC",
    resources: stack(endpointOnly, dhcpOptions("169.254.169.253")),
  },
  {
    title: "a DHCP options set that is not associated with a VPC",
    why: "DHCP options apply only to the VPCs that they are associated with",
    resources: stack(endpointOnly, dhcpOptions("10.0.0.53"), without("options-of-vpc")),
  },
  {
    title: "a DHCP options set with AmazonProvidedDNS and a custom name server",
    why: "the instances may send their queries to either of them",
    resources: stack(endpointOnly, dhcpOptions("AmazonProvidedDNS", "10.0.0.53")),
    leavesUnknown: ["dns"],
  },
  {
    title: "a DHCP options set that is not in the stack",
    why: "its name servers are not in the stack",
    resources: stack(endpointOnly, dhcpOptions(), set("options-of-vpc", { dhcpOptionsId: "dopt-elsewhere" })),
    leavesUnknown: ["dns"],
  },
  ...["vpc-shared", "vpc-elsewhere"].map((id): Trap => ({
    title: `a DHCP options set with custom name servers, associated with another VPC (\`${id}\`)`,
    why: "DHCP options apply only to the VPCs that they are associated with",
    resources: stack(
      endpointOnly,
      plus(aws("ec2/vpc:Vpc", "shared", { id: "vpc-shared", cidrBlock: "10.99.0.0/16" })),
      dhcpOptions("10.0.0.53"),
      set("options-of-vpc", { vpcId: id }),
    ),
  })),
];
