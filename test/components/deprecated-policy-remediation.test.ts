import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { DeprecatedPolicyRemediation, type DeprecatedPolicyRemediationArgs } from "@patchpath/components";
import { type Recorded, recorded } from "./with-mocks";

const full: DeprecatedPolicyRemediationArgs = {
  region: "eu-west-1",
  mode: "automatic",
  needs: { cloudWatchAgent: true, directory: true },
  instanceRegions: ["eu-west-1", "us-east-1"],
  outputBuckets: ["outputs"],
  exceptions: [
    { kind: "role", name: "legacy", reason: "moves in March" },
    { kind: "role", name: "other", reason: "belongs to a vendor" },
    { kind: "group", name: "operators", reason: "is retired in May" },
  ],
  concurrency: 5,
  maxErrors: 20,
  recorder: "new",
};

const made = (args: DeprecatedPolicyRemediationArgs) =>
  recorded((opts) => new DeprecatedPolicyRemediation("fix", args, opts));

const deprecated = "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM";
const policy = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const buckets = "arn:aws:iam::123456789012:policy/fix-buckets";

describe("DeprecatedPolicyRemediation", () => {
  let resources: Recorded[];
  before(async () => {
    resources = await made(full);
  });

  const inputsOf = (name: string, of = resources) => {
    const found = of.find((resource) => resource.name === name && resource.type.startsWith("aws:"));
    ok(found, `there is no ${name}`);
    return found.inputs;
  };
  const json = (name: string, property: string, of = resources): unknown =>
    JSON.parse(inputsOf(name, of)[property] as string);

  // Public: a change here renames or replaces resources of live stacks, so it needs an alias and a changelog line.
  it("creates exactly these resources, with these names", () => {
    deepStrictEqual(
      resources.map(({ type, name }) => `${type} ${name}`),
      [
        "aws:cfg/deliveryChannel:DeliveryChannel fix-config-channel",
        "aws:cfg/recorder:Recorder fix-config-recorder",
        "aws:cfg/recorderStatus:RecorderStatus fix-config-recording",
        "aws:cfg/remediationConfiguration:RemediationConfiguration fix-remediation",
        "aws:cfg/rule:Rule fix-roles",
        "aws:cfg/rule:Rule fix-users-and-groups",
        "aws:iam/policy:Policy fix-buckets",
        "aws:iam/role:Role fix-automation",
        "aws:iam/role:Role fix-config-role",
        "aws:iam/rolePolicy:RolePolicy fix-config-delivers",
        "aws:iam/rolePolicy:RolePolicy fix-swaps-policies",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment fix-config-reads",
        "aws:s3/bucket:Bucket fix-config-deliveries",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock fix-config-deliveries",
        "aws:ssm/document:Document fix-replace",
        "aws:ssm/document:Document fix-roll-back",
        "patchpath:remediation:ConfigRecorder fix-config",
        "patchpath:remediation:DeprecatedPolicyRemediation fix",
      ],
    );
  });

  it("has a parent for each child, whose name starts with that of the parent", () => {
    for (const { type, name, parent } of resources) {
      if (name === "fix") continue;
      ok(parent, `${type} ${name} has no parent`);
      ok(name.startsWith(`${parent}-`), `${type} ${name} is below ${parent}`);
    }
  });

  it("uses the existing recorder unless a new one is configured", async () => {
    const withoutRecorder = await made({ region: "eu-west-1", mode: "report" });
    deepStrictEqual(
      withoutRecorder.filter(({ name }) => name.startsWith("fix-config")),
      [],
    );
  });

  it("looks for every deprecated policy of instances with a known ARN, except on exceptions", () => {
    const { policyArns, exceptionList } = json("fix-roles", "inputParameters") as Record<string, string>;
    deepStrictEqual(policyArns!.split(",").slice(0, 2), [
      deprecated,
      policy("service-role/AmazonElasticMapReduceforEC2Role"),
    ]);
    strictEqual(exceptionList, "roles:[legacy;other]");
    deepStrictEqual(inputsOf("fix-roles")["scope"], { complianceResourceTypes: ["AWS::IAM::Role"] });
    const others = json("fix-users-and-groups", "inputParameters");
    deepStrictEqual(others, { policyArns, exceptionList: "groups:[operators]" });
    deepStrictEqual(inputsOf("fix-users-and-groups")["scope"], {
      complianceResourceTypes: ["AWS::IAM::User", "AWS::IAM::Group"],
    });
  });

  interface Plan {
    readonly Replacements: Record<string, string[]>;
    readonly Exceptions: Record<string, string>;
  }
  const planOf = (of = resources) => {
    const { mainSteps } = json("fix-replace", "content", of) as {
      mainSteps: { name: string; inputs: { InputPayload: Plan } }[];
    };
    return mainSteps.find(({ name }) => name === "Plan")!.inputs.InputPayload;
  };

  it("attaches what the instances require, and replaces only policies for which AWS names a successor", async () => {
    const { Replacements, Exceptions } = planOf();
    deepStrictEqual(Replacements, {
      [deprecated]: [
        policy("AmazonSSMManagedInstanceCore"),
        policy("AmazonSSMDirectoryServiceAccess"),
        policy("CloudWatchAgentServerPolicy"),
        buckets,
      ],
    });
    deepStrictEqual(Exceptions, { legacy: "moves in March", other: "belongs to a vendor" });
    const least = planOf(await made({ region: "eu-west-1", mode: "report" }));
    deepStrictEqual(least.Replacements, { [deprecated]: [policy("AmazonSSMManagedInstanceCore"), buckets] });
  });

  it("allows the instances only the SSM buckets of their regions and the output buckets", () => {
    const { Statement } = json("fix-buckets", "policy") as {
      Statement: { Action: string | string[]; Resource: string[] }[];
    };
    strictEqual(Statement.length, 2);
    strictEqual(Statement[0]!.Action, "s3:GetObject");
    for (const resource of Statement[0]!.Resource)
      ok(/^arn:aws:s3:::[a-z0-9-]*(eu-west-1|us-east-1)[a-z0-9-]*\/\*$/.test(resource), resource);
    ok(Statement[0]!.Resource.includes("arn:aws:s3:::aws-patch-manager-us-east-1-1970c647d/*"));
    deepStrictEqual(Statement[1]!.Resource, ["arn:aws:s3:::outputs", "arn:aws:s3:::outputs/*"]);
  });

  it("allows the automation to replace only these policies, and not on exceptions", () => {
    const { Statement } = json("fix-swaps-policies", "policy") as {
      Statement: { Sid: string; Condition?: object; Resource: unknown }[];
    };
    deepStrictEqual(Statement.find(({ Sid }) => Sid === "SwapPolicies")!.Condition, {
      ArnEquals: { "iam:PolicyARN": [deprecated, ...planOf().Replacements[deprecated]!] },
    });
    deepStrictEqual(Statement.find(({ Sid }) => Sid === "LeaveExceptionsAlone")!.Resource, [
      "arn:aws:iam::123456789012:role/legacy",
      "arn:aws:iam::123456789012:role/*/legacy",
      "arn:aws:iam::123456789012:role/other",
      "arn:aws:iam::123456789012:role/*/other",
    ]);
  });

  it("starts the automation itself in the mode automatic, within its limits", () => {
    const { automatic, executionControls, maximumAutomaticAttempts, retryAttemptSeconds, parameters } =
      inputsOf("fix-remediation");
    deepStrictEqual(
      { automatic, executionControls, maximumAutomaticAttempts, retryAttemptSeconds, parameters },
      {
        automatic: true,
        executionControls: { ssmControls: { concurrentExecutionRatePercentage: 5, errorPercentage: 20 } },
        maximumAutomaticAttempts: 3,
        retryAttemptSeconds: 3600,
        parameters: [
          { name: "AutomationAssumeRole", staticValue: "arn:aws:mock:::fix-automation" },
          { name: "ResourceId", resourceValue: "RESOURCE_ID" },
        ],
      },
    );
  });

  it("does not start the automation in the mode report, and processes one role in ten at a time", async () => {
    const inputs = inputsOf("fix-remediation", await made({ region: "eu-west-1", mode: "report" }));
    strictEqual(inputs["automatic"], false);
    ok(!("maximumAutomaticAttempts" in inputs));
    deepStrictEqual(inputs["executionControls"], {
      ssmControls: { concurrentExecutionRatePercentage: 10, errorPercentage: 10 },
    });
  });

  it("records only the IAM types, after the delivery channel is created", () => {
    deepStrictEqual(inputsOf("fix-config-recorder")["recordingGroup"], {
      allSupported: false,
      includeGlobalResourceTypes: false,
      resourceTypes: ["AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group", "AWS::IAM::Policy"],
      recordingStrategies: [{ useOnly: "INCLUSION_BY_RESOURCE_TYPES" }],
    });
  });

  describe("fails before anything is created for", () => {
    const refused: readonly (readonly [string, Partial<DeprecatedPolicyRemediationArgs>, RegExp])[] = [
      [
        "a region without the rule",
        { region: "eu-south-2" },
        /^Error: AWS Config has no rule `iam-policy-blacklisted-check` in eu-south-2; IAM is global, so use another region of the account: af-south-1, /,
      ],
      [
        "instances where bucket names are unconfirmed",
        { instanceRegions: ["cn-north-1"] },
        /^Error: the names of the SSM buckets in cn-north-1 are unconfirmed; use another region/,
      ],
      [
        "more regions than a policy has room for",
        { instanceRegions: Array.from({ length: 15 }, () => "ap-southeast-1" as const) },
        /^Error: the policy for 15 regions and 0 buckets has \d+ characters; expected at most 6144: list fewer regions/,
      ],
      [
        "more exceptions than a rule has room for",
        {
          exceptions: Array.from({ length: 100 }, (_, i) => ({
            kind: "role" as const,
            name: `role-${i}`,
            reason: "x",
          })),
        },
        /^Error: with these exceptions, the parameters of the rule have \d+ characters; expected at most 1024: shorten the list/,
      ],
    ];
    for (const [what, args, message] of refused) {
      it(what, () => {
        throws(() => new DeprecatedPolicyRemediation("fix", { region: "eu-west-1", mode: "report", ...args }), message);
      });
    }
  });
});
