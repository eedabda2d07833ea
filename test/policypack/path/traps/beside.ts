import { aws, endpointOnly, everything, https, native, plus, set, stack, vpcId, without } from "./bases";
import { inPublic, natAndS3, toInternet } from "./public-access";
import type { Trap } from "./trap";

const associated = (securityGroupId: string, others: object = {}) =>
  ["ssm", "ssmmessages"].map((service) =>
    aws("ec2/securityGroupAssociation:SecurityGroupAssociation", `${service}-group`, {
      vpcEndpointId: `vpce-${service}`,
      securityGroupId,
      ...others,
    }),
  );
const withoutOwnGroups = stack(
  endpointOnly,
  set("ssm", { securityGroupIds: undefined }),
  set("ssmmessages", { securityGroupIds: undefined }),
);

const attached = (securityGroupId: string, networkInterfaceId = "eni-1") =>
  aws("ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment", "attached", {
    securityGroupId,
    networkInterfaceId,
  });
const moreRules = aws("ec2/securityGroup:SecurityGroup", "more", {
  id: "sg-more",
  vpcId,
  egress: [
    { ...https, securityGroups: ["sg-endpoints"] },
    { ...https, prefixListIds: ["pl-s3"] },
  ],
});

const groups: readonly Trap[] = [
  {
    title: "a group associated with endpoints, which admits the instances",
    why: "an endpoint has the groups that are associated with it too",
    resources: stack(
      endpointOnly,
      set("endpoints", { ingress: [] }),
      plus(
        aws("ec2/securityGroup:SecurityGroup", "admitting", {
          id: "sg-admitting",
          vpcId,
          ingress: [{ ...https, securityGroups: ["sg-web"] }],
        }),
        ...associated("sg-admitting"),
      ),
      set("web-group", { egress: [everything] }),
    ),
  },
  {
    title: "a group associated with endpoints, which admits nobody",
    why: "the endpoints have the default group besides, which admits its members only",
    resources: stack(withoutOwnGroups, set("endpoints", { ingress: [] }), plus(...associated("sg-endpoints"))),
    blocks: ["security-groups", "the security groups of `ssm` do not allow inbound 443 from the instances"],
  },
  {
    title: "a group associated in place of the default group",
    why: "the endpoints have only that group, which admits the instances",
    resources: stack(withoutOwnGroups, plus(...associated("sg-endpoints", { replaceDefaultAssociation: true }))),
  },
  {
    title: "a group that is attached to the instance's network interface",
    why: "the instance has that group too, and its rules count",
    resources: stack(
      endpointOnly,
      set("web", { primaryNetworkInterfaceId: "eni-1" }),
      set("web-group", { egress: [] }),
      plus(moreRules, attached("sg-more")),
    ),
  },
  {
    title: "a group without rules that is attached to the instance's network interface",
    why: "it adds nothing to a group that lets nothing out",
    resources: stack(
      endpointOnly,
      set("web", { primaryNetworkInterfaceId: "eni-1" }),
      set("web-group", { egress: [] }),
      plus(attached("sg-endpoints")),
    ),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "a group that is attached to another instance's network interface",
    why: "it is not this instance's",
    resources: stack(
      endpointOnly,
      set("web-group", { egress: [] }),
      plus(
        aws("ec2/instance:Instance", "db", { id: "i-2", subnetId: "subnet-1", primaryNetworkInterfaceId: "eni-2" }),
        moreRules,
        attached("sg-more", "eni-2"),
      ),
    ),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
    advice: ["unmanaged"],
  },
];

const ownInterface = (others: object = {}) =>
  plus(
    aws("ec2/networkInterface:NetworkInterface", "own-interface", {
      id: "eni-own",
      subnetId: "subnet-1",
      securityGroups: ["sg-web"],
      ...others,
    }),
  );
const byOwnInterface = set("web", {
  subnetId: undefined,
  vpcSecurityGroupIds: undefined,
  primaryNetworkInterface: { networkInterfaceId: "eni-own" },
});

const interfaces: readonly Trap[] = [
  {
    title: "an instance with a network interface of its own resource",
    why: "its subnet and groups are those of the interface",
    resources: stack(endpointOnly, byOwnInterface, ownInterface()),
  },
  {
    title: "an instance whose own network interface has the older form",
    why: "provider 6 has it in a list",
    resources: stack(
      endpointOnly,
      set("web", {
        subnetId: undefined,
        vpcSecurityGroupIds: undefined,
        networkInterfaces: [{ networkInterfaceId: "eni-own", deviceIndex: 0 }],
      }),
      ownInterface(),
    ),
  },
  {
    title: "an instance whose own network interface has a group that lets nothing out",
    why: "the groups of the interface count",
    resources: stack(endpointOnly, byOwnInterface, ownInterface({ securityGroups: ["sg-endpoints"] })),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "an instance with a network interface of its own in a public subnet",
    why: "an existing interface gets no public address, whatever the subnet gives",
    resources: stack(
      inPublic,
      byOwnInterface,
      set("web", { associatePublicIpAddress: undefined }),
      set("private", { mapPublicIpOnLaunch: true }),
      ownInterface(),
    ),
    blocks: toInternet(
      "the default route targets an internet gateway, which instances without a public IP address cannot use",
    ),
  },
  {
    title: "an instance with a network interface of its own that has an Elastic IP address",
    why: "that address is public",
    resources: stack(
      inPublic,
      byOwnInterface,
      set("web", { associatePublicIpAddress: undefined }),
      ownInterface(),
      plus(aws("ec2/eip:Eip", "address", { id: "eip-1", networkInterface: "eni-own" })),
    ),
  },
];

const others: readonly Trap[] = [
  {
    title: "a policy of aws-native that names the role",
    why: "it is attached to the role by its own list",
    resources: stack(
      endpointOnly,
      without("core"),
      plus(
        native("iam:ManagedPolicy", "all", {
          id: "arn:aws:iam::123456789012:policy/all",
          roles: ["instances"],
          policyDocument: {
            Version: "2012-10-17",
            Statement: [
              { Effect: "Allow", Action: ["ssm:*", "ssmmessages:*", "ec2messages:*", "s3:*"], Resource: "*" },
            ],
          },
        }),
      ),
    ),
  },
  {
    title: "a policy of aws-native that denies the role everything",
    why: "a Deny counts before any Allow",
    resources: stack(
      endpointOnly,
      plus(
        native("iam:ManagedPolicy", "nothing", {
          id: "arn:aws:iam::123456789012:policy/nothing",
          roles: ["instances"],
          policyDocument: {
            Version: "2012-10-17",
            Statement: [{ Effect: "Deny", Action: "ssm:UpdateInstanceInformation", Resource: "*" }],
          },
        }),
      ),
    ),
    leavesUnknown: ["identity"],
  },
];

/** A route whose prefix list is not in the stack, to private networks. */
const privateRoutes: readonly Trap[] = ["coreNetworkArn", "localGatewayId"].map((target) => ({
  title: `NAT, and a route by \`${target}\` for a prefix list from elsewhere`,
  why: "behind it are private networks, as long as no default route says otherwise",
  resources: stack(
    natAndS3,
    plus(
      aws("ec2/route:Route", "to-private", {
        routeTableId: "rtb-1",
        destinationPrefixListId: "pl-elsewhere",
        [target]: "network-1",
      }),
    ),
  ),
}));

/** What stands beside the parts of a path and changes it. */
export const beside: readonly Trap[] = [...groups, ...interfaces, ...others, ...privateRoutes];
