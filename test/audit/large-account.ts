/** The answers of EC2, IAM and Systems Manager for an account with many instances, in the shapes of AWS's API. */
export function largeAccount(vpcs: number, instancesPerVpc: number): Record<string, object> {
  const all = Array.from({ length: vpcs }, (_, i) => i);
  const id = (prefix: string, i: number) => `${prefix}-${i.toString(16).padStart(17, "0")}`;
  const block = (i: number) => `10.${i}.0.0/16`;
  const instances = all.flatMap((i) =>
    Array.from({ length: instancesPerVpc }, (_, j) => ({ i, n: i * instancesPerVpc + j })),
  );
  const anyTraffic = [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }];
  const profile = "arn:aws:iam::123456789012:instance-profile/web";
  const role = {
    Path: "/",
    RoleName: "web",
    RoleId: "AROA1",
    Arn: "arn:aws:iam::123456789012:role/web",
    CreateDate: "2026-01-01T00:00:00Z",
    AssumeRolePolicyDocument: encodeURIComponent(
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
    ),
  };
  const endpoint = (i: number, service: string, n: number) => ({
    VpcEndpointId: id("vpce", i * 3 + n),
    VpcId: id("vpc", i),
    ServiceName: `com.amazonaws.eu-west-1.${service}`,
    State: "available",
    OwnerId: "123456789012",
    ...(service === "s3"
      ? { VpcEndpointType: "Gateway", RouteTableIds: [id("rtb", i)] }
      : {
          VpcEndpointType: "Interface",
          SubnetIds: [id("subnet", i)],
          Groups: [{ GroupId: id("sg", i), GroupName: "all" }],
          PrivateDnsEnabled: true,
        }),
  });
  return {
    "ec2:DescribeVpcs": {
      Vpcs: all.map((i) => ({ VpcId: id("vpc", i), CidrBlock: block(i % 256), OwnerId: "123456789012" })),
    },
    "ec2:DescribeVpcAttribute": { EnableDnsSupport: { Value: true }, EnableDnsHostnames: { Value: true } },
    "ec2:DescribeSubnets": {
      Subnets: all.map((i) => ({
        SubnetId: id("subnet", i),
        VpcId: id("vpc", i),
        CidrBlock: block(i % 256),
        AvailabilityZone: "eu-west-1a",
      })),
    },
    "ec2:DescribeRouteTables": {
      RouteTables: all.map((i) => ({
        RouteTableId: id("rtb", i),
        VpcId: id("vpc", i),
        Associations: [{ Main: true, RouteTableAssociationId: id("rtbassoc", i) }],
        Routes: [{ DestinationCidrBlock: block(i % 256), GatewayId: "local", State: "active" }],
      })),
    },
    "ec2:DescribeSecurityGroups": {
      SecurityGroups: all.map((i) => ({
        GroupId: id("sg", i),
        GroupName: "all",
        VpcId: id("vpc", i),
        IpPermissions: anyTraffic,
        IpPermissionsEgress: anyTraffic,
      })),
    },
    "ec2:DescribeNetworkAcls": { NetworkAcls: [] },
    "ec2:DescribeDhcpOptions": { DhcpOptions: [] },
    "ec2:DescribeVpcEndpoints": {
      VpcEndpoints: all.flatMap((i) => ["ssm", "ssmmessages", "s3"].map((service, n) => endpoint(i, service, n))),
    },
    "ec2:DescribeInstances": {
      Reservations: instances.map(({ i, n }) => ({
        ReservationId: id("r", n),
        Instances: [
          {
            InstanceId: id("i", n),
            ImageId: "ami-00000000000000001",
            State: { Name: "running", Code: 16 },
            InstanceType: "t3.micro",
            SubnetId: id("subnet", i),
            VpcId: id("vpc", i),
            PrivateIpAddress: `10.${i % 256}.${Math.floor((n % instancesPerVpc) / 250)}.${(n % 250) + 4}`,
            IamInstanceProfile: { Arn: profile, Id: "AIPA1" },
            SecurityGroups: [{ GroupId: id("sg", i), GroupName: "all" }],
            Tags: [
              { Key: "Name", Value: `web-${n}` },
              { Key: "PatchGroup", Value: "prod" },
            ],
          },
        ],
      })),
    },
    "ec2:DescribeInstanceAttribute": { UserData: { Value: "IyEvYmluL3NoCmVjaG8gaGVsbG8K" } },
    "ec2:DescribeImages": {
      Images: [
        {
          ImageId: "ami-00000000000000001",
          Name: "al2023-ami-2023.6.20241010.0-kernel-6.1-x86_64",
          OwnerId: "137112412989",
        },
      ],
    },
    "iam:GetInstanceProfile": {
      InstanceProfile: {
        Path: "/",
        InstanceProfileName: "web",
        InstanceProfileId: "AIPA1",
        Arn: profile,
        CreateDate: "2026-01-01T00:00:00Z",
        Roles: [role],
      },
    },
    "iam:GetRole": { Role: role },
    "iam:ListAttachedRolePolicies": {
      AttachedPolicies: [{ PolicyName: "Core", PolicyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" }],
    },
    "iam:ListRolePolicies": { PolicyNames: [] },
    "ssm:DescribeInstanceInformation": {
      InstanceInformationList: instances.map(({ n }) => ({
        InstanceId: id("i", n),
        PingStatus: "Online",
        PlatformName: "Amazon Linux",
        PlatformVersion: "2023",
      })),
    },
    "ssm:DescribeInstancePatchStates": {
      InstancePatchStates: instances.map(({ n }) => ({
        InstanceId: id("i", n),
        PatchGroup: "prod",
        BaselineId: "pb-1",
        Operation: "Install",
        OperationStartTime: "2026-11-27T18:00:00Z",
        OperationEndTime: "2026-11-27T18:05:00Z",
        InstalledCount: 12,
        MissingCount: 0,
        FailedCount: 0,
      })),
    },
    "ssm:ListResourceComplianceSummaries": {
      ResourceComplianceSummaryItems: instances.map(({ n }) => ({
        ComplianceType: "Patch",
        ResourceId: id("i", n),
        Status: "COMPLIANT",
      })),
    },
    "route53:ListHostedZonesByVPC": { HostedZoneSummaries: [], MaxItems: "100" },
  };
}
