import { aws, endpointOnly, endpointsAndNat, nat, plus, set, stack, vpcId, sharedSubnet } from "./bases";
import type { Trap } from "./trap";

const entry = (
  ruleNo: number,
  action: "allow" | "deny",
  fromPort: number,
  toPort: number,
  cidrBlock = "0.0.0.0/0",
) => ({
  ruleNo,
  action,
  protocol: fromPort === 0 ? "-1" : "tcp",
  cidrBlock,
  fromPort,
  toPort,
});

const acl = (ingress: readonly object[], egress: readonly object[], subnetIds: readonly string[] = ["subnet-1"]) =>
  plus(aws("ec2/networkAcl:NetworkAcl", "acl", { id: "acl-1", vpcId, subnetIds, ingress, egress }));

const out443 = entry(100, "allow", 443, 443);
const backEphemeral = entry(100, "allow", 1024, 65535);
const toS3 = "the network ACL `acl` of `private` does not allow outbound 443 to S3";
const fromS3 = "the network ACL `acl` of `private` does not allow inbound return traffic from S3";

/** The same ACL by resources for its rules and its subnet. */
const separate = (...rules: readonly object[]) =>
  plus(
    aws("ec2/networkAcl:NetworkAcl", "acl", { id: "acl-1", vpcId }),
    aws("ec2/networkAclAssociation:NetworkAclAssociation", "acl-of-private", {
      networkAclId: "acl-1",
      subnetId: "subnet-1",
    }),
    ...rules.map((rule, i) =>
      aws("ec2/networkAclRule:NetworkAclRule", `rule-${i}`, { networkAclId: "acl-1", protocol: "tcp", ...rule }),
    ),
  );
const ruleOf = (egress: boolean, fromPort: number, toPort: number) => ({
  egress,
  ruleNumber: 100,
  ruleAction: "allow",
  cidrBlock: "0.0.0.0/0",
  fromPort,
  toPort,
});

export const networkAcls: readonly Trap[] = [
  {
    title: "a network ACL that lets 443 out and no ephemeral port back",
    why: "network ACLs keep no state",
    resources: stack(endpointOnly, acl([entry(100, "allow", 443, 443)], [out443])),
    blocks: ["network-acls", fromS3],
  },
  {
    title: "a network ACL that lets 443 out and the ephemeral ports back",
    why: "this is all that is needed",
    resources: stack(endpointOnly, acl([backEphemeral], [out443])),
  },
  {
    title: "a network ACL that lets 443 out to the VPC only",
    why: "S3 has public addresses, by the gateway endpoint too",
    resources: stack(endpointOnly, acl([backEphemeral], [entry(100, "allow", 443, 443, "10.0.0.0/16")])),
    blocks: ["network-acls", toS3],
  },
  {
    title: "a network ACL without entries",
    why: "at its end everything is denied",
    resources: stack(endpointOnly, acl([], [])),
    blocks: ["network-acls", toS3],
  },
  {
    title: "a network ACL with a deny of 443 behind the allow",
    why: "the lowest number that matches decides",
    resources: stack(endpointOnly, acl([backEphemeral], [entry(200, "deny", 443, 443), out443])),
  },
  {
    title: "a network ACL with a deny of 443 before the allow",
    why: "the lowest number that matches decides",
    resources: stack(endpointOnly, acl([backEphemeral], [entry(50, "deny", 443, 443), out443])),
    blocks: ["network-acls", toS3],
  },
  {
    title: "a network ACL on another subnet",
    why: "each subnet has its own",
    resources: stack(endpointsAndNat, acl([], [], ["subnet-public"])),
  },
  {
    title: "a network ACL on the NAT gateway's subnet that lets nothing in",
    why: "what NAT forwards crosses that subnet's list, too",
    resources: stack(nat, acl([], [entry(100, "allow", 0, 0)], ["subnet-public"])),
    blocks: ["network-acls", "the network ACL `acl` of `public` does not allow inbound 443 to the NAT gateway"],
  },
  {
    title: "a network ACL of NetworkAclRule and NetworkAclAssociation",
    why: "it is a second way of writing one",
    resources: stack(endpointOnly, separate(ruleOf(true, 443, 443), ruleOf(false, 1024, 65535))),
  },
  {
    title: "a network ACL of NetworkAclRule without the ephemeral ports",
    why: "network ACLs keep no state",
    resources: stack(endpointOnly, separate(ruleOf(true, 443, 443), ruleOf(false, 443, 443))),
    blocks: ["network-acls", fromS3],
  },
  {
    title: "a DefaultNetworkAcl without entries",
    why: "the VPC's default list allows everything, until the stack takes its entries away",
    resources: stack(
      endpointOnly,
      plus(
        aws("ec2/defaultNetworkAcl:DefaultNetworkAcl", "acl", {
          id: "acl-default",
          defaultNetworkAclId: "acl-default",
          ingress: [],
          egress: [],
        }),
      ),
    ),
    blocks: ["network-acls", toS3],
  },
  {
    title: "a network ACL on the endpoints' subnet that lets no answer out",
    why: "both subnets are asked",
    resources: stack(
      endpointOnly,
      sharedSubnet,
      set("ssm", { subnetIds: ["subnet-shared"] }),
      acl([entry(100, "allow", 443, 443)], [], ["subnet-shared"]),
    ),
    blocks: [
      "network-acls",
      "the network ACL `acl` of `shared` does not allow outbound return traffic from the endpoints",
    ],
  },
];
