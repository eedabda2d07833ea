import type { IpPermission, SecurityGroup } from "@aws-sdk/client-ec2";
import type { StackResource } from "patchpath/account";
import { type Maker, present, tagsOf } from "./resources";

/** The default group of a VPC by its own type, so that what names no group has its rules. */
export function securityGroupResource(make: Maker, group: SecurityGroup): StackResource {
  const { GroupId: id = "", GroupName: name = id } = group;
  const props = {
    name,
    vpcId: group.VpcId,
    ingress: (group.IpPermissions ?? []).map(ruleIn),
    egress: (group.IpPermissionsEgress ?? []).map(ruleIn),
    tags: tagsOf(group.Tags),
  };
  const type =
    name === "default" ? "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup" : "aws:ec2/securityGroup:SecurityGroup";
  return make(type, id, props, name === id ? id : `${name} (${id})`);
}

function ruleIn(rule: IpPermission) {
  return {
    protocol: rule.IpProtocol,
    // Absent where the protocol is all.
    fromPort: rule.FromPort ?? 0,
    toPort: rule.ToPort ?? 0,
    cidrBlocks: present((rule.IpRanges ?? []).map(({ CidrIp }) => CidrIp)),
    ipv6CidrBlocks: present((rule.Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6)),
    prefixListIds: present((rule.PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId)),
    securityGroups: present((rule.UserIdGroupPairs ?? []).map(({ GroupId }) => GroupId)),
  };
}
