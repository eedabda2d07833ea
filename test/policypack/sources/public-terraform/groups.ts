import { type Planned, type PublicFile, plan } from "./files";

const ec2Trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Sid: "", Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const account = "111122223333";

/** A launch configuration that is replaced; neither the deployed nor the planned group has an outbound rule. */
export const withoutEgress: PublicFile = {
  source: "terraform-compliance/cli@f45a4fe9b86c tests/functional/test_issue-249/plan.out.json",
  license: "MIT",
  terraform: "0.12.24",
  provider: 2,
  json: plan("0.12.24", {
    region: "us-east-1",
    resources: {
      "module.alb.aws_security_group.alb": {
        actions: ["no-op"],
        after: { egress: [], id: "sg-0a0000000000000c4", ingress: [], vpc_id: "vpc-0a0000000000000da" },
        unknown: { id: false },
      },
      "aws_security_group_rule.outbound_internet_access": {
        actions: ["no-op"],
        after: {
          cidr_blocks: ["0.0.0.0/0"],
          from_port: 0,
          id: "sgrule-1000000002",
          protocol: "-1",
          security_group_id: "sg-0a0000000000000c4",
          self: false,
          source_security_group_id: null,
          to_port: 0,
          type: "egress",
        },
        unknown: { id: false },
        references: { security_group_id: ["module.alb.sg_id"] },
      },
      "aws_security_group_rule.asg-ingress": {
        actions: ["no-op"],
        after: {
          cidr_blocks: [],
          from_port: 4000,
          id: "sgrule-1000000003",
          protocol: "tcp",
          security_group_id: "sg-0a0000000000000c5",
          self: false,
          source_security_group_id: "sg-0a0000000000000c4",
          to_port: 4000,
          type: "ingress",
        },
        unknown: { id: false },
        references: { security_group_id: ["module.asg.sg_id"], source_security_group_id: ["module.alb.sg_id"] },
      },
      "module.asg.aws_security_group.sg_asg": {
        actions: ["no-op"],
        after: {
          egress: [],
          id: "sg-0a0000000000000c5",
          ingress: [
            {
              cidr_blocks: [],
              from_port: 4000,
              protocol: "tcp",
              security_groups: ["sg-0a0000000000000c4"],
              to_port: 4000,
            },
          ],
          vpc_id: "vpc-0a0000000000000da",
        },
        unknown: { id: false },
        references: { vpc_id: ["module.data-utils.vpc_id"] },
      },
      "module.asg.aws_launch_configuration.lc": {
        after: {
          associate_public_ip_address: false,
          iam_instance_profile: `arn:aws:iam::${account}:instance-profile/app`,
          image_id: "ami-0a0000000000000b4",
          name_prefix: "app-",
          security_groups: ["sg-0a0000000000000c5"],
          user_data: "fd9003b540fe982315656085e92ed87d0ec1950a",
          user_data_base64: null,
        },
        unknown: { name: true, security_groups: [false] },
        references: {
          iam_instance_profile: ["module.iam.iam_profile_arn"],
          security_groups: ["aws_security_group.sg_asg"],
        },
      },
      "module.asg.aws_autoscaling_group.asg": {
        after: {
          initial_lifecycle_hook: [],
          launch_template: [],
          mixed_instances_policy: [],
          tag: [],
          tags: [{ key: "Name", propagate_at_launch: "true", value: "app" }],
          vpc_zone_identifier: ["subnet-0a0000000000000b4", "subnet-0a0000000000000b5"],
        },
        unknown: {
          arn: true,
          availability_zones: true,
          launch_configuration: true,
          vpc_zone_identifier: [false, false],
        },
        references: {
          launch_configuration: ["aws_launch_configuration.lc"],
          vpc_zone_identifier: ["module.data-utils.aws_subnet_ids"],
        },
      },
      "module.asg.module.iam.aws_iam_instance_profile.profile": {
        actions: ["no-op"],
        after: {
          arn: `arn:aws:iam::${account}:instance-profile/app`,
          id: "app",
          name: "app",
          role: "app-role",
          roles: ["app-role"],
        },
        unknown: { id: false },
        references: { role: ["aws_iam_role.role"] },
      },
      "module.asg.module.iam.aws_iam_role.role": {
        actions: ["no-op"],
        after: {
          arn: `arn:aws:iam::${account}:role/app-role`,
          assume_role_policy: ec2Trust,
          id: "app-role",
          name: "app-role",
          permissions_boundary: "",
        },
        unknown: { id: false },
      },
      "module.asg.module.iam.aws_iam_role_policy_attachment.systems-manager-role": {
        actions: ["no-op"],
        after: {
          id: "app-role-1",
          policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM",
          role: "app-role",
        },
        unknown: { id: false },
        references: { role: ["aws_iam_role.role"] },
      },
    },
    calls: { alb: {}, asg: {}, iam: {} },
    outputs: {
      alb: { sg_id: ["aws_security_group.alb"] },
      asg: { sg_id: ["aws_security_group.sg_asg"] },
      iam: { iam_profile_arn: ["aws_iam_instance_profile.profile"] },
    },
  }),
};

