import { deepStrictEqual, match, strictEqual, throws } from "node:assert/strict";
import { placeOf } from "../../../offline/aws/account";
import { defaultVpcId } from "../../../offline/aws/default-vpc";
import { invokes } from "../../../offline/aws/invokes";
import { AwsObjects } from "../../../offline/aws/objects";
import { AwsResources } from "../../../offline/aws/resources";
import { type Properties, asText } from "../../../offline/aws/values";
import { check, failuresOf, ref, subnetRef } from "./stand";

/** An account with a public and a private subnet in `vpc-1`. */
function account() {
  const objects = new AwsObjects();
  const resources = new AwsResources({ region: "us-west-2", defaultTags: {} }, objects);
  const create = (type: string, name: string, inputs: Properties) => resources.create(ref(type, name), inputs);
  const subnet = (name: string, mapPublicIpOnLaunch: boolean) =>
    create(subnetRef.type, name, {
      vpcId: "vpc-1",
      cidrBlock: `10.0.${mapPublicIpOnLaunch ? 1 : 0}.0/24`,
      availabilityZone: "us-west-2a",
      mapPublicIpOnLaunch,
      tags: { tier: name },
    }).id;
  const [open, closed] = [subnet("public", true), subnet("private", false)];
  const invoke = (token: string, args: Properties) => invokes[token]!(args, placeOf("us-west-2"), objects);
  const subnetIds = (filters: Properties[], tags: Properties = {}) =>
    invoke("aws:ec2/getSubnets:getSubnets", { filters, tags })["ids"];
  return { resources, create, open, closed, invoke, subnetIds };
}

const inVpc = (id: string): Properties => ({ name: "vpc-id", values: [id] });

