import type { AutomationDocument } from "../../../components/remediation/automation-document";
import { type AutomationResult, type AwsCall, Emulator } from "./emulator";

export const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
export const deprecated = aws("service-role/AmazonEC2RoleforSSM");
export const core = aws("AmazonSSMManagedInstanceCore");
export const cloudWatch = aws("CloudWatchAgentServerPolicy");
export const emr = aws("service-role/AmazonElasticMapReduceforEC2Role");
export const automationRole = "arn:aws:iam::123456789012:role/automation";

export const trust = (...services: string[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: services }, Action: "sts:AssumeRole" }],
  });

export interface RoleArgs {
  readonly RoleName?: string;
  readonly Path?: string;
  readonly PermissionsBoundary?: string;
  readonly AssumeRolePolicyDocument?: string;
}

/** Roles in an emulated account, and automations on them. */
export class Stage {
  #count = 0;

  private constructor(readonly emulator: Emulator) {}

  static async set(): Promise<Stage> {
    return new Stage(await Emulator.start());
  }

  /** Creates an instance role with these policies. */
  async role(policies: readonly string[], args: RoleArgs = {}): Promise<{ name: string; id: string }> {
    const name = args.RoleName ?? `role-${(this.#count += 1)}`;
    const { Role } = (await this.emulator.call("iam", "create_role", {
      AssumeRolePolicyDocument: trust("ec2.amazonaws.com"),
      ...args,
      RoleName: name,
    })) as { Role: { RoleId: string } };
    for (const PolicyArn of policies) {
      await this.emulator.call("iam", "attach_role_policy", { RoleName: name, PolicyArn });
    }
    await this.emulator.callsSince();
    return { name, id: Role.RoleId };
  }

  async policiesOf(name: string): Promise<string[]> {
    const answer = await this.emulator.call("iam", "list_attached_role_policies", { RoleName: name });
    const { AttachedPolicies } = answer as { AttachedPolicies: { PolicyArn: string }[] };
    return AttachedPolicies.map(({ PolicyArn }) => PolicyArn).sort();
  }

  run(document: AutomationDocument, parameters: Readonly<Record<string, unknown>>): Promise<AutomationResult> {
    return this.emulator.run(document, { AutomationAssumeRole: automationRole, ...parameters });
  }
}

export const stepsOf = ({ steps }: AutomationResult) => steps.map(({ name, status }) => `${name} ${status}`);

/** The reason of the first failed step. */
export const failureOf = ({ steps }: AutomationResult) =>
  steps.find(({ status }) => status === "Failed")?.message ?? "";

export const changesIn = (calls: readonly AwsCall[]) =>
  calls
    .filter(({ operation }) => /^(Attach|Detach)/.test(operation))
    .map(({ operation, params }) => `${operation} ${params["PolicyArn"]!.split("/").at(-1)!}`);
