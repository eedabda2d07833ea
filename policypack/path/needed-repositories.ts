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
  const runsAmazonLinux2 = fleetsOf(stack)
    .flatMap(specificationsOf)
    .some(
      (fleet) =>
        systemOf(stack, fleet)?.id === "amazon-linux-2" &&
        (fleet.subnets.length === 0 ||
          fleet.subnets.some((subnet) => Stack.same(subnetOf(stack, subnet).vpc, vpc) !== false)),
    );
  return runsAmazonLinux2 ? ["amazon-linux-2", ...defaultRepositorySystems] : defaultRepositorySystems;
}
