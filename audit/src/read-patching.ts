import {
  DescribeAssociationCommand,
  GetDocumentCommand,
  GetMaintenanceWindowTaskCommand,
  GetServiceSettingCommand,
  paginateDescribeMaintenanceWindowTargets,
  paginateDescribeMaintenanceWindowTasks,
  paginateDescribeMaintenanceWindows,
  paginateDescribePatchGroups,
  paginateListAssociations,
} from "@aws-sdk/client-ssm";
import {
  type StackResource,
  defaultHostManagementSetting,
  isRegion,
  patchPolicyRegions,
  unknownText,
} from "patchpath/account";
import { pagesOf, sendJson } from "./json-service";
import {
  type QuickSetupManager,
  associationResource,
  documentResource,
  isOwnDocument,
  patchGroupResources,
  quickSetupResources,
  windowResource,
  windowTargetResource,
  windowTaskResource,
} from "./patching";
import { type Reading, each } from "./reading";
import { standIn, unread, unreadHostManagement } from "./unread";

/** What runs Patch Manager: maintenance windows, associations, Quick Setup; and the patch groups with their baselines. */
export async function readPatching(reading: Reading): Promise<StackResource[]> {
  const [windows, associations, groups, setups, settings] = await Promise.all([
    readWindows(reading),
    readAssociations(reading),
    readPatchGroups(reading),
    readQuickSetup(reading),
    readHostManagement(reading),
  ]);
  const jobs = [...windows, ...associations];
  return [...jobs, ...(await readDocuments(reading, jobs)), ...groups, ...setups, ...settings];
}

async function readWindows(reading: Reading): Promise<StackResource[]> {
  const { make, reader, clients } = reading;
  const ssm = { client: clients.ssm, pageSize: 100 };
  const windows = await reader.list(
    "ssm:DescribeMaintenanceWindows",
    paginateDescribeMaintenanceWindows(ssm, {}),
    (page) => page.WindowIdentities,
  );
  if (windows === undefined) return unread(make, "ssm:DescribeMaintenanceWindows");
  const parts = await each(windows, async (window) => {
    const { WindowId } = window;
    const [targets, tasks] = await Promise.all([
      reader.list(
        "ssm:DescribeMaintenanceWindowTargets",
        paginateDescribeMaintenanceWindowTargets(ssm, { WindowId }),
        (page) => page.Targets,
      ),
      reader.list(
        "ssm:DescribeMaintenanceWindowTasks",
        paginateDescribeMaintenanceWindowTasks(ssm, { WindowId }),
        (page) => page.Tasks,
      ),
    ]);
    const unreadTask = (action: Parameters<typeof standIn>[2], unknown: string[]) =>
      standIn(make, "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask", action, unknown, { windowId: WindowId });
    const whole = await each(tasks ?? [], ({ WindowTaskId }) => {
      const command = new GetMaintenanceWindowTaskCommand({ WindowId, WindowTaskId });
      return reader.one("ssm:GetMaintenanceWindowTask", () => clients.ssm.send(command));
    });
    return [
      windowResource(make, window),
      ...(targets ?? []).map((target) => windowTargetResource(make, target)),
      ...(tasks ? [] : [unreadTask("ssm:DescribeMaintenanceWindowTasks", ["taskArn", "targets"])]),
      ...whole.map((task) =>
        task ? windowTaskResource(make, task) : unreadTask("ssm:GetMaintenanceWindowTask", ["taskArn", "targets"]),
      ),
    ];
  });
  return parts.flat();
}

async function readAssociations({ make, reader, clients }: Reading): Promise<StackResource[]> {
  const pages = paginateListAssociations({ client: clients.ssm, pageSize: 50 }, {});
  const associations = await reader.list("ssm:ListAssociations", pages, (page) => page.Associations);
  if (associations === undefined) return unread(make, "ssm:ListAssociations");
  return each(associations, async ({ AssociationId = "", Name = "", Targets, ScheduleExpression, AssociationName }) => {
    const command = new DescribeAssociationCommand({ AssociationId });
    const whole = await reader.one("ssm:DescribeAssociation", () => clients.ssm.send(command));
    const { props, ...resource } = associationResource(
      make,
      whole?.AssociationDescription ?? { AssociationId, Name, Targets, ScheduleExpression, AssociationName },
    );
    if (whole?.AssociationDescription) return { ...resource, props };
    return standIn(make, resource.type, "ssm:DescribeAssociation", ["parameters"], props);
  });
}