describe("lookups of lists in the stand-in AWS", () => {
  it("find the subnets of a VPC, by tag and by pattern", () => {
    const { subnetIds, open, closed } = account();
    deepStrictEqual(subnetIds([inVpc("vpc-1")]), [open, closed]);
    deepStrictEqual(subnetIds([{ name: "tag:tier", values: ["pri*"] }]), [closed]);
    deepStrictEqual(subnetIds([inVpc("vpc-1")], { tier: "public" }), [open]);
  });

  it("find the subnets of the default VPC, one in each Availability Zone, all public", () => {
    const { subnetIds, invoke } = account();
    const ids = subnetIds([inVpc(defaultVpcId)]) as string[];
    strictEqual(ids.length, 4);
    const subnet = invoke("aws:ec2/getSubnet:getSubnet", { id: ids[1]! });
    deepStrictEqual([subnet["cidrBlock"], subnet["mapPublicIpOnLaunch"]], ["172.31.16.0/20", true]);
    strictEqual(invoke("aws:ec2/getVpc:getVpc", { default: true })["id"], defaultVpcId);
  });

  it("find the main route table of a VPC, and in the default VPC its route to the internet", () => {
    const { invoke, create } = account();
    const mainOf = (vpcId: string) =>
      (
        invoke("aws:ec2/getRouteTables:getRouteTables", {
          vpcId,
          filters: [{ name: "association.main", values: ["true"] }],
        })["ids"] as string[]
      ).map((id) => invoke("aws:ec2/getRouteTable:getRouteTable", { routeTableId: id }));
    const [ofDefault] = mainOf(defaultVpcId);
    match(JSON.stringify(ofDefault?.["routes"]), /"cidrBlock":"0\.0\.0\.0\/0","gatewayId":"igw-/);
    const vpc = create("aws:ec2/vpc:Vpc", "own", { cidrBlock: "10.0.0.0/16" });
    deepStrictEqual(
      mainOf(vpc.id).map(({ id, routes }) => [id, routes]),
      [[vpc.outputs["mainRouteTableId"], []]],
    );
  });

  it("find the default VPC with `.get()` or an import, as AWS creates it, and no other", () => {
    const { resources } = account();
    const vpc = ref("aws:ec2/vpc:Vpc", "default");
    const found = resources.read(vpc, defaultVpcId, {});
    strictEqual(found["enableDnsSupport"], true);
    deepStrictEqual(resources.inputsOf(vpc, found), {
      cidrBlock: "172.31.0.0/16",
      enableDnsHostnames: true,
      enableDnsSupport: true,
      instanceTenancy: "default",
      tags: {},
    });
    throws(() => resources.read(ref("aws:ec2/vpc:Vpc", "other"), "vpc-0", {}), /cannot be read or imported by its id/);
  });

  it("report a filter that they do not support", () => {
    throws(() => account().subnetIds([{ name: "owner-id", values: ["1"] }]), /does not support the filter owner-id/);
  });

  it("find the parameters of stacks", () => {
    const { create, invoke } = account();
    create("aws:ssm/parameter:Parameter", "image", { name: "/own/image", type: "String", value: "ami-1" });
    strictEqual(invoke("aws:ssm/getParameter:getParameter", { name: "/own/image" })["value"], "ami-1");
  });

  it("find images of the owner and the architecture that was searched", () => {
    const { invoke } = account();
    const image = invoke("aws:ec2/getAmi:getAmi", {
      owners: ["amazon"],
      filters: [{ name: "name", values: ["al2023-ami-2023.*-arm64"] }],
    });
    match(asText(image["name"]), /^al2023-ami-2023\.20261120\.\d+-arm64$/);
    deepStrictEqual([image["architecture"], image["ownerId"]], ["arm64", "137112412989"]);
  });
});

describe("instances of the stand-in AWS", () => {
  const launched = (inputs: Properties) => {
    const { create, open, closed } = account();
    const subnetId = { public: open, private: closed }[asText(inputs["subnetId"])];
    const { outputs } = create("aws:ec2/instance:Instance", "web", subnetId ? { ...inputs, subnetId } : {});
    return [outputs["associatePublicIpAddress"], outputs["publicIp"]];
  };

  it("have a public IP address if their subnet assigns one", () => {
    deepStrictEqual(launched({ subnetId: "public" }), [true, "203.0.113.30"]);
    deepStrictEqual(launched({ subnetId: "private" }), [false, ""]);
    deepStrictEqual(launched({}), [true, "203.0.113.30"]); // in the default VPC
  });

  it("have a public IP address if they are configured with one", () => {
    deepStrictEqual(launched({ subnetId: "public", associatePublicIpAddress: false }), [false, ""]);
  });
});

describe("CloudFormation stacks of the stand-in AWS", () => {
  const templateBody = `
    AWSTemplateFormatVersion: "2010-09-09"
    Outputs:
      NodeGroup:
        Value: !Ref Group
    Resources:
      Group:
        Type: AWS::AutoScaling::AutoScalingGroup
        Properties:
          LaunchConfigurationName: launch
          MinSize: 2
          VPCZoneIdentifier: ["subnet-1", "subnet-2"]`;

  it("have the outputs of their template, and an Auto Scaling group that can be read", () => {
    const { create, resources } = account();
    const { outputs } = create("aws:cloudformation/stack:Stack", "nodes", { name: "nodes", templateBody });
    const id = asText((outputs["outputs"] as Properties)["NodeGroup"]);
    match(id, /^nodes-Group-[0-9A-F]{12}$/);
    const group = resources.read(ref("aws:autoscaling/group:Group", "read"), id, {});
    deepStrictEqual(
      [group["launchConfiguration"], group["vpcZoneIdentifiers"], group["desiredCapacity"]],
      ["launch", ["subnet-1", "subnet-2"], 2],
    );
    throws(() => resources.read(ref("aws:autoscaling/group:Group", "read"), "other", {}), /cannot be read/);
  });
});

describe("buckets of the stand-in AWS", () => {
  it("have a generated name in lowercase, as the provider generates", () => {
    match(asText(check(ref("aws:s3/bucket:Bucket", "MyBucket"), {}).inputs["bucket"]), /^mybucket-[0-9a-f]{7}$/);
  });
});

describe("EKS in the stand-in AWS", () => {
  const cluster = "aws:eks/cluster:Cluster";
  const inputs = (subnetIds: string[]): Properties => ({
    name: "c",
    roleArn: "arn:aws:iam::123456789012:role/eks",
    vpcConfig: { subnetIds },
  });

  it("completes the network of a cluster, which is unknown at preview", () => {
    const { create, open, resources } = account();
    const config = create(cluster, "c", inputs([open])).outputs["vpcConfig"] as Properties;
    deepStrictEqual(Object.keys(config).sort(), ["clusterSecurityGroupId", "subnetIds", "vpcId"]);
    strictEqual(config["vpcId"], "vpc-1");
    const planned = resources.preview(ref(cluster, "c"), {}, inputs([open]))["vpcConfig"] as Properties;
    match(asText(planned["vpcId"]), /^04da6b54-/);
  });

  it("chooses the AMI type: from the instance types, or from the launch template", () => {
    const { create } = account();
    const group = (name: string, more: Properties) =>
      create("aws:eks/nodeGroup:NodeGroup", name, { clusterName: "c", nodeGroupName: name, ...more }).outputs[
        "amiType"
      ];
    const template = create("aws:ec2/launchTemplate:LaunchTemplate", "t", {
      name: "t",
      imageId: "ami-0123456789abcdef0",
    }).id;
    strictEqual(group("x86", {}), "AL2023_x86_64_STANDARD");
    strictEqual(group("arm", { instanceTypes: ["t4g.medium"] }), "AL2023_ARM_64_STANDARD");
    strictEqual(group("own", { launchTemplate: { id: template, version: "1" } }), "CUSTOM");
  });

  it("rejects a disk size with a launch template", () => {
    deepStrictEqual(
      failuresOf("aws:eks/nodeGroup:NodeGroup", {
        clusterName: "c",
        nodeRoleArn: "arn:aws:iam::123456789012:role/nodes",
        subnetIds: [],
        scalingConfig: { minSize: 1, maxSize: 1, desiredSize: 1 },
        launchTemplate: { id: "lt-1", version: "1" },
        diskSize: 20,
      }),
      ["diskSize: cannot be specified with a launch template (InvalidParameterException)"],
    );
  });
});
