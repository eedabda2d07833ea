import { controlPlaneServices } from "../facts/endpoints";
import { grants } from "../iam/grants";
import type { PlacedEndpoint } from "../stack/endpoints";
import { known, readText } from "../stack/reading";
import { documentIn } from "../stack/roles";
import { type HopVerdict, blocked, gravest, open, unknown } from "./hop";
import type { ServiceWay, SubnetWays } from "./ways";

/** Do `ssm` and `ssmmessages` answer from its subnets? */
export function controlPlaneHop(ways: readonly SubnetWays[]): HopVerdict {
  const verdicts = ways.flatMap((way) =>
    controlPlaneServices.map((service) => answers(service, way.services[service]!, way)),
  );
  return gravest(verdicts) ?? unknown("in which subnets it runs");
}

function answers(service: string, way: ServiceWay, { subnet }: SubnetWays): HopVerdict {
  switch (way.is) {
    case "unknown":
      return unknown(way.because, way.evidence);
    case "endpoint":
      return byEndpoint(service, way.endpoint, subnet.zone);
    case "internet": {
      const { internet } = way;
      if (internet.is === "open") return open(`by ${internet.by}`, { evidence: internet.evidence });
      if (internet.is === "unknown") return unknown(internet.because, internet.evidence);
      return blocked(
        `its VPC has no endpoint for \`${service}\`, and ${internet.because}`,
        internet.evidence,
        `Add an interface endpoint for \`${service}\` with private DNS to the VPC, or a NAT gateway.`,
      );
    }
  }
}

function byEndpoint(service: string, endpoint: PlacedEndpoint, zone: string | undefined): HopVerdict {
  const { resource, subnets, effectivePolicy } = endpoint;
  if (subnets.length === 0) {
    return blocked(
      `the endpoint for \`${service}\` is in no subnet`,
      { resource, property: "subnetIds" },
      `Give the endpoint \`${resource.name}\` a subnet in each availability zone.`,
    );
  }
  const denied = refusedByPolicy(service, endpoint);
  if (denied) return denied;
  const zones = subnets.map((target) =>
    target.is === "resource" ? known(readText(target.resource.props, "availabilityZone")) : undefined,
  );
  const isElsewhere = zone !== undefined && zones.every((one) => one !== undefined && one !== zone);
  return open(`the endpoint \`${resource.name}\``, {
    evidence: { resource },
    ...(isElsewhere && {
      note: `the endpoint for \`${service}\` has no address in ${zone}: traffic crosses zones, which costs and depends on another zone`,
    }),
    ...(effectivePolicy.is === "unknown" && { note: "its policy is not known yet" }),
  });
}

/** The call by which the agent says that it is there, for `ssm`; for `ssmmessages` the one that opens its channel. */
const firstCalls: Readonly<Record<string, string>> = {
  ssm: "ssm:UpdateInstanceInformation",
  ssmmessages: "ssmmessages:OpenControlChannel",
};

function refusedByPolicy(service: string, { resource, effectivePolicy }: PlacedEndpoint): HopVerdict | undefined {
  if (effectivePolicy.is !== "known") return undefined;
  const document = documentIn(effectivePolicy, "endpoint");
  const action = firstCalls[service];
  if (!document || !action) return undefined;
  const granted = grants([document], action);
  const evidence = { resource, property: "policy" };
  if (granted === true) return undefined;
  if (granted === "unknown")
    return unknown(`whether the policy of \`${resource.name}\` admits \`${action}\``, evidence);
  return blocked(
    `the policy of the endpoint for \`${service}\` does not admit \`${action}\``,
    evidence,
    `Admit \`${service}:*\` for the instances' role in the policy of the endpoint \`${resource.name}\`, or leave the policy out.`,
  );
}
