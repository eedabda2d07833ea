import { doesNotMatch, match } from "node:assert/strict";
import * as fc from "fast-check";
import { readConfig, sections } from "../../config";
import { ConfigError } from "../../config/config-error";
import { fieldsOf } from "../../config/section";
import { configWith } from "./problems";

type Values = Readonly<Record<string, unknown>>;

const vpcId = "vpc-0123456789abcdef0";
const subnetIds = ["subnet-0123456789abcdef0"];

/** Valid configs, which together have the keys of every form. */
const right: readonly Values[] = [
  {
    "patchpath:topology": "nat",
    "patchpath:network": { cidrBlock: "10.30.0.0/16", availabilityZones: 2, natGateways: "single" },
    "patchpath:fleets": [
      { name: "web", operatingSystem: "amazon-linux-2023", size: { min: 2, max: 4 }, tags: { Team: "web" } },
      { name: "api", operatingSystem: "ubuntu-24.04", instanceType: "t4g.small", userData: "#!/bin/sh" },
    ],
    "patchpath:patching": {
      operation: "Scan",
      schedule: "rate(7 days)",
      duration: 4,
      cutoff: 2,
      windows: [{ name: "first", fleets: ["api"], schedule: "cron(0 3 ? * SAT *)", operation: "Install", offset: 1 }],
    },
  },
  {
    "patchpath:network": { vpcId, subnetIds },
    "patchpath:fleets": [
      { name: "old", operatingSystem: "amazon-linux-2", tag: { Env: "prod" }, securityGroupId: "sg-0123456789abcdef0" },
    ],
    "patchpath:endpoints": {
      central: { cidrBlocks: ["10.99.0.0/24"], services: ["ssm"], hostedZoneIds: { ssm: "Z0123456789ABCDEFGHIJ" } },
    },
    "patchpath:patching": {
      method: "patch-policy",
      scanSchedule: "cron(0 1 ? * * *)",
      targets: { regions: ["eu-west-1"] },
    },
    "patchpath:endpointPolicy": {
      statements: [{ Effect: "Deny", Principal: "*", Action: "*", Resource: "arn:aws:s3:::x/*" }],
    },
  },
  {
    "patchpath:topology": "auto",
    "patchpath:network": { dualStack: true, subnetCidrBlocks: { isolated: ["10.20.0.0/20", "10.20.16.0/20"] } },
    "patchpath:patching": { method: "on-demand", maxErrors: 0, output: { s3: "logs-of-all", cloudWatch: true } },
    "patchpath:remediation": { deprecatedPolicies: "report", exceptions: [{ name: "legacy", reason: "moves" }] },
    "patchpath:sessions": { logGroup: true, retentionDays: 30 },
    "patchpath:monitoring": { dataSync: { bucket: "inventory", region: "eu-west-1" } },
    "patchpath:baselines": [
      {
        operatingSystem: "AMAZON_LINUX_2023",
        sources: [
          { name: "ours", products: ["*"], configuration: "[ours]\nbaseurl=https://ours.s3.eu-west-1.amazonaws.com/x" },
        ],
      },
    ],
  },
  {
    "patchpath:topology": "wsus",
    "patchpath:fleets": [{ name: "files", operatingSystem: "windows-server-2022", size: { min: 1, max: 2 } }],
    "patchpath:wsus": { server: { address: "wsus.corp.example", securityGroupId: "sg-0123456789abcdef0" } },
    "patchpath:patching": { method: "host-management", targets: { organizationalUnits: ["r-ab12"] } },
  },
];

/** Values that are valid elsewhere, almost valid, or named like properties of every object. */
const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...right.flatMap(leavesOf)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom("constructor", "__proto__", "toString", "", " ", "*", "0", "10.0.0.0/8", "\u2028"),
  },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e300, {}, [], [null], [[]], { a: 1 }) },
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

const names = [
  ...new Set([
    ...Object.keys(sections),
    ...Object.values(sections).flatMap((one) => fieldsOf(one).map(({ name }) => name)),
  ]),
  "constructor",
  "__proto__",
];

/** A change at the path `steps` in a config: the value is replaced, removed, duplicated, or gets a key. */
const change = fc.record({
  steps: fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }),
  kind: fc.constantFrom("replace", "remove", "double", "add"),
  name: fc.constantFrom(...names),
  value,
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

const mutated = fc
  .tuple(fc.constantFrom(...right), fc.array(change, { minLength: 1, maxLength: 4 }))
  .map(([config, changes]) => changes.reduce<unknown>((all, one) => changed(all, one.steps, one), config) as Values);

const random = fc.dictionary(
  fc.constantFrom("aws:region", ...names.map((name) => `patchpath:${name}`)),
  fc.oneof(value, fc.dictionary(fc.constantFrom(...names), value)),
);

function leavesOf(config: unknown): unknown[] {
  return typeof config === "object" && config !== null
    ? [config, ...Object.values(config).flatMap(leavesOf)]
    : [config];
}

function changed(all: unknown, [step = 0, ...steps]: readonly number[], { kind, name, value: other }: Change): unknown {
  if (typeof all !== "object" || all === null) return other;
  const entries = Object.entries(all);
  const at = step % Math.max(entries.length, 1);
  const entry = entries[at];
  if (steps.length > 0 && entry) {
    entries[at] = [entry[0], changed(entry[1], steps, { kind, name, value: other, steps: [] })];
  } else if (kind === "add" || !entry) {
    entries.push([Array.isArray(all) ? "" : name, other]);
  } else {
    entries.splice(
      at,
      1,
      ...((kind === "remove" ? [] : kind === "double" ? [entry, entry] : [[entry[0], other] as const]) as [
        string,
        unknown,
      ][]),
    );
  }
  return Array.isArray(all) ? entries.map((one): unknown => one[1]) : Object.fromEntries(entries);
}

const { stackTraceLimit } = Error;

describe("the stack config, whatever its content", () => {
  // Most configs end in errors, whose stack traces take most of the time.
  before(() => (Error.stackTraceLimit = 0));
  after(() => (Error.stackTraceLimit = stackTraceLimit));

  /** Fails if a config results in anything but a config or lines for a reader. */
  function read(values: Values): void {
    try {
      readConfig(configWith(values));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const [, ...lines] = error.message.split("\n");
      for (const line of lines) {
        match(line, /^ {2}- .*`.+(; expected |; did you mean |is not a key of this config$|run `pulumi config set)/);
        doesNotMatch(line, /; expected ($|[^`]*(undefined|\[object|Invalid|NaN))/);
      }
    }
  }

  it("is read, or rejected with lines that say what is expected: 10,000 almost valid ones", () => {
    fc.assert(fc.property(mutated, read), { numRuns: 10_000 });
  });

  it("is read, or rejected with lines that say what is expected: 10,000 random ones", () => {
    fc.assert(fc.property(random, read), { numRuns: 10_000 });
  });
});
