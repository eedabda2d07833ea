"""The same stack as ../typescript and ../yaml."""

import json

import pulumi_aws as aws

vpc = aws.ec2.Vpc("net", cidr_block="10.20.0.0/16", enable_dns_support=True, enable_dns_hostnames=True)
subnet = aws.ec2.Subnet("net-a", vpc_id=vpc.id, cidr_block="10.20.0.0/24", availability_zone="eu-central-1a")
table = aws.ec2.RouteTable("net-a", vpc_id=vpc.id)
aws.ec2.RouteTableAssociation("net-a", subnet_id=subnet.id, route_table_id=table.id)

of_endpoints = aws.ec2.SecurityGroup("endpoints", vpc_id=vpc.id, description="Interface endpoints")
of_instances = aws.ec2.SecurityGroup(
    "instances",
    vpc_id=vpc.id,
    description="Instances",
    egress=[{"protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_blocks": ["0.0.0.0/0"]}],
)
aws.vpc.SecurityGroupIngressRule(
    "into-endpoints",
    security_group_id=of_endpoints.id,
    referenced_security_group_id=of_instances.id,
    ip_protocol="tcp",
    from_port=443,
    to_port=443,
)
for service in ["ssm", "ssmmessages"]:
    aws.ec2.VpcEndpoint(
        service,
        vpc_id=vpc.id,
        service_name=f"com.amazonaws.eu-central-1.{service}",
        vpc_endpoint_type="Interface",
        private_dns_enabled=True,
        subnet_ids=[subnet.id],
        security_group_ids=[of_endpoints.id],
    )
aws.ec2.VpcEndpoint(
    "s3",
    vpc_id=vpc.id,
    service_name="com.amazonaws.eu-central-1.s3",
    vpc_endpoint_type="Gateway",
    route_table_ids=[table.id],
    policy=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "AllowAccountPrincipals",
                    "Effect": "Allow",
                    "Principal": "*",
                    "Action": "s3:*",
                    "Resource": "*",
                    "Condition": {"StringEquals": {"aws:PrincipalAccount": "123456789012"}},
                }
            ],
        }
    ),
)

role = aws.iam.Role(
    "web",
    assume_role_policy=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
            ],
        }
    ),
)
aws.iam.RolePolicyAttachment(
    "web", role=role.name, policy_arn="arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
)
profile = aws.iam.InstanceProfile("web", role=role.name)
template = aws.ec2.LaunchTemplate(
    "web",
    image_id="resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
    instance_type="t3.small",
    iam_instance_profile={"arn": profile.arn},
    vpc_security_group_ids=[of_instances.id],
    metadata_options={"http_tokens": "required"},
)
aws.autoscaling.Group(
    "web",
    min_size=1,
    max_size=2,
    vpc_zone_identifiers=[subnet.id],
    launch_template={"id": template.id, "version": "$Latest"},
    tags=[{"key": "PatchGroup", "value": "web", "propagate_at_launch": True}],
)
