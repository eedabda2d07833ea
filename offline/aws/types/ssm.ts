import { accountId } from "../account";
import { atMostOneOf, known, knownText, oneOf, pattern, within } from "./checks";
import { approvalRules, quickSetupDefinition } from "./patching";
import { type Check, type TypeRow, arn, constant, idFromInput, idFromInputs, owner, uuid } from "./row";

/** Source of the bounds here: https://docs.aws.amazon.com/systems-manager/latest/APIReference/, checked 2026-11-21. */

const schedule = (property: string, ...kinds: string[]): Check =>
  pattern(property, new RegExp(`^(${kinds.join("|")})\\(.+\\)$`), kinds.map((kind) => `${kind}(...)`).join(" or "));

const cronHasSixFields =
  (property: string): Check =>
  ({ inputs }) => {
    const fields = /^cron\((.*)\)$/
      .exec(knownText(inputs, property) ?? "")?.[1]
      ?.trim()
      .split(/\s+/);
    if (!fields || fields.length === 6 || fields.length === 7) return undefined;
    return {
      property,
      reason: `has ${fields.length} fields; expected 6: minutes, hours, day of month, month, day of week, year`,
    };
  };

const cutoffBeforeTheEnd: Check = ({ inputs }) => {
  const [cutoff, duration] = [known(inputs, "cutoff"), known(inputs, "duration")];
  if (cutoff === undefined || duration === undefined || Number(cutoff) < Number(duration)) return undefined;
  return {
    property: "cutoff",
    reason: `is ${JSON.stringify(cutoff)} and duration ${JSON.stringify(duration)}; expected cutoff < duration (ValidationException)`,
  };
};

const offsetOnlyWithCron: Check = ({ inputs }) => {
  const schedule = knownText(inputs, "schedule");
  if (schedule === undefined || schedule.startsWith("cron(") || known(inputs, "scheduleOffset") === undefined)
    return undefined;
  return {
    property: "scheduleOffset",
    reason: `requires a cron expression; schedule is ${schedule} (ValidationException)`,
  };
};

const countOrPercent = (property: string): Check =>
  pattern(property, /^([1-9]\d{0,6}|[1-9]\d?%|100%|0)$/, "a count or a percentage, such as `10` or `10%`");

const documentName = pattern(
  "name",
  /^([A-Za-z0-9_\-.]{3,128}|arn:aws[a-z-]*:ssm:.+)$/,
  "3 to 128 letters, digits or _-. (or an ARN)",
);

/** Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html, checked 2026-11-22. */
const schemaVersions: Readonly<Record<string, readonly string[]>> = {
  Automation: ["0.3"],
  Command: ["1.2", "2.0", "2.2"],
  Policy: ["2.0"],
  Session: ["1.0"],
};

interface DocumentContent {
  readonly schemaVersion?: unknown;
  readonly mainSteps?: readonly { readonly name?: string; readonly nextStep?: string; readonly onFailure?: string }[];
}

/** A document of at most 64 KB: JSON, with a schema version of its type, and references only to existing steps. */
const documentContent: Check = ({ inputs }) => {
  const content = knownText(inputs, "content");
  if (content !== undefined && Buffer.byteLength(content) > 65_536) {
    return {
      property: "content",
      reason: `has ${Buffer.byteLength(content)} bytes; expected at most 65536 (MaxDocumentSizeExceeded)`,
    };
  }
  if (content === undefined || (knownText(inputs, "documentFormat") ?? "JSON") !== "JSON") return undefined;
  const wrong = (reason: string) => ({ property: "content", reason: `${reason} (InvalidDocumentContent)` });
  try {
    const { schemaVersion, mainSteps = [] } = (JSON.parse(content) ?? {}) as DocumentContent;
    if (typeof schemaVersion !== "string") return wrong("has no schemaVersion");
    const allowed = schemaVersions[knownText(inputs, "documentType") ?? ""];
    if (allowed && !allowed.includes(schemaVersion)) {
      return wrong(`has the schemaVersion ${schemaVersion}; expected ${allowed.join(" or ")}`);
    }
    const names = mainSteps.map(({ name }) => name);
    const twice = names.find((name, i) => names.indexOf(name) < i);
    if (twice !== undefined) return wrong(`has two steps with the name ${twice}`);
    const targets = mainSteps.flatMap(({ nextStep, onFailure }) => [
      nextStep,
      /^step:(.+)$/.exec(onFailure ?? "")?.[1],
    ]);
    const nowhere = targets.find((target) => target !== undefined && !names.includes(target));
    return nowhere === undefined ? undefined : wrong(`refers to the step ${nowhere}, which does not exist`);
  } catch (error) {
    return wrong(`is not JSON: ${(error as Error).message}`);
  }
};

