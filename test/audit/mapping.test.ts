import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import type { VpcBlockPublicAccessExclusionState } from "@aws-sdk/client-ec2";
import type { Nodegroup } from "@aws-sdk/client-eks";
import { endpointResource, endpointsInRoutes } from "../../audit/src/endpoints";
import { groupResource, launchTemplateResource, templatesOf } from "../../audit/src/groups";
import { instanceResource } from "../../audit/src/instances";
import { concernsAmazon } from "../../audit/src/names";
import { natGatewayResources, networkAclResource, routeTableResources } from "../../audit/src/network";
import { nodeGroupResources, nodesOf, templateOfNodes } from "../../audit/src/node-groups";
import { exclusionResource } from "../../audit/src/read-public-access";
import { makerOf } from "../../audit/src/resources";
import { decoded, roleResource } from "../../audit/src/roles";
import { securityGroupResource } from "../../audit/src/security-groups";
import { systemOfPlatform } from "../../policypack/facts/platforms";
import { unknownText } from "../../policypack/stack/special-values";

const make = makerOf({ account: "123456789012", region: "eu-west-1" });
const list = "pl-6da54004";
const lists = new Map([[list, { name: "com.amazonaws.eu-west-1.s3", blocks: ["52.218.0.0/17"] }]]);

const group: AutoScalingGroup = {
  AutoScalingGroupName: "web",
  MinSize: 0,
  MaxSize: 1,
  DesiredCapacity: 0,
  DefaultCooldown: 0,
  AvailabilityZones: [],
  HealthCheckType: "EC2",
  CreatedTime: new Date(0),
  VPCZoneIdentifier: "subnet-1,subnet-2",
  LaunchTemplate: { LaunchTemplateId: "lt-1", Version: "3" },
};

