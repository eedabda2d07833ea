import type { PolicyFinding } from "../report/preview-report";

/**
 * The findings of policy packs in an engine's event log. Only the log has them:
 * `pulumi preview --json` prints none.
 *
 * @param log a JSON object on each line, as `--event-log` writes it; the last line may be cut off
 */
export function findingsIn(log: string): PolicyFinding[] {
  return log.split("\n").flatMap((line) => {
    if (!line.includes('"policyEvent"')) return [];
    const event = eventIn(line);
    return event === undefined ? [] : [findingOf(event)];
  });
}

interface PolicyEvent {
  readonly policyName: string;
  readonly policyPackName: string;
  readonly enforcementLevel: string;
  readonly message: string;
  readonly severity?: string;
  readonly resourceUrn?: string;
}

function eventIn(line: string): PolicyEvent | undefined {
  try {
    return (JSON.parse(line) as { readonly policyEvent?: PolicyEvent }).policyEvent;
  } catch {
    return undefined; // the engine was stopped while it wrote
  }
}

function findingOf(event: PolicyEvent): PolicyFinding {
  const { policyName, policyPackName, enforcementLevel, message, severity, resourceUrn } = event;
  // The engine puts the rule's description before what the rule says of this resource.
  const [description, ...own] = withoutColor(message).trim().split("\n");
  return {
    pack: policyPackName,
    rule: policyName,
    isMandatory: enforcementLevel === "mandatory",
    severity: severity === undefined || severity === "" ? undefined : severity,
    urn: resourceUrn === undefined || resourceUrn === "" ? undefined : resourceUrn,
    message: own.length === 0 ? (description ?? "") : own.join(" "),
  };
}

/** The engine's directives of color, which stand in the log unless `NO_COLOR` is set. */
function withoutColor(text: string): string {
  return text.replace(/<\{%[^%]*%\}>/g, "");
}
