import {
  type AutoScalingGroup,
  paginateDescribeAutoScalingGroups,
  paginateDescribeLaunchConfigurations,
} from "@aws-sdk/client-auto-scaling";
import {
  DescribeInstanceAttributeCommand,
  type Instance,
  type LaunchTemplateVersion,
  paginateDescribeImages,
  paginateDescribeInstances,
  paginateDescribeLaunchTemplateVersions,
} from "@aws-sdk/client-ec2";
import type { StackResource } from "patchpath/account";
import {
  type TemplateVersion,
  groupResource,
  keyOf,
  launchConfigurationResource,
  launchTemplateResource,
  membersOf,
  templatesOf,
} from "./groups";
import { imageResource, instanceResource, isThere } from "./instances";
import { nodeGroupResources, nodesOf, templateOfNodes } from "./node-groups";
import { readNodeGroups } from "./read-node-groups";
import { type Reading, each, inParts } from "./reading";

/** What launches instances, the instances that no group launched as it is today, and whose instances are whose. */
export interface Fleets {
  readonly resources: readonly StackResource[];
  /** The instances of each fleet, by its URN. */
  readonly members: ReadonlyMap<string, readonly Instance[]>;
  /** ARNs and names of the instance profiles in use. */
  readonly profiles: ReadonlySet<string>;
  /** Names of the roles of managed node groups. */
  readonly roles: readonly string[];
}

/** @param vpcIds those to judge; all if `undefined` */
export async function readFleets(reading: Reading, vpcIds: readonly string[] | undefined): Promise<Fleets> {
  const { make } = reading;
  const [instances, groups, configurations, nodeGroups] = await readLaunching(reading, vpcIds);
  const inVpcs = new Set(instances.map(({ InstanceId }) => InstanceId));
  const judged = groups.filter((group) => vpcIds === undefined || membersOf(group).some((id) => inVpcs.has(id)));
  const nodes = nodesOf(nodeGroups, judged).filter(({ group }) => vpcIds === undefined || group !== undefined);
  const groupsOfNodes = new Set(nodes.map(({ group }) => group));
  const others = judged.filter((one) => !groupsOfNodes.has(one));
  const ofOthers = others.flatMap(templatesOf);
  const templates = await readTemplates(reading, [...ofOthers, ...nodes.flatMap((one) => templateOfNodes(one) ?? [])]);
  const { ofGroups, alone } = byGroup(instances, judged, templates);
  const fleets: readonly Fleet[] = [
    ...others.map((group) => ({ resources: [groupResource(make, group)], members: ofGroups.get(group) })),
    ...nodes.map((one) => ({
      resources: nodeGroupResources(make, one, versionIn(templates, templateOfNodes(one))),
      members: one.group && ofGroups.get(one.group),
    })),
    ...(await each(alone, async (one) => {
      const userData = await userDataOf(reading, one);
      return { resources: [instanceResource(make, one, userData)], members: [one] };
    })),
  ];
  const keysOfOthers = new Set(ofOthers.map(keyOf));
  const configurationsOfOthers = new Set(others.map(({ LaunchConfigurationName: name }) => name));
  const launching = [
    ...fleets.flatMap(({ resources }) => resources),
    ...[...templates]
      .filter(([key]) => keysOfOthers.has(key))
      .map(([, { used, version }]) => launchTemplateResource(make, used, version)),
    ...configurations
      .filter(({ LaunchConfigurationName: name }) => configurationsOfOthers.has(name))
      .map((one) => launchConfigurationResource(make, one)),
  ];
  return {
    resources: [...launching, ...(await readImages(reading, launching))],
    profiles: profilesOf(launching),
    roles: nodes.flatMap(({ nodes: { nodeRole } }) => nodeRole?.split("/").at(-1) ?? []),
    members: new Map(fleets.flatMap(({ resources: [fleet], members }) => (members ? [[fleet!.urn, members]] : []))),
  };
}

/** The resource of a fleet, with what it alone has, and its instances; `undefined` where they are not known. */
interface Fleet {
  readonly resources: readonly StackResource[];
  readonly members: readonly Instance[] | undefined;
}

