import { type Region, logStreamActions, regions } from "patchpath/facts";
import { type PolicyDocument, type PolicyStatement, policyDocument } from "../endpoints/policy-document";

/** Where a WSUS server reports to. All names are derived from the name of the server. */
export interface ReportPlaces {
  readonly logGroup: string;
  /** The state of the setup: JSON with `state`, `step`, `message` and `at`. */
  readonly stateParameter: string;
  /** The certificate that clients trust: base64, `none`, or `pending` until the server has created one. */
  readonly certificateParameter: string;
}

/** The namespace of the metrics of WSUS servers. */
export const metricsNamespace = "Patchpath/WSUS";

/** @param name unique in the account and region */
export function reportPlaces(name: string): ReportPlaces {
  return {
    logGroup: `/patchpath/${name}`,
    stateParameter: `/patchpath/${name}/state`,
    certificateParameter: `/patchpath/${name}/certificate`,
  };
}

/**
 * The permissions of a WSUS server in addition to those for Systems Manager: to write its two parameters, its log group and its
 * metrics, and to read the secret with its certificate if there is one. A secret that is encrypted with a customer managed key also
 * requires `kms:Decrypt` on it. Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html, checked
 * 2026-11-28.
 */
export function serverPolicy(
  region: Region,
  accountId: string,
  places: ReportPlaces,
  certificate: { readonly secretArn?: string | undefined; readonly keyArn?: string | undefined },
): PolicyDocument {
  const { id: partition } = regions[region].partition;
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  return policyDocument(
    {
      Sid: "WriteStateAndCertificate",
      Effect: "Allow",
      Action: ["ssm:GetParameter", "ssm:PutParameter"],
      Resource: [places.stateParameter, places.certificateParameter].map((name) => arn("ssm", `parameter${name}`)),
    },
    {
      Sid: "WriteLog",
      Effect: "Allow",
      Action: logStreamActions,
      Resource: arn("logs", `log-group:${places.logGroup}:*`),
    },
    {
      Sid: "WriteMetrics",
      Effect: "Allow",
      Action: "cloudwatch:PutMetricData",
      // PutMetricData supports only the resource `*`; a policy can restrict the namespace.
      Resource: "*",
      Condition: { StringEquals: { "cloudwatch:namespace": metricsNamespace } },
    },
    ...certificateStatements(certificate),
  );
}

/**
 * What the endpoint for `ssm` must allow in addition to the calls of the agent, since the server calls Systems Manager through it:
 * without it, the set-up ends before the clients have the certificate. Like all policies of interface endpoints, it names no account.
 */
export function parameterStatement(
  region: Region,
  { stateParameter, certificateParameter }: ReportPlaces,
): PolicyStatement {
  const { id: partition } = regions[region].partition;
  return {
    Sid: "AllowWsusServer",
    Effect: "Allow",
    Principal: "*",
    Action: "ssm:PutParameter",
    Resource: [stateParameter, certificateParameter].map((name) => `arn:${partition}:ssm:${region}:*:parameter${name}`),
  };
}

function certificateStatements({ secretArn, keyArn }: Parameters<typeof serverPolicy>[3]): PolicyStatement[] {
  const allow = (Sid: string, Action: string, Resource: string) => ({
    Sid,
    Effect: "Allow" as const,
    Action,
    Resource,
  });
  return [
    ...(secretArn === undefined ? [] : [allow("ReadCertificate", "secretsmanager:GetSecretValue", secretArn)]),
    ...(keyArn === undefined ? [] : [allow("DecryptCertificate", "kms:Decrypt", keyArn)]),
  ];
}
