import type { ExampleResource } from "../../rules/analyze";
import {
  type Change,
  aws,
  endpointOnly,
  endpointsAndNat,
  everything,
  hopsOfTraffic,
  images,
  nat,
  plus,
  set,
  stack,
  vpcId,
  without,
} from "./bases";
import type { Trap } from "./trap";

/** The same resources, read by `.get()` instead of created. */
const readOnly =
  (...names: readonly string[]): Change =>
  (resources) =>
    resources.map((one): ExampleResource => (names.includes(one.name) ? { ...one, isRead: true } : one));

/** The VPC known by its id alone, as a StackReference or a shared VPC gives it. */
const sharedVpc = without("vpc");

const adopted =
  (type: string, name: string): Change =>
  (resources) =>
    resources.map((one) => (one.name === name ? { ...one, type: `aws:ec2/${type}` } : one));
const inDefaultVpc = adopted("defaultVpc:DefaultVpc", "vpc");

const defaultTable = (routes: readonly object[]) =>
  plus(
    aws("ec2/defaultRouteTable:DefaultRouteTable", "default-table", {
      id: "rtb-main",
      defaultRouteTableId: "rtb-main",
      routes,
    }),
  );
const defaultAcl = (others: object) =>
  plus(
    aws("ec2/defaultNetworkAcl:DefaultNetworkAcl", "default-acl", {
      id: "acl-default",
      defaultNetworkAclId: "acl-default",
      ...others,
    }),
  );
const passAll = [{ ruleNo: 100, action: "allow", protocol: "-1", cidrBlock: "0.0.0.0/0", fromPort: 0, toPort: 0 }];
const noEndpoint = "the VPC has no endpoint for `ssm`, and the route table has no default route";
const noRoute = "the route table of `private` has no S3 gateway endpoint, and the route table has no default route";

