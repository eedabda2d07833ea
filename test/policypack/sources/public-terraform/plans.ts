import { type Planned, type PublicFile, plan } from "./files";

/** A reference to an attribute, as Terraform lists it: with the attribute since version 0.13, then the resource. */
const to = (address: string, attribute = "id") => [`${address}.${attribute}`, address];

const instance = { arn: true, subnet_id: true, vpc_security_group_ids: true, security_groups: true };

/** Auto Scaling groups with a launch configuration, a launch template, and a mixed instances policy. */
export const threeGroups: PublicFile = {
  source: "cycloidio/terracost@23cf94d2807b testdata/aws/asg-plan.json",
  license: "MIT",
  terraform: "1.5.1",
  provider: 5,
  json: plan("1.5.1", {
    region: "eu-west-1",
    resources: {
      "module.magento.aws_autoscaling_group.lc": {
        after: { availability_zones: ["eu-west-1a"], launch_template: [], mixed_instances_policy: [] },
        unknown: { arn: true, launch_configuration: true, vpc_zone_identifier: true },
        references: { launch_configuration: to("aws_launch_configuration.lc", "name") },
      },
      "module.magento.aws_autoscaling_group.lt": {
        after: {
          availability_zones: ["eu-west-1a"],
          launch_configuration: null,
          launch_template: [{ version: "$Latest" }],
          mixed_instances_policy: [],
        },
        unknown: { arn: true, launch_template: [{ id: true, name: true }], vpc_zone_identifier: true },
        references: { launch_template: [{ id: to("aws_launch_template.foobar") }] },
      },
      "module.magento.aws_autoscaling_group.mixed": {
        after: {
          launch_configuration: null,
          launch_template: [],
          mixed_instances_policy: [
            {
              instances_distribution: [{ on_demand_base_capacity: 2 }],
              launch_template: [
                {
                  launch_template_specification: [{ version: "$Default" }],
                  override: [{ instance_requirements: [], instance_type: "c4.large", weighted_capacity: "3" }],
                },
              ],
            },
          ],
        },
        unknown: {
          arn: true,
          availability_zones: true,
          mixed_instances_policy: [
            {
              instances_distribution: [{ spot_allocation_strategy: true }],
              launch_template: [
                {
                  launch_template_specification: [{ launch_template_id: true, launch_template_name: true }],
                  override: [{ instance_requirements: [], launch_template_specification: [] }],
                },
              ],
            },
          ],
          vpc_zone_identifier: true,
        },
        references: {
          mixed_instances_policy: [
            {
              launch_template: [
                {
                  launch_template_specification: [{ launch_template_name: to("aws_launch_template.foobar", "name") }],
                },
              ],
            },
          ],
        },
      },
      "module.magento.aws_launch_configuration.lc": {
        after: { iam_instance_profile: null, image_id: "ami-0a0000000000000a4", security_groups: null },
        unknown: { arn: true, associate_public_ip_address: true, name: true },
      },
      "module.magento.aws_launch_template.foobar": {
        after: { iam_instance_profile: [], image_id: "ami-0a0000000000000a5", network_interfaces: [] },
        unknown: { arn: true, default_version: true, latest_version: true, name: true },
      },
    },
    calls: { magento: {} },
  }),
};

/** A managed node group with a launch template without an AMI, and the ARN of a user as its role. */
export const plannedNodeGroup: PublicFile = {
  source: "cycloidio/terracost@23cf94d2807b testdata/aws/eks-plan.json",
  license: "MIT",
  terraform: "1.5.1",
  provider: 4,
  json: plan("1.5.1", {
    region: "eu-west-1",
    resources: {
      "module.eks.aws_eks_cluster.example": {
        after: { name: "example", vpc_config: [{ security_group_ids: null, subnet_ids: ["1", "2"] }] },
        unknown: {
          arn: true,
          version: true,
          vpc_config: [{ cluster_security_group_id: true, subnet_ids: [false, false], vpc_id: true }],
        },
      },
      "module.eks.aws_eks_node_group.example": {
        after: {
          cluster_name: "example",
          launch_template: [{ version: "1" }],
          node_group_name: "example",
          node_role_arn: "arn:aws:iam::111122223333:user/someone",
          remote_access: [],
          subnet_ids: ["1", "2"],
        },
        unknown: { ami_type: true, arn: true, launch_template: [{ id: true, name: true }], subnet_ids: [false, false] },
        references: {
          cluster_name: to("aws_eks_cluster.example", "name"),
          launch_template: [{ id: to("aws_launch_template.foo") }],
        },
      },
      "module.eks.aws_launch_template.foo": {
        after: { iam_instance_profile: [], image_id: null, name: "foo", network_interfaces: [], user_data: null },
        unknown: { arn: true, default_version: true, latest_version: true },
      },
    },
    calls: { eks: {} },
  }),
};

