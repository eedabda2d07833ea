import type { Fleet } from "../stack/fleets";
import { isSecret } from "../stack/reading";
import type { FleetSystem } from "../stack/systems";
import { type Evidence, type HopVerdict, blocked, gravest, notNeeded, open, unknown } from "./hop";
import { declaringImage } from "./image-fix";
import { objectReadBy } from "./object-read";
import { type AgentSource, agentSource, removesAgent } from "./user-data-sources";
import type { SubnetEgress } from "./egress";

/** Is the SSM agent on the image, or does user data install it, from a source that its subnets can reach? */
export function agentHop(fleet: Fleet, system: FleetSystem | undefined, bySubnet: readonly SubnetEgress[]): HopVerdict {
  const { resource } = fleet;
  if (system?.updateSource === "whole-image") return notNeeded(`Patch Manager does not patch ${system.id}`);
  const evidence = { resource, property: "userData" };
  if (removesAgent(fleet)) {
    return blocked("user data removes the SSM agent", evidence, "Keep amazon-ssm-agent installed and running.");
  }
  const whose = system?.isVendorImage ? "AWS image" : "image";
  if (system?.imageHasAgent === true) {
    if (fleet.userData.is === "unknown") {
      const why = isSecret(fleet.userData) ? "is a secret" : "is not known";
      return unknown(`what user data, which ${why}, does with the SSM agent`, evidence);
    }
    return open(`the ${whose} of ${system.id} includes the SSM agent`, { evidence: { resource } });
  }
  const source = agentSource(fleet, system);
  if (source) {
    const installed = gravest(bySubnet.map((egress) => installedFrom(source, egress, evidence)))!;
    if (installed.verdict !== "blocked" || system?.imageHasAgent === false) return installed;
    return undecided(`whether the image includes the SSM agent: ${installed.because}`, fleet);
  }
  if (!system) return undecided("which image is used, and whether it includes the SSM agent", fleet);
  if (system.imageHasAgent === undefined) {
    const because = system.isVendorImage
      ? `whether the image, by ${system.clue}, includes the SSM agent`
      : `whether the image includes the SSM agent: the operating system is known only from ${system.clue}`;
    return undecided(because, fleet);
  }
  if (fleet.userData.is === "unknown") return unknown("whether user data installs the SSM agent", { resource });
  return blocked(
    `the ${whose} of ${system.id} does not include the SSM agent, and user data does not install it`,
    evidence,
    "Install amazon-ssm-agent in user data, from a source that the subnet can reach, or include it in the image.",
  );
}

/** An image that tells nothing, with how to tell. */
function undecided(because: string, fleet: Fleet): HopVerdict {
  return unknown(because, { resource: fleet.resource }, declaringImage(fleet));
}

function installedFrom(source: AgentSource, egress: SubnetEgress, evidence: Evidence): HopVerdict {
  const isThere = open("user data installs the SSM agent", { evidence });
  switch (source.is) {
    case "Amazon Linux repository":
      return isThere;
    case "unknown":
      return egress.internet.is === "open"
        ? isThere
        : unknown("which source user data installs the SSM agent from", evidence);
    case "internet":
      if (egress.internet.is === "open") return isThere;
      if (egress.internet.is === "unknown") return unknown(egress.internet.because, egress.internet.evidence);
      return blocked(
        `user data installs the SSM agent from ${source.from}, which is on the internet, and ${egress.internet.because}`,
        evidence,
        "Install it from the AWS bucket in the region, https://s3.REGION.amazonaws.com/amazon-ssm-REGION/latest/, or include it in the image.",
      );
    case "S3":
      return objectReadBy(egress, { ...source, contains: "the SSM agent" }, isThere);
  }
}
