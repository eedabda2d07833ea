import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Region, regions, repositoryOf } from "patchpath/facts";

/** One check of the scripts, passed to them as a line: operating system, hop, kind and URL. */
export interface Check {
  readonly system: "any" | "amzn-2" | "amzn-2023" | "windows";
  readonly hop: "control-plane" | "payload" | "repository";
  readonly kind: "reach" | "try" | "mirror-list";
  readonly url: string;
}

/**
 * The requests that an instance sends, as its patching would.
 *
 * Sources: the mirror lists as in policypack/facts/repositories.ts; the address and version of the payload from
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-troubleshooting.html, checked 2026-11-21. AWS may have
 * removed that version since, so if it is denied, the hop is unknown.
 */
export function checksOf(region: Region): Check[] {
  const { dnsSuffix } = regions[region].partition;
  const s3 = `s3.dualstack.${region}.${dnsSuffix}`;
  const bucket = (system: "amazon-linux-2" | "amazon-linux-2023") =>
    `https://${repositoryOf(system, region).bucket}.${s3}`;
  const payload = "patchbaselineoperations/linux/payloads/patch-baseline-operations-1.83.tar.gz";
  return [
    ...(["ssm", "ssmmessages"] as const).map((service): Check => ({
      system: "any",
      hop: "control-plane",
      kind: "reach",
      url: `https://${service}.${region}.${dnsSuffix}/`,
    })),
    { system: "any", hop: "payload", kind: "try", url: `https://${s3}/aws-ssm-${region}/${payload}` },
    {
      system: "amzn-2023",
      hop: "repository",
      kind: "mirror-list",
      url: `${bucket("amazon-linux-2023")}/core/mirrors/latest/ARCHITECTURE/mirror.list`,
    },
    {
      system: "amzn-2",
      hop: "repository",
      kind: "mirror-list",
      url: `${bucket("amazon-linux-2")}/2/core/latest/ARCHITECTURE/mirror.list`,
    },
  ];
}

/** The lines with which the document passes the checks to the scripts. */
export function checkLines(checks: readonly Check[]): string {
  return checks.map(({ system, hop, kind, url }) => `${system} ${hop} ${kind} ${url}`).join("\n");
}

const script = (name: string) => readFileSync(join(__dirname, name), "utf8").trimEnd().split("\n");

/**
 * A Command document that runs the script for the platform of the instance.
 *
 * @param staleDays days without an installation after which the check fails; 0 disables it
 */
export function checkDocument(region: Region, staleDays: number) {
  const checks = checkLines(checksOf(region));
  const [shebang = "", ...bash] = script("check-repository.sh");
  const step = (action: string, name: string, platform: string, runCommand: readonly string[]) => ({
    action,
    name,
    precondition: { StringEquals: ["platformType", platform] },
    inputs: { timeoutSeconds: "300", runCommand },
  });
  return {
    schemaVersion: "2.2",
    description: "Checks from inside the instance whether its patches can reach it",
    mainSteps: [
      step("aws:runShellScript", "linux", "Linux", [
        shebang,
        `export PATCHPATH_CHECKS='${checks}'`,
        `export PATCHPATH_REGION='${region}' PATCHPATH_STALE_DAYS='${staleDays}'`,
        ...bash,
      ]),
      step("aws:runPowerShellScript", "windows", "Windows", [
        `$Checks = '${checks}'`,
        `$Region = '${region}'`,
        `$StaleDays = ${staleDays}`,
        ...script("check-repository.ps1"),
      ]),
    ],
  };
}
