import {
  DescribeVpcBlockPublicAccessExclusionsCommand,
  DescribeVpcBlockPublicAccessOptionsCommand,
  type VpcBlockPublicAccessExclusion,
} from "@aws-sdk/client-ec2";
import { type StackResource, unknownText } from "patchpath/account";
import { type Reading, byToken } from "./reading";
import type { Maker } from "./resources";
import { unread } from "./unread";

/**
 * VPC Block Public Access, a setting of the region, and what is excluded from it. Source: API_VpcBlockPublicAccessOptions.html and
 * API_VpcBlockPublicAccessExclusion.html of https://docs.aws.amazon.com/AWSEC2/latest/APIReference/, by the SDK's model of them,
 * checked 2026-11-28.
 */
export async function readBlockPublicAccess(reading: Reading): Promise<StackResource[]> {
  const { make, reader, clients, place } = reading;
  const action = "ec2:DescribeVpcBlockPublicAccessOptions";
  const answer = await reader.one(action, () => clients.ec2.send(new DescribeVpcBlockPublicAccessOptionsCommand({})));
  if (reader.hasFailed(action)) return unread(make, action);
  const {
    InternetGatewayBlockMode: mode = "off",
    State: state,
    ExclusionsAllowed: exclusions,
  } = answer?.VpcBlockPublicAccessOptions ?? {};
  const isChanging = state === "update-in-progress";
  if (mode === "off" && !isChanging) return [];
  const type = "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions";
  const options = make(
    type,
    place.region,
    { internetGatewayBlockMode: isChanging ? unknownText : mode },
    `VPC Block Public Access of ${place.region}`,
  );
  return [options, ...(await readExclusions(reading, exclusions !== "not-allowed"))];
}

async function readExclusions({ make, reader, clients }: Reading, areAllowed: boolean): Promise<StackResource[]> {
  const action = "ec2:DescribeVpcBlockPublicAccessExclusions";
  const exclusions = await reader.list(
    action,
    byToken((NextToken) =>
      clients.ec2.send(new DescribeVpcBlockPublicAccessExclusionsCommand({ MaxResults: 1000, NextToken })),
    ),
    (page) => page.VpcBlockPublicAccessExclusions,
  );
  return exclusions === undefined
    ? unread(make, action)
    : exclusions.flatMap((one) => exclusionResource(make, one, areAllowed));
}

/** States in which an exclusion does not apply; in one that is not listed here it may. */
const over: readonly (string | undefined)[] = ["create-failed", "delete-complete", "disable-complete"];
const inForce: readonly (string | undefined)[] = ["create-complete", "update-complete"];

/**
 * @param areAllowed whether the organization allows exclusions; where it does not, what becomes of one is not documented
 * @returns none for one that is over
 */
export function exclusionResource(
  make: Maker,
  {
    ExclusionId: id = "",
    InternetGatewayExclusionMode: mode,
    ResourceArn: arn = "",
    State: state,
  }: VpcBlockPublicAccessExclusion,
  areAllowed = true,
): StackResource[] {
  if (over.includes(state)) return [];
  const [, kind, of] = /:(vpc|subnet)\/(.+)$/.exec(arn) ?? [];
  const type = "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion";
  return [
    make(type, id, {
      ...(kind === "subnet" ? { subnetId: of } : { vpcId: of ?? unknownText }),
      internetGatewayExclusionMode: areAllowed && inForce.includes(state) ? mode : unknownText,
    }),
  ];
}
