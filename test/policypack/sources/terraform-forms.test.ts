import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hopsInOrder, pathsOf } from "../../../policypack/path/fleet-path";
import { readStackFile } from "../../../policypack/sources/stack-file";
import { fleetsOf } from "../../../policypack/stack/fleets";
import { readText } from "../../../policypack/stack/reading";
import { type StackResource, regionOf } from "../../../policypack/stack/resource";
import { secretText } from "../../../policypack/stack/special-values";
import { Stack } from "../../../policypack/stack/stack";
import { userDataIn } from "../../../policypack/stack/user-data";

const provider = 'provider["registry.terraform.io/hashicorp/aws"]';

/** A resource of a `terraform.tfstate`, with its only instance. */
function resource(type: string, name: string, attributes: object, more: object = {}, instance: object = {}) {
  const one = { schema_version: 1, attributes, sensitive_attributes: [], ...instance };
  return { mode: "managed", type, name, provider, instances: [one], ...more };
}

/** The forms in which Terraform and the versions of its AWS provider write states and plans. */
describe("a Terraform file", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const read = (json: object, region?: string) => {
    const file = join(folder, "network.tfstate");
    writeFileSync(file, JSON.stringify(json));
    return readStackFile(file, region);
  };
  const tfstate = (...resources: object[]) =>
    read({ version: 4, terraform_version: "1.9.8", serial: 1, lineage: "x", outputs: {}, resources }).resources;
  const named = (resources: readonly StackResource[], name: string) => resources.find((one) => one.name === name)!;

  it("names resources by their addresses: modules, count and for_each", () => {
    const subnets = {
      ...resource("aws_subnet", "private", {}, { module: "module.network[0]" }),
      instances: [0, "a"].map((index_key) => ({ index_key, attributes: { id: `subnet-${index_key}` } })),
    };
    deepStrictEqual(
      tfstate(subnets).map(({ name, type }) => [name, type]),
      [
        ["module.network[0].aws_subnet.private[0]", "aws:ec2/subnet:Subnet"],
        ['module.network[0].aws_subnet.private["a"]', "aws:ec2/subnet:Subnet"],
      ],
    );
  });

  it("omits resources that are pending destruction, and keeps types without a mapping under their own name", () => {
    const deposed = resource("aws_vpc", "old", { id: "vpc-0" }, {}, { deposed: "0a1b2c3d" });
    const unmapped = resource("aws_lambda_function", "handler", {});
    deepStrictEqual(
      tfstate(deposed, unmapped).map(({ type }) => type),
      ["terraform:aws_lambda_function"],
    );
  });

  it("has blocks as lists or objects, and tags unchanged", () => {
    const [template] = tfstate(
      resource("aws_launch_template", "web", {
        iam_instance_profile: [{ arn: "", name: "web" }],
        metadata_options: [{ http_tokens: "required" }],
        network_interfaces: [{ security_groups: ["sg-1"], associate_public_ip_address: "false" }],
        tag_specifications: [{ resource_type: "instance", tags: { Patch_Group: "web", patch_group: "x" } }],
      }),
    );
    deepStrictEqual(template!.props, {
      iamInstanceProfile: { arn: "", name: "web" },
      metadataOptions: { httpTokens: "required" },
      networkInterfaces: [{ securityGroups: ["sg-1"], associatePublicIpAddress: "false" }],
      tagSpecifications: [{ resourceType: "instance", tags: { Patch_Group: "web", patch_group: "x" } }],
    });
    const [group] = tfstate(
      resource("aws_autoscaling_group", "web", {
        vpc_zone_identifier: ["subnet-1"],
        tag: [{ key: "Patch Group", propagate_at_launch: true, value: "web" }],
        mixed_instances_policy: [
          { launch_template: [{ launch_template_specification: [{ launch_template_id: "lt-1" }], override: [] }] },
        ],
      }),
    );
    deepStrictEqual(group!.props, {
      vpcZoneIdentifiers: ["subnet-1"],
      tags: [{ key: "Patch Group", propagateAtLaunch: true, value: "web" }],
      mixedInstancesPolicy: {
        launchTemplate: { launchTemplateSpecification: { launchTemplateId: "lt-1" }, overrides: [] },
      },
    });
  });

  it("determines the target of a route by its ID, whichever attribute contains it, and has each route once", () => {
    const route = { cidr_block: "0.0.0.0/0", gateway_id: "nat-0a1b", nat_gateway_id: "" };
    const resources = tfstate(
      resource("aws_route_table", "private", { route: [route, route] }),
      resource("aws_route", "hub", { destination_cidr_block: "10.0.0.0/8", gateway_id: "tgw-0a1b" }),
      resource("aws_route", "out", { destination_cidr_block: "0.0.0.0/0", gateway_id: "igw-0a1b" }),
    );
    deepStrictEqual(named(resources, "aws_route_table.private").props["routes"], [
      { cidrBlock: "0.0.0.0/0", gatewayId: "", natGatewayId: "nat-0a1b" },
    ]);
    deepStrictEqual(named(resources, "aws_route.hub").props["transitGatewayId"], "tgw-0a1b");
    deepStrictEqual(named(resources, "aws_route.out").props["gatewayId"], "igw-0a1b");
  });

  it("has user data as a SHA-1 hash before version 6 of the provider: unknown", () => {
    const sha1 = "ed9896c6cb007291a67949907854f68b96cb271f";
    const [instance] = tfstate(resource("aws_instance", "web", { user_data: sha1, user_data_base64: null }));
    deepStrictEqual(userDataIn(readText(instance!.props, "userData"), { is: "absent" }), { is: "unknown" });
  });

  it("has no inline policy if its block is empty", () => {
    const [role] = tfstate(resource("aws_iam_role", "web", { inline_policy: [{ name: "", policy: "" }] }));
    deepStrictEqual(role!.props["inlinePolicies"], []);
  });

  it("reads sensitive values as secrets, in every form", () => {
    const path = [[{ type: "get_attr", value: "policy" }]];
    const raw = tfstate(resource("aws_vpc_endpoint", "s3", { policy: "{}" }, {}, { sensitive_attributes: path }));
    strictEqual(raw[0]!.props["policy"], secretText);
    const identity = { address: "aws_vpc_endpoint.s3", mode: "managed", type: "aws_vpc_endpoint", name: "s3" };
    const values = { policy: "{}", service_name: "com.amazonaws.eu-west-1.s3" };
    const shown = read({
      format_version: "1.0",
      terraform_version: "1.9.8",
      values: { root_module: { resources: [{ ...identity, values, sensitive_values: { policy: true } }] } },
    });
    strictEqual(shown.resources[0]!.props["policy"], secretText);
    const change = { actions: ["update"], after: values, after_unknown: {}, after_sensitive: { policy: true } };
    const planned = read({ format_version: "1.2", resource_changes: [{ ...identity, change }] });
    strictEqual(planned.resources[0]!.props["policy"], secretText);
  });

  describe("has the region", () => {
    const vpc = (attributes: object, more: object = {}) => resource("aws_vpc", "main", attributes, more);
    const cases: Readonly<Record<string, readonly [object[], string | undefined]>> = {
      "by the attribute of version 6": [
        [vpc({ region: "eu-west-3", arn: "arn:aws:ec2:eu-west-3:1:vpc/x" })],
        "eu-west-3",
      ],
      "by an ARN": [[vpc({ arn: "arn:aws:ec2:us-east-2:111122223333:vpc/vpc-1" })], "us-east-2"],
      "by the ARN of another resource of the same provider": [
        [vpc({ id: "vpc-1" }), resource("aws_subnet", "a", { arn: "arn:aws:ec2:us-east-2:1:subnet/s" })],
        "us-east-2",
      ],
      "by an availability zone": [
        [vpc({ id: "vpc-1" }), resource("aws_subnet", "a", { availability_zone: "ap-south-1a" })],
        "ap-south-1",
      ],
      "of each alias": [
        [
          vpc({ id: "vpc-1" }),
          resource("aws_subnet", "a", { availability_zone: "ap-south-1a" }),
          resource("aws_subnet", "b", { availability_zone: "eu-west-1a" }, { provider: `${provider}.ireland` }),
        ],
        "ap-south-1",
      ],
      "unknown if nothing in the file shows it": [[vpc({ id: "vpc-1" })], undefined],
    };
    for (const [what, [resources, region]] of Object.entries(cases)) {
      it(what, () => {
        strictEqual(regionOf(named(tfstate(...resources), "aws_vpc.main")), region);
      });
    }
  });

  it("creates nothing for data sources, and identifies an AMI by the ID with which it is used", () => {
    const data = (type: string, name: string, attributes: object) => resource(type, name, attributes, { mode: "data" });
    const ubuntu = {
      id: "ami-0b",
      name: "ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server",
      owner_id: "099720109477",
    };
    const windows = {
      id: "ami-0c",
      name: "Windows_Server-2022-English-Full-Base-2024.01.01",
      owner_id: "801119661308",
    };
    const resources = tfstate(
      data("aws_ami", "windows", windows),
      data("aws_ami", "ubuntu", ubuntu),
      data("aws_instance", "elsewhere", { id: "i-0a", ami: "ami-0b" }),
      data("aws_vpc", "default", { id: "vpc-0" }),
      resource("aws_instance", "app", { id: "i-0b", ami: "ami-0b" }),
    );
    const stack = new Stack(resources);
    deepStrictEqual(
      fleetsOf(stack).map(({ name }) => name),
      ["aws_instance.app"],
    );
    strictEqual(pathsOf(stack)[0]!.system?.id.startsWith("ubuntu"), true);
  });

  it("identifies an AMI by the public parameter that contains its ID", () => {
    const parameter = {
      name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
      insecure_value: "ami-0d",
    };
    const secret = { sensitive_attributes: [[{ type: "get_attr", value: "value" }]] };
    const resources = tfstate(
      resource("aws_ssm_parameter", "image", { ...parameter, value: "ami-0d" }, { mode: "data" }, secret),
      resource("aws_instance", "app", { id: "i-0b", ami: "ami-0d" }),
    );
    strictEqual(pathsOf(new Stack(resources))[0]!.system?.id, "amazon-linux-2023");
  });

  it("has the instances of a resource under one address in version 0.12", () => {
    const one = { address: "aws_subnet.private", mode: "managed", type: "aws_subnet", name: "private" };
    const { resources } = read({
      format_version: "0.1",
      terraform_version: "0.12.31",
      values: {
        root_module: {
          resources: [
            { ...one, values: { id: "subnet-1" } },
            { ...one, values: { id: "subnet-2" } },
          ],
        },
      },
    });
    deepStrictEqual(
      resources.map(({ name }) => name),
      ["aws_subnet.private", "aws_subnet.private[1]"],
    );
  });

  it("has the same verdicts as a Pulumi stack", () => {
    const resources = tfstate(
      resource("aws_vpc", "main", { id: "vpc-1", arn: "arn:aws:ec2:eu-west-1:1:vpc/vpc-1", cidr_block: "10.0.0.0/16" }),
      resource("aws_subnet", "a", { id: "subnet-1", vpc_id: "vpc-1", cidr_block: "10.0.0.0/24" }),
      resource("aws_instance", "web", { id: "i-1", subnet_id: "subnet-1", ami: "ami-1" }),
    );
    const [path] = pathsOf(new Stack(resources));
    const route = hopsInOrder(path!).find(({ hop }) => hop === "s3-route")!.verdict;
    strictEqual(route.verdict, "blocked");
  });
});
