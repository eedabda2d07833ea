import { agentActions } from "../facts/agents";
import { controlPlaneServices } from "../facts/endpoints";
import { callContext } from "../iam/context";
import { grants } from "../iam/grants";
import type { PlacedEndpoint } from "../stack/endpoints";
import { known, readText } from "../stack/reading";
import { type Signer, oncePerEndpoint, pathThrough, policyInForce } from "./endpoint-policy";
import { type HopVerdict, blocked, gravest, open, unknown } from "./hop";
import type { ServiceEgress, SubnetEgress } from "./egress";

/** Can the fleet's subnets reach `ssm` and `ssmmessages`? */
export function controlPlaneHop(bySubnet: readonly SubnetEgress[], signer: Signer): HopVerdict {
  const verdicts = bySubnet.flatMap((egress) =>
    controlPlaneServices.map((service) => answers(service, egress.services[service]!, egress, signer)),
  );
  return gravest(verdicts) ?? unknown("which subnets the instances run in");
}

function answers(service: string, egress: ServiceEgress, { subnet }: SubnetEgress, signer: Signer): HopVerdict {
  switch (egress.is) {
    case "unknown":
      return unknown(egress.because, egress.evidence, egress.fix);
    case "endpoint":
      return gravest([
        byEndpoint(service, egress.endpoint, subnet.zone, signer),
        ...(egress.transit ? [egress.transit] : []),
      ])!;
    case "internet": {
      const { internet } = egress;
      if (internet.is === "open") return open(`through ${internet.by}`, { evidence: internet.evidence });
      if (internet.is === "unknown") return unknown(internet.because, internet.evidence);
      return blocked(
        `the VPC has no endpoint for \`${service}\`, and ${internet.because}`,
        internet.evidence,
        `Add an interface endpoint for \`${service}\` with private DNS enabled to the VPC, or add a NAT gateway.`,
      );
    }
  }
}

function byEndpoint(service: string, endpoint: PlacedEndpoint, zone: string | undefined, signer: Signer): HopVerdict {
  const { resource, subnets } = endpoint;
  if (subnets.length === 0) {
    return blocked(
      `the endpoint for \`${service}\` has no subnet`,
      { resource, property: "subnetIds" },
      `Add a subnet in each availability zone to the endpoint \`${resource.name}\`.`,
    );
  }
  const notAdmitted = byPolicy(endpoint, signer);
  if (notAdmitted) return notAdmitted;
  const zones = subnets.map((target) =>
    target.is === "resource" ? known(readText(target.resource.props, "availabilityZone")) : undefined,
  );
  const isElsewhere = zone !== undefined && zones.every((one) => one !== undefined && one !== zone);
  return open(`through the endpoint \`${resource.name}\``, {
    evidence: { resource },
    ...(isElsewhere && {
      note: `the endpoint for \`${service}\` has no network interface in ${zone}: traffic crosses availability zones, which adds cost and depends on another zone`,
    }),
  });
}

/** Does the endpoint's policy allow every call of the agent? `undefined` where it does, as the default policy does. */
const byPolicy = oncePerEndpoint((endpoint, signer): HopVerdict | undefined => {
  const { resource } = endpoint;
  const service = known(endpoint.service) ?? "";
  const policy = policyInForce(endpoint);
  if (policy.is === "default") return undefined;
  const { evidence } = policy;
  if (policy.is === "unknown") return unknown(`${policy.openQuestion} for \`${service}\``, evidence);
  const path = pathThrough(endpoint, signer);
  const call = { caller: "instanceRole", context: callContext(path), path } as const;
  const calls = agentActions
    .filter((action) => action.startsWith(`${service}:`))
    .map((action) => ({ action, granted: grants([policy.document], action, call) }));
  const refused = calls.find(({ granted }) => granted === false);
  if (refused) {
    return blocked(
      `the policy of the endpoint for \`${service}\` does not allow \`${refused.action}\``,
      evidence,
      `Allow \`${service}:*\` for the instances' role in the policy of the endpoint \`${resource.name}\`, or remove the policy.`,
    );
  }
  const doubtful = calls.find(({ granted }) => granted === "unknown");
  return doubtful && unknown(`whether the policy of \`${resource.name}\` allows \`${doubtful.action}\``, evidence);
});
