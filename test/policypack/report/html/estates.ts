import type { ExampleResource } from "../../rules/analyze";
import { accountOnly, json } from "../../rules/examples";
import { changed, patchedStack } from "../../rules/network";
import { endpointsAndNat, images } from "../../path/traps/bases";
import type { PathReport } from "../../../../policypack/report/path-report";
import { fleetsLike, reportOnStates, stateOf } from "../stack-files";

const web = patchedStack().find(({ name }) => name === "web")!;

/** Twelve fleets of a shop: one of which has no outbound rule, one that Windows cannot update, and one with an unknown image. */
export function shop(): ExampleResource[] {
  const alike = ["api", "basket", "cart", "catalog", "checkout", "mail", "orders", "search"];
  const closed: ExampleResource = {
    type: "aws:ec2/securityGroup:SecurityGroup",
    name: "closed-group",
    props: { id: "sg-closed", vpcId: "vpc-0a1b2c3d4e5f67890", egress: [] },
  };
  const fleet = (name: string, props: object): ExampleResource => ({
    ...web,
    name,
    props: { ...web.props, id: `i-${name}`, ...props },
  });
  return patchedStack({
    ...fleetsLike(web, alike),
    closed,
    payments: fleet("payments", { vpcSecurityGroupIds: ["sg-closed"] }),
    reports: fleet("reports", { ami: images.windows }),
    legacy: fleet("legacy", { ami: "ami-0a1b2c3d4e5f67890" }),
  });
}

/** The same behind an S3 endpoint whose policy denies the unsigned reads of dnf. */
export function starvedShop(): ExampleResource[] {
  const [s3] = Object.values(changed("s3", { policy: json(accountOnly) }));
  return shop().map((one) => (one.name === "s3" ? s3! : one));
}

export const reportOnShop = (resources: readonly ExampleResource[] = shop()): PathReport =>
  reportOnStates(stateOf(resources));

/** Everything is open, and there is a way to the internet in addition. */
export const allOpen = (): PathReport => reportOnStates(stateOf(endpointsAndNat));

/**
 * Many fleets like those of the shop. One in twelve is blocked.
 *
 * @param isDistinct whether each has its own reason at each hop, as where each has its own security groups and policies
 */
export function reportOnMany(count: number, isDistinct: boolean): PathReport {
  const report = reportOnShop(starvedShop());
  const networks = report.networks();
  const alike = Array.from({ length: count }, (_, i) => ({ fleet: report.fleets[i % 12]!, urn: `-${i}` }));
  const fleets = alike.map(({ fleet, urn }, i) => ({
    ...fleet,
    name: `${fleet.name}-${i}`,
    urn: `${fleet.urn}${urn}`,
    hops: fleet.hops.map((hop) => (isDistinct ? { ...hop, because: `${hop.because}, of \`group-${i}\`` } : hop)),
  }));
  const like = (urn: string) => alike.filter(({ fleet }) => fleet.urn === urn).map((one) => `${urn}${one.urn}`);
  return {
    ...report,
    fleets,
    networks: () =>
      networks.map(({ vpcs, links }) => ({
        vpcs: vpcs.map((vpc) => ({
          ...vpc,
          tiers: vpc.tiers.map((tier) => ({ ...tier, fleets: tier.fleets.flatMap(like) })),
        })),
        links: Object.fromEntries(Object.entries(links).flatMap(([urn, all]) => like(urn).map((one) => [one, all]))),
      })),
  };
}
