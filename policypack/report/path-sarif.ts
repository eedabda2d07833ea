import { createHash } from "node:crypto";
import type { Log, ReportingDescriptor, Result } from "sarif";
import { hops } from "../path/hop";
import { nameOfUrn } from "../stack/resource";
import { reasonOf, endpointBreaksOf } from "./path-breaks";
import type { PathReport } from "./path-report";

/** The title of each hop's rule. */
const titles: Readonly<Record<(typeof hops)[number], string>> = {
  agent: "The SSM agent is not on the image",
  identity: "The instance's role lacks permissions of the SSM agent",
  dns: "Service names do not resolve to the endpoints",
  "control-plane": "No route to ssm or ssmmessages",
  "security-groups": "Security groups do not allow port 443",
  "network-acls": "Network ACLs do not allow port 443 or the responses",
  "s3-route": "No route to S3",
  payload: "The S3 endpoint policy denies the payload",
  snapshot: "The S3 endpoint policy denies the baseline snapshot",
  repository: "The source of updates cannot be read",
};

const docs = "https://github.com/patchpath/patchpath/blob/main/docs";

const descriptors: readonly ReportingDescriptor[] = [
  ...hops.map((hop) => ({
    id: `patch-path/${hop}`,
    shortDescription: { text: titles[hop] },
    helpUri: `${docs}/path.md#${hop}`,
    defaultConfiguration: { level: "error" as const },
  })),
  {
    id: "endpoint-policy",
    shortDescription: { text: "An S3 endpoint policy does not allow the unsigned reads of dnf and yum" },
    helpUri: `${docs}/rules/s3-endpoint-admits-anonymous-repo-reads.md`,
    defaultConfiguration: { level: "error" },
  },
  {
    id: "deprecated-policy",
    shortDescription: { text: "A role has a managed policy that AWS has deprecated" },
    helpUri: `${docs}/rules/instance-role-avoids-deprecated-policies.md`,
    defaultConfiguration: { level: "warning" },
  },
];

const levels = { blocked: "error", unknown: "note" } as const;

/**
 * SARIF 2.1.0, for code scanning: a result for everything that is blocked or deprecated, and unknowns as notes. A Pulumi
 * resource has no line in a file, which code scanning requires, so results point at the project file.
 *
 * @param project the project file, from the root of the repository
 */
export function pathsAsSarif(report: PathReport, version: string, project = "Pulumi.yaml"): Log {
  const physicalLocation = { artifactLocation: { uri: project }, region: { startLine: 1 } };
  const ofFleets = report.fleets.flatMap((fleet) =>
    fleet.hops.flatMap((hop) => {
      if (hop.verdict !== "blocked" && hop.verdict !== "unknown") return [];
      const text = `${fleet.name}: ${reasonOf(hop)}${hop.fix === undefined ? "" : `. ${hop.fix}`}`;
      return [result(`patch-path/${hop.hop}`, levels[hop.verdict], text, hop.resource ?? fleet.urn, fleet.urn)];
    }),
  );
  const ofEndpoints = endpointBreaksOf(report).map(({ urn, endpoint, system, verdict, because, fix }) => {
    const text = `${endpoint}, reads of ${system}: ${because}${fix === undefined ? "" : `. ${fix}`}`;
    return result("endpoint-policy", levels[verdict], text, urn, system);
  });
  const ofRoles = report.deprecatedPolicies.map(({ role, urn, policyArn, replacements }) => {
    const text = `${role} has ${policyArn}; expected ${replacements.length > 0 ? replacements.join(", ") : "a policy of your own"}`;
    return result("deprecated-policy", "warning", text, urn, policyArn);
  });
  return {
    version: "2.1.0",
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    runs: [
      {
        tool: {
          driver: {
            name: "patchpath",
            version,
            informationUri: "https://github.com/patchpath/patchpath",
            rules: [...descriptors],
          },
        },
        results: [...ofFleets, ...ofEndpoints, ...ofRoles].map(({ logicalLocations, ...one }) => ({
          ...one,
          locations: [{ physicalLocation, logicalLocations }],
        })),
      },
    ],
  };
}

/** @param about distinguishes the result from others of its rule at the same resource */
function result(ruleId: string, level: Result.level, text: string, urn: string, about: string) {
  return {
    ruleId,
    ruleIndex: descriptors.findIndex(({ id }) => id === ruleId),
    level,
    message: { text },
    logicalLocations: [{ fullyQualifiedName: urn, name: nameOfUrn(urn), kind: "resource" }],
    partialFingerprints: { "resource/v1": createHash("sha256").update(`${ruleId} ${urn} ${about}`).digest("hex") },
  };
}
