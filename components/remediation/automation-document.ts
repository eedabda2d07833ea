import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Automation documents (runbooks) that replace managed policies of a role. The replacements are attached and verified first, so that
 * the role always has the permissions that its instances require.
 *
 * Source of their form: https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html, checked
 * 2026-11-22. Two rules there matter: a step with `isEnd` ends the automation even if it fails, so no step that can be rolled back
 * has it; and if a critical step (the default) fails, the whole automation is `Failed`, even if its `onFailure` continues with
 * other steps.
 */
export interface AutomationDocument {
  readonly schemaVersion: "0.3";
  readonly description: string;
  readonly assumeRole: string;
  readonly parameters: Readonly<Record<string, DocumentParameter>>;
  readonly mainSteps: readonly AutomationStep[];
  readonly outputs?: readonly string[];
}

export interface DocumentParameter {
  readonly type: "String" | "StringList";
  readonly description: string;
  readonly allowedPattern?: string;
}

export interface AutomationStep {
  readonly name: string;
  readonly action: "aws:executeAwsApi" | "aws:executeScript" | "aws:sleep";
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs?: readonly { readonly Name: string; readonly Selector: string; readonly Type: string }[];
  readonly maxAttempts?: number;
  readonly timeoutSeconds?: number;
  readonly onFailure?: string;
  readonly nextStep?: string;
  readonly isEnd?: true;
}

const runtime = "python3.11";

/** IAM is eventually consistent: an attachment takes effect after a delay. */
const whileIamSettles = "PT15S";

/** Throttled calls are retried. Scripts also have the retries of boto3. */
const attempts = 3;

const assumeRole: DocumentParameter = {
  type: "String",
  description: "ARN of the role that Automation takes on.",
  allowedPattern: "^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$",
};

const swapScript = readFileSync(join(__dirname, "swap.py"), "utf8");
const planScript = readFileSync(join(__dirname, "plan.py"), "utf8");

interface Swap {
  readonly name: string;
  readonly handler: "attach" | "verify" | "detach";
  readonly role: string;
  readonly policyArns: string;
}

function swapStep({ name, handler, role, policyArns }: Swap): AutomationStep {
  return {
    name,
    action: "aws:executeScript",
    inputs: {
      Runtime: runtime,
      Handler: handler,
      InputPayload: { RoleName: role, PolicyArns: policyArns },
      Script: swapScript,
    },
    timeoutSeconds: 300,
  };
}

function settle(name: string): AutomationStep {
  return { name, action: "aws:sleep", inputs: { Duration: whileIamSettles } };
}

/**
 * Replaces the deprecated policies of one role that AWS Config reported.
 *
 * @param replacements for each deprecated policy, by ARN, the ARNs that replace it
 * @param exceptions for each role to leave alone, by name, the reason
 */
export function replaceDocument(
  replacements: Readonly<Record<string, readonly string[]>>,
  exceptions: Readonly<Record<string, string>>,
): AutomationDocument {
  const role = "{{ FindRole.RoleName }}";
  const rollBack = { onFailure: "step:RollBackAttach" };
  return {
    schemaVersion: "0.3",
    description:
      "Replaces deprecated managed policies of a role: attaches what takes their place, verifies, then detaches them; rolls back when a step fails. Users and groups it refuses.",
    assumeRole: "{{ AutomationAssumeRole }}",
    parameters: {
      AutomationAssumeRole: assumeRole,
      ResourceId: {
        type: "String",
        description:
          "Unique id of the role, as AWS Config reports it. Ids of users (AIDA) and groups (AGPA) are refused.",
        allowedPattern: "^AROA[A-Z0-9]{12,124}$",
      },
    },
    mainSteps: [
      {
        name: "FindRole",
        action: "aws:executeAwsApi",
        inputs: {
          Service: "config",
          Api: "ListDiscoveredResources",
          resourceType: "AWS::IAM::Role",
          resourceIds: ["{{ ResourceId }}"],
        },
        outputs: [{ Name: "RoleName", Selector: "$.resourceIdentifiers[0].resourceName", Type: "String" }],
        maxAttempts: attempts,
      },
      {
        name: "ReadQuota",
        action: "aws:executeAwsApi",
        inputs: { Service: "iam", Api: "GetAccountSummary" },
        outputs: [{ Name: "Quota", Selector: "$.SummaryMap.AttachedPoliciesPerRoleQuota", Type: "Integer" }],
        maxAttempts: attempts,
      },
      {
        name: "Plan",
        action: "aws:executeScript",
        inputs: {
          Runtime: runtime,
          Handler: "plan",
          InputPayload: {
            RoleId: "{{ ResourceId }}",
            RoleName: role,
            Quota: "{{ ReadQuota.Quota }}",
            Replacements: replacements,
            Exceptions: exceptions,
          },
          Script: planScript,
        },
        outputs: ["Attach", "Detach", "Successors"].map((name) => ({
          Name: name,
          Selector: `$.Payload.${name}`,
          Type: "StringList",
        })),
        timeoutSeconds: 300,
      },
      { ...swapStep({ name: "Attach", handler: "attach", role, policyArns: "{{ Plan.Attach }}" }), ...rollBack },
      settle("WaitForIam"),
      { ...swapStep({ name: "Verify", handler: "verify", role, policyArns: "{{ Plan.Successors }}" }), ...rollBack },
      { ...swapStep({ name: "Detach", handler: "detach", role, policyArns: "{{ Plan.Detach }}" }), ...rollBack },
      {
        ...swapStep({ name: "Confirm", handler: "verify", role, policyArns: "{{ Plan.Successors }}" }),
        isEnd: true,
      },
      // The role never loses permissions here: if a policy cannot be attached again, its replacements stay.
      swapStep({ name: "RollBackAttach", handler: "attach", role, policyArns: "{{ Plan.Detach }}" }),
      {
        ...swapStep({ name: "RollBackDetach", handler: "detach", role, policyArns: "{{ Plan.Attach }}" }),
        isEnd: true,
      },
    ],
    outputs: ["FindRole.RoleName", "Plan.Attach", "Plan.Detach"],
  };
}

/** Rolls back a replacement, with the outputs of that automation. */
export function rollBackDocument(): AutomationDocument {
  const role = "{{ RoleName }}";
  const arns = (description: string): DocumentParameter => ({ type: "StringList", description });
  return {
    schemaVersion: "0.3",
    description:
      "Takes the replacement of a role's policies back: attaches the old ones, verifies, then detaches the new ones. A policy that AWS has deprecated for good can't be attached again; then nothing is detached.",
    assumeRole: "{{ AutomationAssumeRole }}",
    parameters: {
      AutomationAssumeRole: assumeRole,
      RoleName: { type: "String", description: "Name of the role.", allowedPattern: "^[\\w+=,.@-]{1,64}$" },
      Attach: arns("ARNs to attach again: the output Plan.Detach of the replacement."),
      Detach: arns("ARNs to detach: the output Plan.Attach of the replacement."),
    },
    mainSteps: [
      swapStep({ name: "Attach", handler: "attach", role, policyArns: "{{ Attach }}" }),
      settle("WaitForIam"),
      swapStep({ name: "Verify", handler: "verify", role, policyArns: "{{ Attach }}" }),
      { ...swapStep({ name: "Detach", handler: "detach", role, policyArns: "{{ Detach }}" }), isEnd: true },
    ],
  };
}
