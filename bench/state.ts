/** A resource as a test of scale writes it: what `pulumi stack export` shows of it. */
interface Resource {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const region = "eu-west-1";
const urnOf = (type: string, name: string) => `urn:pulumi:bench::bench::${type}::${name}`;
const provider = { type: "pulumi:providers:aws", id: "0b9d7a2e-6c1f-4f0a-9f5e-3b8f1f6a7c11" };
const tags = { Name: "bench", Environment: "production", Owner: "platform" };
const document = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const trust = document({
  Effect: "Allow",
  Principal: { Service: "ec2.amazonaws.com" },
  Action: "sts:AssumeRole",
});

/** Twenty resources as they stand together in an account: twelve are of kinds that the pack looks at. */
const mixture: readonly ((i: number) => Resource)[] = [
  (i) => ({ type: "aws:iam/role:Role", properties: { name: `role-${i}`, assumeRolePolicy: trust, tags } }),
  (i) => ({
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    properties: { role: `role-${i - 1}`, policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" },
  }),
  (i) =>
    i % 200 === 2
      ? {
          type: "aws:ec2/vpcEndpoint:VpcEndpoint",
          properties: {
            vpcId: "vpc-0123456789abcdef0",
            serviceName: `com.amazonaws.${region}.s3`,
            vpcEndpointType: "Gateway",
            policy: document({ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" }),
            tags,
          },
        }
      : {
          type: "aws:iam/rolePolicy:RolePolicy",
          properties: {
            role: `role-${i - 2}`,
            policy: document({
              Effect: "Allow",
              Action: ["s3:GetObject", "s3:PutObject"],
              Resource: `arn:aws:s3:::b${i}/*`,
            }),
          },
        },
  ...Array.from({ length: 5 }, () => (i: number) => ({
    type: "aws:ec2/subnet:Subnet",
    properties: {
      vpcId: "vpc-0123456789abcdef0",
      cidrBlock: `10.0.${i % 256}.0/24`,
      availabilityZone: `${region}a`,
      tags,
    },
  })),
  ...Array.from({ length: 4 }, () => (i: number) => ({
    type: "aws:ec2/securityGroup:SecurityGroup",
    properties: {
      vpcId: "vpc-0123456789abcdef0",
      ingress: [{ fromPort: 443, toPort: 443, protocol: "tcp", cidrBlocks: [`10.0.${i % 256}.0/24`] }],
      egress: [{ fromPort: 0, toPort: 0, protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }],
      tags,
    },
  })),
  ...Array.from({ length: 4 }, () => (i: number) => ({
    type: "aws:cloudwatch/logGroup:LogGroup",
    properties: { name: `/bench/${i}`, retentionInDays: 30, tags },
  })),
  ...Array.from({ length: 4 }, () => (i: number) => ({
    type: "aws:s3/bucket:Bucket",
    properties: { bucket: `bench-${i}`, tags, versioning: { enabled: true }, forceDestroy: false },
  })),
];

/** An exported stack with so many resources, as `pulumi policy analyze --file` reads it. */
export function stateWith(resources: number): string {
  const made = Array.from({ length: resources }, (_, i) => {
    const { type, properties } = mixture[i % mixture.length]!(i);
    const id = `bench-${i}`;
    return {
      urn: urnOf(type, id),
      type,
      custom: true,
      id,
      inputs: properties,
      outputs: { ...properties, id, arn: `arn:aws:bench:${region}:123456789012:${id}`, region },
      provider: `${urnOf(provider.type, "default")}::${provider.id}`,
    };
  });
  const stack = [
    { urn: urnOf("pulumi:pulumi:Stack", "bench-bench"), type: "pulumi:pulumi:Stack", custom: false },
    { ...provider, urn: urnOf(provider.type, "default"), custom: true, inputs: { region }, outputs: { region } },
  ];
  const manifest = { time: "2026-11-22T00:00:00Z", magic: "", version: "" };
  return JSON.stringify({ version: 3, deployment: { manifest, resources: [...stack, ...made] } });
}
