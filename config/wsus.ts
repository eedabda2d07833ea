import { type Topology, chosenUpdates, synchronizationDefaults, wsusServerDefaults } from "@patchpath/components";
import { isWindows, windowsClassifications, windowsProducts } from "patchpath/facts";
import { z } from "zod";
import type { Baseline } from "./baselines";
import { type Fleet, isExistingFleet } from "./fleets";
import { type Network, isExistingNetwork } from "./network";
import { existingOrCreated, say, whenRight } from "./section";
import { arn, instanceType, namesIn, namespace, resourceId, text } from "./values";

const protocol = z.enum(["https", "http"]).default(wsusServerDefaults.protocol);

const common = {
  computerGroups: z
    .enum(["none", "by-fleet"])
    .default("none")
    .describe("`by-fleet`: a WSUS computer group for each fleet, so that updates can be approved separately"),
  resetExisting: z
    .boolean()
    .default(false)
    .describe(
      "resets existing instances to the configuration before WSUS: deploy it before `destroy`, which is refused otherwise",
    ),
};

const existing = z
  .strictObject({
    server: z
      .strictObject({
        address: text(
          /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/,
          "a DNS name or an IPv4 address, without scheme and port",
        ).describe("its DNS name or IPv4 address"),
        protocol: protocol.describe("`https` on port 8531, with update files on 8530; or `http` on 8530"),
        securityGroupId: resourceId("sg").describe("its security group, which is opened to the clients"),
        certificateParameter: text(/^[\w./-]{1,1011}$/, "the name of an SSM parameter")
          .optional()
          .describe(
            "the name of the SSM parameter with the certificate to trust; none if the clients trust its authority",
          ),
      })
      .describe("an existing server, reachable from the fleets' subnets"),
    ...common,
  })
  .transform(({ server, ...rest }) => ({ ...rest, existing: server, subnetId: undefined }));

const created = z
  .strictObject({
    subnetId: resourceId("subnet")
      .optional()
      .describe("a private subnet for the server in an existing VPC, with a default route to a NAT gateway"),
    operatingSystem: z
      .enum(["windows-server-2022", "windows-server-2025"])
      .default(wsusServerDefaults.operatingSystem)
      .describe("the operating system of the server"),
    instanceType: instanceType.default(wsusServerDefaults.instanceType).describe("an x86_64 instance type"),
    contentGiB: z
      .int()
      .min(50)
      .max(16_384)
      .default(wsusServerDefaults.contentGiB)
      .describe("the size of the volume with the update files in GiB; it can be increased in place"),
    protocol: protocol.describe(
      "`https` or `http`; with `http`, anyone on the network path could change what clients receive",
    ),
    serverName: text(
      /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/,
      "a DNS name in lower-case letters, such as `wsus.corp.example`",
    )
      .optional()
      .describe(
        "the server's name for its clients, in a private hosted zone that the stack creates; unless given, the private DNS name of the instance, which changes if it is replaced",
      ),
    certificateSecretArn: arn("secretsmanager", "a secret")
      .optional()
      .describe(
        "the ARN of a secret with your certificate for `serverName`; unless given, the certificate is self-signed",
      ),
    certificateKeyArn: text(
      /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/.+$/,
      "the ARN of a key, since a policy does not apply to an alias",
    )
      .optional()
      .describe("the ARN of the customer managed key of that secret, if it has one"),
    products: z
      .array(text(/^[A-Za-z0-9 .,()/_-]{1,200}$/, "the title of a product, as WSUS shows it"))
      .default([])
      .describe(
        "products in addition to the fleets' Windows versions, such as `Microsoft Defender Antivirus` or `Microsoft SQL Server 2022`, by their titles in WSUS",
      ),
    classifications: z
      .array(z.enum(namesIn(windowsClassifications)))
      .min(1)
      .default([...synchronizationDefaults.classifications])
      .describe("the classifications of updates to synchronize"),
    languages: z
      .array(text(/^[a-z]{2}(-[a-z]{2,4})?$/, "the code of a language, such as `en` or `zh-cn`"))
      .min(1)
      .default([...synchronizationDefaults.languages])
      .describe("the languages of the update files"),
    timeOfDay: text(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/, "a time of day, UTC, such as `03:00:00`")
      .default(synchronizationDefaults.timeOfDay)
      .describe("the time of the first synchronization of a day, UTC"),
    perDay: z.int().min(1).max(24).default(synchronizationDefaults.perDay).describe("synchronizations a day, 1 to 24"),
    approval: z
      .enum(["Automatic", "Manual"])
      .default(synchronizationDefaults.approval)
      .describe("`Manual`: only updates that are approved in WSUS are installed, whatever the baseline approves"),
    backups: z
      .int()
      .min(0)
      .max(1000)
      .default(wsusServerDefaults.backups)
      .describe("the number of daily snapshots of that volume to keep, 0 for none"),
    alarmTopicArns: z.array(arn("sns", "an SNS topic")).default([]).describe("SNS topics that the alarms notify"),
    ...common,
  })
  .superRefine(({ certificateSecretArn, certificateKeyArn, serverName }, context) => {
    if (certificateSecretArn !== undefined && serverName === undefined) {
      say(context, ["certificateSecretArn"], "requires `serverName`, the DNS name that the certificate is for");
    }
    if (certificateKeyArn === undefined || certificateSecretArn !== undefined) return;
    say(context, ["certificateKeyArn"], "has no effect; expected with `certificateSecretArn` only");
  }, whenRight)
  .transform(({ alarmTopicArns, ...rest }) => ({ ...rest, existing: undefined, alarmActions: alarmTopicArns }))
  .prefault({});