/** What a stack doesn't create may have more than the stack shows: nothing that it lacks there blocks. */
export const owned: readonly Trap[] = [
  {
    title: "no endpoint for ssm in a VPC that is known by its id alone",
    why: "the stack that creates the VPC may create its endpoints too",
    resources: stack(endpointOnly, sharedVpc, without("ssm")),
    leavesUnknown: ["dns", "control-plane", "network-acls"],
  },
  {
    title: "no endpoint for ssm in a VPC that the stack reads",
    why: "what reads a VPC sees its attributes, and no endpoint",
    resources: stack(endpointOnly, readOnly("vpc"), without("ssm")),
    leavesUnknown: ["dns", "control-plane", "network-acls"],
  },
  {
    title: "no endpoint for ssm in a VPC that the stack adopts",
    why: "AWS created the default VPC, and others may have added to it",
    resources: stack(endpointOnly, inDefaultVpc, without("ssm")),
    leavesUnknown: ["dns", "control-plane", "network-acls"],
  },
  {
    title: "no S3 gateway endpoint on a route table in a VPC that is known by its id alone",
    why: "the endpoint of the other stack may name this table",
    resources: stack(endpointOnly, sharedVpc, without("s3")),
    leavesUnknown: ["dns", "s3-route", "payload", "snapshot", "repository"],
  },
  {
    title: "no S3 gateway endpoint on a route table that the stack reads",
    why: "its other routes were read, and who else adds one is not in the stack",
    resources: stack(endpointOnly, readOnly("table"), without("s3"), set("web-group", { egress: [everything] })),
    leavesUnknown: ["s3-route", "payload", "snapshot", "repository"],
  },
  {
    title: "endpoints of the stack in a VPC that it reads",
    why: "what is there may open a hop; the VPC's name servers and default network ACL are not in the stack",
    resources: stack(endpointOnly, readOnly("vpc")),
    leavesUnknown: ["dns", "network-acls"],
  },
  {
    title: "a route table that the stack reads, with its default route to NAT",
    why: "a route that was read is there; whether an S3 gateway endpoint is on it does not show in its routes",
    resources: stack(
      nat,
      without("to-nat"),
      set("table", { routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }] }),
      readOnly("table"),
    ),
    leavesUnknown: ["s3-route", "payload", "snapshot", "repository"],
  },
  {
    title: "Debian behind a route table that the stack reads, without a default route",
    why: "the rest of its routes may be added where it is created",
    resources: stack(
      endpointOnly,
      readOnly("table"),
      set("web", { ami: images.debian, userData: "#!/bin/sh\napt-get install -y ./amazon-ssm-agent.deb\n" }),
    ),
    leavesUnknown: ["agent", "repository"],
  },
  {
    title: "a security group that the stack reads, without a rule for the endpoints",
    why: "rules of its own may be added where it is created",
    resources: stack(endpointOnly, set("web-group", { egress: [] }), readOnly("web-group")),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "a security group that the stack reads, with the rules",
    why: "a rule that was read is there",
    resources: stack(endpointOnly, readOnly("web-group")),
  },
  {
    title: "an endpoint's security group that the stack reads, without a rule for the instances",
    why: "rules of its own may be added where it is created",
    resources: stack(endpointOnly, set("endpoints", { ingress: [] }), readOnly("endpoints")),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "a role that the stack reads, without policies",
    why: "its policies are attached where it is created",
    resources: stack(endpointOnly, without("core"), readOnly("instances")),
    leavesUnknown: ["identity"],
  },
  {
    title: "a role that the stack reads and attaches the policy to",
    why: "a policy that the stack attaches is there",
    resources: stack(endpointOnly, readOnly("instances")),
  },
  {
    title: "an endpoint that the stack reads, whose policy denies the repository",
    why: "the policy is changed where the endpoint is created",
    resources: stack(
      endpointOnly,
      set("s3", { policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }) }),
      readOnly("s3"),
    ),
    leavesUnknown: ["payload", "snapshot", "repository"],
  },
  {
    title: "an endpoint that the stack reads and that is in no subnet",
    why: "its subnets may be associated where it is created",
    resources: stack(endpointOnly, set("ssm", { subnetIds: [] }), readOnly("ssm")),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a subnet of the default VPC",
    why: "its route table and network ACL are AWS's, and others may have changed both",
    resources: stack(nat, inDefaultVpc, adopted("defaultSubnet:DefaultSubnet", "private"), without("association")),
    leavesUnknown: ["dns", ...hopsOfTraffic],
  },
  {
    title: "the default security group of a VPC that the stack adopts",
    why: "its rules may have been changed",
    resources: stack(endpointOnly, inDefaultVpc, set("web", { vpcSecurityGroupIds: [] })),
    leavesUnknown: ["dns", "security-groups", "network-acls"],
  },
  {
    title: "the default security group of the default VPC, with the rules of a DefaultSecurityGroup",
    why: "the provider removes all other rules",
    resources: stack(
      endpointOnly,
      inDefaultVpc,
      set("web", { vpcSecurityGroupIds: [] }),
      plus(aws("ec2/defaultSecurityGroup:DefaultSecurityGroup", "default-group", { id: "sg-default", vpcId })),
    ),
    blocks: ["security-groups", "the outbound rules of the security groups do not allow 443 to the endpoint `ssm`"],
    leavesUnknown: ["dns", "network-acls"],
  },
  {
    title: "the default route table of the default VPC, with the routes of a DefaultRouteTable, for Debian",
    why: "the provider removes all other routes",
    resources: stack(
      endpointOnly,
      inDefaultVpc,
      without("association", "table"),
      defaultTable([]),
      set("s3", { routeTableIds: ["rtb-main"] }),
      set("web", { ami: images.ubuntu }),
    ),
    blocks: [
      "repository",
      "the repositories of ubuntu-24.04 are on the internet, and the route table has no default route",
    ],
    leavesUnknown: ["dns", "network-acls"],
  },
  {
    title: "the default network ACL of the default VPC, with the entries of a DefaultNetworkAcl",
    why: "the provider removes all other entries",
    resources: stack(endpointOnly, inDefaultVpc, defaultAcl({ ingress: passAll, egress: [] })),
    blocks: ["network-acls", "the network ACL `default-acl` of `private` does not allow outbound 443 to S3"],
    leavesUnknown: ["dns"],
  },
  {
    title: "a DefaultNetworkAcl that still lists the subnet of another network ACL",
    why: "AWS moves the subnet, and the state lists it until the next refresh",
    resources: stack(
      endpointOnly,
      defaultAcl({ ingress: [], egress: [], subnetIds: ["subnet-1"] }),
      plus(
        aws("ec2/networkAcl:NetworkAcl", "own-acl", {
          id: "acl-own",
          vpcId,
          subnetIds: ["subnet-1"],
          ingress: passAll,
          egress: passAll,
        }),
      ),
    ),
  },
  {
    title: "no endpoint for ssm in a VPC of the stack, beside resources that it reads",
    why: "what is read elsewhere takes nothing from what the stack owns",
    resources: stack(
      endpointsAndNat,
      without("ssm", "nat", "to-nat"),
      plus({ ...aws("ec2/vpc:Vpc", "other", { id: "vpc-other", cidrBlock: "10.9.0.0/16" }), isRead: true }),
    ),
    blocks: ["control-plane", noEndpoint],
  },
  {
    title: "no S3 gateway endpoint in a VPC of the stack, beside an instance profile that it reads",
    why: "the route table and the VPC are the stack's own",
    resources: stack(endpointOnly, without("s3"), set("web-group", { egress: [everything] }), readOnly("profile")),
    blocks: ["s3-route", noRoute],
  },
];
