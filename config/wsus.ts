import { type Synchronization, chosenUpdates } from "@patchpath/components";
import { type System, isSystem, isWindows, windowsClassifications, windowsProducts } from "patchpath/facts";
import { z } from "zod";
import { elements, instanceType, keysOf, namespace, record, resourceId, text } from "./values";

const arn = (service: string, what: string) => text(new RegExp(`^arn:aws[a-z-]*:${service}:.+$`), `the ARN of ${what}`);

/** A server that is there already. */
const existing = z.strictObject({
  address: text(
    /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/,
    "a DNS name or an IPv4 address, without scheme and port",
  ),
  protocol: z.enum(["https", "http"]).default("https"),
  securityGroupId: resourceId("sg"),
  certificateParameter: text(/^[\w./-]{1,1011}$/, "the name of an SSM parameter").optional(),
});

/** `patchpath:wsus`: the server of the topology `wsus`, and what it synchronises. */
export const wsus = z
  .strictObject({
    server: existing.optional(),
    subnetId: resourceId("subnet").optional(),
    operatingSystem: z.enum(["windows-server-2022", "windows-server-2025"]).default("windows-server-2025"),
    instanceType: instanceType.default("m6i.large"),
    contentGiB: z.int().min(50).max(16_384).default(300),
    protocol: z.enum(["https", "http"]).default("https"),
    certificateSecretArn: arn("secretsmanager", "a secret").optional(),
    classifications: z
      .array(z.enum(keysOf(windowsClassifications)))
      .min(1)
      .optional(),
    languages: z
      .array(text(/^[a-z]{2}(-[a-z]{2,4})?$/, "the code of a language, such as `en` or `zh-cn`"))
      .min(1)
      .optional(),
    timeOfDay: text(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/, "a time of day, UTC, such as `03:00:00`").optional(),
    perDay: z.int().min(1).max(24).optional(),
    approval: z.enum(["Automatic", "Manual"]).optional(),
    computerGroups: z.enum(["none", "by-fleet"]).default("none"),
    backups: z.int().min(0).max(1000).default(7),
    alarmTopicArns: z.array(arn("sns", "an SNS topic")).default([]),
  })
  .prefault({})
  .transform(({ server, alarmTopicArns, ...rest }) => ({ ...rest, existing: server, alarmActions: alarmTopicArns }));

/** What belongs to a server that we make. */
const ofOurServer = [
  "subnetId",
  "operatingSystem",
  "instanceType",
  "contentGiB",
  "protocol",
  "certificateSecretArn",
  "classifications",
  "languages",
  "timeOfDay",
  "perDay",
  "approval",
  "backups",
  "alarmTopicArns",
];

/** Windows baselines ask for what WSUS synchronises: an update that only one of both has is never installed. */
export function problemsOfSynchronization(
  value: unknown,
  topology: string,
  fleets: unknown,
  baselines: unknown,
): string[] {
  const { server, classifications } = record(value);
  if (topology !== "wsus" || server !== undefined) return [];
  const names = elements(fleets).map((fleet) => record(fleet)["operatingSystem"]);
  const systems = names.filter((name): name is System => isWindowsSystem(name));
  if (systems.length === 0) return [];
  const known = elements(classifications).filter((name) => Object.hasOwn(windowsClassifications, String(name)));
  const chosen = known.length > 0 ? (known as NonNullable<Synchronization["classifications"]>) : undefined;
  const { products, classifications: synchronised } = chosenUpdates({ systems, classifications: chosen }).baseline;
  const has: Readonly<Record<string, readonly string[]>> = { PRODUCT: products, CLASSIFICATION: synchronised };
  const remedy: Readonly<Record<string, string>> = {
    PRODUCT: "a product of a Windows fleet",
    CLASSIFICATION: `it in \`${namespace}wsus.classifications\``,
  };
  return elements(baselines).flatMap((baseline, i) => {
    const { operatingSystem, rules } = record(baseline);
    if (operatingSystem !== "WINDOWS") return [];
    return elements(rules).flatMap((rule, j) =>
      Object.keys(has).flatMap((filter) => {
        const asked = elements(record(record(rule)["filters"])[filter]).map(String);
        const missing = asked.filter((one) => one !== "*" && !has[filter]!.includes(one));
        const key = `${namespace}baselines[${i}].rules[${j}].filters.${filter}`;
        return missing.map(
          (one) => `\`${key}\` has \`${one}\`, which WSUS does not synchronise; expected ${remedy[filter]!}`,
        );
      }),
    );
  });
}

function isWindowsSystem(name: unknown): boolean {
  return typeof name === "string" && isSystem(name) && Object.hasOwn(windowsProducts, name);
}

/** What is wrong between the values, and with the rest of the config. */
export function problemsOfWsus(value: unknown, topology: string, network: unknown, fleets: unknown): string[] {
  const settings = record(value);
  const key = `${namespace}wsus`;
  if (topology !== "wsus") {
    return value === undefined
      ? []
      : [`\`${key}\` has no effect with the topology \`${topology}\`; expected with \`wsus\` only`];
  }
  const isWindowsFleet = (fleet: unknown) => isWindows(String(record(fleet)["operatingSystem"]));
  const forNobody = elements(fleets).some(isWindowsFleet)
    ? []
    : [`\`${namespace}topology\` is \`wsus\`; expected a fleet with Windows, since WSUS serves no other`];
  if (settings["server"] === undefined) {
    const isFound = record(network)["vpcId"] !== undefined;
    if (isFound === (settings["subnetId"] !== undefined)) return forNobody;
    return [
      ...forNobody,
      isFound
        ? `\`${key}.subnetId\` is missing; expected the private subnet of \`${namespace}network.vpcId\` that the server is to stand in, with a default route to a NAT gateway, or \`server\` for one that is there already`
        : `\`${key}.subnetId\` is for a network that is there; expected it left out, since the VPC that the stack makes has a subnet for the server`,
    ];
  }
  const idle = ofOurServer.filter((name) => settings[name] !== undefined);
  return [
    ...forNobody,
    ...idle.map((name) => `\`${key}.${name}\` is for a server that we make; expected it left out beside \`server\``),
  ];
}
