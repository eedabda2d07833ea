import type { DocumentCheck } from "../facts/document-checks";
import type { DocumentKind } from "./document";
import { type StatementReport, describe, list } from "./problems";

/** What is wrong with one pattern of `Action` or `NotAction`. */
export function reportWrongAction(pattern: string, place: string, kind: DocumentKind, report: StatementReport): void {
  if (pattern === "*") {
    if (kind === "trust") {
      report.note("trust-any-action", place, "is `*`; expected an action of STS, such as `sts:AssumeRole`");
    }
    return;
  }
  const expected = "expected `*` or `service:Action`, such as `s3:GetObject`";
  if (!/^(?:[A-Za-z0-9.-]+|\*):[^:]*$/.test(pattern)) {
    report.refuse("action-vendor", place, `has ${describe(pattern)}; ${expected}`);
  } else if (!/:[A-Za-z0-9*?-]+$/.test(pattern)) {
    report.refuse("action-name", place, `has ${describe(pattern)}; ${expected}`);
  } else if (kind === "trust" && !/^sts:/i.test(pattern)) {
    const message = `has ${describe(pattern)}; expected an action of STS, such as \`sts:AssumeRole\``;
    report.refuse("trust-action", place, message);
  }
}

/** All partitions of AWS: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html, checked 2026-11-28. */
const partitions = ["aws", "aws-cn", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-us-gov"];

const expectedArn = "expected `*` or an ARN, such as `arn:aws:s3:::bucket/*`";
const wildcard = /[*?]/;

/**
 * What is wrong with one pattern of `Resource` or `NotResource`: most of them are valid, which is quick to see. A
 * wildcard in the partition is accepted, one in the service is not, and an ARN may end early.
 */
export function reportWrongResource(pattern: string, place: string, kind: DocumentKind, report: StatementReport): void {
  if (pattern === "*" || pattern.startsWith("arn:aws:s3:::")) return;
  const wrong = wrongResource(pattern, kind);
  if (wrong === undefined) return;
  const [check, message] = wrong;
  const found = `has ${describe(pattern)}${message}`;
  if (canBeMatched(pattern)) report.note(check, place, found);
  else report.refuse(check, place, found);
}

/** What is not an ARN cannot be compared with one. */
function canBeMatched(pattern: string): boolean {
  return /^\*|^arn:(?:.*\*$|(?:[^:]*:){4})/s.test(pattern);
}

function wrongResource(pattern: string, kind: DocumentKind): [DocumentCheck, message: string] | undefined {
  const [beginning, partition = "", service = "", region = "", account = "", resource] = pattern.split(":");
  if (pattern.startsWith("$")) return undefined; // a variable that may be all of it
  if (!pattern.includes(":")) return ["resource-format", `; ${expectedArn}`];
  const isOpen = wildcard.test(partition) || partition.includes("$");
  if (!isOpen && !partitions.includes(partition)) {
    return ["resource-partition", `, whose partition does not exist; expected one of ${list(partitions)}`];
  }
  if (beginning !== "arn") return ["resource-ends-early", `; ${expectedArn}`];
  if (service === "")
    return [isOpen ? "resource-ends-early" : "resource-service", `, which does not name a service; ${expectedArn}`];
  if (wildcard.test(service)) {
    return ["resource-service", ", with a wildcard in the service; expected its name, or `*` for all resources"];
  }
  if (resource === undefined) {
    if (pattern.includes("::")) return ["resource-format", `; ${expectedArn}`];
    return pattern.endsWith("*") ? undefined : ["resource-ends-early", `; ${expectedArn}`];
  }
  if (region !== "" && !wildcard.test(region) && isWithoutRegion(service, resource)) {
    return ["resource-region", "; an ARN of this resource has no region, such as `arn:aws:s3:::bucket/*`"];
  }
  return kind.endsWith("endpoint") && /\d.*[*?]|[*?].*\d/.test(account)
    ? ["endpoint-consideration", "; on an endpoint the account of an ARN is a number or a wildcard, not both"]
    : undefined;
}

/** IAM's resources have no region, nor have S3's buckets and objects; access points, jobs and the like have one. */
function isWithoutRegion(service: string, resource: string): boolean {
  return service === "iam" || (service === "s3" && !/^[a-z-]+\//.test(resource) && !wildcard.test(resource));
}
