import { defaultVpcId } from "../default-vpc";
import { asText } from "../values";
import { cidrBlock, exactlyOneOf, given, knownText, oneOf } from "./checks";
import { type TypeRow, arn, constant, ec2Arn, ec2Id, idFromInput, owner } from "./row";

/** Security groups and network ACLs. */
export const ec2Security: Readonly<Record<string, TypeRow>> = {
  "aws:ec2/networkAcl:NetworkAcl": {
    id: ec2Id("acl"),
    computed: {
      arn: ec2Arn("network-acl"),
      ownerId: owner,
      ingress: constant([]),
      egress: constant([]),
      subnetIds: constant([]),
    },
    replaceOn: ["vpcId"],
  },
  "aws:ec2/networkAclRule:NetworkAclRule": {
    id: ({ hex }) => `nacl-${parseInt(hex(8, "rule"), 16)}`,
    defaults: { egress: false },
    replaceOn: [
      "networkAclId",
      "ruleNumber",
      "egress",
      "protocol",
      "ruleAction",
      "cidrBlock",
      "ipv6CidrBlock",
      "fromPort",
      "toPort",
      "icmpType",
      "icmpCode",
    ],
    checks: [exactlyOneOf("cidrBlock", "ipv6CidrBlock"), oneOf("ruleAction", "allow", "deny", "ALLOW", "DENY")],
  },
  "aws:ec2/networkAclAssociation:NetworkAclAssociation": { id: ec2Id("aclassoc"), replaceOn: ["subnetId"] },
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": {
    id: idFromInput("defaultNetworkAclId"),
    computed: { arn: ec2Arn("network-acl"), ownerId: owner, vpcId: constant("") },
    replaceOn: ["defaultNetworkAclId"],
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    id: ec2Id("sg"),
    computed: {
      arn: ec2Arn("security-group"),
      ownerId: owner,
      ingress: constant([]),
      egress: constant([]),
      vpcId: constant(defaultVpcId),
    },
    autoname: { input: "name", maxLength: 255 },
    defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
    replaceOn: ["description", "name", "namePrefix", "vpcId"],
    checks: [
      ({ inputs }) =>
        knownText(inputs, "name")?.startsWith("sg-")
          ? { property: "name", reason: 'cannot begin with "sg-" (InvalidParameterValue)' }
          : undefined,
    ],
  },
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    id: ({ hex }) => `sgrule-${parseInt(hex(8, "rule"), 16)}`,
    computed: { securityGroupRuleId: ec2Id("sgr") },
    defaults: { self: false },
    replaceOn: [
      "type",
      "protocol",
      "fromPort",
      "toPort",
      "cidrBlocks",
      "ipv6CidrBlocks",
      "prefixListIds",
      "securityGroupId",
      "self",
      "sourceSecurityGroupId",
    ],
    checks: [oneOf("type", "ingress", "egress")],
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule(),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule(),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    id: ec2Id("sg"),
    computed: {
      arn: ec2Arn("security-group"),
      ownerId: owner,
      name: constant("default"),
      description: constant("default VPC security group"),
      ingress: constant([]),
      egress: constant([]),
    },
    replaceOn: ["vpcId"],
  },
};

function securityGroupRule(): TypeRow {
  return {
    id: ec2Id("sgr"),
    computed: {
      arn: arn("ec2", (c) => `security-group-rule/${c.id}`),
      securityGroupRuleId: ec2Id("sgr"),
    },
    replaceOn: ["securityGroupId"],
    checks: [
      exactlyOneOf("cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"),
      cidrBlock("cidrIpv4", 0, 32),
      ({ inputs }) =>
        inputs["ipProtocol"] !== "-1" && inputs["ipProtocol"] !== "all" && !given(inputs, "fromPort")
          ? {
              property: "fromPort",
              reason: `is required with ipProtocol "${asText(inputs["ipProtocol"])}" (InvalidParameterValue)`,
            }
          : undefined,
    ],
  };
}
