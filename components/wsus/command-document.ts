import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Maximum size of an SSM document in bytes. Source: the quotas of Systems Manager, checked 2026-11-22. */
export const documentMaxBytes = 65_536;

/**
 * The parameters of the documents, with the same names as in the scripts. SSM inserts a value into the script as text, between
 * single quotes. No pattern allows a quote, so a value cannot become code.
 */
const parameters = {
  Region: { description: "Region of the machine", allowedPattern: "^[a-z0-9-]{5,20}$" },
  LogGroup: { description: "Log group for reports", allowedPattern: "^[A-Za-z0-9_./#-]{1,512}$" },
  StateParameter: { description: "SSM parameter for the state", allowedPattern: "^/[A-Za-z0-9_./-]{1,1000}$" },
  PatchedBuilds: { description: "First builds with the fix of CVE-2025-59287", allowedPattern: "^[0-9.;]+$" },
  ContentVolumeId: { description: "EBS volume for update files", allowedPattern: "^vol-[0-9a-f]{8,17}$" },
  PoolMemoryKB: { description: "Memory limit of the application pool, 0 for none", allowedPattern: "^[0-9]{1,8}$" },
  ServerName: { description: "DNS name of the server", allowedPattern: "^[A-Za-z0-9.-]{1,253}$" },
  CertificateParameter: {
    description: "SSM parameter with the certificate that clients trust, or none",
    allowedPattern: "^(none|/[A-Za-z0-9_./-]{1,1000})$",
  },
  CertificateSecret: {
    description: "Secret with the organisation's certificate, or none",
    allowedPattern: "^(none|arn:[A-Za-z0-9:/_+=.@!-]+)$",
  },
  Products: { description: "Titles of products, with semicolons", allowedPattern: "^[A-Za-z0-9 .,;()/_-]+$" },
  Classifications: { description: "Titles of classifications, with semicolons", allowedPattern: "^[A-Za-z ;]+$" },
  Languages: { description: "Codes of languages, with semicolons", allowedPattern: "^[a-z;-]+$" },
  TargetGroups: { description: "Computer groups, with semicolons, or none", allowedPattern: "^[A-Za-z0-9 ;_-]+$" },
  SynchronizationTime: { description: "Time of day, UTC", allowedPattern: "^[0-2][0-9]:[0-5][0-9]:[0-5][0-9]$" },
  SynchronizationsPerDay: { description: "Synchronisations a day", allowedPattern: "^[0-9]{1,2}$" },
  Approval: { description: "Automatic or Manual", allowedPattern: "^(Automatic|Manual)$" },
  Namespace: { description: "Namespace of the metrics", allowedPattern: "^[A-Za-z0-9/]{1,255}$" },
  Server: { description: "Dimension of the metrics", allowedPattern: "^[A-Za-z0-9_-]{1,255}$" },
  ServerUrl: { description: "WSUS server with port", allowedPattern: "^https?://[A-Za-z0-9.-]{1,253}:[0-9]{1,5}$" },
  TargetGroup: { description: "Computer group of this machine, or none", allowedPattern: "^[A-Za-z0-9 _-]{1,256}$" },
} as const;

export type DocumentParameter = keyof typeof parameters;

/** Parameters that are lists in the scripts. */
const lists: readonly DocumentParameter[] = [
  "PatchedBuilds",
  "Products",
  "Classifications",
  "Languages",
  "TargetGroups",
];

const reporting = ["Region", "LogGroup", "StateParameter"] as const;

/** Each script, with the parameters that the documents pass to it. Its other parameters keep their defaults. */
export const scripts = {
  "install-server": [...reporting, "PatchedBuilds", "ContentVolumeId", "PoolMemoryKB"],
  "set-certificate": [...reporting, "ServerName", "CertificateParameter", "CertificateSecret"],
  "set-configuration": [
    ...reporting,
    "Products",
    "Classifications",
    "Languages",
    "TargetGroups",
    "SynchronizationTime",
    "SynchronizationsPerDay",
    "Approval",
  ],
  "invoke-cleanup": reporting,
  "publish-health": [...reporting, "Namespace", "Server"],
  "set-client": ["Region", "ServerUrl", "CertificateParameter", "TargetGroup"],
  "reset-client": [],
} as const satisfies Record<string, readonly DocumentParameter[]>;

export type Script = keyof typeof scripts;

/** The parameters of a document with these scripts. */
export type ParametersOf<S extends Script> = Readonly<Record<(typeof scripts)[S][number], unknown>>;

/**
 * A Command document that runs scripts of this folder one after the other, and stops at the first failure.
 *
 * @param timeoutSeconds timeout of each script
 */
export function commandDocument(description: string, names: readonly Script[], timeoutSeconds: number): object {
  const used = [...new Set<DocumentParameter>(names.flatMap((name) => scripts[name]))];
  return {
    schemaVersion: "2.2",
    description,
    ...(used.length > 0 && {
      parameters: Object.fromEntries(used.map((name) => [name, { type: "String", ...parameters[name] }])),
    }),
    mainSteps: names.map((name) => ({
      action: "aws:runPowerShellScript",
      name: name.replaceAll("-", ""),
      precondition: { StringEquals: ["platformType", "Windows"] },
      onFailure: "exit",
      inputs: { timeoutSeconds: String(timeoutSeconds), runCommand: commandLines(name) },
    })),
  };
}

/** A script as a block that is called with the parameters of the document, after the functions for its reports. */
function commandLines(name: Script): string[] {
  const given: readonly DocumentParameter[] = scripts[name];
  const arguments_ = given.map((parameter) =>
    lists.includes(parameter)
      ? `-${parameter} ('{{ ${parameter} }}' -split ';')`
      : `-${parameter} '{{ ${parameter} }}'`,
  );
  const reports = given.includes("StateParameter") ? readScript("report") : [];
  return [...reports, "& {", ...readScript(name), ["}", ...arguments_].join(" ")];
}

function readScript(name: string): string[] {
  return readFileSync(join(__dirname, `${name}.ps1`), "utf8")
    .trimEnd()
    .split("\n");
}
