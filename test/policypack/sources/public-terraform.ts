/**
 * Public Terraform states and plans, with other IDs and without what no hop depends on. They are kept as facts
 * about what real files look like.
 */

const provider = 'provider["registry.terraform.io/hashicorp/aws"]';

/** A state of Terraform 1.6.5 and version 5 of the provider: a Windows server in the default subnet of a Region. */
export const windowsServer = {
  version: 4,
  terraform_version: "1.6.5",
  serial: 18,
  lineage: "6266c359-0000-0000-0000-000000000000",
  outputs: { instance_id: { value: "i-0a1b2c3d4e5f67890", type: "string" } },
  resources: [
    {
      mode: "data",
      type: "aws_instance",
      name: "example",
      provider,
      instances: [
        {
          schema_version: 0,
          attributes: {
            ami: "ami-0a1b2c3d4e5f67890",
            arn: "arn:aws:ec2:us-east-2:111122223333:instance/i-0a1b2c3d4e5f67890",
            iam_instance_profile: "",
            id: "i-0a1b2c3d4e5f67890",
            subnet_id: "subnet-0a1b2c3d4e5f67890",
            user_data: "ed9896c6cb007291a67949907854f68b96cb271f",
          },
          sensitive_attributes: [],
        },
      ],
    },
    {
      mode: "managed",
      type: "aws_instance",
      name: "windows_instance",
      provider,
      instances: [
        {
          schema_version: 1,
          attributes: {
            ami: "ami-0a1b2c3d4e5f67890",
            arn: "arn:aws:ec2:us-east-2:111122223333:instance/i-0a1b2c3d4e5f67890",
            associate_public_ip_address: true,
            availability_zone: "us-east-2b",
            capacity_reservation_specification: [
              { capacity_reservation_preference: "open", capacity_reservation_target: [] },
            ],
            cpu_options: [{ amd_sev_snp: "", core_count: 1, threads_per_core: 2 }],
            ebs_block_device: [],
            get_password_data: true,
            host_resource_group_arn: null,
            iam_instance_profile: "",
            id: "i-0a1b2c3d4e5f67890",
            instance_market_options: [],
            instance_type: "t3.large",
            launch_template: [],
            metadata_options: [
              { http_endpoint: "enabled", http_tokens: "optional", instance_metadata_tags: "disabled" },
            ],
            network_interface: [],
            password_data: "c2VjcmV0",
            primary_network_interface_id: "eni-0a1b2c3d4e5f67890",
            private_dns: "ip-172-31-16-137.us-east-2.compute.internal",
            private_ip: "172.31.16.137",
            security_groups: ["allow_rdp"],
            subnet_id: "subnet-0a1b2c3d4e5f67890",
            tags: { Name: "WindowsServerWithIIS" },
            tags_all: { Name: "WindowsServerWithIIS" },
            timeouts: null,
            user_data: "ed9896c6cb007291a67949907854f68b96cb271f",
            user_data_base64: null,
            vpc_security_group_ids: ["sg-0a1b2c3d4e5f67890"],
          },
          sensitive_attributes: [],
          dependencies: ["aws_key_pair.auth", "aws_security_group.allow_rdp"],
        },
      ],
    },
    {
      mode: "managed",
      type: "aws_security_group",
      name: "allow_rdp",
      provider,
      instances: [
        {
          schema_version: 1,
          attributes: {
            arn: "arn:aws:ec2:us-east-2:111122223333:security-group/sg-0a1b2c3d4e5f67890",
            egress: [
              {
                cidr_blocks: ["0.0.0.0/0"],
                description: "",
                from_port: 0,
                ipv6_cidr_blocks: [],
                prefix_list_ids: [],
                protocol: "-1",
                security_groups: [],
                self: false,
                to_port: 0,
              },
            ],
            id: "sg-0a1b2c3d4e5f67890",
            ingress: [],
            name: "allow_rdp",
            owner_id: "111122223333",
            tags: null,
            vpc_id: "vpc-0a1b2c3d4e5f67890",
          },
          sensitive_attributes: [],
        },
      ],
    },
  ],
  check_results: null,
};

const change = (address: string, after: object, after_unknown: object) => {
  const [type, name] = address.split(".");
  return {
    address,
    mode: "managed",
    type,
    name,
    provider_name: "aws",
    change: { actions: ["create"], before: null, after, after_unknown },
  };
};

/** The plan of the documentation of Open Policy Agent and of CUE, by Terraform 0.12.6 and version 2 of the provider. */
export const planOfOpenPolicyAgent = {
  format_version: "0.1",
  terraform_version: "0.12.6",
  planned_values: { root_module: { resources: [] } },
  resource_changes: [
    change(
      "aws_autoscaling_group.my_asg",
      {
        availability_zones: ["us-west-1a"],
        initial_lifecycle_hook: [],
        launch_configuration: "my_web_config",
        launch_template: [],
        mixed_instances_policy: [],
        name: "my_asg",
        tag: [],
        tags: null,
      },
      { arn: true, availability_zones: [false], id: true, launch_template: [], vpc_zone_identifier: true },
    ),
    change(
      "aws_instance.web",
      { ami: "ami-09b4b74c", iam_instance_profile: null, instance_type: "t2.micro", tags: null, user_data: null },
      { arn: true, associate_public_ip_address: true, id: true, subnet_id: true, vpc_security_group_ids: true },
    ),
    change(
      "aws_launch_configuration.my_web_config",
      {
        associate_public_ip_address: false,
        iam_instance_profile: null,
        image_id: "ami-09b4b74c",
        instance_type: "t2.micro",
        name: "my_web_config",
        security_groups: null,
        user_data: null,
      },
      { id: true, key_name: true },
    ),
  ],
  configuration: {
    provider_config: { aws: { name: "aws", expressions: { region: { constant_value: "us-west-1" } } } },
    root_module: {
      resources: [
        {
          address: "aws_autoscaling_group.my_asg",
          mode: "managed",
          type: "aws_autoscaling_group",
          name: "my_asg",
          provider_config_key: "aws",
          expressions: {
            availability_zones: { constant_value: ["us-west-1a"] },
            launch_configuration: { constant_value: "my_web_config" },
          },
        },
        {
          address: "aws_instance.web",
          mode: "managed",
          type: "aws_instance",
          name: "web",
          provider_config_key: "aws",
          expressions: { ami: { constant_value: "ami-09b4b74c" } },
        },
      ],
    },
  },
};
