import { type Region, logStreamActions, regions } from "patchpath/facts";
import { type PolicyDocument, type PolicyStatement, policyDocument } from "../endpoints/policy-document";

/** Where a WSUS server's reports are kept; all names follow from the server's own. */
export interface ReportPlaces {
  readonly logGroup: string;
  /** What the set-up is at: JSON with `state`, `step`, `message` and `at`. */
  readonly stateParameter: string;
  /** The certificate that clients are to trust: base64, `none`, or `pending` until the server has made one. */
  readonly certificateParameter: string;
}

/** The namespace of the server's metrics. */
export const metricsNamespace = "Patchpath/WSUS";

export function reportPlaces(name: string): ReportPlaces {
  return {
    logGroup: `/patchpath/${name}`,
    stateParameter: `/patchpath/${name}/state`,
    certificateParameter: `/patchpath/${name}/certificate`,
  };
}

/**
 * What a WSUS server may do beyond Systems Manager: write its two parameters, its log group and its metrics, and read the
 * secret with its certificate where there is one.
 */
export function serverPolicy(
  region: Region,
  accountId: string,
  places: ReportPlaces,
  secretArn: string | undefined,
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
      // PutMetricData knows no resources; the namespace is what AWS lets a policy narrow it by.
      Resource: "*",
      Condition: { StringEquals: { "cloudwatch:namespace": metricsNamespace } },
    },
    ...(secretArn === undefined ? [] : [certificateStatement(secretArn)]),
  );
}

function certificateStatement(secretArn: string): PolicyStatement {
  return { Sid: "ReadCertificate", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secretArn };
}
