import {
  type Change,
  aws,
  endpointOnly,
  endpointsAndNat,
  everything,
  https,
  nat,
  plus,
  set,
  stack,
  vpcId,
  without,
  sharedSubnet,
} from "./bases";
import type { Trap } from "./trap";

type Entry = Readonly<Record<string, unknown>>;

const entry = (
  ruleNo: number,
  action: "allow" | "deny",
  cidrBlock = "0.0.0.0/0",
  ports?: readonly [number, number],
): Entry => ({
  ruleNo,
  action,
  protocol: ports ? "tcp" : "-1",
  cidrBlock,
  fromPort: ports?.[0] ?? 0,
  toPort: ports?.[1] ?? 0,
});
const allow = entry(100, "allow");

const acl = (ingress: readonly Entry[], egress: readonly Entry[], subnetId = "subnet-1") =>
  plus(aws("ec2/networkAcl:NetworkAcl", "acl", { id: "acl-1", vpcId, subnetIds: [subnetId], ingress, egress }));

/** The same entries in both directions. */
const both = (...entries: readonly Entry[]) => acl(entries, entries);

const lettingOut = (...rules: readonly object[]) =>
  set("web-group", { egress: [{ ...https, securityGroups: ["sg-endpoints"] }, ...rules] });
const out443 = (...cidrBlocks: readonly string[]) => ({ ...https, cidrBlocks });

/** The S3 endpoint with the CIDR blocks of its prefix list, as AWS reports them once it is created. */
const published: Change = (resources) =>
  resources.map((one) =>
    one.name === "s3" ? { ...one, computed: { cidrBlocks: ["52.218.0.0/17", "3.5.64.0/21"] } } : one,
  );

const admitting = (...cidrBlocks: readonly string[]) => set("endpoints", { ingress: [out443(...cidrBlocks)] });
const webAt = (privateIp: string) => set("web", { privateIp });
const toS3 = "the network ACL `acl` of `private` does not allow outbound 443 to S3";
const groupsToS3 = "the outbound rules of the security groups do not allow 443 to the endpoint `s3`";

/** All public addresses, and nothing else, as the complement of the private ones. */
const aroundPrivate = [
  ...["0.0.0.0/5", "8.0.0.0/7", "11.0.0.0/8", "12.0.0.0/6", "16.0.0.0/4", "32.0.0.0/3", "64.0.0.0/2", "128.0.0.0/3"],
  ...["160.0.0.0/5", "168.0.0.0/6", "172.0.0.0/12", "172.32.0.0/11", "172.64.0.0/10", "172.128.0.0/9", "173.0.0.0/8"],
  ...["174.0.0.0/7", "176.0.0.0/4", "192.0.0.0/9", "192.128.0.0/11", "192.160.0.0/13", "192.169.0.0/16"],
  ...["192.170.0.0/15", "192.172.0.0/14", "192.176.0.0/12", "192.192.0.0/10", "193.0.0.0/8", "194.0.0.0/7"],
  ...["196.0.0.0/6", "200.0.0.0/5", "208.0.0.0/4"],
];

