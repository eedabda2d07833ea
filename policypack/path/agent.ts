import { imageBringsAgent } from "../facts/agents";
import { objectsOf } from "../facts/buckets";
import { regions } from "../facts/regions";
import { requestContext } from "../iam/context";
import { decide } from "../iam/decide";
import { ObjectSet } from "../iam/objects";
import type { PlacedEndpoint } from "../stack/endpoints";
import type { Fleet } from "../stack/fleets";
import { isSecret } from "../stack/reading";
import type { FleetSystem } from "../stack/systems";
import { byEndpointPolicy, readByS3 } from "./endpoint-policy";
import { type Evidence, type HopVerdict, blocked, gravest, open, unknown } from "./hop";
import { type AgentSource, agentSource, removesAgent } from "./user-data-sources";
import type { SubnetWays } from "./way";

/** Is the SSM agent on the image, or does user data install it, from a source that its subnets can reach? */
export function agentHop(fleet: Fleet, system: FleetSystem | undefined, ways: readonly SubnetWays[]): HopVerdict {
  const { resource } = fleet;
  const evidence = { resource, property: "userData" };
  if (removesAgent(fleet)) {
    return blocked("user data removes the SSM agent", evidence, "Keep amazon-ssm-agent installed and running.");
  }
  if (isSecret(fleet.userData)) return unknown("what user data, which is a secret, does with the SSM agent", evidence);
  if (system?.isAwsImage && imageBringsAgent(system.id, system.imageParameter)) {
    return open(`the AWS image of ${system.id} includes the SSM agent`, { evidence: { resource } });
  }
  const source = agentSource(fleet, system);
  if (source) return gravest(ways.map((way) => installedFrom(source, way, evidence)))!;
  if (!system) return unknown("which image is used, and whether it includes the SSM agent", { resource });
  if (!system.isAwsImage) {
    return unknown(`whether the image includes the SSM agent: the operating system is known only from ${system.clue}`, {
      resource,
    });
  }
  if (fleet.userData.is === "unknown") return unknown("whether user data installs the SSM agent", { resource });
  return blocked(
    `the AWS image of ${system.id} does not include the SSM agent, and user data does not install it`,
    evidence,
    "Install amazon-ssm-agent in user data, from a source that the subnet can reach, or include it in the image.",
  );
}

function installedFrom(source: AgentSource, way: SubnetWays, evidence: Evidence): HopVerdict {
  const isThere = open("user data installs the SSM agent", { evidence });
  switch (source.is) {
    case "Amazon Linux repository":
      return isThere;
    case "unknown":
      return way.internet.is === "open"
        ? isThere
        : unknown("which source user data installs the SSM agent from", evidence);
    case "internet":
      if (way.internet.is === "open") return isThere;
      if (way.internet.is === "unknown") return unknown(way.internet.because, way.internet.evidence);
      return blocked(
        `user data installs the SSM agent from ${source.from}, which is on the internet, and ${way.internet.because}`,
        evidence,
        "Install it from the AWS bucket in the region, https://s3.REGION.amazonaws.com/amazon-ssm-REGION/latest/, or include it in the image.",
      );
    case "S3":
      return readByS3(
        way.s3,
        (endpoint) => byPolicy(source, endpoint),
        () => isThere,
      );
  }
}

function byPolicy({ bucket, key, caller }: AgentSource & { is: "S3" }, endpoint: PlacedEndpoint) {
  return byEndpointPolicy(endpoint, (document, region, path) => {
    const objects = new ObjectSet(regions[region].partition.id, bucket, [key], !key.includes("*"));
    const context = requestContext(caller, path);
    return {
      decision: decide(document, { action: "s3:GetObject", caller, objects, context, path }),
      fix: `Allow s3:GetObject on \`${objectsOf(bucket, region)}\`, which contains the SSM agent, without a condition.`,
    };
  });
}
