import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStackFile } from "../../../policypack/sources/stack-file";
import { type StackResource, regionOf } from "../../../policypack/stack/resource";
import { unknownText } from "../../../policypack/stack/special-values";
import { Stack } from "../../../policypack/stack/stack";

/** What a Terraform plan contains about values that are known after apply. */
describe("a Terraform plan", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const read = (json: object) => {
    const file = join(folder, "plan.json");
    writeFileSync(file, JSON.stringify(json));
    return readStackFile(file, undefined);
  };
  const named = (resources: readonly StackResource[], name: string) => resources.find((one) => one.name === name)!;
  const change = (address: string, after: object, after_unknown: object, more: object = {}) => {
    const [type = "", name = ""] = address.split(".").slice(-2);
    return {
      address,
      mode: "managed",
      type,
      name: name.replace(/\[.*/, ""),
      change: { actions: ["create"], before: null, after, after_unknown, ...more },
    };
  };
  const configured = (address: string, expressions: object) => {
    const [type, name] = address.split(".");
    return { address, mode: "managed", type, name, provider_config_key: "aws", expressions };
  };
  const plan = (changes: readonly object[], root: object, more: object = {}) =>
    read({
      format_version: "1.2",
      terraform_version: "1.9.8",
      resource_changes: changes,
      configuration: { provider_config: { aws: { expressions: {} } }, root_module: root },
      ...more,
    });
  const origins = (resources: readonly StackResource[], name: string, property: string) =>
    named(resources, name).propertyDependencies?.[property]?.map((one) => one.name);

  it("links values that are known after apply by the references of the configuration, through modules", () => {
    const { resources } = plan(
      [
        change("module.net.aws_subnet.private[0]", {}, { id: true }),
        change("module.net.aws_subnet.private[1]", {}, { id: true }),
        change("aws_instance.web", { ami: "ami-1" }, { id: true, subnet_id: true }),
        change("aws_instance.db", { ami: "ami-1" }, { id: true, subnet_id: true, private_ip: true }),
      ],
      {
        resources: [
          configured("aws_instance.web", {
            subnet_id: { references: ["module.net.subnets[0]", "module.net.subnets", "module.net"] },
          }),
          configured("aws_instance.db", { subnet_id: { references: ["local.subnet"] } }),
        ],
        module_calls: {
          net: {
            module: {
              resources: [configured("aws_subnet.private", {})],
              outputs: { subnets: { expression: { references: ["aws_subnet.private"] } } },
            },
          },
        },
      },
    );
    strictEqual(named(resources, "aws_instance.web").props["subnetId"], unknownText);
    deepStrictEqual(origins(resources, "aws_instance.web", "subnetId"), [
      "module.net.aws_subnet.private[0]",
      "module.net.aws_subnet.private[1]",
    ]);
    // A local value cannot be resolved, but is still a value; AWS chooses the address.
    deepStrictEqual(origins(resources, "aws_instance.db", "subnetId"), ["local.subnet"]);
    deepStrictEqual(origins(resources, "aws_instance.db", "privateIp"), undefined);
  });

  it("resolves an index, a variable of a module, and `each`", () => {
    const { resources } = plan(
      [
        change("aws_subnet.private[0]", {}, { id: true }),
        change("aws_subnet.private[1]", {}, { id: true }),
        change('module.app.aws_instance.web["a"]', {}, { subnet_id: true }),
        change('aws_instance.each["x"]', {}, { subnet_id: true }),
      ],
      {
        resources: [
          configured("aws_subnet.private", {}),
          {
            ...configured("aws_instance.each", { subnet_id: { references: ["each.value"] } }),
            for_each_expression: { references: ["aws_subnet.private"] },
          },
        ],
        module_calls: {
          app: {
            expressions: {
              subnet: { references: ["aws_subnet.private[1].id", "aws_subnet.private[1]", "aws_subnet.private"] },
            },
            module: { resources: [configured("aws_instance.web", { subnet_id: { references: ["var.subnet"] } })] },
          },
        },
      },
    );
    deepStrictEqual(origins(resources, 'module.app.aws_instance.web["a"]', "subnetId"), ["aws_subnet.private[1]"]);
    deepStrictEqual(origins(resources, 'aws_instance.each["x"]', "subnetId"), [
      "aws_subnet.private[0]",
      "aws_subnet.private[1]",
    ]);
  });

  it("treats nothing as certain that may also come from a local value", () => {
    const web = (references: readonly string[]) => {
      const { resources } = plan(
        [change("aws_subnet.a", {}, { id: true }), change("aws_instance.web", {}, { id: true, subnet_id: true })],
        { resources: [configured("aws_subnet.a", {}), configured("aws_instance.web", { subnet_id: { references } })] },
      );
      return new Stack(resources).followProperty(named(resources, "aws_instance.web"), "subnetId", "subnet")?.is;
    };
    strictEqual(web(["aws_subnet.a.id", "aws_subnet.a"]), "resource");
    strictEqual(web(["var.isPublic", "aws_subnet.a.id", "aws_subnet.a", "local.subnet"]), "unknown");
  });

  it("has unchanged resources as they are, and no destroyed ones", () => {
    const prior = (address: string, id: string) => {
      const [type, name] = address.split(".");
      return { address, mode: "managed", type, name, values: { id } };
    };
    const { resources, isPlan } = plan(
      [
        { ...change("aws_vpc.gone", {}, {}), change: { actions: ["delete"], before: { id: "vpc-0" }, after: null } },
        change("aws_vpc.new", { cidr_block: "10.0.0.0/16" }, { id: true }),
      ],
      {},
      {
        prior_state: {
          format_version: "1.0",
          values: { root_module: { resources: [prior("aws_vpc.gone", "vpc-0"), prior("aws_vpc.kept", "vpc-1")] } },
        },
      },
    );
    deepStrictEqual(
      resources.map(({ name }) => name),
      ["aws_vpc.new", "aws_vpc.kept"],
    );
    strictEqual(isPlan, true);
  });

  it("has each resource once, also in version 0.12, which omits modules and indices from the prior state", () => {
    const address = "module.app.aws_instance.web[0]";
    const prior = { address: "aws_instance.web", index: 0, mode: "managed", type: "aws_instance", name: "web" };
    const { resources } = plan(
      [change(address, { ami: "ami-1" }, {})],
      {},
      {
        prior_state: {
          format_version: "0.1",
          values: { root_module: { child_modules: [{ address: "module.app", resources: [prior] }] } },
        },
      },
    );
    deepStrictEqual(
      resources.map(({ name }) => name),
      [address],
    );
  });

  it("has the region of the provider's configuration: a constant, or a variable", () => {
    const region = (expression: object, variables: object = {}) => {
      const changes = [change("aws_vpc.main", {}, { id: true })];
      const root_module = { resources: [configured("aws_vpc.main", {})] };
      const configuration = { provider_config: { aws: { expressions: { region: expression } } }, root_module };
      return regionOf(plan(changes, {}, { configuration, variables }).resources[0]!);
    };
    strictEqual(region({ constant_value: "eu-north-1" }), "eu-north-1");
    strictEqual(region({ references: ["var.region"] }, { region: { value: "eu-south-1" } }), "eu-south-1");
    strictEqual(region({ references: ["local.region"] }), undefined);
  });

  it("is partial if it ended with an error", () => {
    const file = plan([], {}, { errored: true });
    strictEqual(
      file.partial,
      `${file.file} is a plan that ended with an error, so this report is partial; fix the error and create it again.`,
    );
  });
});