/** Security groups and network ACLs: address ranges and port ranges. */
export const areas: readonly Trap[] = [
  {
    title: "a network ACL that denies a single malicious address",
    why: "no host of AWS or of a distributor relies on a single address",
    resources: stack(nat, both(entry(50, "deny", "185.220.101.1/32"), allow)),
    advice: ["note-network-acls"],
  },
  {
    title: "a network ACL that denies a single malicious address, endpoints only",
    why: "S3 has many addresses",
    resources: stack(endpointOnly, both(entry(50, "deny", "185.220.101.1/32"), allow)),
    advice: ["note-network-acls"],
  },
  {
    title: "a network ACL that denies a public CIDR block",
    why: "a repository host may have an address in it",
    resources: stack(nat, both(entry(50, "deny", "185.0.0.0/8"), allow)),
    leavesUnknown: ["network-acls"],
  },
  {
    title: "a network ACL that denies a public CIDR block outside S3's ranges, endpoints only",
    why: "S3's addresses are those that the endpoint reports once it is created",
    resources: stack(endpointOnly, published, both(entry(50, "deny", "185.0.0.0/8"), allow)),
    unknownAtPreview: ["network-acls"],
  },
  {
    title: "a network ACL that denies S3's CIDR blocks",
    why: "traffic through the gateway endpoint is addressed to S3's public addresses",
    resources: stack(
      endpointOnly,
      published,
      both(entry(50, "deny", "52.218.0.0/17"), entry(51, "deny", "3.5.0.0/16"), allow),
    ),
    blocks: ["network-acls", toS3],
    unknownAtPreview: ["network-acls"],
  },
  {
    title: "a network ACL that denies one of S3's two CIDR blocks",
    why: "S3 uses addresses in both",
    resources: stack(endpointOnly, published, both(entry(50, "deny", "52.218.0.0/17"), allow)),
    leavesUnknown: ["network-acls"],
  },
  {
    title: "a network ACL that allows only S3's CIDR blocks and the VPC",
    why: "with endpoints, no other destination is needed",
    resources: stack(
      endpointOnly,
      published,
      both(
        entry(100, "allow", "52.218.0.0/17"),
        entry(101, "allow", "3.5.64.0/21"),
        entry(102, "allow", "10.0.0.0/16"),
      ),
    ),
    unknownAtPreview: ["network-acls"],
  },
  {
    title: "a network ACL that denies SSH and RDP",
    why: "outbound 443 is allowed, and return traffic to Linux uses ports from 32768",
    resources: stack(
      nat,
      both(entry(50, "deny", "0.0.0.0/0", [22, 22]), entry(51, "deny", "0.0.0.0/0", [3389, 3389]), allow),
    ),
  },
  {
    title: "a network ACL on the NAT gateway's subnet that denies SSH and RDP",
    why: "a NAT gateway has 64511 other ports for return traffic",
    resources: stack(
      nat,
      acl(
        [entry(50, "deny", "0.0.0.0/0", [22, 22]), entry(51, "deny", "0.0.0.0/0", [3389, 3389]), allow],
        [allow],
        "subnet-public",
      ),
    ),
    advice: ["note-network-acls"],
  },
  {
    title: "a network ACL on the NAT gateway's subnet that denies half of the ephemeral ports",
    why: "about half of the connections fail",
    resources: stack(nat, acl([entry(50, "deny", "0.0.0.0/0", [1024, 32767]), allow], [allow], "subnet-public")),
    leavesUnknown: ["network-acls"],
  },
  {
    title: "a network ACL that denies the carrier-grade NAT range",
    why: "no public host has an address in 100.64.0.0/10",
    resources: stack(nat, both(entry(50, "deny", "100.64.0.0/10"), allow)),
  },
  {
    title: "a network ACL that denies the private ranges except the VPC",
    why: "no public host has an address in them",
    resources: stack(
      nat,
      both(
        entry(40, "allow", "10.0.0.0/16"),
        entry(50, "deny", "10.0.0.0/8"),
        entry(51, "deny", "172.16.0.0/12"),
        entry(52, "deny", "192.168.0.0/16"),
        allow,
      ),
    ),
  },
  {
    title: "a network ACL that allows both halves of the IPv4 address space",
    why: "together they cover all addresses",
    resources: stack(nat, both(entry(100, "allow", "0.0.0.0/1"), entry(101, "allow", "128.0.0.0/1"))),
  },
  {
    title: "a network ACL that allows half of the IPv4 address space",
    why: "which half a host's address is in is not known",
    resources: stack(nat, both(entry(100, "allow", "0.0.0.0/1"))),
    leavesUnknown: ["network-acls"],
  },
  {
    title: "a network ACL on the endpoints' subnet that denies the instance's address",
    why: "the instance's address is known",
    resources: stack(
      endpointOnly,
      webAt("10.0.1.10"),
      sharedSubnet,
      set("ssm", { subnetIds: ["subnet-shared"] }),
      acl([entry(50, "deny", "10.0.1.10/32"), allow], [allow], "subnet-shared"),
    ),
    blocks: ["network-acls", "the network ACL `acl` of `shared` does not allow inbound 443 to the endpoints"],
  },
  {
    title: "a network ACL on the endpoints' subnet that denies another instance's address",
    why: "the instance is known to have a different address",
    resources: stack(
      endpointOnly,
      webAt("10.0.1.10"),
      sharedSubnet,
      set("ssm", { subnetIds: ["subnet-shared"] }),
      acl([entry(50, "deny", "10.0.1.11/32"), allow], [allow], "subnet-shared"),
    ),
  },
  {
    title: "an endpoint security group that allows the instance's address",
    why: "the instance's address is known",
    resources: stack(endpointOnly, webAt("10.0.1.10"), admitting("10.0.1.10/32")),
  },
  {
    title: "an endpoint security group that allows another instance's address",
    why: "the instance is known to have a different address",
    resources: stack(endpointOnly, webAt("10.0.1.10"), admitting("10.0.1.11/32")),
    blocks: ["security-groups", "the security groups of `ssm` do not allow inbound 443 from the instances"],
  },
  {
    title: "an endpoint security group that allows both halves of the subnet",
    why: "together they cover the whole subnet",
    resources: stack(endpointOnly, admitting("10.0.1.0/25", "10.0.1.128/25")),
  },
  {
    title: "an endpoint security group that allows all of the subnet except a /27",
    why: "the instance may have one of those addresses",
    resources: stack(endpointOnly, admitting("10.0.1.0/25", "10.0.1.128/26", "10.0.1.192/27")),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "an instance security group that allows outbound 443 to both halves of the IPv4 address space",
    why: "together they cover all addresses",
    resources: stack(endpointOnly, lettingOut(out443("0.0.0.0/1", "128.0.0.0/1"))),
  },
  {
    title: "an instance security group that allows outbound 443 to every range except the private ones",
    why: "these ranges contain S3 and every public host",
    resources: stack(nat, set("web-group", { egress: [out443(...aroundPrivate)] })),
  },
  {
    title: "an instance security group that allows outbound 443 to half of the IPv4 address space",
    why: "which half a host's address is in is not known",
    resources: stack(nat, set("web-group", { egress: [out443("0.0.0.0/1")] })),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "an instance security group that allows outbound 443 to S3's CIDR blocks",
    why: "these are all of S3's addresses in the region",
    resources: stack(endpointOnly, published, lettingOut(out443("52.218.0.0/16", "3.5.64.0/21"))),
    unknownAtPreview: ["security-groups"],
  },
  {
    title: "an instance security group that allows outbound 443 to public addresses outside S3's ranges",
    why: "S3's addresses are those that the endpoint reports once it is created",
    resources: stack(endpointOnly, published, lettingOut(out443("35.180.0.0/16"))),
    blocks: ["security-groups", groupsToS3],
    unknownAtPreview: ["security-groups"],
  },
  {
    title:
      "an instance security group that allows outbound 443 to S3's prefix list, behind NAT with no gateway endpoint in the route table",
    why: "the prefix list contains all of S3's addresses, whichever route traffic takes",
    resources: stack(
      endpointsAndNat,
      set("s3", { routeTableIds: ["rtb-public"] }),
      lettingOut({ ...https, prefixListIds: ["pl-s3"] }),
    ),
  },
  {
    title: "an instance security group that allows outbound 443 only to private ranges, behind NAT",
    why: "no public host has an address in them",
    resources: stack(endpointsAndNat, without("s3"), lettingOut(out443("10.0.0.0/8", "100.64.0.0/10"))),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the internet"],
  },
  {
    title: "a network ACL entry that denies everything and whose rule number is not known",
    why: "it may be evaluated before the entries that allow",
    resources: stack(
      endpointsAndNat,
      set("web-group", { egress: [everything] }),
      plus(
        aws("ec2/networkAcl:NetworkAcl", "acl", { id: "acl-1", vpcId, subnetIds: ["subnet-1"] }),
        ...["in", "out"].map((name) =>
          aws("ec2/networkAclRule:NetworkAclRule", name, {
            networkAclId: "acl-1",
            egress: name === "out",
            ruleNumber: 100,
            protocol: "-1",
            ruleAction: "allow",
            cidrBlock: "0.0.0.0/0",
          }),
        ),
        aws("ec2/networkAclRule:NetworkAclRule", "deny", {
          networkAclId: "acl-1",
          egress: true,
          protocol: "-1",
          ruleAction: "deny",
          cidrBlock: "0.0.0.0/0",
        }),
      ),
    ),
    leavesUnknown: ["network-acls"],
  },
];
