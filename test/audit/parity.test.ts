import { deepStrictEqual, ok } from "node:assert/strict";
import { readAccounts } from "../../audit/src";
import { type FleetPath, hopsInOrder, pathsOf } from "../../policypack/path/fleet-path";
import { Stack } from "../../policypack/stack/stack";
import { traps } from "../policypack/path/traps";
import { type Trap, asState } from "../policypack/path/traps/trap";
import type { ExampleResource } from "../policypack/rules/analyze";
import { LiveAccount } from "./account";
import { programsOnly, tellsOtherwise } from "./parity-exceptions";

/** What moto lacks, answered as AWS would answer for the resources of a stack. */
function answersFor(resources: readonly ExampleResource[], ids: Readonly<Record<string, string>>) {
  const of = (kind: string) =>
    resources.filter(({ type }) => type.endsWith(`:${kind}`)).map(({ props }) => props as Record<string, string>);
  const idOf = (id: string | undefined) => ids[id ?? ""] ?? id;
  const [setting] = of("ServiceSetting");
  const managers = of("QuicksetupConfigurationManager") as unknown as {
    configurationDefinition: Record<string, object>;
  }[];
  return {
    "ssm:GetServiceSetting": setting
      ? {
          ServiceSetting: {
            SettingId: setting["settingId"],
            SettingValue: setting["settingValue"],
            Status: setting["status"],
          },
        }
      : {},
    "route53profiles:ListProfileAssociations": {
      ProfileAssociations: of("ProfilesAssociation").map(({ resourceId }, i) => ({
        Id: String(i),
        ResourceId: idOf(resourceId),
      })),
    },
    "route53resolver:ListResolverRuleAssociations": {
      ResolverRuleAssociations: of("ResolverRuleAssociation").map(({ vpcId, resolverRuleId }, i) => ({
        Id: String(i),
        VPCId: idOf(vpcId),
        ResolverRuleId: resolverRuleId,
      })),
    },
    "ssm-quicksetup:ListConfigurationManagers": {
      ConfigurationManagersList: managers.map((_, i) => ({ ManagerArn: String(i) })),
    },
    "ssm-quicksetup:GetConfigurationManager": {
      by: "ManagerArn",
      answers: Object.fromEntries(
        managers.map(({ configurationDefinition: { type, parameters } }, i) => [
          String(i),
          { ManagerArn: String(i), ConfigurationDefinitions: [{ Type: type, Parameters: parameters ?? {} }] },
        ]),
      ),
    },
  };
}

/** Whether an account can be what the trap is: all of its resources exist in AWS, in the region of the others. */
function exists({ resources, region = "eu-west-1", title }: Trap): boolean {
  const isOfProgram = ({ type }: ExampleResource) => type.startsWith("aws-native:") || programsOnly.includes(type);
  // An account has the subnets of its instances.
  const isElsewhere = ({ props }: ExampleResource) => props["subnetId"] === "subnet-elsewhere";
  return (
    region === "eu-west-1" &&
    !(title in tellsOtherwise) &&
    !resources.some((one) => isOfProgram(one) || isElsewhere(one))
  );
}

const all = Object.values(traps).flat().filter(exists);
/** Of the correct stacks and of those with a fault some, from every group; `npm run test:all` takes every one. */
const chosen = process.env["PATCHPATH_WHOLE_MATRICES"] ? all : all.filter((_, i) => i % 60 === 0);

/** The hops that a state decides, with their verdicts in a path; an account may know what a state cannot. */
function decided(path: FleetPath, state: FleetPath): string[] {
  const hops = hopsInOrder(state).filter(({ verdict }) => verdict.verdict !== "unknown");
  return hops.map(({ hop }) => `${hop}: ${path.hops[hop].verdict}`);
}

/** Each trap is created in an account by API calls, and the account is read again. */
describe("an account and the state of its stack", () => {
  let account: LiveAccount;

  before(async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" });
    account = await LiveAccount.start();
  });

  after(() => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) Reflect.deleteProperty(process.env, name);
    account.stop();
  });

  for (const { title, resources } of chosen) {
    it(`agree: ${title}`, async () => {
      await account.reset();
      const { ids, skipped } = await account.seed(resources);
      await account.answers(answersFor(resources, ids));
      const [place] = await readAccounts({ regions: ["eu-west-1"], endpointUrl: account.url }, () => undefined);
      deepStrictEqual(place!.failures, []);
      const live = pathsOf(new Stack(place!.resources)).find(({ fleet }) => /^web( |$)/.test(fleet.name));
      const state = pathsOf(asState(resources)).find(({ fleet }) => fleet.name === "web");
      ok(live && state, `no fleet \`web\`; not created: ${skipped.join("; ")}`);
      deepStrictEqual(decided(live, state), decided(state, state), `not created: ${skipped.join("; ")}`);
    });
  }

  it("are compared on most traps, of which at least thirty break a hop", () => {
    ok(all.length > 250, `${all.length} traps`);
    ok(all.filter(({ blocks }) => blocks).length >= 30);
  });
});
