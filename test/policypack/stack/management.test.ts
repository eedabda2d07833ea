import { strictEqual } from "node:assert/strict";
import { fleetsOf } from "../../../policypack/stack/fleets";
import { isTargeted } from "../../../policypack/stack/management";
import { aws } from "../path/traps/bases";
import { asState } from "../path/traps/trap";
import { unknown } from "../rules/analyze";

const web = aws("ec2/instance:Instance", "web", { id: "i-1", tags: { Team: "web", Env: "prod" } });

/** Whether something targets the fleet: `sure`, `unsure`, or undefined. */
function coverage(type: string, props: Readonly<Record<string, unknown>>): string | undefined {
  const stack = asState([web, aws(type, "target", props)]);
  const covered = isTargeted(stack, fleetsOf(stack)[0]!);
  return covered === false ? undefined : covered === true ? "sure" : "unsure";
}

const quickSetup = (parameters: unknown, type: unknown = "AWSQuickSetupType-PatchPolicy") =>
  coverage("ssm/quicksetupConfigurationManager:QuicksetupConfigurationManager", {
    configurationDefinition: { type, parameters },
  });

const tagged = (name: string) => (value: string) => ({ key: `tag:${name}`, values: [value] });
const team = tagged("Team");
const env = tagged("Env");

describe("what targets a fleet", () => {
  for (const [what, parameters, covered] of [
    ["all instances", { TargetType: "*" }, "sure"],
    ["all instances of its region", { TargetType: "*", TargetRegions: "us-east-1,eu-west-1" }, "sure"],
    ["all instances of another region", { TargetType: "*", TargetRegions: "us-east-1" }, undefined],
    ["instances that include the fleet", { TargetType: "InstanceIds", TargetInstances: "i-0, i-1" }, "sure"],
    ["other instances", { TargetType: "InstanceIds", TargetInstances: "i-10" }, undefined],
    ["instances that are not known yet", { TargetType: "InstanceIds", TargetInstances: unknown }, "unsure"],
    ["a tag that the fleet has", { TargetType: "Tags", TargetTagKey: "Team", TargetTagValue: "web" }, "sure"],
    ["a tag with another value", { TargetType: "Tags", TargetTagKey: "Team", TargetTagValue: "db" }, undefined],
    [
      "a tag that the fleet does not have",
      { TargetType: "Tags", TargetTagKey: "Zone", TargetTagValue: unknown },
      undefined,
    ],
    ["a tag whose value is not known", { TargetType: "Tags", TargetTagKey: "Env", TargetTagValue: unknown }, "unsure"],
    ["a resource group", { TargetType: "ResourceGroups", ResourceGroupName: "servers" }, "unsure"],
    ["organizational units", { TargetType: "", TargetOrganizationalUnits: "ou-1" }, "unsure"],
    ["targets that are not known yet", unknown, "unsure"],
  ] as const) {
    it(`is ${covered ?? "not"} by Quick Setup for ${what}`, () => {
      strictEqual(quickSetup(parameters), covered);
    });
  }

  it("is Quick Setup only for the types that patch or scan", () => {
    strictEqual(quickSetup({ TargetType: "*" }, "AWSQuickSetupType-SSMHostMgmt"), "sure");
    strictEqual(quickSetup({ TargetType: "*" }, "AWSQuickSetupType-Scheduler"), undefined);
    strictEqual(quickSetup({ TargetType: "*" }, unknown), "sure");
  });

  for (const [what, target, covered] of [
    ["all instances", { key: "InstanceIds", values: ["*"] }, "sure"],
    ["an ID of the fleet", { key: "InstanceIds", values: ["i-0", "i-1"] }, "sure"],
    ["another id", { key: "InstanceIds", values: ["i-0"] }, undefined],
    ["an ID that is not known", { key: "InstanceIds", values: [unknown] }, "unsure"],
    ["a tag that the fleet has", { key: "tag:Team", values: ["db", "web"] }, "sure"],
    ["a tag with another value", { key: "tag:Team", values: ["db"] }, undefined],
    ["a tag whose value is not known", { key: "tag:Team", values: [unknown] }, "unsure"],
    ["a tag that the fleet does not have", { key: "tag:Zone", values: [unknown] }, undefined],
    ["a key that the fleet has", { key: "tag-key", values: ["Env"] }, "sure"],
    ["a resource group", { key: "resource-groups:Name", values: ["servers"] }, "unsure"],
    ["targets that are not known yet", unknown, "unsure"],
    ["two tags that the fleet has", [team("web"), env("prod")], "sure"],
    ["two tags, only one of which the fleet has", [team("web"), env("dev")], undefined],
    ["a tag that the fleet has and a value that is not known", [team("web"), env(unknown)], "unsure"],
    ["a tag with another value and one that is not known", [team("db"), env(unknown)], undefined],
    ["one key twice, once with the fleet's value", [team("web"), team("db")], "unsure"],
    [
      "an ID of the fleet and a tag that it does not have",
      [{ key: "InstanceIds", values: ["i-1"] }, env("dev")],
      "unsure",
    ],
    ["no targets", [], undefined],
  ] as const) {
    for (const type of ["ssm/maintenanceWindowTarget:MaintenanceWindowTarget", "ssm/association:Association"]) {
      it(`is ${covered ?? "not"} by ${type.split(":").at(-1) ?? ""} for ${what}`, () => {
        strictEqual(coverage(type, { targets: Array.isArray(target) ? target : [target] }), covered);
      });
    }
  }
});
