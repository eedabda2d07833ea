import { json } from "../../rules/examples";
import { aws, endpointOnly, endpointsAndNat, https, images, nat, plus, set, stack, vpcId } from "./bases";
import type { Trap } from "./trap";

/** A custom Amazon Linux AMI, for which the stack does not show whether it includes the agent. */
const own = { ami: "ami-0123456789abcdef0", tags: { OS: "al2023", PatchGroup: "prod" } };
const running = (...lines: readonly string[]) => ({ userData: ["#!/bin/sh", ...lines].join("\n") });
const installing = (from: string) => set("web", { ...own, ...running(`dnf install -y ${from}`) });
/** On an AMI that surely does not include it. */
const onMinimal = (from: string) => set("web", { ami: images.minimal, ...running(`dnf install -y ${from}`) });

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

/** What user data downloads: the agent, and packages other than the system's own. */
export const userData: readonly Trap[] = [
  {
    title: "the agent from the AWS bucket of the Region, endpoints only",
    why: "the gateway endpoint carries the request, and its policy allows all requests",
    resources: stack(endpointOnly, defaultPolicy, installing(ofRegion)),
  },
  {
    title: "the agent from the AWS bucket of the Region with a virtual-hosted-style URL, the Region in a variable",
    why: "the URL is for the same bucket",
    resources: stack(
      endpointOnly,
      defaultPolicy,
      installing("https://amazon-ssm-${REGION}.s3.${REGION}.amazonaws.com/latest/linux_$ARCH/amazon-ssm-agent.rpm"),
    ),
  },
  {
    title: "the agent from the AWS bucket, which the endpoint policy does not allow, on a custom AMI",
    why: "the AMI may include the agent",
    resources: stack(endpointOnly, installing(ofRegion), set("s3", { policy: json(allBut) })),
    leavesUnknown: ["agent"],
  },
  {
    title: "the agent from the AWS bucket, which the endpoint policy does not allow",
    why: "without the download, the instance has no agent",
    resources: stack(endpointOnly, onMinimal(ofRegion), set("s3", { policy: json(allBut) })),
    blocks: [
      "agent",
      `no statement allows s3:GetObject on \`arn:aws:s3:::amazon-ssm-eu-west-1/${file}\`; Statement[0] applies to every resource but \`${allBut.NotResource}\``,
    ],
  },
  {
    title: "the agent from the AWS bucket of another Region, endpoints only",
    why: "a gateway endpoint carries only requests to its own Region",
    resources: stack(
      endpointOnly,
      defaultPolicy,
      onMinimal(`https://s3.us-east-1.amazonaws.com/amazon-ssm-us-east-1/${file}`),
    ),
    blocks: [
      "agent",
      `user data installs the SSM agent from a bucket in \`us-east-1\`, which is on the internet, and ${noRoute}`,
    ],
  },
  {
    title: "the agent from the global S3 endpoint, endpoints only",
    why: "the name without a Region resolves to us-east-1",
    resources: stack(
      endpointOnly,
      defaultPolicy,
      onMinimal("https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/latest/linux_amd64/amazon-ssm-agent.rpm"),
    ),
    blocks: [
      "agent",
      `user data installs the SSM agent from \`s3.amazonaws.com\`, which is on the internet, and ${noRoute}`,
    ],
  },
  {
    title: "the agent from the AWS bucket of another Region, behind NAT",
    why: "the NAT gateway reaches the other Region",
    resources: stack(nat, installing(`https://s3.us-east-1.amazonaws.com/amazon-ssm-us-east-1/${file}`)),
  },
  {
    title: "the agent from a local file, endpoints only",
    why: "where the file comes from cannot be determined",
    resources: stack(endpointOnly, installing("/opt/packages/amazon-ssm-agent.rpm")),
    leavesUnknown: ["agent"],
  },
  {
    title: "the agent from the Amazon Linux repository, endpoints only",
    why: "the hop `repository` covers this download",
    resources: stack(endpointOnly, installing("amazon-ssm-agent")),
  },
  {
    title: "the agent in `packages` of cloud-config",
    why: "cloud-init installs the packages in the list",
    resources: stack(
      endpointOnly,
      set("web", { ...own, userData: "#cloud-config\npackages:\n  - amazon-ssm-agent\n" }),
    ),
  },
  {
    title: "user data that starts the agent but does not install it, on Debian",
    why: "the image does not include the agent",
    resources: stack(nat, set("web", { ami: images.debian, ...running("systemctl enable --now amazon-ssm-agent") })),
    blocks: ["agent", "the AWS image of debian-12 does not include the SSM agent, and user data does not install it"],
  },
  {
    title: "EPEL behind NAT, with a security group that allows outbound 443 only to the endpoints and S3",
    why: "the mirrors are not in S3",
    resources: stack(endpointsAndNat, epel, onlyEndpointsAndS3),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the internet"],
  },
  {
    title: "no EPEL behind NAT, with a security group that allows outbound 443 only to the endpoints and S3",
    why: "Amazon Linux's own repositories are in S3",
    resources: stack(endpointsAndNat, onlyEndpointsAndS3),
  },
  {
    title: "EPEL behind NAT, with a network ACL without entries on the NAT gateway's subnet",
    why: "traffic to the mirrors passes the NAT gateway's subnet",
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
    title: "a package from an S3 bucket in the Region in user data, endpoints only",
    why: "the gateway endpoint carries requests to S3",
    resources: stack(
      endpointOnly,
      set("web", running("dnf install -y https://own-packages.s3.eu-west-1.amazonaws.com/tool.rpm")),
    ),
  },
];
