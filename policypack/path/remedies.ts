import type { Fleet } from "../stack/fleets";
import { type Hop, type HopVerdict, hopsOfNetwork } from "./hop";

/** What to check where a hop is unknown and the reason has no remedy of its own. */
const checks: Readonly<Record<Hop, string>> = {
  agent: "Check with `aws ssm describe-instance-information` that the SSM agent of the instances is online.",
  identity:
    "Check where the role is created that arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore is attached to it.",
  dns: "Check on an instance that the names of `ssm`, `ssmmessages` and S3 resolve to addresses that it can reach.",
  "control-plane":
    "Check that the instances have a route to the internet, or to interface endpoints for `ssm` and `ssmmessages`.",
  "security-groups": "Check that the security groups allow outbound 443 to `ssm`, `ssmmessages` and S3.",
  "network-acls": "Check that the network ACLs of the subnets allow outbound 443 and the return traffic.",
  "s3-route": "Check that the instances have a route to S3: by a gateway endpoint or to the internet.",
  payload: "Check that the instances can read the SSM buckets: the route to S3, and the policy of the S3 endpoint.",
  snapshot: "Check that the instances can read the SSM buckets: the route to S3, and the policy of the S3 endpoint.",
  repository: "Check that the instances can read the repositories of their operating system.",
};

/** A verdict with something to do about it, if it is unknown. */
export function withRemedy(fleet: Fleet, hop: Hop, verdict: HopVerdict): HopVerdict {
  if (verdict.verdict !== "unknown" || verdict.fix !== undefined) return verdict;
  const isOfUnknownSubnet = hopsOfNetwork.includes(hop) && fleet.subnets.every(({ is }) => is === "unknown");
  return { ...verdict, fix: isOfUnknownSubnet ? onceSubnetsAreKnown : checks[hop] };
}

const onceSubnetsAreKnown =
  "Run `patchpath explain` on the state after the update, which has the subnets of the instances.";
