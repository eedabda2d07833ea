import { deepStrictEqual, strictEqual } from "node:assert/strict";
import {
  type Launching,
  configurationOf,
  specificationIn,
  templateAt,
  templateIn,
  templatesIn,
} from "../../../policypack/stack/launch-templates";
import type { StackResource } from "../../../policypack/stack/resource";
import { Stack } from "../../../policypack/stack/stack";
import { unknown } from "../rules/analyze";
import { resource } from "./resources";

const template = (name: string, props: object = {}) =>
  resource("aws:ec2/launchTemplate:LaunchTemplate", name, { id: `lt-${name}`, name, ...props });
/** One that the update creates. */
const created = (name: string, props: object = {}) => template(name, { id: unknown, ...props });
const configuration = resource("aws:ec2/launchConfiguration:LaunchConfiguration", "configuration", { name: "lc" });
const group = (props: object, from: Readonly<Record<string, readonly StackResource[]>> = {}) =>
  resource("aws:autoscaling/group:Group", "web", { ...props }, from);

/** The template, and what of it is not in the stack. */
function briefly(launching: Launching | undefined): string {
  if (!launching) return "none";
  const { template: found, settings } = launching;
  return [found?.name, settings.unseen].filter((part) => part !== undefined).join(": ");
}

const hiddenTemplate = "the launch template, which is not known until the update";
const foreignTemplate = "the launch template, which is not in this stack";

describe("the launch configuration of a resource", () => {
  const launching = (...args: Parameters<typeof group>) =>
    briefly(configurationOf(new Stack([configuration]), group(...args)));
  it("is the one that it names", () => {
    strictEqual(launching({ launchConfiguration: "lc" }), "configuration");
    strictEqual(launching({ launchConfigurationName: "lc" }), "configuration");
    strictEqual(launching({ launchConfiguration: unknown }, { launchConfiguration: [configuration] }), "configuration");
    strictEqual(launching({}), "none");
  });

  it("may be one that is not in the stack", () => {
    const unseen = "the launch configuration, which is not in this stack";
    strictEqual(launching({ launchConfiguration: "elsewhere" }), unseen);
  });
});

describe("the launch template of a specification", () => {
  const base = template("base");
  const launching = (specification: unknown, from: readonly StackResource[] = []) =>
    briefly(templateIn(new Stack([base]), group({}, { launchTemplate: from }), specification, "launchTemplate"));

  for (const specification of [
    { id: "lt-base" },
    { launchTemplateId: "lt-base" },
    { name: "base" },
    { launchTemplateName: "base" },
    { id: "", name: "base" },
    { id: "lt-elsewhere", name: "base" },
  ]) {
    it(`is found by ${JSON.stringify(specification)}`, () => {
      strictEqual(launching(specification), "base");
    });
  }

  it("may be unknown, or not in the stack", () => {
    strictEqual(launching({ id: unknown }, [base]), "base");
    strictEqual(launching({ id: unknown }), hiddenTemplate);
    strictEqual(launching({ id: unknown, name: "elsewhere" }), hiddenTemplate);
    strictEqual(launching({ id: "lt-elsewhere", name: "elsewhere" }), foreignTemplate);
    strictEqual(launching(specificationIn({ is: "unknown" })), hiddenTemplate);
    strictEqual(launching(specificationIn({ is: "known", value: { id: "lt-base" } })), "base");
    strictEqual(launching(specificationIn({ is: "absent" })), "none");
    strictEqual(launching({ version: "1" }), "none");
  });

  it("is the one that a property comes from while it is not known", () => {
    const at = (from: readonly StackResource[]) =>
      briefly(
        templateAt(new Stack([base]), group({ launchTemplate: unknown }, { launchTemplate: from }), "launchTemplate"),
      );
    strictEqual(at([base]), "base");
    strictEqual(at([configuration]), hiddenTemplate);
    strictEqual(at([]), "none", "nothing is behind it, so it is not set");
    const alone = resource("aws:autoscaling/group:Group", "web", { launchTemplate: unknown });
    strictEqual(briefly(templateAt(new Stack([base]), alone, "launchTemplate")), hiddenTemplate);
    strictEqual(
      briefly(templateAt(new Stack([base]), group({ launchTemplate: { id: "lt-base" } }), "launchTemplate")),
      "base",
    );
  });
});

