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

/** The same resources, read with `.get()` instead of created. */
const readOnly =
  (...names: readonly string[]): Change =>
  (resources) =>
    resources.map((one): ExampleResource => (names.includes(one.name) ? { ...one, isRead: true } : one));

/** The VPC known only by its ID, as from a StackReference or for a shared VPC. */
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

/** A resource that the stack does not create may have more than the stack shows: what it lacks does not block. */
export const owned: readonly Trap[] = [
  {
    title: "no endpoint for ssm in a VPC that is known only by its ID",
    why: "the stack that creates the VPC may also create its endpoints",
    resources: stack(endpointOnly, sharedVpc, without("ssm")),
    leavesUnknown: ["dns", "control-plane", "network-acls"],
  },
  {
    title: "no endpoint for ssm in a VPC that the stack reads",
    why: "reading a VPC returns its attributes, but not its endpoints",
    resources: stack(endpointOnly, readOnly("vpc"), without("ssm")),
    leavesUnknown: ["dns", "control-plane", "network-acls"],
  },
  {
    title: "no endpoint for ssm in a VPC that the stack adopts",
    why: "AWS creates the default VPC, and endpoints may have been added to it outside this stack",
    resources: stack(endpointOnly, inDefaultVpc, without("ssm")),
    leavesUnknown: ["dns", "control-plane", "network-acls"],
  },
  {
    title: "no S3 gateway endpoint in the route table, in a VPC that is known only by its ID",
    why: "an endpoint in another stack may be associated with this route table",
    resources: stack(endpointOnly, sharedVpc, without("s3")),
    leavesUnknown: ["dns", "s3-route", "payload", "snapshot", "repository"],
  },
  {
    title: "no S3 gateway endpoint in a route table that the stack reads",
    why: "routes that another stack adds to it are not in the stack",
    resources: stack(endpointOnly, readOnly("table"), without("s3"), set("web-group", { egress: [everything] })),
    leavesUnknown: ["s3-route", "payload", "snapshot", "repository"],
  },
  {
    title: "endpoints of the stack in a VPC that it reads",
    why: "existing resources may open a hop; the VPC's name servers and default network ACL are not in the stack",
    resources: stack(endpointOnly, readOnly("vpc")),
    leavesUnknown: ["dns", "network-acls"],
  },
  {
    title: "a route table that the stack reads, with its default route to NAT",
    why: "a route that was read exists; its routes do not show whether an S3 gateway endpoint is associated with it",
    resources: stack(
      nat,
      without("to-nat"),
      set("table", { routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" }] }),
      readOnly("table"),
    ),
    leavesUnknown: ["s3-route", "payload", "snapshot", "repository"],
  },
  {
    title: "Debian with a route table that the stack reads, without a default route",
    why: "the stack that creates the route table may add other routes",
    resources: stack(
      endpointOnly,
      readOnly("table"),
      set("web", { ami: images.debian, userData: "#!/bin/sh\napt-get install -y ./amazon-ssm-agent.deb\n" }),
    ),
    leavesUnknown: ["agent", "repository"],
  },
  {
    title: "a security group that the stack reads, without a rule for the endpoints",
    why: "the stack that creates the group may add rules",
    resources: stack(endpointOnly, set("web-group", { egress: [] }), readOnly("web-group")),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "a security group that the stack reads, with the rules",
    why: "a rule that was read exists",
    resources: stack(endpointOnly, readOnly("web-group")),
  },
  {
    title: "an endpoint's security group that the stack reads, without a rule for the instances",
    why: "the stack that creates the group may add rules",
    resources: stack(endpointOnly, set("endpoints", { ingress: [] }), readOnly("endpoints")),
    leavesUnknown: ["security-groups"],
  },
  {
    title: "a role that the stack reads, without policies",
    why: "the stack that creates the role attaches its policies",
    resources: stack(endpointOnly, without("core"), readOnly("instances")),
    leavesUnknown: ["identity"],
  },
  {
    title: "a role that the stack reads and to which it attaches the policy",
    why: "the stack itself attaches the policy",
    resources: stack(endpointOnly, readOnly("instances")),
  },
  {
    title: "an endpoint that the stack reads, whose policy denies the repository",
    why: "the stack that creates the endpoint may change its policy",
    resources: stack(
      endpointOnly,
      set("s3", { policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }) }),
      readOnly("s3"),
    ),
    leavesUnknown: ["payload", "snapshot", "repository"],
  },
  {
    title: "an endpoint that the stack reads, with no subnet",
    why: "the stack that creates the endpoint may associate subnets",
    resources: stack(endpointOnly, set("ssm", { subnetIds: [] }), readOnly("ssm")),
    leavesUnknown: ["control-plane"],
  },
  {
    title: "a subnet of the default VPC",
    why: "AWS creates its route table and network ACL, and both may have been changed outside this stack",
    resources: stack(nat, inDefaultVpc, adopted("defaultSubnet:DefaultSubnet", "private"), without("association")),
    leavesUnknown: ["dns", ...hopsOfTraffic],
  },
  {
    title: "the default security group of a VPC that the stack adopts",
    why: "its rules may have been changed outside this stack",
    resources: stack(endpointOnly, inDefaultVpc, set("web", { vpcSecurityGroupIds: [] })),
    leavesUnknown: ["dns", "security-groups", "network-acls"],
  },
  {
    title: "the default security group of the default VPC, managed by a DefaultSecurityGroup",
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
    title: "the main route table of the default VPC, managed by a DefaultRouteTable, for Ubuntu",
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
    title: "the default network ACL of the default VPC, managed by a DefaultNetworkAcl",
    why: "the provider removes all other entries",
    resources: stack(endpointOnly, inDefaultVpc, defaultAcl({ ingress: passAll, egress: [] })),
    blocks: ["network-acls", "the network ACL `default-acl` of `private` does not allow outbound 443 to S3"],
    leavesUnknown: ["dns"],
  },
  {
    title: "a DefaultNetworkAcl that still lists the subnet of another network ACL",
    why: "AWS changes the association of the subnet, and the state lists it until the next refresh",
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
    title: "no endpoint for ssm in a VPC that the stack creates, in a stack that also reads resources",
    why: "resources that the stack reads do not change the verdict on those that it creates",
    resources: stack(
      endpointsAndNat,
      without("ssm", "nat", "to-nat"),
      plus({ ...aws("ec2/vpc:Vpc", "other", { id: "vpc-other", cidrBlock: "10.9.0.0/16" }), isRead: true }),
    ),
    blocks: ["control-plane", noEndpoint],
  },
  {
    title: "no S3 gateway endpoint in a VPC that the stack creates, with an instance profile that it reads",
    why: "the stack creates the route table and the VPC",
    resources: stack(endpointOnly, without("s3"), set("web-group", { egress: [everything] }), readOnly("profile")),
    blocks: ["s3-route", noRoute],
  },
];
