import { deepStrictEqual, doesNotMatch, match, ok, strictEqual } from "node:assert/strict";
import { readStackFile } from "../../../policypack/sources/stack-file";
import { type RolesReport, exitCodeOfRoles, reportOnRoles } from "../../../policypack/report/roles-report";
import { rolesAsMarkdown, rolesAsText } from "../../../policypack/report/roles-text";
import { deprecatedPolicyOf } from "../../../policypack/facts/managed-policies";
import { lostPermissions } from "../../../policypack/path/lost-permissions";
import type { StackResource } from "../../../policypack/stack/resource";
import { Stack } from "../../../policypack/stack/stack";
import type { ExampleResource } from "../rules/analyze";
import { attachment, json, role } from "../rules/examples";
import { withStateFile } from "./stack-files";

const deprecated = "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM";
const emr = "arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceforEC2Role";
const core = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const cloudWatch = "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy";
const lambda = "arn:aws:iam::aws:policy/AWSLambdaFullAccess";
const directory = "arn:aws:iam::aws:policy/AmazonSSMDirectoryServiceAccess";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const web = role("web", "ec2.amazonaws.com");
const attached = attachment("ssm", "web", deprecated);
const profile: ExampleResource = {
  type: "aws:iam/instanceProfile:InstanceProfile",
  name: "web",
  props: { id: "web-profile", name: "web-profile", role: "web" },
};
const template: ExampleResource = {
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  name: "web",
  props: { id: "lt-1", iamInstanceProfile: { name: "web-profile" } },
};
const configuration: ExampleResource = {
  type: "aws:ec2/launchConfiguration:LaunchConfiguration",
  name: "old",
  props: { id: "lc-1", iamInstanceProfile: "web-profile" },
};
const group: ExampleResource = {
  type: "aws:autoscaling/group:Group",
  name: "web",
  props: { id: "web-group", launchTemplate: { id: "lt-1" } },
};
const inline = (name: string, ...statements: object[]): ExampleResource => ({
  type: "aws:iam/rolePolicy:RolePolicy",
  name,
  props: { role: "web", policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }) },
});

const reportOn = (...resources: ExampleResource[]): RolesReport =>
  withStateFile(resources, (file) => reportOnRoles([new Stack(readStackFile(file, undefined).resources)]));
const only = (...resources: ExampleResource[]) => {
  const { roles } = reportOn(...resources);
  strictEqual(roles.length, 1);
  strictEqual(roles[0]!.deprecatedPolicies.length, 1);
  return { ...roles[0]!, found: roles[0]!.deprecatedPolicies[0]! };
};
const permissionsAfter = (...resources: ExampleResource[]) => only(web, attached, ...resources).found.permissions!;

/** The actions that AmazonEC2RoleforSSM allows and AmazonSSMManagedInstanceCore does not, as counted in facts §6. */
const lostToCore = [
  "cloudwatch:PutMetricData",
  "ds:CreateComputer",
  "ds:DescribeDirectories",
  "ec2:DescribeInstanceStatus",
  "logs:CreateLogGroup",
  "logs:CreateLogStream",
  "logs:DescribeLogGroups",
  "logs:DescribeLogStreams",
  "logs:PutLogEvents",
  "s3:AbortMultipartUpload",
  "s3:GetBucketLocation",
  "s3:GetEncryptionConfiguration",
  "s3:GetObject",
  "s3:ListBucket",
  "s3:ListBucketMultipartUploads",
  "s3:ListMultipartUploadParts",
  "s3:PutObject",
];

