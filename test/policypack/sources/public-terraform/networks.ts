import { gzipSync } from "node:zlib";
import { type Planned, type PublicFile, plan } from "./files";

const to = (address: string, attribute = "id") => [`${address}.${attribute}`, address];
const anyEgress = { cidr_blocks: ["0.0.0.0/0"], from_port: 0, protocol: "-1", self: false, to_port: 0 };
const ec2Trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Sid: "" }],
});
const instance = { arn: true, associate_public_ip_address: true, subnet_id: true, vpc_security_group_ids: true };
const cloudConfig = "#cloud-config\npackage_update: true\n";

const network = "module.private-vpc";
const subnets = (kind: string, isPublic: boolean): Readonly<Record<string, Planned>> =>
  Object.fromEntries(
    [0, 1, 2].flatMap((i): [string, Planned][] => [
      [
        `${network}.aws_subnet.${kind}_subnets[${i}]`,
        {
          after: {
            assign_ipv6_address_on_creation: false,
            cidr_block: `10.68.${isPublic ? i : i + 3}.0/24`,
            ipv6_cidr_block: null,
            map_public_ip_on_launch: isPublic,
            region: "eu-west-1",
          },
          unknown: { arn: true, availability_zone: true, vpc_id: true },
          references: { vpc_id: to("aws_vpc.main") },
        },
      ],
      [
        `${network}.aws_route_table_association.${kind}[${i}]`,
        {
          after: { gateway_id: null, region: "eu-west-1" },
          unknown: { route_table_id: true, subnet_id: true },
          references: {
            route_table_id: to(`aws_route_table.${kind}`),
            subnet_id: [`aws_subnet.${kind}_subnets`, "count.index"],
          },
        },
      ],
      [
        `${network}.aws_route_table.${kind}`,
        {
          after: { region: "eu-west-1" },
          unknown: { arn: true, propagating_vgws: true, route: true, vpc_id: true },
          references: { vpc_id: to("aws_vpc.main") },
        },
      ],
    ]),
  );

const route = (target: Readonly<Record<string, string[]>>, table: string): Planned => ({
  after: { destination_cidr_block: "0.0.0.0/0", region: "eu-west-1" },
  unknown: { route_table_id: true, ...Object.fromEntries(Object.keys(target).map((name) => [name, true])) },
  references: { route_table_id: to(`aws_route_table.${table}`), ...target },
});

