import { type EndpointService, instanceCoreActions, logStreamActions } from "patchpath/facts";
import { type PolicyDocument, type PolicyStatement, policyDocument } from "./policy-document";

/**
 * What instances call through an endpoint. For Systems Manager, the actions that AmazonSSMManagedInstanceCore allows; for other
 * services, those of the feature that requires them. No source lists what VSS calls in EC2, so all of EC2 is allowed.
 *
 * Source for `logs` and `kms`: https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html,
 * checked 2026-11-22.
 */
const actions: Readonly<Record<EndpointService, readonly string[]>> = {
  ssm: ofCore("ssm"),
  ssmmessages: ofCore("ssmmessages"),
  ec2messages: ofCore("ec2messages"),
  ec2: ["ec2:*"],
  kms: ["kms:Decrypt", "kms:GenerateDataKey"],
  logs: [...logStreamActions, "logs:DescribeLogGroups"],
  monitoring: ["cloudwatch:PutMetricData"],
};

function ofCore(service: string): string[] {
  return instanceCoreActions.filter((action) => action.startsWith(`${service}:`));
}

/** Statements for the policies of interface endpoints, by the short name of the service. */
export type StatementsByService = Readonly<Partial<Record<EndpointService, readonly PolicyStatement[]>>>;

/**
 * The policy of an interface endpoint: it allows these calls and no others. It does not name an account: the policies of the
 * role decide whose credentials are allowed, and at preview a policy pack cannot determine whether the account is correct.
 *
 * @param extra what instances call in addition
 */
export function interfaceEndpointPolicy(
  service: EndpointService,
  extra: readonly PolicyStatement[] = [],
): PolicyDocument {
  return policyDocument(
    { Sid: "AllowAgent", Effect: "Allow", Principal: "*", Action: actions[service], Resource: "*" },
    ...extra,
  );
}
