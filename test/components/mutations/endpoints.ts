import { type Mutation, blocked, edit, onEverything, policy, ssm, ssmmessages, unknown, vpcId } from "./mutation";

const dhcp = (...domainNameServers: string[]) => ({
  add: [
    { type: "aws:ec2/vpcDhcpOptions:VpcDhcpOptions", name: "options", props: { id: "dopt-1", domainNameServers } },
    {
      type: "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation",
      name: "own",
      props: { vpcId, dhcpOptionsId: "dopt-1" },
    },
  ],
});

const dns: Mutation[] = [
  blocked("dns", "ssm without private DNS", edit(ssm, { privateDnsEnabled: false })),
  blocked("dns", "ssmmessages without private DNS", edit(ssmmessages, { privateDnsEnabled: false })),
  blocked("dns", "a VPC without DNS support", edit("prod-network-vpc", { enableDnsSupport: false })),
  blocked("dns", "a VPC without DNS hostnames", edit("prod-network-vpc", { enableDnsHostnames: false })),
  blocked("dns", "DNS hostnames with AWS's default", edit("prod-network-vpc", { enableDnsHostnames: undefined })),
  unknown("dns", "custom name servers", dhcp("10.20.0.10")),
  unknown("dns", "custom name servers in addition to AmazonProvidedDNS", dhcp("10.20.0.10", "AmazonProvidedDNS")),
];

const controlPlane: Mutation[] = [
  blocked("control-plane", "no endpoint for ssm", { drop: [ssm] }),
  blocked("control-plane", "no endpoint for ssmmessages", { drop: [ssmmessages] }),
  blocked(
    "control-plane",
    "ec2messages instead of ssmmessages",
    edit(ssmmessages, { serviceName: "com.amazonaws.eu-west-1.ec2messages" }),
  ),
  blocked("control-plane", "an endpoint in another VPC", edit(ssm, { vpcId: "vpc-other" })),
  blocked("control-plane", "an endpoint without a subnet", edit(ssm, { subnetIds: [] })),
  blocked(
    "control-plane",
    "an endpoint policy for another service",
    edit(ssm, {
      policy: policy({ ...onEverything("Allow", "ssm:GetParameter"), Principal: "*" }),
    }),
  ),
  unknown(
    "control-plane",
    "an endpoint policy with a condition",
    edit(ssm, {
      policy: policy({
        ...onEverything("Allow", "*"),
        Principal: "*",
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-example" } },
      }),
    }),
  ),
];

export const endpointMutations: readonly Mutation[] = [...dns, ...controlPlane];
