import { type Region, regions } from "patchpath/facts";

/** What a rule finds, which is part of its name. */
export type Finding = "non-compliant" | "command-failed" | "window-failed" | "association-failed";

/** A line about an event: its values by their names in the line, and the line with `<name>` for each. */
interface Line {
  readonly values: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * Source of the fields: https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html,
 * checked 2026-11-28. A field that an event does not have leaves its place empty.
 */
const lines: Readonly<Record<Finding, Line>> = {
  "non-compliant": {
    values: { instance: "$.detail.resource-id", baseline: "$.detail.patch-baseline-id" },
    text: "<instance> misses patches of the baseline <baseline>",
  },
  "command-failed": {
    values: {
      instance: "$.detail.instance-id",
      document: "$.detail.document-name",
      status: "$.detail.status",
      command: "$.detail.command-id",
    },
    text: "<document> on <instance>: <status> (command <command>)",
  },
  "window-failed": {
    values: { window: "$.detail.window-id", status: "$.detail.status", execution: "$.detail.window-execution-id" },
    text: "the maintenance window <window>: <status> (execution <execution>)",
  },
  "association-failed": {
    values: {
      instance: "$.detail.instance-id",
      document: "$.detail.document-name",
      status: "$.detail.status",
      association: "$.detail.association-id",
    },
    text: "the association <association> with <document>: <status> <instance>",
  },
};

/** Hosts of the console by partition, in which the path is the same. */
const consoles: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/** The notification of a rule: one line for people, with the account, the region, and a link to Systems Manager. */
export function messageOf(finding: Finding, region: Region) {
  const { values, text } = lines[finding];
  const link = `https://${consoles[regions[region].partition.id]!}/systems-manager/home?region=${region}`;
  return {
    inputPaths: { ...values, account: "$.account", time: "$.time" },
    inputTemplate: JSON.stringify(`Patching in ${region}, account <account>, <time>: ${text}. ${link}`),
  };
}
