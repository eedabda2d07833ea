import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What every zone must have. */
export interface ZoneNeeds {
  /** Names of endpoint services, such as `com.amazonaws.eu-west-1.ssm`. */
  readonly endpointServices: readonly string[];
  readonly instanceTypes: readonly string[];
}

/** Something that a zone must have, and the zones that have it. */
interface Offer {
  readonly what: string;
  readonly zones: pulumi.Output<readonly string[]>;
}

/**
 * The names of zones that have what is needed, in their order. Those that lack something are logged.
 *
 * @param count how many are needed
 * @throws RunError if there are fewer
 */
export function zonesWith(
  needs: ZoneNeeds,
  count: number,
  component: pulumi.Resource,
  opts: pulumi.InvokeOutputOptions,
): pulumi.Output<string[]> {
  const offers = [
    ...needs.endpointServices.map((serviceName): Offer => {
      const { availabilityZones } = aws.ec2.getVpcEndpointServiceOutput({ serviceName }, opts);
      return { what: `the endpoint service ${serviceName}`, zones: availabilityZones };
    }),
    ...[...new Set(needs.instanceTypes)].map((type): Offer => {
      const filters = [{ name: "instance-type", values: [type] }];
      const { locations } = aws.ec2.getInstanceTypeOfferingsOutput(
        { filters, locationType: "availability-zone" },
        opts,
      );
      return { what: `the instance type ${type}`, zones: locations };
    }),
  ];
  // Local Zones and Wavelength Zones are opt-in, and do not have the endpoints.
  const filters = [{ name: "opt-in-status", values: ["opt-in-not-required"] }];
  const { names } = aws.getAvailabilityZonesOutput({ state: "available", filters }, opts);
  return pulumi
    .all([names, pulumi.all(offers.map(({ zones }) => zones))])
    .apply(([all, offered]) => chosen(all, (i) => offered[i]!));

  function chosen(all: readonly string[], offeredIn: (offer: number) => readonly string[]): string[] {
    const lacking = all.flatMap((zone) => {
      const missing = offers.find((_, i) => !offeredIn(i).includes(zone));
      return missing ? [{ zone, what: missing.what }] : [];
    });
    const suitable = all.filter((name) => lacking.every(({ zone }) => zone !== name));
    const without = lacking.map(({ zone, what }) => `${zone} does not have ${what}`).join("; ");
    if (suitable.length < count) {
      const because = without === "" ? `this region has ${all.join(", ")}` : without;
      throw new pulumi.RunError(
        `\`availabilityZones\` is \`${count}\`; expected at most ${suitable.length}, since ${because}.`,
      );
    }
    if (without !== "") void pulumi.log.info(`Availability zones that are left out: ${without}.`, component);
    return suitable;
  }
}
