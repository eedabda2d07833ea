import { createHash } from "node:crypto";
import { awsInputs } from "./schema";

/** The id of the stand-in's account. */
export const accountId = "123456789012";

/** The region and partition of a resource. */
export interface Place {
  readonly region: string;
  readonly partition: string;
  readonly dnsSuffix: string;
}

/**
 * Partitions by the prefixes of region names. The isolated and sovereign partitions of AWS are not supported.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html and, for the names of hosts,
 * https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-arns.html.
 */
function partitionOf(region: string): { id: string; dnsSuffix: string } | undefined {
  if (region.startsWith("cn-")) return { id: "aws-cn", dnsSuffix: "amazonaws.com.cn" };
  if (region.startsWith("us-gov-")) return { id: "aws-us-gov", dnsSuffix: "amazonaws.com" };
  return /^([a-z]+-iso|eusc-)/.test(region) ? undefined : { id: "aws", dnsSuffix: "amazonaws.com" };
}

/** @throws Error for a region that @pulumi/aws does not know, or that is not supported here. */
export function placeOf(region: string): Place {
  const supported = awsInputs().regions.filter(partitionOf);
  const partition = partitionOf(region);
  if (!partition || !supported.includes(region)) {
    throw new Error(
      `the region \`${region}\` is not supported by the stand-in AWS; expected one of ${supported.join(", ")}`,
    );
  }
  return { region, partition: partition.id, dnsSuffix: partition.dnsSuffix };
}

/** Availability zones of an account where they are not `a` to `c`, as in 2026. */
const zoneLetters: Readonly<Record<string, string>> = {
  "ap-northeast-1": "acd",
  "ap-northeast-2": "abcd",
  "ca-central-1": "abd",
  "cn-north-1": "ab",
  "us-east-1": "abcdef",
  "us-west-1": "ab",
  "us-west-2": "abcd",
};

/** The availability zones of a region. Which letter stands for which zone id differs from account to account. */
export function availabilityZones(region: string): { name: string; id: string }[] {
  const [continent = "", ...rest] = region.split("-");
  const direction = rest
    .slice(0, -1)
    .join("")
    .replace(/north|south|east|west|central/g, (word) => word.charAt(0));
  return (zoneLetters[region] ?? "abc").split("").map((letter, i) => ({
    name: `${region}${letter}`,
    id: `${continent}${direction}${rest.at(-1) ?? ""}-az${i + 1}`,
  }));
}

/** Hex digits that look random, and are the same for the same words. */
export function hex(length: number, ...words: string[]): string {
  return createHash("sha256").update(words.join("\0")).digest("hex").slice(0, length);
}
