import { type PublicFile, tfstate } from "./files";

const account = "111122223333";
/** Seven instances in modules that are called several times; the tool that stores the file keeps only IDs. */
export const repeatedModules: PublicFile = {
  source: "cycloidio/inframap@d59165c805de generate/testdata/repeated_modules.json",
  license: "MIT",
  terraform: "0.15.3",
  provider: 3,
  json: tfstate("0.15.3", {
    "module.all_sg.aws_security_group.this_name_prefix[0]": { egress: [], id: "sg-0a0000000000000c2", ingress: [] },
    "module.all_sg.aws_security_group_rule.egress_rules[0]": {
      id: "sgrule-1000000001",
      security_group_id: "sg-0a0000000000000c2",
      source_security_group_id: null,
    },
    ...Object.fromEntries(
      [
        "module.ec2_openvpn.module.ec2_bastion",
        "module.ec2_redhat_a",
        "module.ec2_redhat_b",
        "module.ec2_ubuntu_a[0]",
        "module.ec2_ubuntu_a[1]",
        "module.ec2_ubuntu_b[0]",
        "module.ec2_ubuntu_b[1]",
      ].map((module, i) => [`${module}.aws_instance.this[0]`, { id: `i-0a000000000000${String(i)}01` }]),
    ),
    "module.vpc.aws_eip.nat[0]": { id: "eipalloc-0a0000000000000f2" },
    "module.vpc.aws_internet_gateway.this[0]": { id: "igw-0a0000000000000f1" },
    "module.vpc.aws_nat_gateway.this[0]": { id: "nat-0a0000000000000f3" },
  }),
};

/** A launch template that no Auto Scaling group uses. */
export const unusedTemplate: PublicFile = {
  source: "snyk/driftctl@5be37ca7800c pkg/iac/terraform/state/test/aws_launch_template/terraform.tfstate",
  license: "Apache-2.0",
  terraform: "1.0.0",
  provider: 3,
  json: tfstate("1.0.0", {
    "aws_launch_template.foo": {
      arn: `arn:aws:ec2:us-east-1:${account}:launch-template/lt-0a0000000000000f8`,
      default_version: 1,
      iam_instance_profile: [],
      id: "lt-0a0000000000000f8",
      image_id: "ami-0a0000000000000a3",
      latest_version: 1,
      metadata_options: [],
      name: "template",
      network_interfaces: [
        {
          associate_public_ip_address: "true",
          device_index: 0,
          ipv6_addresses: [],
          security_groups: [],
          subnet_id: "",
        },
      ],
      security_group_names: null,
      user_data: "",
      vpc_security_group_ids: null,
    },
  }),
};

/** A managed node group whose cluster is in the state, and whose subnets and role are not. */
export const nodeGroup: PublicFile = {
  source: "camptocamp/terraboard@6f6b6b60f5f0 test/data/minio-1/test-bucket/terraform_1.tfstate",
  license: "Apache-2.0",
  terraform: "1.1.3",
  provider: 4,
  json: tfstate("1.1.3", {
    "aws_eks_cluster.eks": {
      arn: "arn:aws:eks:eu-west-3:test:cluster/app",
      id: "app",
      name: "app",
      version: "1.21",
      vpc_config: [
        {
          cluster_security_group_id: "sg-01",
          endpoint_private_access: false,
          endpoint_public_access: true,
          public_access_cidrs: ["0.0.0.0/0"],
          security_group_ids: [],
          subnet_ids: ["subnet-1", "subnet-1"],
          vpc_id: "vpc-1",
        },
      ],
    },
    "aws_eks_node_group.node": {
      ami_type: "AL2_x86_64",
      arn: "arn:aws:eks:eu-west-3:01:nodegroup/app/node-group-1/01",
      capacity_type: "ON_DEMAND",
      cluster_name: "app",
      id: "app:node-group-1",
      launch_template: [],
      node_group_name: "node-group-1",
      node_role_arn: "arn:aws:iam::01:role/eks-node-group",
      remote_access: [],
      scaling_config: [{ desired_size: 1, max_size: 1, min_size: 1 }],
      subnet_ids: ["subnet-1", "subnet-2"],
      taint: [],
      version: "1.21",
    },
  }),
};