describe("the version of a launch template", () => {
  const both = { latestVersion: 2, defaultVersion: 1 };
  const cases: readonly (readonly [props: object, version: string | number | undefined, isInStack: boolean])[] = [
    [both, "2", true],
    [both, 2, true],
    [both, "1", false],
    [both, "$Latest", true],
    [both, "$Default", false],
    [both, undefined, false],
    [both, unknown, true],
    [{ latestVersion: 2, defaultVersion: 2 }, undefined, true],
    [{ latestVersion: 2, defaultVersion: "2" }, "$Default", true],
    [{ latestVersion: 2 }, "$Default", false],
    [{ latestVersion: 2, defaultVersion: unknown }, "$Default", false],
    [{ latestVersionNumber: 2, defaultVersionNumber: 1 }, "$Default", false],
    [{ latestVersionNumber: 2, defaultVersionNumber: 2 }, "$Default", true],
    [{ latestVersionNumber: 2, defaultVersionNumber: 1 }, "2", true],
    [{ ...both, updateDefaultVersion: true }, "$Default", true],
    [{ ...both, updateDefaultVersion: true }, "1", false],
    [{}, "7", true],
    // Without an id it is created, with its first version; with one it gets another version.
    [{ id: unknown, latestVersion: unknown, defaultVersion: unknown }, "1", true],
    [{ id: unknown, latestVersion: unknown, defaultVersion: unknown }, undefined, true],
    [{ latestVersion: unknown, defaultVersion: 1 }, "1", false],
    [{ latestVersion: unknown, defaultVersion: 1 }, undefined, false],
    [{ latestVersion: unknown, defaultVersion: unknown }, undefined, false],
    [{ latestVersion: unknown, defaultVersion: unknown }, "$Latest", true],
  ];
  for (const [props, version, isInStack] of cases) {
    it(`${version ?? "the default version"} of ${JSON.stringify(props)} ${isInStack ? "is" : "may not be"} the one in the stack`, () => {
      const specification = { name: "base", version };
      const launching = templateIn(new Stack([template("base", props)]), group({}), specification, "launchTemplate");
      const named = version === undefined ? "the default version" : `version ${version}`;
      const unseen = `base: ${named} of the launch template \`base\`, which is not the one in this stack`;
      strictEqual(briefly(launching), isInStack ? "base" : unseen);
    });
  }
});

describe("the launch templates of several specifications", () => {
  const launchings = (
    resources: readonly StackResource[],
    specifications: readonly unknown[],
    from: readonly StackResource[] = resources,
  ) => {
    const policy = group({}, { mixedInstancesPolicy: from });
    return templatesIn(new Stack(resources), policy, specifications, "mixedInstancesPolicy").map(briefly);
  };
  const versions = { latestVersion: 2, defaultVersion: 1 };

  it("are each one once", () => {
    const [a, b] = [template("a", versions), template("b")];
    deepStrictEqual(launchings([a, b], [{ id: "lt-a", version: 2 }, { id: "lt-b" }, { id: "lt-a", version: 2 }]), [
      "a",
      "b",
    ]);
    deepStrictEqual(
      launchings(
        [a, b],
        [
          { id: "lt-a", version: 2 },
          { id: "lt-a", version: 1 },
        ],
      ),
      ["a", "a: version 1 of the launch template `a`, which is not the one in this stack"],
    );
    deepStrictEqual(launchings([a], [{ id: "lt-elsewhere" }, { id: "lt-other" }]), [foreignTemplate]);
    deepStrictEqual(launchings([created("a")], [{ name: "a" }, { name: "a" }]), ["a"]);
  });

  it("are as many new ones as specifications, at preview", () => {
    const [a, b, c] = [created("a"), created("b"), created("c")];
    deepStrictEqual(launchings([a, b], [{ id: unknown }, { id: unknown }]), ["a", "b"]);
    deepStrictEqual(launchings([a, b], [{ name: "a" }, { id: unknown }]), ["a", "b"]);
    deepStrictEqual(launchings([a, b, c], [{ id: unknown }, { id: unknown }]), [hiddenTemplate]);
    deepStrictEqual(launchings([a, b], [{ id: unknown }, { id: unknown }, { id: unknown }]), [hiddenTemplate]);
    deepStrictEqual(launchings([a, b], [{ id: unknown }, { id: unknown }, {}]), [hiddenTemplate]);
  });

  it("are not known where a template that exists gets new references", () => {
    const [a, b] = [template("a"), created("b")];
    deepStrictEqual(launchings([a, b], [{ id: "lt-a" }, { id: unknown }]), ["a", hiddenTemplate]);
  });
});
