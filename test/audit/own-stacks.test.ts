import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { PatchTopology } from "@patchpath/components";
import { readAccounts } from "../../audit/src";
import { type FleetPath, pathsOf } from "../../policypack/path/fleet-path";
import type { StackResource } from "../../policypack/stack/resource";
import { Stack } from "../../policypack/stack/stack";
import { args } from "../components/made-by-patching";
import { mutations } from "../components/mutations";
import { mutated } from "../components/mutations/mutated";
import { asState, recorded, setRecordingMocks } from "../components/with-mocks";
import { configWith } from "../config/problems";
import { LiveAccount } from "./account";
import { answersFor, decided } from "./parity";

/** The program of this repository, as the engine runs it. */
const program = createRequire(__filename)("../../index") as () => Promise<object>;

/** What the program registers with the config of a stack, as in a state, and the region. */
async function ownStack(name: string): Promise<{ region: string; resources: StackResource[] }> {
  const text = readFileSync(join(__dirname, "..", "..", `Pulumi.${name}.yaml`), "utf8");
  const { config } = parse(text) as { config: Record<string, unknown> & { readonly "aws:region": string } };
  const region = config["aws:region"];
  const zones = (region === "ap-northeast-1" ? ["a", "c", "d"] : ["a", "b", "c"]).map((zone) => `${region}${zone}`);
  const resources = await setRecordingMocks({
    "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({ names: zones }),
    "aws:ec2/getVpcEndpointService:getVpcEndpointService": () => ({ availabilityZones: zones }),
    "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": () => ({ locations: zones }),
  });
  pulumi.runtime.setAllConfig(configWith(config));
  await program();
  await pulumi.runtime.disconnect(); // when all is registered
  return { region, resources: asState(resources, region) };
}

/** The prefix of IDs of a kind; the mocks derive IDs from names, and some resources share a name. */
const beginnings: Readonly<Record<string, string>> = {
  "aws:ec2/instance:Instance id": "i-",
  "aws:ec2/routeTable:RouteTable id": "rtb-",
  "aws:ec2/subnet:Subnet id": "subnet-",
  ...{ subnetId: "subnet-", subnetIds: "subnet-", vpcZoneIdentifiers: "subnet-" },
  ...{ routeTableId: "rtb-", routeTableIds: "rtb-" },
};

function withDistinctIds({ type, name, props }: StackResource) {
  // The mocks give all instances the same address, which is in none of the subnets; the account chooses one.
  const given = Object.entries(props).filter(([key]) => key !== "privateIp");
  const changed = given.map(([key, value]) => {
    if (key === "targets") return [key, (value as Target[]).map(ofInstances)] as const;
    const beginning = beginnings[key] ?? beginnings[`${type} ${key}`];
    if (beginning === undefined) return [key, value] as const;
    return [
      key,
      Array.isArray(value) ? value.map((id) => `${beginning}${id}`) : `${beginning}${String(value)}`,
    ] as const;
  });
  return { type, name, props: Object.fromEntries(changed) };
}

interface Target {
  readonly key: string;
  readonly values: readonly string[];
}

function ofInstances({ key, values }: Target): Target {
  return { key, values: key === "InstanceIds" ? values.map((id) => `i-${id}`) : values };
}

/** Our stacks are created in an account by API calls, and the account is read again. */
describe("an account with the stacks of this repository", () => {
  let account: LiveAccount;
  let topology: StackResource[];

  before(async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" });
    account = await LiveAccount.empty();
    topology = asState(
      await recorded((opts) => new PatchTopology("prod", { ...args, patchGroup: "prod" }, opts)),
      args.region,
    );
  });

  after(() => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) Reflect.deleteProperty(process.env, name);
  });

  /** The fleets of the account by their names in the stack. */
  const audited = async (resources: readonly StackResource[], region: string): Promise<Map<string, FleetPath>> => {
    await account.reset();
    const seeds = resources.map(withDistinctIds);
    const { ids } = await account.seed(seeds, region);
    await account.answers(answersFor(seeds, ids));
    const [place] = await readAccounts({ regions: [region], endpointUrl: account.url }, () => undefined);
    deepStrictEqual(place!.failures, []);
    return new Map(pathsOf(new Stack(place!.resources)).map((path) => [path.fleet.name.split(" ")[0]!, path]));
  };
  const agree = (live: ReadonlyMap<string, FleetPath>, resources: readonly StackResource[]) => {
    for (const state of pathsOf(new Stack(resources))) {
      const path = live.get(state.fleet.name);
      ok(path, `no fleet ${state.fleet.name}, but ${[...live.keys()].join(", ")}`);
      deepStrictEqual(decided(path, state), decided(state, state), state.fleet.name);
    }
  };

  for (const [name, count] of [
    ["dev", 2],
    ["staging", 3],
    ["prod", 3],
  ] as const) {
    it(`has the verdicts of the state of ${name}, and its patching`, async () => {
      const { region, resources } = await ownStack(name);
      const live = await audited(resources, region);
      strictEqual(live.size, count);
      agree(live, resources);
      for (const { fleet, patchers } of pathsOf(new Stack(resources))) {
        const operations = (path: FleetPath["patchers"]) => path.map(({ operation }) => operation).sort();
        deepStrictEqual(operations(live.get(fleet.name)!.patchers), operations(patchers), fleet.name);
      }
    });
  }

  const breaking = mutations.filter(({ verdict }) => verdict === "blocked");
  const chosen = process.env["PATCHPATH_WHOLE_MATRICES"] ? breaking : breaking.filter((_, i) => i % 6 === 0);

  it("is broken by at least thirty changes", () => {
    ok(breaking.length >= 30, `${breaking.length} changes`);
  });

  for (const mutation of chosen) {
    it(`is broken at ${mutation.hop} by ${mutation.what}`, async () => {
      const resources = mutated(topology, mutation);
      const live = await audited(resources, args.region);
      agree(live, resources);
      const [[, web]] = [...live] as [[string, FleetPath]];
      strictEqual(web.hops[mutation.hop].verdict, "blocked");
    });
  }
});
