import type { Log, ReportingDescriptor, Result } from "sarif";
import { hops } from "../path/hop";
import type { PathReport } from "./path-report";

/** What is blocked at each hop, as SARIF has rules. */
const titles: Readonly<Record<(typeof hops)[number], string>> = {
  agent: "The SSM agent is not on the image",
  identity: "The instance's role does not let the SSM agent work",
  dns: "Names of the services don't lead to where they are served",
  "control-plane": "ssm or ssmmessages doesn't answer",
  "security-groups": "Security groups don't let 443 through",
  "network-acls": "Network ACLs don't let 443 or the answers through",
  "s3-route": "No way to S3",
  payload: "The S3 endpoint policy refuses the payload",
  snapshot: "The S3 endpoint policy refuses the baseline snapshot",
  repository: "The source of updates can't be read",
};

const page = "https://github.com/patchpath/patchpath/blob/main/docs/path.md";

const descriptors: readonly ReportingDescriptor[] = [
  ...hops.map((hop) => ({
    id: `patch-path/${hop}`,
    shortDescription: { text: titles[hop] },
    helpUri: `${page}#${hop}`,
    defaultConfiguration: { level: "error" as const },
  })),
  {
    id: "deprecated-policy",
    shortDescription: { text: "A role has a managed policy that AWS has deprecated" },
    helpUri: page,
    defaultConfiguration: { level: "error" },
  },
];

/** SARIF 2.1.0, for code scanning: a result for each blocked hop and each deprecated policy; unknowns as notes. */
export function pathsAsSarif(report: PathReport, version: string): Log {
  const ofFleets = report.fleets.flatMap((fleet) =>
    fleet.hops
      .filter(({ verdict }) => verdict === "blocked" || verdict === "unknown")
      .map(({ hop, verdict, because, fix, resource }) =>
        result(
          `patch-path/${hop}`,
          verdict === "blocked" ? "error" : "note",
          `${fleet.name}: ${because}${fix === undefined ? "" : `. ${fix}`}`,
          resource ?? fleet.urn,
        ),
      ),
  );
  const ofRoles = report.deprecatedPolicies.map(({ role, urn, policyArn, replacements }) =>
    result(
      "deprecated-policy",
      "error",
      `${role} has ${policyArn}; expected ${replacements.length > 0 ? replacements.join(", ") : "a policy of your own"}`,
      urn,
    ),
  );
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
        results: [...ofFleets, ...ofRoles],
      },
    ],
  };
}

/** A Pulumi resource has no line in a file: it is a logical location. */
function result(ruleId: string, level: Result.level, text: string, urn: string): Result {
  return {
    ruleId,
    ruleIndex: descriptors.findIndex(({ id }) => id === ruleId),
    level,
    message: { text },
    locations: [
      { logicalLocations: [{ fullyQualifiedName: urn, name: urn.split("::").at(-1) ?? urn, kind: "resource" }] },
    ],
  };
}