/** Answers in the shapes of AWS's API reference, without optional fields. */
describe("the answers of AWS, as resources", () => {
  it("omit the local route of the VPC and those of gateway endpoints, and keep the state of the others", () => {
    const [table] = routeTableResources(make, {
      RouteTableId: "rtb-1",
      VpcId: "vpc-1",
      Routes: [
        { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local", State: "active" },
        { DestinationPrefixListId: list, GatewayId: "vpce-1", State: "active" },
        { DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-gone", State: "blackhole" },
        { DestinationCidrBlock: "10.9.0.0/16", TransitGatewayId: "tgw-1", State: "active" },
        { DestinationCidrBlock: "192.168.0.0/16", GatewayId: "vpce-firewall", State: "active" },
      ],
    });
    deepStrictEqual(table!.props["routes"], [
      { cidrBlock: "0.0.0.0/0", natGatewayId: "nat-gone", state: "blackhole" },
      { cidrBlock: "10.9.0.0/16", transitGatewayId: "tgw-1", state: "active" },
      { cidrBlock: "192.168.0.0/16", vpcEndpointId: "vpce-firewall", state: "active" },
    ]);
  });

  it("associate a route table with subnets and as the main one of a VPC, but not with gateways", () => {
    const resources = routeTableResources(make, {
      RouteTableId: "rtb-1",
      VpcId: "vpc-1",
      Associations: [
        { Main: true, RouteTableAssociationId: "a-1" },
        { Main: false, SubnetId: "subnet-1", RouteTableAssociationId: "a-2" },
        { Main: false, GatewayId: "igw-1", RouteTableAssociationId: "a-3" },
      ],
    });
    deepStrictEqual(
      resources.slice(1).map(({ type, props }) => [type.split(":").at(-1), props]),
      [
        ["MainRouteTableAssociation", { id: "a-1", vpcId: "vpc-1", routeTableId: "rtb-1" }],
        ["RouteTableAssociation", { id: "a-2", subnetId: "subnet-1", routeTableId: "rtb-1" }],
      ],
    );
  });

  it("include a gateway endpoint that only routes refer to, with an unknown policy", () => {
    const routes = [{ DestinationPrefixListId: list, GatewayId: "vpce-shared" }];
    const tables = ["rtb-1", "rtb-2"].map((RouteTableId) => ({ RouteTableId, VpcId: "vpc-1", Routes: routes }));
    const [endpoint, ...others] = endpointsInRoutes(make, tables, new Set(["vpce-own"]), lists);
    strictEqual(others.length, 0);
    deepStrictEqual(endpoint!.props, {
      id: "vpce-shared",
      vpcId: "vpc-1",
      serviceName: "com.amazonaws.eu-west-1.s3",
      vpcEndpointType: "Gateway",
      policy: unknownText,
      routeTableIds: ["rtb-1", "rtb-2"],
      prefixListId: list,
      cidrBlocks: ["52.218.0.0/17"],
    });
    deepStrictEqual(endpointsInRoutes(make, tables, new Set(["vpce-shared"]), lists), []);
  });

  it("have the prefix list of its service for a gateway endpoint, with its addresses", () => {
    const endpoint = { VpcEndpointId: "vpce-1", ServiceName: "com.amazonaws.eu-west-1.s3", VpcId: "vpc-1" };
    const { props } = endpointResource(make, endpoint, lists);
    deepStrictEqual([props["prefixListId"], props["cidrBlocks"]], [list, ["52.218.0.0/17"]]);
  });

  it("do not include a NAT gateway that is deleting or failed", () => {
    for (const State of ["deleting", "deleted", "failed", "pending"] as const) {
      deepStrictEqual(natGatewayResources(make, { NatGatewayId: "nat-1", State }), []);
    }
  });

  it("omit the last entry of a network ACL, which the model denies anyway", () => {
    const acl = networkAclResource(make, {
      NetworkAclId: "acl-1",
      Entries: [
        { RuleNumber: 100, RuleAction: "allow", Protocol: "-1", CidrBlock: "0.0.0.0/0", Egress: true },
        { RuleNumber: 32767, RuleAction: "deny", Protocol: "-1", CidrBlock: "0.0.0.0/0", Egress: true },
      ],
    });
    deepStrictEqual(acl.props["ingress"], []);
    strictEqual((acl.props["egress"] as unknown[]).length, 1);
  });

  it("have a separate type for a default security group, and every peer of a rule", () => {
    const group = securityGroupResource(make, {
      GroupId: "sg-1",
      GroupName: "default",
      VpcId: "vpc-1",
      IpPermissions: [
        {
          IpProtocol: "tcp",
          FromPort: 443,
          ToPort: 443,
          IpRanges: [{ CidrIp: "10.0.0.0/8" }],
          Ipv6Ranges: [{ CidrIpv6: "::/0" }],
          PrefixListIds: [{ PrefixListId: list }],
          UserIdGroupPairs: [{ GroupId: "sg-2", UserId: "999999999999" }],
        },
      ],
    });
    strictEqual(group.type, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
    deepStrictEqual(group.props["ingress"], [
      {
        protocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrBlocks: ["10.0.0.0/8"],
        ipv6CidrBlocks: ["::/0"],
        prefixListIds: [list],
        securityGroups: ["sg-2"],
      },
    ]);
  });

  it("distinguish missing user data from user data that could not be read", () => {
    const instance = { InstanceId: "i-1" };
    strictEqual("userDataBase64" in instanceResource(make, instance, "").props, false);
    strictEqual(instanceResource(make, instance, undefined).props["userDataBase64"], unknownText);
    strictEqual(instanceResource(make, instance, "ZWNobw==").props["userDataBase64"], "ZWNobw==");
  });

  it("keep each version of a launch template separate", () => {
    const { props } = groupResource(make, group);
    deepStrictEqual(props["vpcZoneIdentifiers"], ["subnet-1", "subnet-2"]);
    const template = launchTemplateResource(make, { id: "lt-1", version: "3" }, { LaunchTemplateData: {} });
    strictEqual((props["launchTemplate"] as { id: string }).id, template.props["id"]);
  });

  it("launch mixed instances from the launch templates of their overrides, or from the base template without one", () => {
    const of = (id: string) => ({ LaunchTemplateSpecification: { LaunchTemplateId: id, Version: "1" } });
    const mixed = (...Overrides: object[]) => ({
      ...group,
      LaunchTemplate: undefined,
      MixedInstancesPolicy: { LaunchTemplate: { ...of("lt-base"), Overrides } },
    });
    const idsOf = (...overrides: object[]) => templatesOf(mixed(...overrides)).map(({ id }) => id);
    deepStrictEqual(idsOf(), ["lt-base"]);
    deepStrictEqual(idsOf({ InstanceType: "m7i.large" }, of("lt-own")), ["lt-base", "lt-own"]);
    deepStrictEqual(idsOf(of("lt-own")), ["lt-own"]);
    const { mixedInstancesPolicy } = groupResource(make, mixed(of("lt-own"), { InstanceType: "m7i.large" })).props;
    deepStrictEqual(mixedInstancesPolicy, {
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: "lt-base:1", version: "1" },
        overrides: [
          { launchTemplateSpecification: { launchTemplateId: "lt-own:1", version: "1" } },
          { launchTemplateSpecification: undefined },
        ],
      },
    });
  });

  const nodes: Nodegroup = {
    clusterName: "shop",
    nodegroupName: "web",
    amiType: "AL2023_x86_64_STANDARD",
    nodeRole: "arn:aws:iam::123456789012:role/nodes",
    launchTemplate: { id: "lt-own", version: "2" },
    resources: { autoScalingGroups: [{ name: "eks-web" }] },
  };
  const created = {
    ...group,
    AutoScalingGroupName: "eks-web",
    LaunchTemplate: { LaunchTemplateId: "lt-of-eks", Version: "1" },
    Tags: [
      { Key: "PatchGroup", Value: "prod", PropagateAtLaunch: true },
      { Key: "of-the-group", Value: "yes", PropagateAtLaunch: false },
    ],
  };

  it("have the launch template of its Auto Scaling group for a managed node group, with the tags that are propagated", () => {
    const [one] = nodesOf([nodes], [group, created]);
    const version = { LaunchTemplateData: { ImageId: "ami-of-eks", SecurityGroupIds: ["sg-cluster"] } };
    const [fleet, template] = nodeGroupResources(make, one!, version);
    strictEqual(fleet!.props["id"], "shop:web");
    deepStrictEqual(fleet!.props["launchTemplate"], { id: template!.props["id"] });
    deepStrictEqual(template!.props["vpcSecurityGroupIds"], ["sg-cluster"]);
    deepStrictEqual(template!.props["tagSpecifications"], [{ resourceType: "instance", tags: { PatchGroup: "prod" } }]);
    strictEqual("imageId" in template!.props, false, "the AMI type determines the operating system");
  });

  it("have the custom AMI of a managed node group", () => {
    const [one] = nodesOf([{ ...nodes, amiType: "CUSTOM" }], [created]);
    const [, template] = nodeGroupResources(make, one!, { LaunchTemplateData: { ImageId: "ami-own" } });
    strictEqual(template!.props["imageId"], "ami-own");
  });

  it("have its own launch template for a managed node group whose Auto Scaling group is not read", () => {
    const [one] = nodesOf([nodes], [group]);
    deepStrictEqual(templateOfNodes(one!), { id: "lt-own", version: "2" });
    const [withoutAny] = nodesOf([{ ...nodes, launchTemplate: undefined }], []);
    deepStrictEqual(
      nodeGroupResources(make, withoutAny!, undefined).map(({ type }) => type),
      ["aws:eks/nodeGroup:NodeGroup"],
    );
  });

  it("include an exclusion from VPC Block Public Access that is in force, and leave one that may be unknown", () => {
    const exclusion = (State: string, areAllowed?: boolean) =>
      exclusionResource(
        make,
        {
          ExclusionId: "vpcbpa-exclude-1",
          InternetGatewayExclusionMode: "allow-egress",
          ResourceArn: "arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1",
          State: State as VpcBlockPublicAccessExclusionState,
        },
        areAllowed,
      ).map(({ props }) => [props["subnetId"], props["vpcId"], props["internetGatewayExclusionMode"]]);
    deepStrictEqual(exclusion("update-complete"), [["subnet-1", undefined, "allow-egress"]]);
    deepStrictEqual(exclusion("create-in-progress"), [["subnet-1", undefined, unknownText]]);
    deepStrictEqual(exclusion("create-complete", false), [["subnet-1", undefined, unknownText]]);
    deepStrictEqual(exclusion("delete-complete"), []);
  });

  it("leave policies of a role unknown that could not be read", () => {
    const role = { Path: "/", RoleName: "r", RoleId: "A", Arn: "arn:aws:iam::1:role/r", CreateDate: new Date(0) };
    const { props } = roleResource(make, { role, attached: undefined, inline: undefined });
    const unknowns = ["assumeRolePolicy", "managedPolicyArns", "inlinePolicies"].map((name) => props[name]);
    deepStrictEqual(unknowns, [unknownText, unknownText, unknownText]);
    strictEqual(decoded("%7B%22a%22%3A%22b+c%22%7D"), '{"a":"b+c"}');
  });

  for (const [domain, concerns] of [
    [".", true],
    ["com.", true],
    ["amazonaws.com.", true],
    ["ssm.eu-west-1.amazonaws.com", true],
    ["s3.eu-west-1.amazonaws.com.cn.", true],
    ["corp.example.", false],
    ["notamazonaws.com.", false],
    [undefined, true],
  ] as const) {
    it(`${concerns ? "include" : "ignore"} names in ${domain ?? "a domain that is not known"}`, () => {
      strictEqual(concernsAmazon(domain), concerns);
    });
  }

  for (const [name, version, system] of [
    ["Amazon Linux", "2023", "amazon-linux-2023"],
    ["Amazon Linux", "2", "amazon-linux-2"],
    ["Amazon Linux AMI", "2018.03", undefined],
    ["Microsoft Windows Server 2022 Datacenter", "10.0.20348", "windows-server-2022"],
    ["Microsoft Windows Server 2012 R2 Standard", "6.3.9600", "windows-server-2012-r2"],
    ["Ubuntu", "24.04", "ubuntu-24.04"],
    ["Red Hat Enterprise Linux Server", "9.3", "rhel-9"],
    ["SLES", "15.5", "suse-15"],
    ["Bottlerocket", "1.20.0", undefined],
  ] as const) {
    it(`read ${name} ${version} as ${system ?? "no system in the tables"}`, () => {
      strictEqual(systemOfPlatform(name, version), system);
    });
  }
});
