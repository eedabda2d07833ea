import type {
  AssociationDescription,
  GetMaintenanceWindowTaskResult,
  MaintenanceWindowIdentity,
  MaintenanceWindowTarget,
  PatchGroupPatchBaselineMapping,
  Target,
} from "@aws-sdk/client-ssm";
import { type StackResource, patchDocuments, unknownText } from "patchpath/account";
import type { Maker } from "./resources";

function targetsIn(targets: readonly Target[] | undefined) {
  return (targets ?? []).map(({ Key, Values }) => ({ key: Key, values: Values ?? [] }));
}

export function windowResource(make: Maker, window: MaintenanceWindowIdentity): StackResource {
  const { WindowId: id = "", Name: name = id } = window;
  const props = {
    name,
    enabled: window.Enabled,
    schedule: window.Schedule,
    scheduleTimezone: window.ScheduleTimezone,
  };
  return make("aws:ssm/maintenanceWindow:MaintenanceWindow", id, props, `${name} (${id})`);
}

export function windowTargetResource(make: Maker, target: MaintenanceWindowTarget): StackResource {
  const { WindowTargetId: id = "", Name: name = id } = target;
  const props = { windowId: target.WindowId, resourceType: target.ResourceType, targets: targetsIn(target.Targets) };
  return make("aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget", id, props, name);
}

/** A task that runs a command or an automation; the other types run no document. */
export function windowTaskResource(make: Maker, task: GetMaintenanceWindowTaskResult): StackResource {
  const { WindowTaskId: id = "", Name: name = id, TaskInvocationParameters: parameters = {} } = task;
  const listed = (record: Readonly<Record<string, readonly string[] | undefined>> | undefined) => ({
    parameters: Object.entries(record ?? {}).map(([key, values]) => ({ name: key, values: values ?? [] })),
  });
  const { RunCommand: command, Automation: automation } = parameters;
  const props = {
    windowId: task.WindowId,
    taskArn: task.TaskArn,
    taskType: task.TaskType,
    targets: targetsIn(task.Targets),
    taskInvocationParameters: {
      ...(command && { runCommandParameters: listed(command.Parameters) }),
      ...(automation && { automationParameters: listed(automation.Parameters) }),
    },
  };
  return make("aws:ssm/maintenanceWindowTask:MaintenanceWindowTask", id, props, name);
}

export function associationResource(make: Maker, association: AssociationDescription): StackResource {
  const { AssociationId: id = "", AssociationName: title, Name: document = "" } = association;
  const props = {
    associationId: id,
    name: document,
    targets: targetsIn(association.Targets),
    scheduleExpression: association.ScheduleExpression,
    parameters: association.Parameters && parametersIn(association.Parameters),
  };
  return make("aws:ssm/association:Association", id, props, title ?? `${document} (${id})`);
}

/** As the provider writes them: a text, where the API has a list of one. */
function parametersIn(parameters: Readonly<Record<string, readonly string[]>>) {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
}

/** Whether a document is not one of AWS's, so that what it runs has to be read. */
export function isOwnDocument(name: string): boolean {
  return !/^(AWS|Amazon)/.test(name) && !patchDocuments.includes(name);
}

/** @param content `undefined` where it could not be read */
export function documentResource(make: Maker, name: string, content: string | undefined): StackResource {
  return make("aws:ssm/document:Document", name, { name, content: content ?? unknownText });
}

/** A patch group with its baseline. */
export function patchGroupResources(
  make: Maker,
  { PatchGroup: group = "", BaselineIdentity: baseline = {} }: PatchGroupPatchBaselineMapping,
): StackResource[] {
  const { BaselineId: baselineId = "", BaselineName: name = baselineId, OperatingSystem: operatingSystem } = baseline;
  return [
    make("aws:ssm/patchGroup:PatchGroup", `${group},${baselineId}`, { patchGroup: group, baselineId }, group),
    make("aws:ssm/patchBaseline:PatchBaseline", baselineId, { name, operatingSystem }, name),
  ];
}

/** A configuration of Quick Setup: one for each of its definitions, as the model reads them. */
export function quickSetupResources(make: Maker, manager: QuickSetupManager): StackResource[] {
  const { arn, definitions } = manager;
  const name = manager.name ?? arn.split("/").at(-1);
  return definitions.map((definition, i) =>
    make(
      "aws:ssm/quicksetupConfigurationManager:QuicksetupConfigurationManager",
      `${arn}#${i}`,
      { configurationDefinition: { type: definition.type, parameters: definition.parameters } },
      name,
    ),
  );
}

export interface QuickSetupManager {
  readonly arn: string;
  readonly name?: string | undefined;
  readonly definitions: readonly {
    readonly type: string;
    readonly parameters: Readonly<Record<string, string>>;
  }[];
}
