import { type Mutation, blocked, edit, onEverything, policy, unknown, web } from "./mutation";

const image = { imageId: "ami-0123456789abcdef0" };
const tag = (key: string, value: string) => ({
  tagSpecifications: [{ resourceType: "instance", tags: { PatchGroup: "prod", [key]: value } }],
});

const agent: Mutation[] = [
  unknown("agent", "an AMI ID, with an operating system known only from a tag", {
    edit: { [web]: () => ({ ...image, ...tag("OperatingSystem", "Amazon Linux 2023") }) },
  }),
  unknown("agent", "an AMI ID, with an operating system known only from the name", {
    edit: { [web]: () => ({ ...image, ...tag("Name", "web-al2023") }), "prod-web-group": () => ({ tags: [] }) },
  }),
  unknown("agent", "an AMI ID, with an operating system known from the patch group's baseline", {
    ...edit(web, image),
    add: [
      {
        type: "aws:ssm/patchBaseline:PatchBaseline",
        name: "al2023",
        props: { id: "pb-1", operatingSystem: "AMAZON_LINUX_2023" },
      },
      { type: "aws:ssm/patchGroup:PatchGroup", name: "prod", props: { baselineId: "pb-1", patchGroup: "prod" } },
    ],
  }),
  unknown("agent", "a copy of an AMI, with an operating system known from its name", {
    ...edit(web, image),
    add: [
      { type: "aws:ec2/amiCopy:AmiCopy", name: "copy", props: { id: image.imageId, name: "golden-al2023-2026-11" } },
    ],
  }),
];

const managed = (policyArn: string) => edit("prod-web-instance-core", { policyArn });
const inline = (document: string) => ({
  add: [
    { type: "aws:iam/rolePolicy:RolePolicy", name: "own", props: { role: "prod-web-instance-role", policy: document } },
  ],
});

const identity: Mutation[] = [
  // Default Host Management may replace a role that does not allow `ssm:UpdateInstanceInformation`, or that EC2 cannot assume.
  unknown("identity", "no AmazonSSMManagedInstanceCore", { drop: ["prod-web-instance-core"] }),
  blocked("identity", "no AmazonSSMManagedInstanceCore, and Default Host Management turned off", {
    drop: ["prod-web-instance-core"],
    add: [
      {
        type: "aws:ssm/serviceSetting:ServiceSetting",
        name: "host-management",
        props: {
          settingId: "/ssm/managed-instance/default-ec2-instance-management-role",
          settingValue: "$None",
          status: "Default",
          region: "eu-west-1",
        },
      },
    ],
  }),
  unknown(
    "identity",
    "an AWS managed policy for another service",
    managed("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"),
  ),
  unknown(
    "identity",
    "a role for Lambda",
    edit("prod-web-instance-role", {
      assumeRolePolicy: policy({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "lambda.amazonaws.com" },
      }),
    }),
  ),
  blocked("identity", "inline policies without the actions of the channels", {
    drop: ["prod-web-instance-core"],
    ...inline(policy(onEverything("Allow", "ssm:*"))),
  }),
  unknown(
    "identity",
    "a customer managed policy that is not in the stack",
    managed("arn:aws:iam::123456789012:policy/ours"),
  ),
  blocked("identity", "a Deny and AmazonSSMManagedInstanceCore", inline(policy(onEverything("Deny", "ssm:Put*")))),
  unknown(
    "identity",
    "a permissions boundary",
    edit("prod-web-instance-role", { permissionsBoundary: "arn:aws:iam::123456789012:policy/limit" }),
  ),
  unknown("identity", "no instance profile", edit(web, { iamInstanceProfile: undefined })),
  unknown(
    "identity",
    "an instance profile that is not in the stack",
    edit(web, { iamInstanceProfile: { name: "elsewhere" } }),
  ),
];

export const instanceMutations: readonly Mutation[] = [...agent, ...identity];
