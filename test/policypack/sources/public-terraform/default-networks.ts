import { type Planned, type PublicFile, plan, shownState, tfstate } from "./files";

const account = "111122223333";

/** An instance of the default VPC, which no file creates. */
const inDefaultSubnet = (id: string, region: string, more: object = {}) => ({
  ami: "ami-0a0000000000000a1",
  arn: `arn:aws:ec2:${region}:${account}:instance/${id}`,
  associate_public_ip_address: true,
  availability_zone: `${region}b`,
  iam_instance_profile: "",
  id,
  launch_template: [],
  network_interface: [],
  security_groups: ["default"],
  subnet_id: "subnet-0a0000000000000b1",
  tags: {},
  user_data: null,
  user_data_base64: null,
  vpc_security_group_ids: ["sg-0a0000000000000c1"],
  ...more,
});

/** An instance with Amazon Linux 1, whose AMI is a data source. */
export const firstAmazonLinux: PublicFile = {
  source: "snyk/driftctl@5be37ca7800c pkg/iac/terraform/state/testdata/v4/valid.tfstate",
  license: "Apache-2.0",
  terraform: "0.12.26",
  provider: 2,
  json: tfstate("0.12.26", {
    "data.aws_ami.amazon-linux": {
      arn: "arn:aws:ec2:eu-west-3::image/ami-0a0000000000000a1",
      executable_users: null,
      filter: [{ name: "name", values: ["amzn-ami-hvm-*"] }],
      id: "ami-0a0000000000000a1",
      image_id: "ami-0a0000000000000a1",
      image_owner_alias: "amazon",
      most_recent: true,
      name: "amzn-ami-hvm-2018.03.0.20200716.0-x86_64-gp2",
      owner_id: "137112412989",
      owners: ["amazon"],
      platform: null,
    },
    "aws_instance.vm": inDefaultSubnet("i-0a000000000000d01", "eu-west-3"),
  }),
};

const defaultVpc = {
  arn: `arn:aws:ec2:us-east-1:${account}:vpc/vpc-0a0000000000000d5`,
  cidr_block: "172.31.0.0/16",
  default_network_acl_id: "acl-0a0000000000000d6",
  default_route_table_id: "rtb-0a0000000000000d7",
  default_security_group_id: "sg-0a0000000000000c1",
  enable_dns_hostnames: true,
  enable_dns_support: true,
  id: "vpc-0a0000000000000d5",
  main_route_table_id: "rtb-0a0000000000000d7",
  owner_id: account,
};

/** Instances with `count` and `for_each`, and a default VPC that two modules adopt. */
export const adoptedTwice: PublicFile = {
  source: "infracost/infracost@95ba4f49a7ab cmd/infracost/testdata/terraform_v0.14_state.json",
  license: "Apache-2.0",
  terraform: "0.14.11",
  provider: 3,
  json: shownState("0.14.11", {
    "aws_instance.instance_1": inDefaultSubnet("i-0a000000000000a01", "us-east-1"),
    "aws_instance.instance_counted[0]": inDefaultSubnet("i-0a000000000000a02", "us-east-1"),
    'aws_instance.instance_named["test.1"]': inDefaultSubnet("i-0a000000000000a03", "us-east-1"),
    "module.db.aws_default_vpc.default": defaultVpc,
    "module.instances.aws_default_vpc.default": defaultVpc,
    "module.instances.aws_instance.module_instance_1": inDefaultSubnet("i-0a000000000000a04", "us-east-1"),
    "module.instances.aws_instance.module_instance_counted[0]": inDefaultSubnet("i-0a000000000000a05", "us-east-1"),
    'module.instances.aws_instance.module_instance_named["test.1"]': inDefaultSubnet(
      "i-0a000000000000a06",
      "us-east-1",
    ),
  }),
};

/** An unchanged instance in a default subnet that the plan adopts. */
export const adoptedSubnet: PublicFile = {
  source: "infracost/infracost@95ba4f49a7ab cmd/infracost/testdata/instance_with_attachment_after_deploy.json",
  license: "Apache-2.0",
  terraform: "1.0.11",
  provider: 3,
  json: plan("1.0.11", {
    region: "us-east-1",
    resources: {
      "aws_default_subnet.default": {
        actions: ["no-op"],
        after: {
          availability_zone: "us-east-1a",
          cidr_block: "172.31.32.0/20",
          id: "subnet-0a0000000000000b3",
          map_public_ip_on_launch: true,
          vpc_id: "vpc-0a0000000000000d9",
        },
        unknown: { id: false },
      },
      "aws_instance.ec2": {
        actions: ["no-op"],
        after: {
          ami: "ami-0a0000000000000a7",
          iam_instance_profile: "",
          id: "i-0a000000000000b01",
          security_groups: ["default"],
          subnet_id: "subnet-0a0000000000000b3",
          vpc_security_group_ids: ["sg-0a0000000000000c3"],
        },
        unknown: { id: false },
        references: { subnet_id: ["aws_default_subnet.default.id", "aws_default_subnet.default"] },
      },
    },
  }),
};

const counted = ["instance_1", "instance_2", "instance_counted[0]", "instance_counted[1]"];
const named = ['instance_named["test.1"]', 'instance_named["test.2"]'];
const instances = [
  ...[...counted, ...named].map((name) => `aws_instance.${name}`),
  ...[...counted, ...named].map((name) => `module.instances.aws_instance.module_${name}`),
];
const isDeployed = (address: string) => /_1$|\[0\]$|\["test\.1"\]$/.test(address);

/** Six unchanged instances and six new ones. Version 0.12 shows existing resources only by type and name. */
export const halfDeployed: PublicFile = {
  source: "infracost/infracost@95ba4f49a7ab cmd/infracost/testdata/terraform_v0.12_plan.json",
  license: "Apache-2.0",
  terraform: "0.12.31",
  provider: 3,
  json: plan("0.12.31", {
    region: "us-east-1",
    resources: Object.fromEntries(
      instances.map((address, i): [string, Planned] => [
        address,
        isDeployed(address)
          ? { actions: ["no-op"], after: inDefaultSubnet(`i-0a000000000000e${i}`, "us-east-1"), unknown: { id: false } }
          : {
              after: { ami: "ami-0a0000000000000a1", iam_instance_profile: null, user_data: null },
              unknown: { arn: true, subnet_id: true, vpc_security_group_ids: true },
            },
      ]),
    ),
    prior: Object.fromEntries(
      instances.flatMap((address, i) =>
        isDeployed(address) ? [[address, inDefaultSubnet(`i-0a000000000000e${i}`, "us-east-1")]] : [],
      ),
    ),
  }),
};
