"""A fleet of Amazon Linux 2023 without a route to the internet, with plain aws resources."""

import json

import pulumi_aws as aws

REGION = "eu-west-1"
HTTPS = {"protocol": "tcp", "from_port": 443, "to_port": 443}

vpc = aws.ec2.Vpc("shop", cidr_block="10.0.0.0/16", enable_dns_support=True, enable_dns_hostnames=True)
subnet = aws.ec2.Subnet("web", vpc_id=vpc.id, cidr_block="10.0.0.0/24", availability_zone=f"{REGION}a")
route_table = aws.ec2.RouteTable("web", vpc_id=vpc.id)
aws.ec2.RouteTableAssociation("web", subnet_id=subnet.id, route_table_id=route_table.id)

instances = aws.ec2.SecurityGroup("web", vpc_id=vpc.id, egress=[{**HTTPS, "cidr_blocks": ["0.0.0.0/0"]}])
endpoints = aws.ec2.SecurityGroup("endpoints", vpc_id=vpc.id, ingress=[{**HTTPS, "security_groups": [instances.id]}])
for service in ["ssm", "ssmmessages"]:
    aws.ec2.VpcEndpoint(
        service,
        vpc_id=vpc.id,
        service_name=f"com.amazonaws.{REGION}.{service}",
        vpc_endpoint_type="Interface",
        private_dns_enabled=True,
        subnet_ids=[subnet.id],
        security_group_ids=[endpoints.id],
    )
aws.ec2.VpcEndpoint(
    "s3",
    vpc_id=vpc.id,
    service_name=f"com.amazonaws.{REGION}.s3",
    route_table_ids=[route_table.id],
    policy=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                # The account's own requests, and the reads by AWS and by dnf that have another principal or none.
                {
                    "Sid": "AllowAccountPrincipals",
                    "Effect": "Allow",
                    "Principal": "*",
                    "Action": "s3:*",
                    "Resource": "*",
                    "Condition": {"StringEquals": {"aws:PrincipalAccount": "123456789012"}},
                },
                {
                    "Sid": "AllowPatchReads",
                    "Effect": "Allow",
                    "Principal": "*",
                    "Action": "s3:GetObject",
                    "Resource": [
                        f"arn:aws:s3:::al2023-repos-{REGION}-de612dc2/*",
                        f"arn:aws:s3:::aws-ssm-{REGION}/*",
                        f"arn:aws:s3:::aws-patch-manager-{REGION}-5522fb710/*",
                        f"arn:aws:s3:::patch-baseline-snapshot-{REGION}/*",
                    ],
                },
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
aws.ec2.Instance(
    "web",
    ami="resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
    instance_type="t3.micro",
    subnet_id=subnet.id,
    vpc_security_group_ids=[instances.id],
    iam_instance_profile=profile.name,
    tags={"PatchGroup": "web"},
)