/** The instances of the VPCs that there are, and everything that launches instances. */
async function readLaunching(reading: Reading, vpcIds: readonly string[] | undefined) {
  const { clients, reader } = reading;
  const Filters = vpcIds && [{ Name: "vpc-id", Values: [...vpcIds] }];
  const autoScaling = { client: clients.autoScaling, pageSize: 100 };
  const [instances, groups, configurations, nodeGroups] = await Promise.all([
    reader.list(
      "ec2:DescribeInstances",
      paginateDescribeInstances({ client: clients.ec2, pageSize: 1000 }, Filters ? { Filters } : {}),
      ({ Reservations }) => Reservations?.flatMap(({ Instances = [] }) => Instances),
    ),
    reader.list(
      "autoscaling:DescribeAutoScalingGroups",
      paginateDescribeAutoScalingGroups(autoScaling, {}),
      (page) => page.AutoScalingGroups,
    ),
    reader.list(
      "autoscaling:DescribeLaunchConfigurations",
      paginateDescribeLaunchConfigurations(autoScaling, {}),
      (page) => page.LaunchConfigurations,
    ),
    readNodeGroups(reading),
  ]);
  return [(instances ?? []).filter(isThere), groups ?? [], configurations ?? [], nodeGroups] as const;
}

/** In base64. */
async function userDataOf({ clients, reader }: Reading, { InstanceId }: Instance): Promise<string | undefined> {
  const answer = await reader.one("ec2:DescribeInstanceAttribute", () =>
    clients.ec2.send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute: "userData" })),
  );
  return answer && (answer.UserData?.Value ?? "");
}

interface ReadTemplate {
  readonly used: TemplateVersion;
  readonly version: LaunchTemplateVersion | undefined;
}

type Templates = ReadonlyMap<string, ReadTemplate>;

/** Versions of templates by their key, each read once. */
async function readTemplates({ clients, reader }: Reading, wanted: readonly TemplateVersion[]): Promise<Templates> {
  const used = new Map(wanted.map((one) => [keyOf(one), one]));
  const read = await each([...used.values()], async (one): Promise<ReadTemplate> => {
    const versions = await reader.list(
      "ec2:DescribeLaunchTemplateVersions",
      paginateDescribeLaunchTemplateVersions(
        { client: clients.ec2 },
        { LaunchTemplateId: one.id, Versions: [one.version] },
      ),
      (page) => page.LaunchTemplateVersions,
    );
    return { used: one, version: versions?.[0] };
  });
  return new Map(read.map((one) => [keyOf(one.used), one]));
}

function versionIn(templates: Templates, used: TemplateVersion | undefined): LaunchTemplateVersion | undefined {
  return used && templates.get(keyOf(used))?.version;
}

/**
 * An instance belongs to its group where it was launched as the group launches today; one from an older version of the
 * template has that version's settings, and is judged by itself.
 */
function byGroup(instances: readonly Instance[], groups: readonly AutoScalingGroup[], templates: Templates) {
  const byId = new Map(instances.map((instance) => [instance.InstanceId, instance]));
  const ofGroups = new Map<AutoScalingGroup, readonly Instance[]>();
  const taken = new Set<Instance>();
  for (const group of groups) {
    const current = new Set(
      templatesOf(group).map((used) => `${used.id} ${versionIn(templates, used)?.VersionNumber}`),
    );
    const members = (group.Instances ?? []).flatMap(({ InstanceId, LaunchTemplate, LaunchConfigurationName }) => {
      const instance = byId.get(InstanceId);
      const isCurrent = LaunchTemplate
        ? current.has(`${LaunchTemplate.LaunchTemplateId} ${LaunchTemplate.Version}`)
        : current.size === 0 && LaunchConfigurationName === group.LaunchConfigurationName;
      return instance && isCurrent ? [instance] : [];
    });
    for (const one of members) taken.add(one);
    ofGroups.set(group, members);
  }
  return { ofGroups, alone: instances.filter((one) => !taken.has(one)) };
}

/**
 * The images in use that still exist. By filter, since the list by ids fails as a whole for one that was deregistered; 200
 * values are the most that a filter takes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html, unconfirmed
 * (not opened on 2026-11-28).
 */
async function readImages({ clients, reader, make }: Reading, launching: readonly StackResource[]) {
  const ids = new Set(launching.flatMap(({ props }) => [props["ami"], props["imageId"]]));
  const known = [...ids].filter((id): id is string => typeof id === "string" && id.startsWith("ami-"));
  const images = await each(inParts(known, 200), (Values) =>
    reader.list(
      "ec2:DescribeImages",
      paginateDescribeImages(
        { client: clients.ec2 },
        { Filters: [{ Name: "image-id", Values }], IncludeDeprecated: true },
      ),
      ({ Images }) => Images,
    ),
  );
  return images.flatMap((part) => (part ?? []).map((image) => imageResource(make, image)));
}

function profilesOf(launching: readonly StackResource[]): ReadonlySet<string> {
  return new Set(
    launching.flatMap(({ props: { iamInstanceProfile: profile } }): string[] => {
      if (typeof profile === "string") return [profile];
      const { arn, name } = (profile ?? {}) as { readonly arn?: string; readonly name?: string };
      return [arn ?? name ?? []].flat();
    }),
  );
}
