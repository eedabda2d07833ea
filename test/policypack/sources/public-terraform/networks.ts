import { type PublicFile, plan } from "./files";

const anyEgress = { cidr_blocks: ["0.0.0.0/0"], from_port: 0, protocol: "-1", self: false, to_port: 0 };
const ec2Trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Sid: "" }],
});
const instance = { arn: true, associate_public_ip_address: true, subnet_id: true, vpc_security_group_ids: true };

/** Two instances in a public subnet; one has computed user data, the other its SHA-1 hash in the plan. */
export const publicWeb: PublicFile = {
  source: "bridgecrewio/checkov@03d5fdad8d61 tests/terraform/parser/resources/plan_tags/tfplan.json",
  license: "Apache-2.0",
  terraform: "0.12.23",
  provider: 2,
  json: plan("0.12.23", {
    region: "us-west-2",
    prior: {
      "data.aws_ami.amazon-linux-2": {
        id: "ami-0a0000000000000b2",
        image_id: "ami-0a0000000000000b2",
        image_owner_alias: "amazon",
        name: "amzn2-ami-hvm-2.0.20200917.0-x86_64-ebs",
        owner_id: "137112412989",
        owners: ["amazon"],
      },
    },
    resources: {
      "aws_iam_instance_profile.profile": {
        after: { name: "profile", role: "role", roles: [] },
        unknown: { arn: true },
        references: { role: ["aws_iam_role.role"] },
      },
      "aws_iam_role.role": {
        after: { assume_role_policy: ec2Trust, name: "role", permissions_boundary: null },
        unknown: { arn: true },
      },
      "aws_iam_role_policy.policy": {
        after: {
          name: "policy",
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Action: ["s3:*", "ec2:*", "rds:*"], Effect: "Allow", Resource: "*" }],
          }),
        },
        unknown: { role: true },
        references: { role: ["aws_iam_role.role"] },
      },
      "aws_instance.db_app": {
        after: { ami: "ami-0a0000000000000b2", iam_instance_profile: "profile", tags: { Name: "dbapp" } },
        unknown: { ...instance, user_data: true },
        references: {
          ami: ["data.aws_ami.amazon-linux-2"],
          iam_instance_profile: ["aws_iam_instance_profile.profile"],
          subnet_id: ["aws_subnet.web"],
          user_data: ["aws_db_instance.default", "var.password"],
          vpc_security_group_ids: ["aws_security_group.web"],
        },
      },
      "aws_instance.web_host": {
        after: {
          ami: "ami-0a0000000000000b3",
          iam_instance_profile: null,
          tags: { Name: "ec2" },
          user_data: "44c6c808e6449ee36dfcfc4ebd66c1b9634b40f2",
        },
        unknown: instance,
        references: { subnet_id: ["aws_subnet.web"], vpc_security_group_ids: ["aws_security_group.web"] },
      },
      "aws_vpc.web": {
        after: { cidr_block: "172.16.0.0/16", enable_dns_hostnames: true, enable_dns_support: true },
        unknown: { arn: true, default_network_acl_id: true, ipv6_cidr_block: true, main_route_table_id: true },
      },
      "aws_subnet.web": {
        after: { cidr_block: "172.16.10.0/24", ipv6_cidr_block: null, map_public_ip_on_launch: true },
        unknown: { arn: true, vpc_id: true },
        references: { vpc_id: ["aws_vpc.web"] },
      },
      "aws_internet_gateway.web": {
        after: {},
        unknown: { arn: true, vpc_id: true },
        references: { vpc_id: ["aws_vpc.web"] },
      },
      "aws_route_table.web": {
        after: { propagating_vgws: null },
        unknown: { route: true, vpc_id: true },
        references: { vpc_id: ["aws_vpc.web"] },
      },
      "aws_route_table_association.web": {
        after: { gateway_id: null },
        unknown: { route_table_id: true, subnet_id: true },
        references: { route_table_id: ["aws_route_table.web"], subnet_id: ["aws_subnet.web"] },
      },
      "aws_route.internet": {
        after: { destination_cidr_block: "0.0.0.0/0" },
        unknown: { egress_only_gateway_id: true, gateway_id: true, nat_gateway_id: true, route_table_id: true },
        references: { gateway_id: ["aws_internet_gateway.web"], route_table_id: ["aws_route_table.web"] },
      },
      "aws_security_group.web": {
        after: { egress: [anyEgress], ingress: [{ ...anyEgress, from_port: 80, protocol: "tcp", to_port: 80 }] },
        unknown: { arn: true, egress: [{ cidr_blocks: [false] }], vpc_id: true },
        references: { vpc_id: ["aws_vpc.web"] },
      },
    },
  }),
};