/** The contents of documents that are not AWS's, since they may run one that patches. */
async function readDocuments(
  { make, reader, clients }: Reading,
  jobs: readonly StackResource[],
): Promise<StackResource[]> {
  const named = jobs.flatMap(({ type, props }) => (type.includes("Association") ? props["name"] : props["taskArn"]));
  const own = new Set(named.filter((name): name is string => typeof name === "string" && isOwnDocument(name)));
  // Functions and state machines of tasks are named by ARNs of other services.
  const documents = [...own].filter((name) => !name.startsWith("arn:") || name.split(":")[2] === "ssm");
  return each(documents, async (Name) => {
    const answer = await reader.one("ssm:GetDocument", () => clients.ssm.send(new GetDocumentCommand({ Name })));
    return documentResource(make, Name, answer?.Content);
  });
}

async function readPatchGroups({ make, reader, clients }: Reading): Promise<StackResource[]> {
  const pages = paginateDescribePatchGroups({ client: clients.ssm, pageSize: 100 }, {});
  const mappings = await reader.list("ssm:DescribePatchGroups", pages, (page) => page.Mappings);
  const resources = (mappings ?? []).flatMap((mapping) => patchGroupResources(make, mapping));
  return [...new Map(resources.map((one) => [one.urn, one])).values()]; // groups share baselines
}

/** The setting of Default Host Management Configuration: one for each account and region. */
async function readHostManagement({ make, reader, clients }: Reading): Promise<StackResource[]> {
  const command = new GetServiceSettingCommand({ SettingId: defaultHostManagementSetting });
  const answer = await reader.one("ssm:GetServiceSetting", () => clients.ssm.send(command));
  if (answer === undefined) return [unreadHostManagement(make)];
  const { SettingValue: settingValue, Status: status } = answer.ServiceSetting ?? {};
  const props = { settingId: defaultHostManagementSetting, settingValue, status };
  return [make("aws:ssm/serviceSetting:ServiceSetting", defaultHostManagementSetting, props)];
}

/** The name of the role that the setting gives to instances; `$None`, which AWS answers where there is none, is no name. */
export function hostManagementRoles(patching: readonly StackResource[]): string[] {
  return patching.flatMap(({ type, props: { settingValue: value } }) => {
    const isRole = type.endsWith(":ServiceSetting") && typeof value === "string" && /^[\w+=,.@/-]+$/.test(value);
    return isRole && value !== unknownText ? [value.split("/").at(-1)!] : [];
  });
}

interface ManagerSummary {
  readonly ManagerArn: string;
}

interface Manager extends ManagerSummary {
  readonly Name?: string;
  readonly ConfigurationDefinitions?: readonly { readonly Type: string; readonly Parameters: Record<string, string> }[];
}

/** In the regions that have patch policies; elsewhere there is nothing to ask. */
async function readQuickSetup({ make, place, reader, clients: { settings } }: Reading): Promise<StackResource[]> {
  const service = "ssm-quicksetup";
  if (!isRegion(place.region) || !patchPolicyRegions.includes(place.region)) return [];
  const summaries = await reader.list(
    "ssm-quicksetup:ListConfigurationManagers",
    pagesOf<{ NextToken?: string; ConfigurationManagersList?: ManagerSummary[] }>(
      service,
      settings,
      (StartingToken) => ({
        operation: "ListConfigurationManagers",
        path: "/listConfigurationManagers",
        body: { MaxItems: 100, StartingToken },
      }),
    ),
    (page) => page.ConfigurationManagersList,
  );
  if (summaries === undefined) return unread(make, "ssm-quicksetup:ListConfigurationManagers");
  const managers = await each(summaries, async ({ ManagerArn }) => {
    const manager = await reader.one("ssm-quicksetup:GetConfigurationManager", () =>
      sendJson<Manager>(service, settings, {
        operation: "GetConfigurationManager",
        method: "GET",
        path: `/configurationManager/${encodeURIComponent(ManagerArn)}`,
      }),
    );
    const type = "aws:ssm/quicksetupConfigurationManager:QuicksetupConfigurationManager";
    if (!manager) return [standIn(make, type, "ssm-quicksetup:GetConfigurationManager", ["configurationDefinition"])];
    return quickSetupResources(make, managerIn(manager));
  });
  return managers.flat();
}

function managerIn({ ManagerArn, Name, ConfigurationDefinitions = [] }: Manager): QuickSetupManager {
  const definitions = ConfigurationDefinitions.map(({ Type, Parameters }) => ({ type: Type, parameters: Parameters }));
  return { arn: ManagerArn, name: Name, definitions };
}
