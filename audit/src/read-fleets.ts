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
  templateOf,
} from "./groups";
import { imageResource, instanceResource, isThere } from "./instances";
import { type Reading, each, inParts } from "./reading";

/** What launches instances, the instances that no group launched as it is today, and whose instances are whose. */
export interface Fleets {
  readonly resources: readonly StackResource[];
  /** The instances of each fleet, by its URN. */
  readonly members: ReadonlyMap<string, readonly Instance[]>;
  /** ARNs and names of the instance profiles in use. */
  readonly profiles: ReadonlySet<string>;
}

/** @param vpcIds those to judge; all if `undefined` */
export async function readFleets(reading: Reading, vpcIds: readonly string[] | undefined): Promise<Fleets> {
  const { clients, reader, make } = reading;
  const Filters = vpcIds && [{ Name: "vpc-id", Values: [...vpcIds] }];
  const autoScaling = { client: clients.autoScaling, pageSize: 100 };
  const [found, groups, configurations] = await Promise.all([
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
  ]);
  const instances = (found ?? []).filter(isThere);
  const inVpcs = new Set(instances.map(({ InstanceId }) => InstanceId));
  const judged = (groups ?? []).filter(
    (group) => vpcIds === undefined || membersOf(group).some((id) => inVpcs.has(id)),
  );
  const templates = await readTemplates(reading, judged);
  const { ofGroups, alone } = byGroup(reading, instances, judged, templates);
  const resources = [
    ...judged.map((group) => groupResource(make, group)),
    ...[...templates.values()].map(({ used, version }) => launchTemplateResource(make, used, version)),
    ...(configurations ?? [])
      .filter(({ LaunchConfigurationName: name }) => judged.some((group) => group.LaunchConfigurationName === name))
      .map((one) => launchConfigurationResource(make, one)),
    ...(await each(alone, async (one) => instanceResource(make, one, await userDataOf(reading, one)))),
  ];
  return {
    resources: [...resources, ...(await readImages(reading, resources))],
    profiles: profilesOf(resources),
    members: new Map<string, readonly Instance[]>([
      ...ofGroups,
      ...alone.map((one): [string, Instance[]] => [instanceUrn(reading, one), [one]]),
    ]),
  };
}

function instanceUrn({ make }: Reading, { InstanceId = "" }: Instance): string {
  return make("aws:ec2/instance:Instance", InstanceId, {}).urn;
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

/** The versions that groups launch from, by their key. */
async function readTemplates({ clients, reader }: Reading, groups: readonly AutoScalingGroup[]) {
  const used = new Map(groups.flatMap((group) => templateOf(group) ?? []).map((one) => [keyOf(one), one]));
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

/**
 * An instance belongs to its group where it was launched as the group launches today; one from an older version of the
 * template has that version's settings, and is judged by itself.
 */
function byGroup(
  { make }: Reading,
  instances: readonly Instance[],
  groups: readonly AutoScalingGroup[],
  templates: ReadonlyMap<string, ReadTemplate>,
) {
  const byId = new Map(instances.map((instance) => [instance.InstanceId, instance]));
  const ofGroups = new Map<string, Instance[]>();
  const taken = new Set<Instance>();
  for (const group of groups) {
    const used = templateOf(group);
    const current = used && templates.get(keyOf(used))?.version?.VersionNumber;
    const members = (group.Instances ?? []).flatMap(({ InstanceId, LaunchTemplate, LaunchConfigurationName }) => {
      const instance = byId.get(InstanceId);
      const isCurrent = used
        ? LaunchTemplate?.LaunchTemplateId === used.id && LaunchTemplate.Version === String(current)
        : LaunchConfigurationName === group.LaunchConfigurationName;
      return instance && isCurrent ? [instance] : [];
    });
    for (const one of members) taken.add(one);
    ofGroups.set(groupResource(make, group).urn, members);
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
