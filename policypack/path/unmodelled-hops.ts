import type { Fleet } from "../stack/fleets";
import type { StackResource } from "../stack/resource";
import { roleOfFleet } from "../stack/roles";
import type { Stack, Target } from "../stack/stack";
import { type Unmodelled, unmodelledOf } from "../stack/unmodelled";
import { type Hop, type HopVerdict, hopsOfNetwork, unknown } from "./hop";
import type { SubnetEgress } from "./egress";

/** The hops that the types of a namespace may change. */
const byNamespace: Readonly<Record<string, readonly Hop[]>> = {
  cloudformation: ["identity", "dns", ...hopsOfNetwork],
  iam: ["identity"],
  ram: [], // what others may do with a shared resource: see transit.ts
  route53: ["dns"],
  route53profiles: ["dns"],
  route53resolver: ["dns"],
  ssm: ["agent", "identity"],
  vpclattice: ["dns", ...hopsOfNetwork],
};

/** Of single types. */
const byType: Readonly<Record<string, readonly Hop[]>> = {
  "ec2:InstanceMetadataDefaults": ["identity"],
  "ec2:VpcSecurityGroupRulesExclusive": ["security-groups"],
  "vpc:SecurityGroupVpcAssociation": ["security-groups"],
};

/** The verdicts of a fleet, where what is not modelled may change them: unknown, with its name. */
export function withoutWhatIsNotModelled(
  stack: Stack,
  fleet: Fleet,
  bySubnet: readonly SubnetEgress[],
  verdicts: Readonly<Record<Hop, HopVerdict>>,
): Record<Hop, HopVerdict> {
  const all = unmodelledOf(stack);
  if (all.length === 0) return { ...verdicts };
  const parts = new Set(partsOf(stack, fleet, bySubnet).map(({ urn }) => urn));
  const concerning = all.filter((one) => one.parts.length === 0 || one.parts.some(({ urn }) => parts.has(urn)));
  const changed = { ...verdicts };
  for (const one of concerning) {
    for (const hop of hopsOfType(one)) {
      if (["open", "blocked"].includes(verdicts[hop].verdict)) changed[hop] = inDoubt(one, verdicts[hop]);
    }
  }
  return changed;
}

function hopsOfType({ type }: Unmodelled): readonly Hop[] {
  return byType[type] ?? byNamespace[type.split(":")[0]!] ?? hopsOfNetwork;
}

function inDoubt({ resource, type }: Unmodelled, { verdict, because }: HopVerdict): HopVerdict {
  return unknown(
    `what \`${resource.name}\` (${type}) changes; without it, the hop is ${verdict}: ${because}`,
    { resource },
    `Check what \`${resource.name}\` changes; Patchpath does not model its type.`,
  );
}

/** The resources that the path of a fleet consists of. */
function partsOf(stack: Stack, fleet: Fleet, bySubnet: readonly SubnetEgress[]): StackResource[] {
  const resources = (targets: readonly (Target | undefined)[]) =>
    targets.flatMap((target) => (target?.is === "resource" ? [target.resource] : []));
  const endpoints = bySubnet.flatMap(({ services, s3 }) =>
    [...Object.values(services), s3].flatMap((egress) => (egress.is === "endpoint" ? [egress.endpoint] : [])),
  );
  const role = roleOfFleet(stack, fleet)?.resource;
  return [
    fleet.resource,
    ...resources([...fleet.securityGroups, fleet.instanceProfile]),
    ...(role ? [role] : []),
    ...bySubnet.flatMap(({ subnet: { resource, vpc, routeTable } }) => [
      ...(resource ? [resource] : []),
      ...resources([vpc]),
      ...(routeTable ? [routeTable.resource, routeTable.managedBy] : []),
    ]),
    ...endpoints.flatMap(({ resource, securityGroups }) => [resource, ...resources(securityGroups)]),
  ];
}
