import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSchema } from "../../components/provider/schema";
import { packageSchema } from "../../offline/aws/package-schema";
import { componentSchema, typeScriptOnly } from "../../scripts/component-schema";
import { readComponents } from "../../scripts/component-source";
import { runCommand } from "../engine/offline-stack";

const root = join(__dirname, "..", "..");
const file = join(root, "components", "schema.json");

describe("the schema of the components", () => {
  const schema = readSchema();
  let generated: object;
  before(() => {
    generated = componentSchema();
  });

  it("is what the build generates from the current sources", () => {
    deepStrictEqual(JSON.parse(readFileSync(file, "utf8")), JSON.parse(JSON.stringify(generated)));
  });

  it("has every component, except those that other languages cannot construct", () => {
    const expected = readComponents().filter(({ name }) => !(name in typeScriptOnly));
    deepStrictEqual(Object.keys(schema.resources).sort(), expected.map(({ token }) => token).sort());
  });

  it("omits only what a schema cannot describe", () => {
    throws(() => componentSchema({}), {
      message: "WsusUpdates cannot be part of the schema: `Resource` is a resource, which a schema cannot describe",
    });
  });

  it("describes an argument by its type and doc comment", () => {
    const { inputProperties, requiredInputs } = schema.resources["patchpath:wsus:WsusServer"]!;
    deepStrictEqual(requiredInputs, [
      "availabilityZone",
      "patchGroup",
      "region",
      "subnetId",
      "synchronization",
      "vpcId",
    ]);
    deepStrictEqual(inputProperties["backups"], {
      type: "integer",
      plain: true,
      description: "Number of daily snapshots of the content volume to keep; 0 for no backup.",
      default: 7,
    });
    deepStrictEqual(inputProperties["alarmActions"], {
      type: "array",
      items: { type: "string" },
      plain: true,
      description: "ARNs that the alarms notify, usually of SNS topics. Default: none.",
    });
    deepStrictEqual(inputProperties["vpcId"], { type: "string" });
  });

  it("names a type as in the source, and an unnamed one by where it is used", () => {
    const { inputProperties } = schema.resources["patchpath:topology:PatchTopology"]!;
    strictEqual(inputProperties["region"]?.$ref, "#/types/patchpath:facts:Region");
    const fleet = schema.types["patchpath:topology:TopologyFleet"];
    ok(fleet?.type === "object");
    strictEqual(fleet.properties["size"]?.$ref, "#/types/patchpath:fleet:FleetSize");
  });

  it("has objects of outputs for components, with the outputs of all if there are several", () => {
    const { properties } = schema.resources["patchpath:topology:PatchTopology"]!;
    strictEqual(properties["endpoints"]?.$ref, "#/types/patchpath:endpoints:PatchEndpointsOutputs");
    const component = schema.types["patchpath:patching:PatchingComponent"];
    ok(component?.type === "object");
    deepStrictEqual(component.required, []);
    deepStrictEqual(Object.keys(component.properties).sort(), [
      "commands",
      "documentName",
      "managerArn",
      "scanWindowId",
      "windowId",
    ]);
  });

  describe("checked by the Pulumi CLI, which has the metaschema and binds the schema", () => {
    const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
    after(() => {
      rmSync(folder, { recursive: true });
    });
    const check = async (of: object) => {
      const path = join(folder, "schema.json");
      writeFileSync(path, JSON.stringify(of));
      const { code, output } = await runCommand(join(root, "offline", "pulumi"), ["schema", "check", path]);
      return { code, output };
    };

    it("is valid", async () => {
      deepStrictEqual(await check(generated), { code: 0, output: "" });
    });

    it("would be invalid with a reference to a missing type", async () => {
      const { code } = await check({ ...generated, types: {} });
      strictEqual(code, 1);
    });

    it("is valid for the stand-in AWS too", async () => {
      deepStrictEqual(await check(packageSchema()), { code: 0, output: "" });
    });
  });
});