export const ssm: Readonly<Record<string, TypeRow>> = {
  "aws:ssm/maintenanceWindow:MaintenanceWindow": {
    id: ({ hex }) => `mw-0${hex(16, "mw")}`,
    autoname: { input: "name", maxLength: 128 },
    defaults: { allowUnassociatedTargets: false, enabled: true },
    replaceOn: [],
    checks: [
      pattern("name", /^[A-Za-z0-9_\-.]{3,128}$/, "3 to 128 letters, digits or _-."),
      schedule("schedule", "cron", "rate", "at"),
      cronHasSixFields("schedule"),
      within("duration", 1, 24),
      within("cutoff", 0, 23),
      within("scheduleOffset", 1, 6),
      cutoffBeforeTheEnd,
      offsetOnlyWithCron,
    ],
  },
  "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget": {
    id: uuid,
    replaceOn: ["resourceType", "windowId"],
    checks: [
      oneOf("resourceType", "INSTANCE", "RESOURCE_GROUP"),
      pattern("name", /^[A-Za-z0-9_\-.]{3,128}$/, "3 to 128 letters, digits or _-."),
    ],
  },
  "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask": {
    id: uuid,
    computed: {
      arn: arn("ssm", (c) => `windowtask/${c.text("windowId")}/${c.id}`),
      windowTaskId: ({ id }) => id,
      serviceRoleArn: ({ place }) =>
        `arn:${place.partition}:iam::${accountId}:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM`,
      maxConcurrency: constant("1"),
      maxErrors: constant("1"),
    },
    replaceOn: ["taskType", "windowId"],
    checks: [
      oneOf("taskType", "RUN_COMMAND", "AUTOMATION", "STEP_FUNCTIONS", "LAMBDA"),
      oneOf("cutoffBehavior", "CONTINUE_TASK", "CANCEL_TASK"),
      pattern("name", /^[A-Za-z0-9_\-.]{3,128}$/, "3 to 128 letters, digits or _-."),
      countOrPercent("maxConcurrency"),
      countOrPercent("maxErrors"),
      within("priority", 0, Number.MAX_SAFE_INTEGER),
    ],
  },
  "aws:ssm/patchBaseline:PatchBaseline": {
    id: ({ hex }) => `pb-0${hex(16, "pb")}`,
    computed: {
      arn: arn("ssm", (c) => `patchbaseline/${c.id}`),
      json: constant("{}"),
      rejectedPatchesAction: constant("ALLOW_AS_DEPENDENCY"),
    },
    autoname: { input: "name", maxLength: 128 },
    defaults: {
      approvedPatchesComplianceLevel: "UNSPECIFIED",
      approvedPatchesEnableNonSecurity: false,
      operatingSystem: "WINDOWS",
    },
    replaceOn: ["operatingSystem"],
    checks: [pattern("name", /^[A-Za-z0-9_\-.]{3,128}$/, "3 to 128 letters, digits or _-."), approvalRules],
  },
  "aws:ssm/patchGroup:PatchGroup": {
    id: idFromInputs(",", "patchGroup", "baselineId"),
    replaceOn: ["baselineId", "patchGroup"],
  },
  "aws:ssm/defaultPatchBaseline:DefaultPatchBaseline": {
    id: idFromInput("operatingSystem"),
    replaceOn: ["operatingSystem"],
  },
  "aws:ssm/association:Association": {
    id: uuid,
    computed: {
      arn: arn("ssm", (c) => `association/${c.id}`),
      associationId: ({ id }) => id,
      documentVersion: constant("$DEFAULT"),
      targets: constant([]),
    },
    defaults: { applyOnlyAtCronInterval: false },
    replaceOn: ["name", "automationTargetParameterName"],
    checks: [
      schedule("scheduleExpression", "cron", "rate", "at"),
      cronHasSixFields("scheduleExpression"),
      countOrPercent("maxConcurrency"),
      countOrPercent("maxErrors"),
    ],
  },
  "aws:ssm/document:Document": {
    id: idFromInput("name"),
    computed: {
      arn: arn("ssm", (c) => `document/${c.text("name")}`),
      createdDate: constant("2026-11-21T00:00:00Z"),
      defaultVersion: constant("1"),
      description: constant(""),
      documentVersion: constant("1"),
      hash: ({ hex }) => hex(64),
      hashType: constant("Sha256"),
      latestVersion: constant("1"),
      owner,
      parameters: constant([]),
      platformTypes: constant(["Linux", "MacOS", "Windows"]),
      schemaVersion: constant("2.2"),
      status: constant("Active"),
    },
    autoname: { input: "name", maxLength: 128 },
    defaults: { documentFormat: "JSON" },
    replaceOn: ["name", "documentType"],
    checks: [documentName, documentContent, oneOf("documentFormat", "JSON", "YAML", "TEXT")],
  },
  "aws:ssm/parameter:Parameter": {
    id: idFromInput("name"),
    computed: {
      arn: arn("ssm", (c) => `parameter/${c.text("name").replace(/^\//, "")}`),
      dataType: constant("text"),
      insecureValue: constant(""),
      keyId: constant(""),
      tier: constant("Standard"),
      value: constant(""),
      version: constant(1),
    },
    autoname: { input: "name", maxLength: 2048 },
    replaceOn: ["name"],
    checks: [oneOf("type", "String", "StringList", "SecureString"), atMostOneOf("value", "insecureValue")],
  },
  "aws:ssm/resourceDataSync:ResourceDataSync": {
    id: idFromInput("name"),
    autoname: { input: "name", maxLength: 64 },
    replaceOn: ["name", "s3Destination"],
  },
  "aws:ssm/serviceSetting:ServiceSetting": {
    id: idFromInput("settingId"),
    computed: { arn: arn("ssm", (c) => `servicesetting${c.text("settingId")}`), status: constant("Customized") },
    replaceOn: ["settingId"],
  },
  "aws:ssm/activation:Activation": {
    id: uuid,
    computed: {
      activationCode: ({ hex }) => hex(20, "code"),
      expirationDate: constant("2026-11-22T00:00:00Z"),
      expired: constant(false),
      registrationCount: constant(0),
    },
    autoname: { input: "name", maxLength: 256 },
    replaceOn: ["description", "expirationDate", "iamRole", "name", "registrationLimit"],
  },
  "aws:ssm/quicksetupConfigurationManager:QuicksetupConfigurationManager": {
    id: arn("ssm-quicksetup", (c) => `configuration-manager/${uuid(c)}`),
    computed: { managerArn: ({ id }) => id, statusSummaries: constant([]), tags: constant({}) },
    autoname: { input: "name", maxLength: 120 },
    replaceOn: [],
    checks: [quickSetupDefinition],
  },
};
