import { documentsOfOperation, patchDocuments } from "../facts/patch-documents";
import { patchingTypes } from "../facts/quick-setup";
import { type Truth, and, any } from "../iam/truth";
import type { Fleet } from "./fleets";
import { quickSetupCovers, targetsCover } from "./management";
import { type Reading, elementsOf, known, plain, read, readText } from "./reading";
import type { StackResource } from "./resource";
import type { Stack } from "./stack";

/** What runs Patch Manager on a fleet, or may. */
export interface Patcher {
  readonly resource: StackResource;
  readonly kind: "maintenance window task" | "State Manager association" | "patch policy" | "host management";
  /** Patch Manager scans where it installs; `undefined` while it is not known. */
  readonly operation: "Install" | "Scan" | undefined;
  /** Set where it cannot run, since its document requires the parameter `Operation`, and it does not give it. */
  readonly lacks: { readonly document: string } | undefined;
  /** An expression such as `cron(0 18 ? * SUN *)`, with its time zone; `undefined` where none is known. */
  readonly schedule: string | undefined;
  /** Whether it surely runs Patch Manager on this fleet. */
  readonly covers: true | "unknown";
}

/** What patches or scans a fleet; what only may do so is left out where something surely installs. */
export function patchersOf(stack: Stack, fleet: Fleet): Patcher[] {
  const all = stack.derive(jobsOf).flatMap(({ runs, ...job }): Patcher[] => {
    const covers = and(runs, job.covers(fleet));
    return covers === false ? [] : [{ ...job, covers }];
  });
  const sure = all.filter(({ covers }) => covers === true);
  return sure.some(({ operation }) => operation === "Install") ? sure : all;
}

/** What cannot run, for lack of a parameter. */
export function unrunnablePatchers(stack: Stack): readonly Pick<Patcher, "resource" | "lacks">[] {
  return stack.derive(jobsOf).filter(({ lacks }) => lacks !== undefined);
}

/** A patcher, whomever it patches. */
interface Job extends Omit<Patcher, "covers"> {
  /** Whether it runs Patch Manager. */
  readonly runs: true | "unknown";
  readonly covers: (fleet: Fleet) => Truth;
}

function jobsOf(stack: Stack): Job[] {
  return [
    ...stack.of("maintenanceWindowTask").flatMap((task) => windowTask(stack, task)),
    ...stack.of("association").flatMap((association) => ofAssociation(stack, association)),
    ...stack.of("quickSetup").flatMap((configuration) => ofQuickSetup(configuration)),
  ];
}

function windowTask(stack: Stack, task: StackResource): Job[] {
  const runs = runsPatchManager(stack, task, "taskArn");
  const window = stack.followProperty(task, "windowId", "maintenanceWindow");
  const props = window?.is === "resource" ? window.resource.props : {};
  if (runs === false || known(read(props, "enabled")) === false) return [];
  const schedule = known(readText(props, "schedule"));
  const zone = known(readText(props, "scheduleTimezone"));
  return [
    {
      resource: task,
      kind: "maintenance window task",
      operation: operationIn(parametersOfTask(task)),
      lacks: lackOf(stack, task, "taskArn", parametersOfTask(task)),
      schedule: schedule === undefined || zone === undefined ? schedule : `${schedule} ${zone}`,
      runs,
      covers: (fleet) => any([targetsCover(stack, task, fleet), coveredByTargets(stack, task, fleet)]),
    },
  ];
}

/** By the targets of the window that a task names. */
function coveredByTargets(stack: Stack, task: StackResource, fleet: Fleet): Truth {
  const targets = elementsOf(read(task.props, "targets")).flatMap((target) => {
    if (target.is !== "known") return [target];
    return known(readText(target.value, "key")) === "WindowTargetIds" ? elementsOf(read(target.value, "values")) : [];
  });
  return any(
    stack
      .followEach(targets, task, "targets", "maintenanceWindowTarget")
      .map((target) => (target.is === "resource" ? targetsCover(stack, target.resource, fleet) : "unknown")),
  );
}

function ofAssociation(stack: Stack, association: StackResource): Job[] {
  const runs = runsPatchManager(stack, association, "name");
  if (runs === false) return [];
  return [
    {
      resource: association,
      kind: "State Manager association",
      operation: operationIn(read(association.props, "parameters")),
      lacks: lackOf(stack, association, "name", read(association.props, "parameters")),
      schedule: known(readText(association.props, "scheduleExpression")),
      runs,
      covers: (fleet) => targetsCover(stack, association, fleet),
    },
  ];
}

