import { json } from "../../rules/examples";
import { aws, endpointOnly, endpointsAndNat, https, images, nat, plus, set, stack, vpcId } from "./bases";
import type { Trap } from "./trap";

/** An image of the customer's own with Amazon Linux, of which nobody tells whether it has the agent. */
const own = { ami: "ami-0123456789abcdef0", tags: { OS: "al2023", PatchGroup: "prod" } };
const running = (...lines: readonly string[]) => ({ userData: ["#!/bin/sh", ...lines].join("\n") });
const installing = (from: string) => set("web", { ...own, ...running(`dnf install -y ${from}`) });

const file = "latest/linux_amd64/amazon-ssm-agent.rpm";
const ofRegion = `https://s3.eu-west-1.amazonaws.com/amazon-ssm-eu-west-1/${file}`;
const defaultPolicy = set("s3", { policy: undefined });
const noRoute = "the route table has no default route";

const allBut = {
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  NotResource: "arn:aws:s3:::amazon-ssm-eu-west-1/*",
};

const epel = set("web", running("dnf install -y epel-release"));
const onlyEndpointsAndS3 = set("web-group", {
  egress: [
    { ...https, securityGroups: ["sg-endpoints"] },
    { ...https, prefixListIds: ["pl-s3"] },
  ],
});

/** What user data takes from elsewhere: the agent, and packages beyond the system's own. */
export const userData: readonly Trap[] = [
  {
    title: "the agent from AWS's bucket of the region, endpoints only",
    why: "the gateway endpoint carries it, and its policy admits everything",
    resources: stack(endpointOnly, defaultPolicy, installing(ofRegion)),
  },
  {
    title: "the agent from AWS's bucket of the region by its own host name, the region in a variable",
    why: "it is the same bucket",
    resources: stack(
      endpointOnly,
      defaultPolicy,
      installing("https://amazon-ssm-${REGION}.s3.${REGION}.amazonaws.com/latest/linux_$ARCH/amazon-ssm-agent.rpm"),
    ),
  },
  {
    title: "the agent from AWS's bucket, which the endpoint policy does not admit",
    why: "it is read before the agent is there, so nothing works",
    resources: stack(endpointOnly, installing(ofRegion), set("s3", { policy: json(allBut) })),
    blocks: [
      "agent",
      `no statement allows s3:GetObject on \`arn:aws:s3:::amazon-ssm-eu-west-1/${file}\`; Statement[0] applies to every resource but \`${allBut.NotResource}\``,
    ],
  },
  {
    title: "the agent from a bucket of another region, endpoints only",
    why: "a gateway endpoint carries its own region only",
    resources: stack(
      endpointOnly,
      defaultPolicy,
      installing(`https://s3.us-east-1.amazonaws.com/amazon-ssm-us-east-1/${file}`),
    ),
    blocks: [
      "agent",
      `user data installs the SSM agent from a bucket in \`us-east-1\`, which is on the internet, and ${noRoute}`,
    ],
  },
  {
    title: "the agent from S3's address without a region, endpoints only",
    why: "that one leads to us-east-1",
    resources: stack(
      endpointOnly,
      defaultPolicy,
      installing("https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/latest/linux_amd64/amazon-ssm-agent.rpm"),
    ),
    blocks: [
      "agent",
      `user data installs the SSM agent from \`s3.amazonaws.com\`, which is on the internet, and ${noRoute}`,
    ],
  },
  {
    title: "the agent from AWS's bucket of another region behind NAT",
    why: "NAT carries it",
    resources: stack(nat, installing(`https://s3.us-east-1.amazonaws.com/amazon-ssm-us-east-1/${file}`)),
  },
  {
    title: "the agent from a file, endpoints only",
    why: "how the file came there is not to be seen",
    resources: stack(endpointOnly, installing("/opt/packages/amazon-ssm-agent.rpm")),
    leavesUnknown: ["agent"],
  },
  {
    title: "the agent of Amazon Linux's own repository, endpoints only",
    why: "the repository's own hop is about that",
    resources: stack(endpointOnly, installing("amazon-ssm-agent")),
  },
  {
    title: "the agent in cloud-init's list of packages",
    why: "that is installing it",
    resources: stack(
      endpointOnly,
      set("web", { ...own, userData: "#cloud-config\npackages:\n  - amazon-ssm-agent\n" }),
    ),
  },
  {
    title: "user data that only starts the agent, on Debian",
    why: "the image has none that could start",
    resources: stack(nat, set("web", { ami: images.debian, ...running("systemctl enable --now amazon-ssm-agent") })),
    blocks: ["agent", "the AWS image of debian-12 does not include the SSM agent, and user data does not install it"],
  },
  {
    title: "EPEL behind NAT, where the security group lets 443 out to the endpoints and S3 only",
    why: "its mirrors have other addresses than S3",
    resources: stack(endpointsAndNat, epel, onlyEndpointsAndS3),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the internet"],
  },
  {
    title: "no EPEL behind NAT, where the security group lets 443 out to the endpoints and S3 only",
    why: "Amazon Linux's own repositories are in S3",
    resources: stack(endpointsAndNat, onlyEndpointsAndS3),
  },
  {
    title: "EPEL behind NAT, where a network ACL closes the NAT gateway's subnet",
    why: "the mirrors are reached through it",
    resources: stack(
      endpointsAndNat,
      epel,
      plus(
        aws("ec2/networkAcl:NetworkAcl", "acl", {
          id: "acl-1",
          vpcId,
          subnetIds: ["subnet-public"],
          ingress: [],
          egress: [],
        }),
      ),
    ),
    blocks: ["network-acls", "the network ACL `acl` of `public` does not allow inbound 443 to the NAT gateway"],
  },
  {
    title: "a package from a bucket of the region in user data, endpoints only",
    why: "it is in S3, which the gateway endpoint carries",
    resources: stack(
      endpointOnly,
      set("web", running("dnf install -y https://own-packages.s3.eu-west-1.amazonaws.com/tool.rpm")),
    ),
  },
];
