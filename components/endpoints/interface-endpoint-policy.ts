import { type EndpointService, instanceCoreActions, logStreamActions } from "patchpath/facts";
import { type PolicyDocument, policyDocument } from "./policy-document";

/**
 * What instances call through an endpoint: of Systems Manager what AmazonSSMManagedInstanceCore grants, of the others what
 * the feature does that asks for them. What VSS calls of EC2 is in none of our sources, so there the service as a whole.
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

/**
 * The policy of an interface endpoint: these calls, and no others. It names no account: whose credentials call is for the
 * role's policies to say, and a policy pack at preview could not tell whether the account is the right one.
 */
export function interfaceEndpointPolicy(service: EndpointService): PolicyDocument {
  return policyDocument({
    Sid: "AllowAgent",
    Effect: "Allow",
    Principal: "*",
    Action: actions[service],
    Resource: "*",
  });
}
