/** A resource as in the output of `pulumi stack export`. */
interface Resource {
  readonly type: string;
  readonly name: string;
  readonly id?: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const region = "eu-west-1";
const account = "123456789012";
const provider = { type: "pulumi:providers:aws", id: "0b9d7a2e-6c1f-4f0a-9f5e-3b8f1f6a7c11" };
const tags = { Environment: "production", Owner: "platform", PatchGroup: "production" };
const document = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const trust = document({
  Effect: "Allow",
  Principal: { Service: "ec2.amazonaws.com" },
  Action: "sts:AssumeRole",
});
const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/**
 * A hundred resources of a typical stack: a VPC with its network, endpoints and roles, fourteen instances, and forty resources that are
 * not part of a patch path. Every S3 endpoint has a different policy.
 */
function neighborhood(n: number): Resource[] {
  const of = (what: string, i = 0) => `${what}-${n}-${i}`;
  const vpcId = of("vpc");
  const https = { fromPort: 443, toPort: 443, protocol: "tcp" };
  const subnets = times(6, (i) => of("subnet", i));
  const tables = times(3, (i) => of("rtb", i));
  const endpoint = (service: string, i: number, others: object): Resource => ({
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    name: of(service),
    id: of("vpce", i),
    properties: { vpcId, serviceName: `com.amazonaws.${region}.${service}`, ...others, tags },
  });
  const interfaceEndpoint = (service: string, i: number) =>
    endpoint(service, i, {
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: subnets.slice(0, 3),
      securityGroupIds: [of("sg", 0)],
    });
  return [
    {
      type: "aws:ec2/vpc:Vpc",
      name: of("network"),
      id: vpcId,
      properties: { cidrBlock: `10.${n % 256}.0.0/16`, enableDnsSupport: true, enableDnsHostnames: true, tags },
    },
    ...subnets.map((id, i) => ({
      type: "aws:ec2/subnet:Subnet",
      name: id,
      id,
      properties: {
        vpcId,
        cidrBlock: `10.${n % 256}.${i}.0/24`,
        availabilityZone: `${region}${"abc"[i % 3]}`,
        tags,
      },
    })),
    ...tables.map((id) => ({
      type: "aws:ec2/routeTable:RouteTable",
      name: id,
      id,
      properties: { vpcId, tags },
    })),
    ...subnets.map((subnetId, i) => ({
      type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
      name: of("association", i),
      properties: { subnetId, routeTableId: tables[i % 3]! },
    })),
    endpoint("s3", 0, {
      vpcEndpointType: "Gateway",
      routeTableIds: tables,
      prefixListId: of("pl"),
      policy: document(
        {
          Sid: "AllowAnonymousPatchRepoAccess",
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: [
            `arn:aws:s3:::al2023-repos-${region}-de612dc2/*`,
            `arn:aws:s3:::amazonlinux-2-repos-${region}/*`,
            `arn:aws:s3:::aws-ssm-${region}/*`,
            `arn:aws:s3:::aws-patch-manager-${region}-5522fb710/*`,
            `arn:aws:s3:::patch-baseline-snapshot-${region}/*`,
          ],
        },
        { Sid: "OwnBuckets", Effect: "Allow", Principal: "*", Action: "s3:*", Resource: `arn:aws:s3:::team-${n}-*` },
      ),
    }),
    interfaceEndpoint("ssm", 1),
    interfaceEndpoint("ssmmessages", 2),
    ...times(6, (i) => ({
      type: "aws:ec2/securityGroup:SecurityGroup",
      name: of("group", i),
      id: of("sg", i),
      properties: {
        vpcId,
        ingress: [{ ...https, cidrBlocks: [`10.${n % 256}.0.0/16`] }],
        egress: [{ fromPort: 0, toPort: 0, protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }],
        tags,
      },
    })),
    ...times(6, (i) => ({
      type: "aws:iam/role:Role",
      name: of("role", i),
      id: of("role", i),
      properties: { name: of("role", i), assumeRolePolicy: trust, tags },
    })),
    ...times(6, (i) => ({
      type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      name: of("attachment", i),
      properties: { role: of("role", i), policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
    })),
    ...times(2, (i) => ({
      type: "aws:iam/rolePolicy:RolePolicy",
      name: of("inline", i),
      properties: {
        role: of("role", i),
        policy: document({
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:PutObject"],
          Resource: `arn:aws:s3:::team-${n}-data/*`,
        }),
      },
    })),
    ...times(6, (i) => ({
      type: "aws:iam/instanceProfile:InstanceProfile",
      name: of("profile", i),
      id: of("profile", i),
      properties: { name: of("profile", i), role: of("role", i), tags },
    })),
    ...times(14, (i) => ({
      type: "aws:ec2/instance:Instance",
      name: of("instance", i),
      id: of("i", i),
      properties: {
        ami: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
        instanceType: "t3.micro",
        subnetId: subnets[i % 6]!,
        vpcSecurityGroupIds: [of("sg", 1 + (i % 5))],
        iamInstanceProfile: of("profile", i % 6),
        tags,
      },
    })),
    ...times(41, (i) =>
      i % 2 === 0
        ? {
            type: "aws:cloudwatch/logGroup:LogGroup",
            name: of("logs", i),
            properties: { name: `/team-${n}/${i}`, retentionInDays: 30, tags },
          }
        : {
            type: "aws:s3/bucket:Bucket",
            name: of("bucket", i),
            properties: { bucket: `team-${n}-${i}`, tags, versioning: { enabled: true }, forceDestroy: false },
          },
    ),
  ];
}

/**
 * An exported stack with a number of resources, for `pulumi policy analyze --file`: one in seven is an instance.
 *
 * @param number of the stack: stacks with different numbers have no id in common
 */
export function stateWith(resources: number, number = 0): string {
  const count = Math.ceil(resources / 100);
  const all = times(count, (i) => neighborhood(number * count + i))
    .flat()
    .slice(0, resources);
  const urnOf = (type: string, name: string) => `urn:pulumi:bench${number || ""}::bench::${type}::${name}`;
  const exported = all.map(({ type, name, id = name, properties }) => ({
    urn: urnOf(type, name),
    type,
    custom: true,
    id,
    inputs: properties,
    outputs: { ...properties, id, arn: `arn:aws:bench:${region}:${account}:${id}`, region },
    provider: `${urnOf(provider.type, "default")}::${provider.id}`,
  }));
  const stack = [
    { urn: urnOf("pulumi:pulumi:Stack", "bench-bench"), type: "pulumi:pulumi:Stack", custom: false },
    { ...provider, urn: urnOf(provider.type, "default"), custom: true, inputs: { region }, outputs: { region } },
  ];
  const manifest = { time: "2026-11-22T00:00:00Z", magic: "", version: "" };
  return JSON.stringify({ version: 3, deployment: { manifest, resources: [...stack, ...exported] } });
}
