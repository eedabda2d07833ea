import { repositorySystems } from "../facts/repositories";
import type { PlacedEndpoint } from "../stack/endpoints";
import type { Fleet } from "../stack/fleets";
import { proxyOf } from "../stack/proxies";
import { oncePer } from "../stack/once-per";
import { isSecret, known } from "../stack/reading";
import type { Stack } from "../stack/stack";
import type { FleetSystem } from "../stack/systems";
import { type AddedRepository, addedRepositories } from "./added-repositories";
import { type Judgement, byDefaultPolicy, judged, policyInForce, readByS3 } from "./endpoint-policy";
import { type Evidence, type HopVerdict, blocked, gravest, open, unknown } from "./hop";
import { declaringImage } from "./image-fix";
import { objectReadBy } from "./object-read";
import { type RepositoryVerdict, allowingReads, optionalVerdicts, repositoryVerdicts } from "./repository-reads";
import type { SubnetEgress } from "./egress";
import { whatTheProxyLetsThrough } from "./subnet-egress";
import { wsusVerdict } from "./wsus";

/** Does the package manager reach the source of its updates? */
export function repositoryHop(
  stack: Stack,
  fleet: Fleet,
  system: FleetSystem | undefined,
  bySubnet: readonly SubnetEgress[],
): HopVerdict {
  if (proxyOf(fleet)?.of === "package manager" && system?.updateSource !== "whole-image") {
    return unknown(whatTheProxyLetsThrough, { resource: fleet.resource, property: "userData" });
  }
  const verdicts = bySubnet.map((egress) => ofSubnet(stack, fleet, system, egress));
  return gravest(verdicts) ?? unknown("which subnets the instances run in");
}

function ofSubnet(stack: Stack, fleet: Fleet, system: FleetSystem | undefined, egress: SubnetEgress): HopVerdict {
  const { internet } = egress;
  if (!system) {
    return internet.is === "open"
      ? open(`through ${internet.by}, for any operating system`)
      : unknown(
          "the operating system, and so the source of its updates",
          { resource: fleet.resource },
          declaringImage(fleet),
        );
  }
  switch (system.updateSource) {
    case "amazon-linux-repositories":
      return gravest([
        readByS3(egress.s3, (endpoint) => byPolicy(fleet, system, endpoint)),
        ...addedRepositories(stack, fleet).flatMap((one) => extraRepository(one, egress, fleet) ?? []),
        ...(isSecret(fleet.userData) && internet.is !== "open"
          ? [unknown(whatSecretUserDataAdds, userDataOf(fleet))]
          : []),
      ])!;
    case "internet":
      return needsInternet(`the repositories of ${system.id} are on the internet`, egress, fleet);
    case "microsoft-update":
      return (
        wsusVerdict(stack, fleet, system, egress) ?? needsInternet("Microsoft Update is on the internet", egress, fleet)
      );
    case "whole-image":
      return blocked(
        `Patch Manager does not patch ${system.id} (by ${system.clue}), which has no package manager`,
        { resource: fleet.resource },
        "Update the instances to a new version of their image, or use an image that Patch Manager patches, such as that of Amazon Linux 2023 (`amiType` AL2023_x86_64_STANDARD of a managed node group).",
      );
  }
}

function byPolicy(fleet: Fleet, system: FleetSystem, endpoint: PlacedEndpoint): HopVerdict {
  const { is, evidence } = policyInForce(endpoint);
  if (is === "default") return byDefaultPolicy(evidence);
  const verdict = repositoryVerdicts(endpoint).find((one) => one.system === system.id);
  if (!verdict) return unknown("which policy applies to the repository", evidence);
  const ofSome = verdict.decision.verdict === "allow" ? optionalReads(fleet, system, endpoint) : undefined;
  return ofSome ?? byRepositories(verdict, endpoint, evidence);
}

const byRepositories = oncePer((verdict: RepositoryVerdict, endpoint: PlacedEndpoint, evidence: Evidence) =>
  judged(judgementOf(verdict, endpoint), evidence),
);

function judgementOf({ decision, refused }: RepositoryVerdict, { region = "" }: PlacedEndpoint): Judgement {
  if (decision.verdict !== "deny") return { decision };
  return { decision, fix: allowingReads(decision, region), note: refused?.whenRefused };
}

/** Reads of only some fleets that are denied, where the repositories are allowed: a fault for a fleet that uses them, else worth a note. */
function optionalReads(fleet: Fleet, { id }: FleetSystem, endpoint: PlacedEndpoint): HopVerdict | undefined {
  const system = repositorySystems.find((one) => one === id);
  const denied = (system && optionalVerdicts(endpoint)[system])?.filter(({ decision }) => decision.verdict === "deny");
  if (!system || !denied || denied.length === 0) return undefined;
  const { evidence } = policyInForce(endpoint);
  const script = known(fleet.userData) ?? "";
  const used = denied.find(({ reads }) => reads.usedBy.test(script));
  if (used) return judged(judgementOf({ system, decision: used.decision, refused: used.reads }, endpoint), evidence);
  const note = denied.map(({ reads }) => `\`${reads.name}\` (${reads.whenRefused})`).join(", ");
  return open("the endpoint policy allows the repositories", { evidence, note: `the endpoint policy denies ${note}` });
}

const whatSecretUserDataAdds = "which repositories user data, which is a secret, adds";

const userDataOf = ({ resource }: Fleet) => ({ resource, property: "userData" });

/** Does what user data adds reach its host, wherever that is? Nothing is said of what does. */
function extraRepository({ what, host }: AddedRepository, egress: SubnetEgress, fleet: Fleet): HopVerdict | undefined {
  const { internet } = egress;
  const evidence = userDataOf(fleet);
  const where = host.is === "S3" ? `\`${host.bucket}\`` : host.where;
  const named = where === "" ? what : `${what} at ${where}`;
  if (host.is === "S3") {
    const read = { ...host, caller: "anonymous", contains: `${what} that user data adds` } as const;
    const verdict = objectReadBy(egress, read, open(`${named} is in S3`, { evidence }));
    return verdict.verdict === "blocked" || verdict.verdict === "unknown" ? verdict : undefined;
  }
  if (internet.is === "open") return undefined;
  if (internet.is === "unknown" || host.is === "unknown") {
    return unknown(`whether ${named}, which user data adds, can be reached`, evidence);
  }
  return blocked(
    `user data adds ${named}, which is on the internet, and ${internet.because}`,
    evidence,
    "Route 0.0.0.0/0 from the subnets to a NAT gateway, or mirror the packages in S3.",
  );
}

function needsInternet(because: string, { internet, subnet }: SubnetEgress, fleet: Fleet): HopVerdict {
  if (internet.is === "open") return open(`through ${internet.by}`, { evidence: internet.evidence });
  if (internet.is === "unknown") return unknown(internet.because, internet.evidence);
  return blocked(
    `${because}, and ${internet.because}`,
    internet.evidence ?? { resource: subnet.resource ?? fleet.resource },
    "Route 0.0.0.0/0 from the subnets to a NAT gateway" +
      (because.startsWith("Microsoft")
        ? ", or point the instances to a WSUS server."
        : ", or mirror the repositories inside the network."),
  );
}
