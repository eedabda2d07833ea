import { type BucketPurpose, likelySsmBuckets, ssmBuckets } from "../facts/buckets";
import { type Region, regions } from "../facts/regions";
import { type RequestPath, callers, requestContext } from "../iam/context";
import { type Decision, decide } from "../iam/decide";
import type { PolicyDocument } from "../iam/document";
import { ObjectSet } from "../iam/objects";
import { list } from "../iam/problems";
import { searchBudget } from "../iam/search";
import { oncePer } from "../stack/once-per";

/** What the SSM agent and its documents download to the instance before any package. */
export type SignedRead = Extract<BucketPurpose, "payload" | "snapshot">;
export const signedReads: readonly SignedRead[] = ["payload", "snapshot"];

/**
 * What is known of the keys in a bucket. The location of the payload is in AWS's troubleshooting pages (checked
 * 2026-11-21): https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-troubleshooting.html; of the
 * other buckets only the name is documented, and in some regions not even that.
 */
function keysIn(bucket: string, isListed: boolean): { keys: string[]; allRead: boolean } {
  return bucket.startsWith("aws-ssm-")
    ? { keys: ["patchbaselineoperations/*"], allRead: isListed }
    : { keys: ["*"], allRead: false };
}

/**
 * Decides for the payload or for the baseline snapshot. AWS documents several ways in which these reads may be signed
 * (by the instance's role, presigned by an AWS account, or not at all), and several buckets that may contain the
 * payload; which applies is not confirmed. So the decision is allow where all of them are allowed, deny where none is,
 * and unknown in between.
 */
export function judgeSignedRead(
  document: PolicyDocument,
  read: SignedRead,
  region: Region,
  path: Omit<RequestPath, "region">,
): Decision {
  const partition = regions[region].partition.id;
  const isListed = ssmBuckets(region) !== undefined;
  const buckets = likelySsmBuckets(region).filter(({ purpose }) => purpose === read);
  const asked = asksWho(document) ? callers : (["instanceRole"] as const);
  const budget = Math.floor(budgetOfRead / (buckets.length * asked.length));
  const decisions = buckets.flatMap(({ name }) => {
    const { keys, allRead } = keysIn(name, isListed);
    const objects = new ObjectSet(partition, name, keys, allRead);
    return asked.map((caller) => {
      const whole = { ...path, region };
      const question = { action: "s3:GetObject", caller, objects, context: requestContext(caller, whole), path: whole };
      return { name, caller, decision: decide(document, question, budget) };
    });
  });
  const ofTheRole = decisions.find(({ caller }) => caller === "instanceRole")?.decision;
  if (ofTheRole && decisions.every(({ decision }) => decision.verdict === ofTheRole.verdict)) return ofTheRole;
  if (!isListed) return unknown(`the names of the SSM buckets in \`${region}\``);
  const whole = buckets.filter(({ name }) =>
    decisions.every((one) => one.name !== name || one.decision.verdict === "allow"),
  );
  return unknown(
    whole.length > 0
      ? `which of the buckets ${list(buckets.map(({ name }) => name))} is read`
      : "whether this request is signed, and by whom",
  );
}

/** The budget of all decisions on one read together: both reads then cost no more than one decision. */
const budgetOfRead = searchBudget / 2;

/**
 * Whether the decision may depend on who makes a request: not where a document is for everyone, without a condition or
 * a variable.
 */
export const asksWho = oncePer(({ statements }: PolicyDocument): boolean =>
  statements.some(
    ({ principals, conditions, resources }) =>
      conditions.length > 0 ||
      principals?.everyone === false ||
      principals?.negated === true ||
      resources?.patterns.some((pattern) => pattern.includes("$")) === true,
  ),
);

function unknown(openQuestion: string): Decision {
  return { verdict: "unknown", openQuestion, statement: undefined };
}
