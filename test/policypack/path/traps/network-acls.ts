import { secretText } from "../../../../policypack/stack/special-values";
import { unknown } from "../../rules/analyze";
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
/** Entries for other protocols than TCP over IPv4. */
const ofOthers = [
  { ...entry(50, "deny", 0, 65535), protocol: "udp" },
  { ...entry(60, "deny", 0, 0), cidrBlock: undefined, ipv6CidrBlock: "::/0" },
];
const toS3 = "the network ACL `acl` of `private` does not allow outbound 443 to S3";
const fromS3 = "the network ACL `acl` of `private` does not allow inbound return traffic from S3";

/** The same network ACL with separate resources for its rules and its subnet. */
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
    title: "a network ACL that allows outbound 443 and no inbound ephemeral ports",
    why: "network ACLs are stateless",
    resources: stack(endpointOnly, acl([entry(100, "allow", 443, 443)], [out443])),
    blocks: ["network-acls", fromS3],
  },
  {
    title: "a network ACL that allows outbound 443 and inbound ephemeral ports",
    why: "patching needs no other ports",
    resources: stack(endpointOnly, acl([backEphemeral], [out443])),
  },
  {
    title: "a network ACL that allows outbound 443 only to the VPC",
    why: "S3 has public addresses, through the gateway endpoint too",
    resources: stack(endpointOnly, acl([backEphemeral], [entry(100, "allow", 443, 443, "10.0.0.0/16")])),
    blocks: ["network-acls", toS3],
  },
  {
    title: "a network ACL without entries",
    why: "the last rule of a network ACL denies all traffic",
    resources: stack(endpointOnly, acl([], [])),
    blocks: ["network-acls", toS3],
  },
  {
    title: "a network ACL that denies 443 after the rule that allows it",
    why: "the matching rule with the lowest number applies",
    resources: stack(endpointOnly, acl([backEphemeral], [entry(200, "deny", 443, 443), out443])),
  },
  {
    title: "a network ACL that denies 443 before the rule that allows it",
    why: "the matching rule with the lowest number applies",
    resources: stack(endpointOnly, acl([backEphemeral], [entry(50, "deny", 443, 443), out443])),
    blocks: ["network-acls", toS3],
  },
  {
    title: "a network ACL on another subnet",
    why: "each subnet is associated with one network ACL",
    resources: stack(endpointsAndNat, acl([], [], ["subnet-public"])),
  },
  {
    title: "a network ACL on the NAT gateway's subnet that allows no inbound traffic",
    why: "traffic to the NAT gateway passes the network ACL of its subnet too",
    resources: stack(nat, acl([], [entry(100, "allow", 0, 0)], ["subnet-public"])),
    blocks: ["network-acls", "the network ACL `acl` of `public` does not allow inbound 443 to the NAT gateway"],
  },
  {
    title: "a network ACL with NetworkAclRule and NetworkAclAssociation",
    why: "separate resources apply as inline rules do",
    resources: stack(endpointOnly, separate(ruleOf(true, 443, 443), ruleOf(false, 1024, 65535))),
  },
  {
    title: "a network ACL with NetworkAclRule, without the ephemeral ports",
    why: "network ACLs are stateless",
    resources: stack(endpointOnly, separate(ruleOf(true, 443, 443), ruleOf(false, 443, 443))),
    blocks: ["network-acls", fromS3],
  },
  {
    title:
      "a network ACL with NetworkAclRule, without the ephemeral ports, where the protocol of the inbound rule is a secret",
    why: "a rule for all protocols applies to all ports, whichever it names",
    resources: stack(
      endpointOnly,
      separate(ruleOf(true, 443, 443), ruleOf(false, 443, 443)),
      set("rule-1", { protocol: secretText }),
    ),
    leavesUnknown: ["network-acls"],
  },
  {
    title: "a DefaultNetworkAcl without entries",
    why: "the default network ACL allows all traffic until the stack removes its entries",
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
    title: "a network ACL on the endpoints' subnet that allows no outbound return traffic",
    why: "the network ACLs of both subnets apply",
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
  {
    title: "a network ACL with first entries that deny UDP and IPv6",
    why: "the agent and dnf use TCP over IPv4",
    resources: stack(endpointOnly, acl([...ofOthers, backEphemeral], [...ofOthers, out443])),
  },
  {
    title: "a network ACL with a first entry that denies a CIDR block that is not known yet",
    why: "the addresses of S3 may be in the block",
    resources: stack(
      endpointOnly,
      acl([backEphemeral], [{ ...entry(50, "deny", 443, 443), cidrBlock: unknown }, out443]),
    ),
    leavesUnknown: ["network-acls"],
  },
  {
    title: "an endpoint in a subnet that is not in the stack",
    why: "the network ACL of that subnet is not in the stack",
    resources: stack(endpointOnly, set("ssm", { subnetIds: ["subnet-elsewhere"] })),
    leavesUnknown: ["network-acls"],
  },
];
