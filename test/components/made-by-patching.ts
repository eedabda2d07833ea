import { ok } from "node:assert/strict";
import { PatchTopology, type PatchTopologyArgs, type PatchingSettings } from "@patchpath/components";
import { type Recorded, recorded } from "./with-mocks";

export const settings: PatchingSettings = {
  operation: "Install",
  schedule: "cron(0 18 ? * TUE#2 *)",
  timezone: "Asia/Tokyo",
  duration: 3,
  cutoff: 1,
};

export const args: PatchTopologyArgs = {
  region: "eu-west-1",
  topology: "endpoint-only",
  network: { cidrBlock: "10.20.0.0/16", availabilityZones: 2 },
  patchGroup: "prod-group",
  fleets: [
    {
      name: "web",
      operatingSystem: "amazon-linux-2023",
      repositories: [],
      size: { min: 2, max: 2 },
      instanceType: "t3.micro",
      managedPolicies: [],
      tags: {},
    },
  ],
  patching: settings,
};

/** The resources that a topology with these patching settings creates. */
export async function made(patching: Partial<PatchingSettings>) {
  const topology = { ...args, patching: { ...settings, ...patching } };
  const resources = await recorded((opts) => new PatchTopology("prod", topology, opts));
  return {
    /** The resources that only patching creates, such as `Role prod-patch-role`. */
    names: resources
      .filter(({ type, name }) => type.startsWith("aws:") && name.startsWith("prod-patch"))
      .map(({ type, name }) => `${type.split(":").at(-1) ?? ""} ${name}`),
    inputsOf: (name: string, type = "") => {
      const found = resources.find(
        (one) => one.name === name && one.type.endsWith(type) && one.type.startsWith("aws:"),
      );
      ok(found, `there is no ${type} ${name}`);
      return found.inputs;
    },
    resources,
  };
}

export interface Statement {
  readonly Sid: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

export function statements({ inputs }: Pick<Recorded, "inputs">, property = "policy"): Statement[] {
  return (JSON.parse(inputs[property] as string) as { Statement: Statement[] }).Statement;
}
