import { groupedBy } from "./grouped-by";
import type { StackResource } from "./resource";
import type { Stack, Target } from "./stack";

export interface Associations {
  /** The route table of each subnet that is associated with one, by the URN of the subnet. */
  readonly bySubnet: ReadonlyMap<string, Target>;
  /** Whether there is an association of which it is not known whose it is. */
  readonly uncertain: boolean;
}

interface Undecided {
  readonly subnets: readonly StackResource[];
  readonly table: Target | undefined;
}

/** Which route tables subnets are associated with. */
export function associationsOf(stack: Stack): Associations {
  const bySubnet = new Map<string, Target>();
  const undecided: Undecided[] = [];
  for (const association of stack.of("routeTableAssociation")) {
    const subnet = stack.followProperty(association, "subnetId", "subnet");
    const table = stack.followProperty(association, "routeTableId", "routeTable");
    if (subnet?.is === "unknown") undecided.push({ subnets: subnet.candidates ?? [], table });
    if (subnet?.is === "resource" && table) bySubnet.set(subnet.resource.urn, table);
  }
  const alike = groupedBy(undecided, ({ subnets, table }) =>
    JSON.stringify([subnets.map(({ urn }) => urn).sort(), table?.is === "resource" ? table.resource.urn : ""]),
  );
  let uncertain = false;
  for (const associations of alike.values()) {
    const [{ subnets, table }] = associations as [Undecided];
    if (table?.is === "resource" && isOneForEach(associations, bySubnet)) {
      for (const { urn } of subnets) bySubnet.set(urn, table);
    } else {
      uncertain = true;
    }
  }
  return { bySubnet, uncertain };
}

/**
 * A subnet has one association, so as many associations with one table as they may be for subnets are one for each. A plan
 * of Terraform has them with `count`: it names all subnets for each association.
 */
function isOneForEach(associations: readonly Undecided[], others: ReadonlyMap<string, Target>): boolean {
  const { subnets } = associations[0]!;
  return associations.length === subnets.length && !subnets.some(({ urn }) => others.has(urn));
}
