import { type RepositorySystem, defaultRepositorySystems } from "../facts/repositories";
import { fleetsOf, specificationsOf } from "../stack/fleets";
import { subnetOf } from "../stack/network";
import { Stack, type Target } from "../stack/stack";
import { systemOf } from "../stack/systems";

/**
 * The systems whose repositories an endpoint in a VPC must allow: those of Amazon Linux 2023, and of Amazon Linux 2,
 * which is past its end of support, where a fleet that may be in that VPC runs it.
 */
export function neededRepositories(stack: Stack, vpc: Target | undefined): readonly RepositorySystem[] {
  const { isAnywhere, vpcs, isUnknown } = stack.derive(placesOfAmazonLinux2);
  const key = Stack.key(vpc);
  const mayBeThere = key === undefined ? vpc !== undefined && vpcs.size > 0 : vpcs.has(key);
  return isAnywhere || mayBeThere || (vpc !== undefined && isUnknown)
    ? ["amazon-linux-2", ...defaultRepositorySystems]
    : defaultRepositorySystems;
}

/** Where the fleets of Amazon Linux 2 are: found once, since a stack has many endpoints and many fleets. */
interface Places {
  /** Whether one is in subnets that the stack does not show. */
  readonly isAnywhere: boolean;
  /** Keys of their VPCs. */
  readonly vpcs: ReadonlySet<string>;
  /** Whether one is in a VPC that is not known. */
  readonly isUnknown: boolean;
}

function placesOfAmazonLinux2(stack: Stack): Places {
  const fleets = fleetsOf(stack)
    .flatMap(specificationsOf)
    .filter((fleet) => systemOf(stack, fleet)?.id === "amazon-linux-2");
  const vpcs = fleets.flatMap(({ subnets }) => subnets.flatMap((subnet) => subnetOf(stack, subnet).vpc ?? []));
  const keys = vpcs.map((vpc) => Stack.key(vpc));
  return {
    isAnywhere: fleets.some(({ subnets }) => subnets.length === 0),
    vpcs: new Set(keys.filter((key) => key !== undefined)),
    isUnknown: keys.includes(undefined),
  };
}
