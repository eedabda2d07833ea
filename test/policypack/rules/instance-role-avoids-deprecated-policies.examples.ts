import { type RuleExamples, attachment, role } from "./examples";

const roleforSsm = "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM";
const core = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const remedy = "Attach that first, then detach the deprecated policy.";
const lacking =
  "It lacks 17 actions of the deprecated policy (of `cloudwatch`, `ds`, `ec2`, `logs`, `s3`), which `patchpath roles` lists.";

export const examples: RuleExamples = {
  bad: [
    {
      title: "AmazonEC2RoleforSSM, attached",
      resources: [role("web", "ec2.amazonaws.com"), attachment("ssm", "web", roleforSsm)],
      findings: [`\`policyArn\` has the deprecated \`${roleforSsm}\`; expected \`${core}\`. ${remedy} ${lacking}`],
    },
    {
      title: "AmazonEC2RoleforSSM in the role's own list, in another partition",
      resources: [
        role("web", "ec2.amazonaws.com.cn", { managedPolicyArns: [roleforSsm.replace("aws:iam", "aws-cn:iam")] }),
      ],
      findings: [
        `\`managedPolicyArns[0]\` has the deprecated \`${roleforSsm.replace("aws:iam", "aws-cn:iam")}\`; expected \`${core.replace("aws:iam", "aws-cn:iam")}\`. ${remedy} ${lacking}`,
      ],
    },
    {
      title: "a deprecated policy that is not intended for instances, on the role of an instance",
      resources: [
        role("web", "ec2.amazonaws.com"),
        attachment("lambda", "web", "arn:aws:iam::aws:policy/AWSLambdaFullAccess"),
      ],
      findings: [
        `\`policyArn\` has the deprecated \`arn:aws:iam::aws:policy/AWSLambdaFullAccess\`; expected \`arn:aws:iam::aws:policy/AWSLambda_FullAccess\` (its successor by name; not confirmed by AWS's documentation). ${remedy}`,
      ],
    },
    {
      title: "the same on a role that is created elsewhere and is in an instance profile of this stack",
      resources: [
        { type: "aws:iam/instanceProfile:InstanceProfile", name: "profile", props: { role: "elsewhere" } },
        attachment("lambda", "elsewhere", "arn:aws:iam::aws:policy/AWSLambdaFullAccess"),
      ],
      findings: [
        `\`policyArn\` has the deprecated \`arn:aws:iam::aws:policy/AWSLambdaFullAccess\`; expected \`arn:aws:iam::aws:policy/AWSLambda_FullAccess\` (its successor by name; not confirmed by AWS's documentation). ${remedy}`,
      ],
    },
    {
      title: "a deprecated policy for which AWS names no successor",
      resources: [
        {
          type: "aws:iam/policyAttachment:PolicyAttachment",
          name: "emr",
          props: {
            roles: ["cluster"],
            policyArn: "arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceforEC2Role",
          },
        },
      ],
      findings: [
        "`policyArn` has the deprecated `arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceforEC2Role`, for which AWS names no successor. Detach it and attach a policy of the actions in use.",
      ],
    },
    {
      title: "a deprecated policy in a list that owns all attachments of a role",
      resources: [
        {
          type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
          name: "all",
          props: { roleName: "web", policyArns: [core, roleforSsm] },
        },
      ],
      findings: [`\`policyArns[1]\` has the deprecated \`${roleforSsm}\`; expected \`${core}\`. ${remedy} ${lacking}`],
    },
  ],
  good: [
    {
      title: "the successor",
      resources: [role("web", "ec2.amazonaws.com"), attachment("ssm", "web", core)],
      findings: [],
    },
    {
      title: "a customer managed policy with the same name",
      resources: [
        role("web", "ec2.amazonaws.com"),
        attachment("own", "web", "arn:aws:iam::123456789012:policy/service-role/AmazonEC2RoleforSSM"),
      ],
      findings: [],
    },
    {
      title: "a deprecated policy on the role of a Lambda function, which instances do not use",
      resources: [
        role("function", "lambda.amazonaws.com"),
        attachment("lambda", "function", "arn:aws:iam::aws:policy/AWSLambdaFullAccess"),
      ],
      findings: [],
    },
  ],
};
