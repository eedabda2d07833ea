import type { PlacedEndpoint } from "./endpoints";
import { elementsOf, known, read, readText } from "./reading";
import type { StackResource } from "./resource";
import { Stack } from "./stack";

/** The private hosted zone that leads the name of an endpoint's service to it, in a VPC; "unknown" where it may be one. */
export function hostedZoneFor(
  stack: Stack,
  endpoint: PlacedEndpoint,
  vpc: StackResource,
): StackResource | "unknown" | undefined {
  let isDoubtful = false;
  for (const zone of stack.of("hostedZone")) {
    if (!isOfService(known(readText(zone.props, "name")), endpoint)) continue;
    const same = vpcsOf(stack, zone).map((target) => Stack.same(target, { is: "resource", resource: vpc }));
    if (same.includes(true)) return zone;
    if (same.includes(undefined)) isDoubtful = true;
  }
  return isDoubtful ? "unknown" : undefined;
}

/** Whether a zone's name is the service's own, `ssm.eu-west-1.amazonaws.com`, in whichever partition. */
function isOfService(name: string | undefined, { service, region }: PlacedEndpoint): boolean {
  const [of, where, ...suffix] = name?.replace(/\.$/, "").split(".") ?? [];
  const isAmazons = ["amazonaws.com", "amazonaws.com.cn", "api.aws"].includes(suffix.join("."));
  return isAmazons && of === known(service) && (region === undefined || where === region);
}

/** By the zone's own list, and by associations. */
function vpcsOf(stack: Stack, zone: StackResource) {
  const own = elementsOf(read(zone.props, "vpcs")).map((one) =>
    stack.follow(read(known(one), "vpcId"), zone, "vpcs", "vpc"),
  );
  const associated = stack
    .of("hostedZoneAssociation")
    .filter((association) => {
      const of = stack.followProperty(association, "zoneId", "hostedZone");
      return of?.is === "resource" && of.resource.urn === zone.urn;
    })
    .map((association) => stack.followProperty(association, "vpcId", "vpc"));
  return [...own, ...associated];
}