/** `patchpath:wsus`: the server of the topology `wsus`, and what it synchronizes. */
export const wsus = existingOrCreated("server", existing, created, {
  existing: "an existing server",
  created: "a server that the stack creates",
});
export type Wsus = z.output<typeof wsus>;

interface Config {
  readonly wsus?: Wsus | undefined;
  readonly topology?: Topology | undefined;
  readonly network?: Network | undefined;
  readonly fleets?: readonly Fleet[] | undefined;
  readonly eachBaseline: readonly (Baseline | undefined)[];
  /** The sections that the config has. */
  readonly given: ReadonlySet<string>;
}

/** What is wrong with the server of a topology, its clients and its place. */
export function checkWsus({ wsus, topology, network, fleets, eachBaseline, given }: Config): string[] {
  if (!topology) return [];
  const key = `${namespace}wsus`;
  if (topology !== "wsus") {
    return given.has("wsus")
      ? [`\`${key}\` has no effect with the topology \`${topology}\`; expected it left out, or the topology \`wsus\``]
      : [];
  }
  const clients = fleets?.filter(({ operatingSystem }) => isWindows(operatingSystem));
  return [
    ...(clients?.length === 0
      ? [`\`${namespace}topology\` is \`wsus\`; expected a fleet with Windows, since WSUS serves no other`]
      : []),
    ...(wsus?.resetExisting && clients && !clients.some(isExistingFleet)
      ? [`\`${key}.resetExisting\` has no effect; expected it left out, since no fleet with Windows exists already`]
      : []),
    ...(wsus && !wsus.existing && network ? checkSubnet(wsus, network) : []),
    ...(wsus && !wsus.existing && clients ? checkSynchronization(wsus, clients, eachBaseline) : []),
  ];
}

function checkSubnet({ subnetId }: Wsus, network: Network): string[] {
  const isExisting = isExistingNetwork(network);
  if (isExisting === (subnetId !== undefined)) return [];
  const key = `\`${namespace}wsus.subnetId\``;
  return [
    isExisting
      ? `${key} is missing; expected a private subnet of \`${namespace}network.vpcId\` with a default route to a NAT gateway, where the server is created, or \`server\` for an existing server`
      : `${key} is for an existing network; expected it left out, since the VPC that the stack creates has a subnet for the server`,
  ];
}

/** Windows baselines ask for what WSUS synchronizes: an update that only one of them has is never installed. */
function checkSynchronization(
  { classifications }: Extract<Wsus, { existing: undefined }>,
  clients: readonly Fleet[],
  eachBaseline: readonly (Baseline | undefined)[],
): string[] {
  const systems = clients.flatMap(({ operatingSystem }) => (windowsProducts[operatingSystem] ? operatingSystem : []));
  if (systems.length === 0) return [];
  const { products, classifications: synchronized } = chosenUpdates({ systems, classifications }).baseline;
  const has: Readonly<Record<string, readonly string[]>> = { PRODUCT: products, CLASSIFICATION: synchronized };
  const remedy: Readonly<Record<string, string>> = {
    PRODUCT: "a product of a Windows fleet",
    CLASSIFICATION: `it in \`${namespace}wsus.classifications\``,
  };
  return eachBaseline.flatMap((baseline, i) => {
    if (baseline?.operatingSystem !== "WINDOWS") return [];
    return baseline.rules.flatMap(({ filters }, j) =>
      Object.keys(has).flatMap((filter) => {
        // The products of applications have other names in baselines than in WSUS.
        if (filter === "PRODUCT" && filters["PATCH_SET"]?.includes("APPLICATION")) return [];
        const missing = (filters[filter] ?? []).filter((one) => one !== "*" && !has[filter]!.includes(one));
        const key = `${namespace}baselines[${i}].rules[${j}].filters.${filter}`;
        return missing.map(
          (one) => `\`${key}\` has \`${one}\`, which WSUS does not synchronize; expected ${remedy[filter]!}`,
        );
      }),
    );
  });
}