/** Whether a property names a document that patches: one of AWS's, or one of the stack that runs one of those. */
function runsPatchManager(stack: Stack, resource: StackResource, property: string): Truth {
  const document = stack.followProperty(resource, property, "document");
  if (document?.is === "outside") {
    const name = nameOfDocument(document.id);
    return name.startsWith("AWS-") ? patchDocuments.includes(name) : "unknown";
  }
  if (document?.is !== "resource") return document === undefined ? false : "unknown";
  const content = plain(read(document.resource.props, "content"));
  if (content.is !== "known") return content.is === "unknown" && "unknown";
  const text = typeof content.value === "string" ? content.value : JSON.stringify(content.value);
  return any(patchDocuments.map((name) => calls(text, name)));
}

/** A document may be named by its ARN. */
function nameOfDocument(id: string): string {
  return id.split(/[/:]/).at(-1)!;
}

/**
 * Whether a document in JSON or YAML runs another: as the `documentPath` or `DocumentName` of a step. One that mentions it
 * elsewhere, in a description or a script, may run it.
 */
function calls(text: string, name: string): Truth {
  if (!text.includes(name)) return false;
  const step = new RegExp(`\\bdocument(Path|Name)["']?\\s*:\\s*["']?(arn:[^\\s"']*/)?${name}(?![\\w-])`, "i");
  return step.test(text) || "unknown";
}

/** The parameter that a patcher surely lacks. */
function lackOf(stack: Stack, resource: StackResource, property: string, parameters: Reading): Patcher["lacks"] {
  const target = stack.followProperty(resource, property, "document");
  const document = target?.is === "outside" ? nameOfDocument(target.id) : "";
  const isGiven = valuesOf(parameters, "Operation").length > 0 || plain(parameters).is === "unknown";
  return isGiven || !documentsOfOperation.includes(document) ? undefined : { document };
}

/** The parameters of a task: in the classic provider of Run Command or Automation, in aws-native by longer names. */
function parametersOfTask({ props }: StackResource): Reading {
  const invocation = known(read(props, "taskInvocationParameters"));
  if (read(props, "taskInvocationParameters").is === "unknown" || read(props, "taskParameters").is !== "absent") {
    return { is: "unknown" }; // the older form of parameters is not read
  }
  const kinds = ["runCommand", "automation", "maintenanceWindowRunCommand", "maintenanceWindowAutomation"];
  const given = kinds.flatMap((kind) => {
    const ofKind = read(invocation, `${kind}Parameters`);
    return ofKind.is === "unknown" ? [ofKind] : [read(known(ofKind), "parameters")];
  });
  return given.find(({ is }) => is !== "absent") ?? { is: "absent" };
}

/** Parameters are a list of names and values, or a record of values; a value is a text, or a list with one. */
function valuesOf(parameters: Reading, name: string): Reading[] {
  const named = Array.isArray(known(parameters))
    ? elementsOf(parameters).flatMap((one) =>
        known(readText(known(one), "name")) === name ? elementsOf(read(known(one), "values")) : [],
      )
    : [read(known(parameters), name)];
  return named
    .flatMap((one) => (Array.isArray(known(one)) ? elementsOf(one) : [one]))
    .filter(({ is }) => is !== "absent");
}

function operationIn(parameters: Reading): Patcher["operation"] {
  const [value] = valuesOf(parameters, "Operation");
  const operation = value && known(value);
  return operation === "Install" || operation === "Scan" ? operation : undefined;
}

/**
 * Source: https://docs.aws.amazon.com/quick-setup/latest/APIReference/API_ConfigurationDefinitionInput.html, checked
 * 2026-11-22. Host management scans every day, and installs nothing.
 */
function ofQuickSetup(resource: StackResource): Job[] {
  const definition = known(read(resource.props, "configurationDefinition"));
  const type = readText(definition, "type");
  if (type.is === "known" && !patchingTypes.includes(type.value)) return [];
  const parameters = known(read(definition, "parameters"));
  const text = (name: string) => known(readText(parameters, name));
  const common = { resource, lacks: undefined, covers: (fleet: Fleet) => quickSetupCovers(resource, fleet) };
  if (known(type) === "AWSQuickSetupType-SSMHostMgmt") {
    if (text("ScanInstances") === "false") return [];
    const runs = text("ScanInstances") === "true" || "unknown";
    return [{ ...common, kind: "host management", operation: "Scan", schedule: "daily", runs }];
  }
  const installs = text("ConfigurationOptionsPatchOperation");
  const operation = installs === "ScanAndInstall" ? "Install" : installs === "Scan" ? "Scan" : undefined;
  const schedule = operation && text(`ConfigurationOptions${operation}Value`);
  return [{ ...common, kind: "patch policy", operation, schedule, runs: type.is === "known" || "unknown" }];
}
