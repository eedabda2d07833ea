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

/** The S3 endpoint with S3's published blocks, as it is once created. */
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

/** Security groups and network ACLs: addresses by ports. */
export const areas: readonly Trap[] = [
  {
    title: "a network ACL that denies one bad address",
    why: "no host of AWS or a distributor depends on one address",
    resources: stack(nat, both(entry(50, "deny", "185.220.101.1/32"), allow)),
    advice: ["note-network-acls"],
  },
  {
    title: "a network ACL that denies one bad address, beside endpoints only",
    why: "S3 answers at many addresses",
    resources: stack(endpointOnly, both(entry(50, "deny", "185.220.101.1/32"), allow)),
    advice: ["note-network-acls"],
  },
  {
    title: "a network ACL that denies a public block",
    why: "a repository's host may be in it",
    resources: stack(nat, both(entry(50, "deny", "185.0.0.0/8"), allow)),
    leavesUnknown: ["network-acls"],
  },
  {
    title: "a network ACL that denies a public block which is not S3's, beside endpoints only",
    why: "S3's addresses are those that the endpoint publishes, once it is created",
    resources: stack(endpointOnly, published, both(entry(50, "deny", "185.0.0.0/8"), allow)),
    unknownAtPreview: ["network-acls"],
  },
  {
    title: "a network ACL that denies S3's blocks",
    why: "the gateway endpoint is reached by S3's public addresses",
    resources: stack(
      endpointOnly,
      published,
      both(entry(50, "deny", "52.218.0.0/17"), entry(51, "deny", "3.5.0.0/16"), allow),
    ),
    blocks: ["network-acls", toS3],
    unknownAtPreview: ["network-acls"],
  },
  {
    title: "a network ACL that denies one of S3's two blocks",
    why: "S3 answers from either",
    resources: stack(endpointOnly, published, both(entry(50, "deny", "52.218.0.0/17"), allow)),
    leavesUnknown: ["network-acls"],
  },
  {
    title: "a network ACL that allows S3's blocks and the VPC only",
    why: "nothing else is needed beside endpoints",
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
    why: "443 goes out, and return traffic to Linux begins at 32768",
    resources: stack(
      nat,
      both(entry(50, "deny", "0.0.0.0/0", [22, 22]), entry(51, "deny", "0.0.0.0/0", [3389, 3389]), allow),
    ),
  },
  {
    title: "a network ACL of the NAT gateway's subnet that denies SSH and RDP",
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
    title: "a network ACL of the NAT gateway's subnet that denies half of the ephemeral ports",
    why: "connections fail as often as not",
    resources: stack(nat, acl([entry(50, "deny", "0.0.0.0/0", [1024, 32767]), allow], [allow], "subnet-public")),
    leavesUnknown: ["network-acls"],
  },
  {
    title: "a network ACL that denies the shared address space of carriers",
    why: "no public host is in 100.64.0.0/10",
    resources: stack(nat, both(entry(50, "deny", "100.64.0.0/10"), allow)),
  },
  {
    title: "a network ACL that denies private networks other than the VPC",
    why: "no public host is in them",
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
    title: "a network ACL that allows both halves of all addresses",
    why: "together they are all",
    resources: stack(nat, both(entry(100, "allow", "0.0.0.0/1"), entry(101, "allow", "128.0.0.0/1"))),
  },
  {
    title: "a network ACL that allows half of all addresses",
    why: "which half a host is in is not known",
    resources: stack(nat, both(entry(100, "allow", "0.0.0.0/1"))),
    leavesUnknown: ["network-acls"],
  },
  {
    title: "a network ACL of the endpoints' subnet that denies the instance itself",
    why: "its address is known",
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
    title: "a network ACL of the endpoints' subnet that denies another instance",
    why: "its address is known to be another one",
    resources: stack(
      endpointOnly,
      webAt("10.0.1.10"),
      sharedSubnet,
      set("ssm", { subnetIds: ["subnet-shared"] }),
      acl([entry(50, "deny", "10.0.1.11/32"), allow], [allow], "subnet-shared"),
    ),
  },
  {
    title: "an endpoint group that admits the address of the instance",
    why: "its address is known",
    resources: stack(endpointOnly, webAt("10.0.1.10"), admitting("10.0.1.10/32")),
  },
  {
    title: "an endpoint group that admits the address of another instance",
    why: "its address is known to be another one",
    resources: stack(endpointOnly, webAt("10.0.1.10"), admitting("10.0.1.11/32")),
    blocks: ["security-groups", "the security groups of `ssm` do not allow inbound 443 from the instances"],
  },
  {
    title: "an endpoint group that admits both halves of the subnet",
    why: "together they are the whole subnet",
    resources: stack(endpointOnly, admitting("10.0.1.0/25", "10.0.1.128/25")),
  },
  {
    title: "an endpoint group that admits all of a subnet but one address",
    why: "the instance may have that one",
    resources: stack(endpointOnly, admitting("10.0.1.0/25", "10.0.1.128/26", "10.0.1.192/27")),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "instances that let 443 out to both halves of all addresses",
    why: "together they are all",
    resources: stack(endpointOnly, lettingOut(out443("0.0.0.0/1", "128.0.0.0/1"))),
  },
  {
    title: "instances that let 443 out to all public addresses, as the complement of the private ones",
    why: "S3 and all hosts are in it",
    resources: stack(nat, set("web-group", { egress: [out443(...aroundPrivate)] })),
  },
  {
    title: "instances that let 443 out to half of all addresses",
    why: "which half a host is in is not known",
    resources: stack(nat, set("web-group", { egress: [out443("0.0.0.0/1")] })),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "instances that let 443 out to S3's published blocks",
    why: "these are all of S3's addresses in the region",
    resources: stack(endpointOnly, published, lettingOut(out443("52.218.0.0/16", "3.5.64.0/21"))),
    unknownAtPreview: ["security-groups"],
  },
  {
    title: "instances that let 443 out to public addresses that are not S3's",
    why: "S3's addresses are those that the endpoint publishes, once it is created",
    resources: stack(endpointOnly, published, lettingOut(out443("35.180.0.0/16"))),
    blocks: ["security-groups", groupsToS3],
    unknownAtPreview: ["security-groups"],
  },
  {
    title: "instances that let 443 out to S3's list, behind NAT without a gateway endpoint on the table",
    why: "the list has all of S3's addresses, whichever way they are reached",
    resources: stack(
      endpointsAndNat,
      set("s3", { routeTableIds: ["rtb-public"] }),
      lettingOut({ ...https, prefixListIds: ["pl-s3"] }),
    ),
  },
  {
    title: "instances that let nothing out but private networks, behind NAT",
    why: "no public host is in them",
    resources: stack(endpointsAndNat, without("s3"), lettingOut(out443("10.0.0.0/8", "100.64.0.0/10"))),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the internet"],
  },
  {
    title: "a network ACL entry whose number is computed, and denies everything",
    why: "it may come before the entries that allow",
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