/** A bastion host in a public subnet, and an instance in a private one behind a NAT gateway: version 6 of the provider. */
export const bastion: PublicFile = {
  source: "patrickchugh/terravision@69bae0199bf2 tests/json/bastion-plan.json",
  license: "AGPL-3.0",
  terraform: "1.13.3",
  provider: 6,
  json: plan("1.13.3", {
    region: "eu-west-1",
    resources: {
      "module.bastion-host.aws_instance.bastion_host": {
        after: {
          ami: "ami-0a0000000000000b1",
          region: "eu-west-1",
          tags: { Name: "bastion" },
          user_data: gzipSync(cloudConfig).toString("base64"),
        },
        unknown: { ...instance, iam_instance_profile: true, user_data_base64: true },
        references: { subnet_id: ["var.subnet_id"], vpc_security_group_ids: ["var.security_group_ids"] },
      },
      "module.ec2-instance.aws_instance.ec2_instance": {
        after: { ami: "ami-0a0000000000000b1", region: "eu-west-1", tags: { Name: "private" }, user_data: null },
        unknown: { ...instance, iam_instance_profile: true, user_data_base64: true },
        references: {
          iam_instance_profile: to("aws_iam_instance_profile.profile"),
          subnet_id: ["var.subnet_id"],
          vpc_security_group_ids: ["var.security_group_ids"],
        },
      },
      "module.ec2-instance.aws_iam_instance_profile.profile": {
        after: { name: "profile", role: "role" },
        unknown: { arn: true, unique_id: true },
        references: { role: to("aws_iam_role.role", "name") },
      },
      "module.ec2-instance.aws_iam_role.role": {
        after: { assume_role_policy: ec2Trust, name: "role", permissions_boundary: null },
        unknown: { arn: true, inline_policy: true, managed_policy_arns: true },
      },
      "module.ec2-instance.aws_iam_role_policy_attachment.ssm": {
        after: { policy_arn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore", role: "role" },
        references: { policy_arn: to("data.aws_iam_policy.core", "arn"), role: to("aws_iam_role.role", "name") },
      },
      [`${network}.aws_vpc.main`]: {
        after: {
          assign_generated_ipv6_cidr_block: null,
          cidr_block: "10.68.0.0/16",
          enable_dns_hostnames: true,
          enable_dns_support: true,
          region: "eu-west-1",
        },
        unknown: { arn: true, default_network_acl_id: true, ipv6_cidr_block: true, main_route_table_id: true },
      },
      ...subnets("private", false),
      ...subnets("public", true),
      [`${network}.aws_internet_gateway.main`]: {
        after: { region: "eu-west-1" },
        unknown: { arn: true, vpc_id: true },
        references: { vpc_id: to("aws_vpc.main") },
      },
      [`${network}.aws_eip.nat`]: { after: { region: "eu-west-1" }, unknown: { allocation_id: true } },
      [`${network}.aws_nat_gateway.main`]: {
        after: { connectivity_type: "public", region: "eu-west-1" },
        unknown: { allocation_id: true, subnet_id: true },
        references: { allocation_id: to("aws_eip.nat"), subnet_id: ["aws_subnet.public_subnets"] },
      },
      [`${network}.aws_route.private`]: route({ nat_gateway_id: to("aws_nat_gateway.main") }, "private"),
      [`${network}.aws_route.public`]: route({ gateway_id: to("aws_internet_gateway.main") }, "public"),
      [`${network}.aws_security_group.strict`]: {
        after: { egress: [anyEgress], ingress: [{ ...anyEgress, cidr_blocks: [], self: true }], region: "eu-west-1" },
        unknown: { arn: true, egress: [{ cidr_blocks: [false] }], vpc_id: true },
        references: { vpc_id: to("aws_vpc.main") },
      },
      [`${network}.aws_security_group_rule.ssh[0]`]: {
        after: {
          cidr_blocks: ["198.51.100.0/24"],
          from_port: 22,
          protocol: "tcp",
          region: "eu-west-1",
          self: false,
          to_port: 22,
          type: "ingress",
        },
        unknown: { cidr_blocks: [false], security_group_id: true, source_security_group_id: true },
        references: { security_group_id: to("aws_security_group.strict") },
      },
      [`${network}.aws_vpc_dhcp_options.main`]: {
        after: { domain_name: "example.internal", domain_name_servers: ["AmazonProvidedDNS"], region: "eu-west-1" },
        unknown: { arn: true, domain_name_servers: [false] },
      },
      [`${network}.aws_vpc_dhcp_options_association.main`]: {
        after: { region: "eu-west-1" },
        unknown: { dhcp_options_id: true, vpc_id: true },
        references: { dhcp_options_id: to("aws_vpc_dhcp_options.main"), vpc_id: to("aws_vpc.main") },
      },
    },
    calls: {
      "bastion-host": {
        security_group_ids: ["module.private-vpc.security_group_id", "module.private-vpc"],
        subnet_id: [
          "module.private-vpc.public_subnet_ids[0]",
          "module.private-vpc.public_subnet_ids",
          "module.private-vpc",
        ],
      },
      "ec2-instance": {
        security_group_ids: ["module.private-vpc.security_group_id", "module.private-vpc"],
        subnet_id: [
          "module.private-vpc.private_subnet_ids[0]",
          "module.private-vpc.private_subnet_ids",
          "module.private-vpc",
        ],
      },
    },
    outputs: {
      "private-vpc": {
        private_subnet_ids: ["aws_subnet.private_subnets"],
        public_subnet_ids: ["aws_subnet.public_subnets"],
        security_group_id: to("aws_security_group.strict"),
      },
    },
  }),
};

/** Two instances in a public subnet; of one the user data is computed, of the other the plan has the SHA-1. */
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