/** A new security group whose `egress` is known after apply; an Auto Scaling group in all Availability Zones. */
export const computedEgress: PublicFile = {
  source: "terraform-compliance/cli@f45a4fe9b86c tests/functional/test_issue-127/plan.out.json",
  license: "MIT",
  terraform: "0.12.3",
  provider: 2,
  json: plan("0.12.3", {
    region: "us-east-1",
    resources: {
      "aws_autoscaling_group.example": {
        after: {
          availability_zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
          launch_template: [],
          mixed_instances_policy: [],
          tags: [{ key: "Name", propagate_at_launch: "true", value: "cluster" }],
        },
        unknown: { arn: true, launch_configuration: true, vpc_zone_identifier: true },
        references: {
          availability_zones: ["data.aws_availability_zones.all"],
          launch_configuration: ["aws_launch_configuration.example"],
        },
      },
      "aws_launch_configuration.example": {
        after: {
          associate_public_ip_address: false,
          iam_instance_profile: null,
          image_id: "ami-0a0000000000000b5",
          user_data: "c765373c563b260626d113c4a56a46e8a8c5ca33",
        },
        unknown: { name: true, security_groups: true },
        references: { security_groups: ["aws_security_group.instance"] },
      },
      "aws_instance.web[0]": {
        after: { ami: "ami-0a0000000000000b5", iam_instance_profile: null, user_data: null },
        unknown: { arn: true, subnet_id: true, vpc_security_group_ids: true },
        references: { vpc_security_group_ids: ["aws_security_group.instance"] },
      },
      "aws_security_group.instance": {
        after: { ingress: [{ cidr_blocks: ["0.0.0.0/0"], from_port: 8080, protocol: "tcp", to_port: 8080 }] },
        unknown: { arn: true, egress: true, ingress: [{ cidr_blocks: [false] }], vpc_id: true },
      },
    },
  }),
};

/** Seven instances with Ubuntu 14.04, from a data source. */
export const oldUbuntu: PublicFile = {
  source: "fugue/regula@259c10a6a746 rego/tests/examples/aws/inputs/ec2_t2_only_infra.json",
  license: "Apache-2.0",
  terraform: "0.13.5",
  provider: 3,
  json: plan("0.13.5", {
    region: "us-west-2",
    resources: {
      ...Object.fromEntries(
        ["invalid", "valid_2xlarge", "valid_large", "valid_medium", "valid_micro", "valid_small", "valid_xlarge"].map(
          (name): [string, Planned] => [
            `aws_instance.${name}`,
            {
              after: { ami: "ami-0a0000000000000a9", iam_instance_profile: null, tags: null, user_data: null },
              unknown: { arn: true, subnet_id: true, vpc_security_group_ids: true },
              references: { ami: ["data.aws_ami.ubuntu"] },
            },
          ],
        ),
      ),
      "data.aws_ami.ubuntu": {
        actions: ["read"],
        after: {
          id: "ami-0a0000000000000a9",
          image_id: "ami-0a0000000000000a9",
          most_recent: true,
          name: "ubuntu/images/hvm-ssd/ubuntu-trusty-14.04-amd64-server-20191107",
          owner_id: "099720109477",
          owners: ["099720109477"],
        },
        unknown: { id: false },
      },
    },
  }),
};

/** An Auto Scaling group with a launch template, in addition to resources of another cloud. */
export const twoClouds: PublicFile = {
  source: "fugue/regula@259c10a6a746 rego/tests/lib/inputs/resource_view_07_infra.json",
  license: "Apache-2.0",
  terraform: "0.13.7",
  provider: 3,
  json: plan("0.13.7", {
    region: "us-west-2",
    resources: {
      "aws_autoscaling_group.example": {
        after: {
          availability_zones: ["us-west-2a"],
          launch_configuration: null,
          launch_template: [{ version: "$Latest" }],
          mixed_instances_policy: [],
          tag: [{ key: "Stage", propagate_at_launch: true, value: "Dev" }],
        },
        unknown: { arn: true, launch_template: [{ id: true, name: true }], vpc_zone_identifier: true },
        references: { launch_template: [{ id: ["aws_launch_template.example"] }] },
      },
      "aws_launch_template.example": {
        after: { iam_instance_profile: [], image_id: "ami-0a0000000000000b0", network_interfaces: [], user_data: null },
        unknown: { arn: true, default_version: true, latest_version: true, name: true },
      },
      "google_compute_instance.example": { after: { machine_type: "n1-standard-1" } },
    },
  }),
};
