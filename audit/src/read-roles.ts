import {
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type InstanceProfile,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from "@aws-sdk/client-iam";
import type { StackResource } from "patchpath/account";
import { type Reading, each } from "./reading";
import {
  type InlinePolicy,
  type ReadRole,
  decoded,
  isAmazonsPolicy,
  policyResource,
  profileResource,
  roleResource,
} from "./roles";

/**
 * The instance profiles in use with their roles and policies.
 *
 * @param profiles ARNs or names
 * @param others names of roles that the SSM agent gets otherwise
 */
export async function readRoles(
  reading: Reading,
  profiles: ReadonlySet<string>,
  others: readonly string[],
): Promise<StackResource[]> {
  const { make } = reading;
  const found = (await each([...profiles], (profile) => readProfile(reading, profile))).filter(
    (one) => one !== undefined,
  );
  const byArn = new Map(found.map((profile) => [profile.Arn, profile]));
  const inProfiles = [...byArn.values()].flatMap(({ Roles = [] }) => Roles);
  const names = new Set([...inProfiles.flatMap(({ RoleName }) => RoleName ?? []), ...others]);
  const roles = await each([...names], (name) => readRole(reading, name));
  const arns = roles.flatMap((one) => (one === undefined ? [] : policiesOf(one)));
  const policies = await each(
    [...new Set(arns)].filter((arn) => !isAmazonsPolicy(arn)),
    async (arn) => policyResource(make, arn, await readPolicy(reading, arn)),
  );
  return [
    ...[...byArn.values()].map((profile) => profileResource(make, profile)),
    ...roles.flatMap((one) => (one === undefined ? [] : [roleResource(make, one)])),
    ...policies,
  ];
}

async function readProfile({ clients, reader }: Reading, profile: string): Promise<InstanceProfile | undefined> {
  const InstanceProfileName = profile.split("/").at(-1)!;
  const command = new GetInstanceProfileCommand({ InstanceProfileName });
  return (await reader.one("iam:GetInstanceProfile", () => clients.iam.send(command)))?.InstanceProfile;
}

/** The profile's own copy of the role lacks its boundary. */
async function readRole({ clients, reader }: Reading, RoleName: string): Promise<ReadRole | undefined> {
  const { iam } = clients;
  const [answer, attached, names] = await Promise.all([
    reader.one("iam:GetRole", () => iam.send(new GetRoleCommand({ RoleName }))),
    reader.list(
      "iam:ListAttachedRolePolicies",
      paginateListAttachedRolePolicies({ client: iam, pageSize: 1000 }, { RoleName }),
      ({ AttachedPolicies }) => AttachedPolicies,
    ),
    reader.list(
      "iam:ListRolePolicies",
      paginateListRolePolicies({ client: iam, pageSize: 1000 }, { RoleName }),
      ({ PolicyNames }) => PolicyNames,
    ),
  ]);
  if (answer?.Role === undefined) return undefined;
  const inline = await each(names ?? [], async (PolicyName): Promise<InlinePolicy> => {
    const command = new GetRolePolicyCommand({ RoleName, PolicyName });
    const policy = await reader.one("iam:GetRolePolicy", () => iam.send(command));
    return { name: PolicyName, document: decoded(policy?.PolicyDocument) };
  });
  return { role: answer.Role, attached, inline: names && inline };
}

function policiesOf({ role, attached }: ReadRole): string[] {
  const boundary = role.PermissionsBoundary?.PermissionsBoundaryArn;
  const arns = (attached ?? []).map(({ PolicyArn }) => PolicyArn);
  return [...arns, boundary].filter((arn) => arn !== undefined);
}

async function readPolicy({ clients, reader }: Reading, PolicyArn: string): Promise<string | undefined> {
  const { iam } = clients;
  const policy = await reader.one("iam:GetPolicy", () => iam.send(new GetPolicyCommand({ PolicyArn })));
  const VersionId = policy?.Policy?.DefaultVersionId;
  if (VersionId === undefined) return undefined;
  const command = new GetPolicyVersionCommand({ PolicyArn, VersionId });
  const version = await reader.one("iam:GetPolicyVersion", () => iam.send(command));
  return decoded(version?.PolicyVersion?.Document);
}
