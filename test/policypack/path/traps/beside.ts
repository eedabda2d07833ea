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
    title: "a SecurityGroupAssociation of endpoints with a group that allows the instances",
    why: "an endpoint also has the groups that are associated with it",
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
    title: "a SecurityGroupAssociation of endpoints with a group that has no inbound rule",
    why: "the endpoints also have the default group, which allows only its own members",
    resources: stack(withoutOwnGroups, set("endpoints", { ingress: [] }), plus(...associated("sg-endpoints"))),
    blocks: ["security-groups", "the security groups of `ssm` do not allow inbound 443 from the instances"],
  },
  {
    title: "a SecurityGroupAssociation that replaces the default group",
    why: "the endpoints have only that group, which allows the instances",
    resources: stack(withoutOwnGroups, plus(...associated("sg-endpoints", { replaceDefaultAssociation: true }))),
  },
  {
    title: "a NetworkInterfaceSecurityGroupAttachment on the instance's network interface",
    why: "the rules of the attached group apply to the instance too",
    resources: stack(
      endpointOnly,
      set("web", { primaryNetworkInterfaceId: "eni-1" }),
      set("web-group", { egress: [] }),
      plus(moreRules, attached("sg-more")),
    ),
  },
  {
    title:
      "a NetworkInterfaceSecurityGroupAttachment of a group with no outbound rule on the instance's network interface",
    why: "neither group allows outbound traffic",
    resources: stack(
      endpointOnly,
      set("web", { primaryNetworkInterfaceId: "eni-1" }),
      set("web-group", { egress: [] }),
      plus(attached("sg-endpoints")),
    ),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "a NetworkInterfaceSecurityGroupAttachment on another instance's network interface",
    why: "the group is not attached to this instance",
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
    title: "an instance whose primary network interface is a separate resource",
    why: "the instance has the subnet and security groups of the interface",
    resources: stack(endpointOnly, byOwnInterface, ownInterface()),
  },
  {
    title: "an instance whose primary network interface is in `networkInterfaces`",
    why: "version 6 of the provider has it in a list",
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
    title: "an instance whose primary network interface has a group with no outbound rule",
    why: "the groups of the interface apply",
    resources: stack(endpointOnly, byOwnInterface, ownInterface({ securityGroups: ["sg-endpoints"] })),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
  },
  {
    title: "an instance whose primary network interface is a separate resource, in a public subnet",
    why: "an existing interface gets no public IP address, even if the subnet assigns them at launch",
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
    title: "an instance whose primary network interface has an Elastic IP address",
    why: "an Elastic IP address is public",
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
    title: "an aws-native managed policy that lists the role",
    why: "`roles` of a managed policy attaches it to the role",
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
    title: "an aws-native managed policy that denies the agent's registration",
    why: "an explicit Deny overrides any Allow",
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

/** A route to private networks, whose destination is a prefix list that is not in the stack. */
const privateRoutes: readonly Trap[] = ["coreNetworkArn", "localGatewayId"].map((target) => ({
  title: `NAT, and a route by \`${target}\` for a prefix list that is not in the stack`,
  why: "the target is taken to connect private networks, as long as no default route uses it",
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

/** Separate resources that change a part of a path: associations, attachments, interfaces and policies. */
export const beside: readonly Trap[] = [...groups, ...interfaces, ...others, ...privateRoutes];
