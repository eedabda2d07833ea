import { known, read } from "./reading";
import type { StackResource } from "./resource";
import type { Stack } from "./stack";

/** The properties of a VPC with the ids of what AWS creates with it. */
const properties = ["defaultRouteTableId", "defaultNetworkAclId"] as const;

/** The VPC whose own route table or network ACL a resource manages by its id. */
export function vpcOfDefault(
  stack: Stack,
  resource: StackResource,
  property: (typeof properties)[number],
): StackResource | undefined {
  const id = known(read(resource.props, property));
  if (id !== undefined) return stack.derive(vpcsByDefaults).get(id);
  const vpc = stack.followProperty(resource, property, "vpc");
  return vpc?.is === "resource" ? vpc.resource : undefined;
}

function vpcsByDefaults(stack: Stack): ReadonlyMap<unknown, StackResource> {
  const named = stack
    .of("vpc")
    .flatMap((vpc) => properties.map((property) => [known(read(vpc.props, property)), vpc] as const));
  return new Map(named.filter(([id]) => id !== undefined).reverse()); // of several with one id the first counts
}
