import { strictEqual } from "node:assert/strict";
import { defaultHostManagementFor } from "../../../policypack/stack/default-host-management";
import { fleetsOf } from "../../../policypack/stack/fleets";
import { secretText } from "../../../policypack/stack/special-values";
import { Stack } from "../../../policypack/stack/stack";
import { aws, native } from "../path/traps/bases";
import { asPreview, asState } from "../path/traps/trap";
import { type ExampleResource, unknown } from "../rules/analyze";
import { role } from "../rules/examples";

const web = aws("ec2/instance:Instance", "web", { id: "i-1" });
const path = "/ssm/managed-instance/default-ec2-instance-management-role";
const setting = (settingValue: unknown, others: object = {}) =>
  aws("ssm/serviceSetting:ServiceSetting", "setting", { settingId: path, settingValue, ...others });

function said(stackOf: typeof asState, ...resources: readonly ExampleResource[]): string {
  const stack = stackOf([web, ...resources]);
  const found = defaultHostManagementFor(stack, fleetsOf(stack)[0]!);
  if (found.is !== "on" || found.role === undefined) return found.is;
  const { role: target } = found;
  return `on, ${target.is === "resource" ? target.resource.name : target.is === "outside" ? target.id : "unknown role"}`;
}

describe("Default Host Management in the region of a fleet", () => {
  const named = role("default", "ssm.amazonaws.com");
  const cases: readonly (readonly [string, string, readonly ExampleResource[]])[] = [
    ["unknown", "nothing says", []],
    [
      "unknown",
      "another service setting of Systems Manager is changed",
      [setting("1", { settingId: "/ssm/parameter-store/x" })],
    ],
    ["on, default", "the setting has a role of the stack", [named, setting("default")]],
    ["on, default", "the setting has the role with its path", [named, setting("service-role/default")]],
    ["on, other", "the setting has a role that is not in the stack", [setting("service-role/other")]],
    [
      "on, other",
      "the setting is identified by its ARN",
      [setting("other", { settingId: `arn:aws:ssm:eu-west-1:1:servicesetting${path}` })],
    ],
    ["unknown", "the setting has no role", [setting("$None")]],
    ["off", "the setting has its default value", [setting("none", { status: "Default" })]],
    ["unknown", "the setting's value is not known", [setting(unknown)]],
    ["unknown", "the setting is in another region", [setting("$None", { region: "eu-west-2", status: "Default" })]],
    ["off", "the setting is in its region", [setting("none", { region: "eu-west-1", status: "Default" })]],
    ["unknown", "the region of the setting is a secret", [setting("none", { region: secretText, status: "Default" })]],
    [
      "off",
      "one setting is in its region and one in another",
      [setting("none", { status: "Default" }), { ...setting("other", { region: "eu-west-2" }), name: "second" }],
    ],
    [
      "unknown",
      "one setting is in its region, and the region of another is a secret",
      [setting("none", { status: "Default" }), { ...setting("other", { region: secretText }), name: "second" }],
    ],
    ["unknown", "the setting has no value", [setting(undefined)]],
    ["unknown", "the setting's ID is not known", [setting("other", { settingId: unknown })]],
    ["unknown", "the setting has no ID", [setting("other", { settingId: undefined })]],
    ["unknown", "the setting's value is no name", [setting("other role")]],
    ["unknown", "the setting's value only begins as a name", [setting("other;")]],
    [
      "unknown",
      "two resources set it",
      [setting("$None", { status: "Default" }), { ...setting("other"), name: "second" }],
    ],
    [
      "on",
      "Systems Manager creates the role",
      [native("ssm:DefaultHostManagementConfiguration", "setting", { permissionModel: "SERVICE_MANAGED" })],
    ],
    [
      "on, other",
      "the aws-native resource has a role",
      [
        native("ssm:DefaultHostManagementConfiguration", "setting", {
          permissionModel: "CUSTOMER_MANAGED",
          customerManagedRoleArn: "other",
        }),
      ],
    ],
  ];
  for (const [expected, where, resources] of cases) {
    it(`is ${expected} where ${where}`, () => {
      strictEqual(said(asState, ...resources), expected);
    });
  }

  it("is unknown where the region of the fleet is a secret", () => {
    const hidden = { ...web, props: { ...web.props, region: secretText } };
    for (const region of [undefined, "eu-west-1"]) {
      const stack = asState([hidden, setting("none", { region, status: "Default" })]);
      const found = defaultHostManagementFor(stack, fleetsOf(stack)[0]!);
      strictEqual(found.is, "unknown");
      strictEqual(found.resource?.name, "setting");
    }
  });

  it("says which resource leaves it unknown", () => {
    for (const resource of [
      setting("$None"),
      setting(unknown),
      setting("x", { settingId: unknown }),
      setting("x", { region: secretText }),
    ]) {
      const stack = asState([web, resource]);
      strictEqual(defaultHostManagementFor(stack, fleetsOf(stack)[0]!).resource?.name, "setting");
    }
  });

  it("is determined at preview as well", () => {
    strictEqual(said(asPreview, setting("$None", { status: "Default" })), "off");
    strictEqual(said(asPreview, named, setting("default")), "on, default");
    const computed = setting(unknown, { id: "s-1" });
    const stack = new Stack(
      asState([web, named, computed]).resources.map((one, _, all) =>
        one.name === "setting"
          ? { ...one, propertyDependencies: { settingValue: all.filter(({ name }) => name === "default") } }
          : one,
      ),
    );
    strictEqual(defaultHostManagementFor(stack, fleetsOf(stack)[0]!).is, "on");
    const custom = native("ssm:DefaultHostManagementConfiguration", "setting", { customerManagedRoleArn: "default" });
    strictEqual(said(asPreview, named, custom), "on, default");
  });
});