/** A node group without any of its other resources in the plan. */
export const loneNodeGroup: PublicFile = {
  source:
    "bridgecrewio/checkov@03d5fdad8d61 tests/terraform/runner/resources/unexpected/eks_node_group_remote_access.json",
  license: "Apache-2.0",
  terraform: "0.14.6",
  provider: 3,
  json: plan("0.14.6", {
    resources: {
      "aws_eks_node_group.test": {
        after: {
          cluster_name: "test",
          launch_template: [],
          node_group_name: "example",
          node_role_arn: "example-arn",
          remote_access: [],
          subnet_ids: ["subnet-ids"],
        },
        unknown: { ami_type: true, arn: true, capacity_type: true, subnet_ids: [false] },
      },
    },
  }),
};

/** An instance with its security group, in a network from data sources. */
export const inFoundSubnet: PublicFile = {
  source: "cycloidio/terracost@23cf94d2807b testdata/aws/terraform-noprior-plan.json",
  license: "MIT",
  terraform: "1.0.5",
  provider: 3,
  json: plan("1.0.5", {
    region: "eu-west-1",
    resources: {
      "module.nexus.aws_instance.nexus": {
        after: {
          ami: "ami-0a0000000000000a6",
          associate_public_ip_address: true,
          iam_instance_profile: null,
          subnet_id: "subnet-0a0000000000000b2",
          tags: { Name: "nexus" },
        },
        unknown: { arn: true, user_data: true, user_data_base64: true, vpc_security_group_ids: true },
        references: {
          ami: to("data.aws_ami.debian"),
          subnet_id: to("data.aws_subnet.public"),
          vpc_security_group_ids: to("aws_security_group.nexus"),
        },
      },
      "module.nexus.aws_security_group.nexus": {
        after: {
          egress: [{ cidr_blocks: ["0.0.0.0/0"], from_port: 0, protocol: "-1", self: false, to_port: 0 }],
          ingress: [],
          vpc_id: "vpc-0a0000000000000d8",
        },
        unknown: { arn: true, egress: [{ cidr_blocks: [false], ipv6_cidr_blocks: [] }], owner_id: true },
        references: { vpc_id: to("data.aws_vpc.vpc") },
      },
    },
    calls: { nexus: {} },
  }),
};

/** The instances of a module that is called with `for_each`; no provider is configured. */
export const forEachModule: PublicFile = {
  source: "terraform-compliance/cli@f45a4fe9b86c tests/functional/actions_for_each_and_modules/plan.out.json",
  license: "MIT",
  terraform: "0.13.5",
  provider: 3,
  json: plan("0.13.5", {
    resources: Object.fromEntries(
      ["repository_1", "repository_2"].map((key): [string, Planned] => [
        `module.ecr_repository["${key}"].aws_instance.ecr_repository`,
        {
          after: { ami: "ami-0a0000000000000a8", iam_instance_profile: null, tags: { Name: "HelloWorld" } },
          unknown: instance,
          references: { ami: ["data.aws_ami.ubuntu"] },
        },
      ]),
    ),
    prior: Object.fromEntries(
      ["repository_1", "repository_2"].map((key) => [
        `module.ecr_repository["${key}"].data.aws_ami.ubuntu`,
        {
          id: "ami-0a0000000000000a8",
          image_id: "ami-0a0000000000000a8",
          name: "ubuntu/images/hvm-ssd/ubuntu-focal-20.04-amd64-server-20210105",
          owner_id: "099720109477",
        },
      ]),
    ),
    calls: { ecr_repository: { name: ["each.key"] } },
  }),
};