describe("the report on roles", () => {
  describe("finds a deprecated policy", () => {
    const places: readonly (readonly [string, ExampleResource, string, string])[] = [
      [
        "of an attachment",
        attached,
        "policyArn",
        `Set \`policyArn\` of the RolePolicyAttachment \`ssm\` to \`${core}\`.`,
      ],
      [
        "in a list that manages all attachments of a role",
        {
          type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
          name: "all",
          props: { roleName: "web", policyArns: [cloudWatch, deprecated] },
        },
        "policyArns[1]",
        `Replace \`policyArns[1]\` of the RolePolicyAttachmentsExclusive \`all\` with \`${core}\`.`,
      ],
      [
        "in an attachment that manages the policy",
        {
          type: "aws:iam/policyAttachment:PolicyAttachment",
          name: "everyone",
          props: { roles: ["web"], policyArn: deprecated },
        },
        "policyArn",
        `Give the role a RolePolicyAttachment of \`${core}\`; then remove the role from \`roles\` of the PolicyAttachment \`everyone\`, which owns every attachment of its policy in the account.`,
      ],
    ];
    for (const [what, resource, property, patch] of places) {
      it(what, () => {
        const { role: name, found } = only(web, resource);
        deepStrictEqual(
          { name, ...found, permissions: found.permissions?.lost },
          {
            name: "web",
            policyArn: deprecated,
            resource: `urn:pulumi:test::shop::${resource.type}::${resource.name}`,
            property,
            replacements: [core],
            replacementConfirmed: true,
            permissions: what.includes("list")
              ? lostToCore.filter((action) => !/^(cloudwatch|logs):/.test(action))
              : lostToCore,
            patch,
          },
        );
      });
    }

    it("in the role's own list", () => {
      const { found } = only(role("web", "ec2.amazonaws.com", { managedPolicyArns: [deprecated] }));
      strictEqual(found.patch, `Replace \`managedPolicyArns[0]\` of the Role \`web\` with \`${core}\`.`);
    });

    it("and says to remove it if the role already has the successor", () => {
      strictEqual(
        only(web, attached, attachment("core", "web", core)).found.patch,
        `Remove the RolePolicyAttachment \`ssm\`: the role already has \`${core}\`.`,
      );
    });

    it("without a successor by AWS and without known actions", () => {
      const { found } = only(web, attachment("emr", "web", emr));
      strictEqual(found.permissions, null);
      strictEqual(
        found.patch,
        "Give the role a policy of the actions in use; then remove the RolePolicyAttachment `emr`.",
      );
    });

    it("whose successor is derived only from its name, as a proposal", () => {
      const { found } = only(web, attachment("lambda", "web", lambda));
      strictEqual(
        found.patch,
        "Give the role `arn:aws:iam::aws:policy/AWSLambda_FullAccess` (its successor by name; not confirmed by AWS's documentation) or a policy of the actions in use; then remove the RolePolicyAttachment `lambda`.",
      );
    });
  });

  it("ignores a role that is not for instances, unless the policy is intended for them", () => {
    const lambdaRole = role("web", "lambda.amazonaws.com");
    deepStrictEqual(reportOn(lambdaRole, attachment("lambda", "web", lambda)).roles, []);
    strictEqual(only(lambdaRole, attached).forInstances, false);
  });

  it("lists the instance profile, the group, the launch template and the launch configuration that use the role", () => {
    deepStrictEqual(
      only(web, attached, profile, template, configuration, group).users.map(({ urn }) =>
        urn.split("::").slice(2).join(" "),
      ),
      [
        "aws:iam/instanceProfile:InstanceProfile web",
        "aws:autoscaling/group:Group web",
        "aws:ec2/launchTemplate:LaunchTemplate web",
        "aws:ec2/launchConfiguration:LaunchConfiguration old",
      ],
    );
  });

  describe("counts as lost", () => {
    it("what AmazonSSMManagedInstanceCore does not allow, and says which policies allow it", () => {
      deepStrictEqual(permissionsAfter(), {
        lost: lostToCore,
        narrowed: [],
        givenBack: [
          { policyArn: directory, actions: ["ds:CreateComputer", "ds:DescribeDirectories"] },
          { policyArn: cloudWatch, actions: lostToCore.filter((action) => /^(cloudwatch|logs):/.test(action)) },
        ],
        untold: [],
      });
    });

    it("nothing that another policy of the role allows", () => {
      const statement = { Effect: "Allow", Action: ["s3:*", "logs:*", "ds:*", "cloudwatch:*"], Resource: "*" };
      deepStrictEqual(permissionsAfter(inline("more", statement)).lost, ["ec2:DescribeInstanceStatus"]);
    });

    it("nothing that the role does not allow today", () => {
      const { lost } = permissionsAfter(inline("less", { Effect: "Deny", Action: "s3:*", Resource: "*" }));
      deepStrictEqual(
        lost,
        lostToCore.filter((action) => !action.startsWith("s3:")),
      );
    });

    it("what a second deprecated policy allows, since it is removed too", () => {
      const { roles } = reportOn(
        role("web", "ec2.amazonaws.com", { managedPolicyArns: [deprecated] }),
        attachment("again", "web", deprecated),
      );
      deepStrictEqual(
        roles[0]!.deprecatedPolicies.map(({ permissions }) => permissions?.lost),
        [lostToCore, lostToCore],
      );
    });

    it("separately: what remains allowed only on some resources", () => {
      const { lost, narrowed } = permissionsAfter(
        inline("bucket", { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::outputs/*" }),
      );
      deepStrictEqual(narrowed, ["s3:PutObject"]);
      ok(!lost.includes("s3:PutObject") && lost.includes("s3:GetObject"));
    });

    it("nothing that a policy of the stack allows", () => {
      const arn = "arn:aws:iam::123456789012:policy/outputs";
      const policy = json({ Effect: "Allow", Action: "s3:*", Resource: "*" });
      const own = { type: "aws:iam/policy:Policy", name: "outputs", props: { id: arn, arn, policy } };
      const { lost, untold } = permissionsAfter(own, attachment("outputs", "web", arn));
      ok(!lost.some((action) => action.startsWith("s3:")));
      deepStrictEqual(untold, []);
    });

    it("with what is not known yet, and with successors whose actions are not known", () => {
      const open: ExampleResource = { ...inline("open"), props: { role: "web", policy: unknown } };
      deepStrictEqual(permissionsAfter(open).untold, ["an inline policy that is not known yet"]);
      const policy = { ...deprecatedPolicyOf(deprecated)!, replacements: ["Unheard"] };
      deepStrictEqual(lostPermissions({ policyArn: deprecated, policy })!.untold, ["arn:aws:iam::aws:policy/Unheard"]);
    });

    it("with the names of policies that are neither in a table nor in the stack", () => {
      const elsewhere = "arn:aws:iam::123456789012:policy/elsewhere";
      const readOnly = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
      deepStrictEqual(
        [...permissionsAfter(attachment("a", "web", elsewhere), attachment("b", "web", readOnly)).untold].sort(),
        [elsewhere, readOnly],
      );
    });
  });

  it("does not count as unknown a policy that the stack creates, before its ARN is known", () => {
    const resource = ({ type, name, props }: ExampleResource): StackResource => ({ type, name, props, urn: name });
    const own = resource({ type: "aws:iam/policy:Policy", name: "own", props: { arn: unknown, policy: json() } });
    const attaching = { ...resource(attachment("a", "web", unknown)), propertyDependencies: { policyArn: [own] } };
    deepStrictEqual(reportOnRoles([new Stack([resource(web), own, attaching])]).roles, []);
  });

  it("ends with 0 if there is none, 1 if there are some, 3 if it cannot be determined", () => {
    const open = attachment("open", "web", unknown);
    const elsewhere = attachment("elsewhere", "not-here", lambda);
    const reports = [[web], [web, attached], [web, open], [elsewhere], [web, attached, open]];
    deepStrictEqual(
      reports.map((resources) => exitCodeOfRoles(reportOn(...resources))),
      [0, 1, 3, 3, 1],
    );
    deepStrictEqual(reportOn(web, open).roles[0]!.unknown, ["which policy `policyArn` of `open` attaches"]);
    deepStrictEqual(reportOn(elsewhere).roles[0]!.unknown, [
      `whether it is an instance role, since it has the deprecated \`${lambda}\``,
    ]);
  });

  describe("in words", () => {
    const report = reportOn(web, attached, profile, template, group);

    it("lists each role", () => {
      strictEqual(
        rolesAsText(report, [], false),
        [
          "✘ role web, used by InstanceProfile web, Group web, LaunchTemplate web",
          `    ${deprecated}`,
          "      From `policyArn` of `ssm`.",
          `      Expected \`${core}\`.`,
          `      Lost: ${lostToCore.join(", ")}.`,
          `      If in use, attach \`${directory}\` for ds:CreateComputer, ds:DescribeDirectories.`,
          `      If in use, attach \`${cloudWatch}\` for ${lostToCore.filter((action) => /^(cloudwatch|logs):/.test(action)).join(", ")}.`,
          `      If in use, attach a policy of your own for ${lostToCore.filter((action) => /^(ec2|s3):/.test(action)).join(", ")}.`,
          `      Patch: Set \`policyArn\` of the RolePolicyAttachment \`ssm\` to \`${core}\`.`,
        ].join("\n"),
      );
    });

    it("says that there is none, and what is in no table", () => {
      strictEqual(rolesAsText(reportOn(web), [], false), "No role has a deprecated policy.");
      match(
        rolesAsText(reportOn(web, attachment("emr", "web", emr)), [], false),
        /AWS names no successor\.\n {6}Its permissions are not known to Patchpath; review `arn:.*AmazonElasticMapReduceforEC2Role` before you detach it\./,
      );
    });

    it("has the same sentences in Markdown", () => {
      const markdown = rolesAsMarkdown(report, ["partial."]);
      match(
        markdown,
        /^### Deprecated policies\n\n> partial\.\n\n- ✘ \*\*role\*\* `web`, used by InstanceProfile `web`/,
      );
      ok(markdown.includes(`    - Patch: Set \`policyArn\` of the RolePolicyAttachment \`ssm\` to \`${core}\`.`));
    });

    it("keeps names of resources within their line and out of markup", () => {
      const name = "a\n`**b** \u001b[31m<img>";
      const hostile = reportOn(role(name, "ec2.amazonaws.com", { managedPolicyArns: [deprecated, unknown] }));
      doesNotMatch(rolesAsText(hostile, [], false), /\u001b/);
      strictEqual(rolesAsText(hostile, [], false).split("\n").length, 11);
      doesNotMatch(rolesAsMarkdown(hostile, []), /\*\*b\*\*[^`]*$|\u001b/m);
    });
  });
});
