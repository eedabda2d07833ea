import { repositorySystems } from "../facts/repositories";
import type { PlacedEndpoint } from "../stack/endpoints";
import type { Fleet } from "../stack/fleets";
import { proxyOf } from "../stack/proxies";
import { known } from "../stack/reading";
import type { Stack } from "../stack/stack";
import type { FleetSystem } from "../stack/systems";
import { readByS3 } from "./endpoint-policy";
import { type HopVerdict, blocked, gravest, open, unknown } from "./hop";
import { type RepositoryVerdict, optionalVerdicts, repositoryVerdicts } from "./repository-reads";
import { extraSource } from "./user-data-sources";
import type { SubnetWays } from "./way";
import { whatTheProxyLetsThrough } from "./ways";
import { wsusWay } from "./wsus";

/** A denial in words with its remedy, or an unknown in words; given by report/. */
export interface RepositoryWords {
  readonly because: (verdict: RepositoryVerdict) => string;
  readonly fix: (verdict: RepositoryVerdict, region: string) => string;
}

/** Does the package manager reach the source of its updates? */
export function repositoryHop(
  stack: Stack,
  fleet: Fleet,
  system: FleetSystem | undefined,
  ways: readonly SubnetWays[],
  words: RepositoryWords,
): HopVerdict {
  if (proxyOf(fleet)?.of === "package manager") {
    return unknown(whatTheProxyLetsThrough, { resource: fleet.resource, property: "userData" });
  }
  const verdicts = ways.map((way) => ofSubnet(stack, fleet, system, way, words));
  return gravest(verdicts) ?? unknown("which subnets the instances run in");
}

function ofSubnet(
  stack: Stack,
  fleet: Fleet,
  system: FleetSystem | undefined,
  way: SubnetWays,
  words: RepositoryWords,
): HopVerdict {
  const { internet } = way;
  if (!system) {
    return internet.is === "open"
      ? open(`through ${internet.by}, for any operating system`)
      : unknown("the operating system, and so the source of its updates", { resource: fleet.resource });
  }
  switch (system.updateSource) {
    case "amazon-linux-repositories":
      return gravest(
        [
          readByS3(way.s3, (endpoint) => byPolicy(fleet, system, endpoint, words)),
          extraRepositories(fleet, way),
        ].filter((one) => one !== undefined),
      )!;
    case "internet":
      return needsInternet(`the repositories of ${system.id} are on the internet`, way, fleet);
    case "microsoft-update":
      return wsusWay(stack, fleet, system, way) ?? needsInternet("Microsoft Update is on the internet", way, fleet);
  }
}

function byPolicy(fleet: Fleet, system: FleetSystem, endpoint: PlacedEndpoint, words: RepositoryWords): HopVerdict {
  const evidence = { resource: endpoint.resource, property: "policy" };
  if (endpoint.effectivePolicy.is === "absent") {
    return open("the endpoint has the default endpoint policy, which allows full access", { evidence });
  }
  const verdict = repositoryVerdicts(endpoint).find((one) => one.system === system.id);
  if (!verdict) return unknown("which policy applies to the repository", evidence);
  const region = endpoint.region ?? "";
  switch (verdict.decision.verdict) {
    case "allow":
      return besides(fleet, system, endpoint, words) ?? open(words.because(verdict), { evidence });
    case "deny":
      return {
        ...blocked(words.because(verdict), evidence, words.fix(verdict, region)),
        ...(verdict.refused && { note: verdict.refused.whenRefused }),
      };
    case "unknown":
      return unknown(words.because(verdict), evidence);
  }
}

/** What is also denied where the repositories are allowed: blocked for a fleet that uses it, else a note. */
function besides(
  fleet: Fleet,
  { id }: FleetSystem,
  endpoint: PlacedEndpoint,
  words: RepositoryWords,
): HopVerdict | undefined {
  const system = repositorySystems.find((one) => one === id);
  const refused = (system && optionalVerdicts(endpoint)[system])?.filter(({ decision }) => decision.verdict === "deny");
  if (!system || !refused || refused.length === 0) return undefined;
  const evidence = { resource: endpoint.resource, property: "policy" };
  const script = known(fleet.userData) ?? "";
  const used = refused.find(({ reads }) => reads.usedBy.test(script));
  if (used) {
    const verdict = { system, decision: used.decision, refused: used.reads };
    return {
      ...blocked(words.because(verdict), evidence, words.fix(verdict, endpoint.region ?? "")),
      note: used.reads.whenRefused,
    };
  }
  const note = refused.map(({ reads }) => `\`${reads.name}\` (${reads.whenRefused})`).join(", ");
  return open("the endpoint policy allows the repositories", { evidence, note: `the endpoint policy denies ${note}` });
}

function extraRepositories(fleet: Fleet, { internet }: SubnetWays): HopVerdict | undefined {
  const extra = extraSource(fleet);
  if (extra === undefined || internet.is === "open") return undefined;
  const evidence = { resource: fleet.resource, property: "userData" };
  if (internet.is === "unknown") return unknown(`whether ${extra}, which user data adds, can be reached`, evidence);
  return blocked(
    `user data adds ${extra}, which is on the internet, and ${internet.because}`,
    evidence,
    "Route 0.0.0.0/0 from the subnets to a NAT gateway, or mirror the packages in S3.",
  );
}

function needsInternet(because: string, { internet, subnet }: SubnetWays, fleet: Fleet): HopVerdict {
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
