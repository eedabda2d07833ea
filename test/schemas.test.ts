import { match, ok, strictEqual } from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv";
import * as fc from "fast-check";
import { parse } from "yaml";
import { readConfig } from "../config";
import { ConfigError } from "../config/config-error";
import { configCommand } from "../policypack/cli/config-command";
import { policyCommand } from "../policypack/cli/policy-command";
import { rolesCommand } from "../policypack/cli/roles-command";
import { explainCommand } from "../policypack/cli/explain-command";
import { levels } from "../policypack/config";
import { contractOf, reportOn } from "../policypack/report/path-report";
import { reportOnRoles } from "../policypack/report/roles-report";
import { rules } from "../policypack/rules";
import { configWith } from "./config/problems";
import { traps } from "./policypack/path/traps";
import { asPreview, asState } from "./policypack/path/traps/trap";
import { withStateFile } from "./policypack/report/stack-files";
import { accountOnly } from "./policypack/rules/examples";
import { changed, patchedStack } from "./policypack/rules/network";
import { terminalTelling } from "./policypack/cli/terminal";

const root = join(__dirname, "..");
const isThorough = Boolean(process.env["PATCHPATH_WHOLE_MATRICES"]);

function schemaOf(name: string): object {
  return JSON.parse(readFileSync(join(root, "policypack", "schemas", `${name}.json`), "utf8")) as object;
}

function validator(schema: object): ValidateFunction {
  return new Ajv({ strictTypes: false, allErrors: true }).compile(schema);
}

/** A schema that accepts no unknown field, so that no field is printed that it does not have. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return "properties" in inner && inner["type"] === "object" ? { additionalProperties: false, ...inner } : inner;
}

function accepts(isValid: ValidateFunction, value: unknown, what = ""): void {
  ok(isValid(value), `${what} ${JSON.stringify(isValid.errors?.slice(0, 3))}`);
}

describe("the JSON Schemas of the package", () => {
  describe("of what commands print", () => {
    const [explain, roles, policy] = ["explain", "roles", "policy"].map((name) =>
      validator(closed(schemaOf(name)) as object),
    ) as [ValidateFunction, ValidateFunction, ValidateFunction];

    it(`describe all of it: the reports on ${isThorough ? "every trap" : "half of the traps"}, as a state or as a preview`, () => {
      const chosen = Object.values(traps)
        .flat()
        .filter((_, i) => isThorough || i % 2 === 0);
      for (const [i, { title, resources, region }] of chosen.entries()) {
        const forms = [asState, asPreview].filter((_, form) => isThorough || form === i % 2);
        for (const stack of forms.map((form) => form(resources, region))) {
          accepts(explain, JSON.parse(JSON.stringify(contractOf(reportOn([stack])))), title);
          accepts(roles, JSON.parse(JSON.stringify(reportOnRoles([stack]))), title);
        }
      }
    });

    it("describe what the commands themselves print", () => {
      const terminal = terminalTelling();
      const deprecated = changed("core", { policyArn: "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM" });
      withStateFile(patchedStack(deprecated), (file) => {
        accepts(explain, JSON.parse(explainCommand(false, { state: [file], format: "json" }, terminal).output));
        const { output } = rolesCommand({ state: [file], format: "json" }, terminal);
        accepts(roles, JSON.parse(output));
        strictEqual((JSON.parse(output) as { roles: unknown[] }).roles.length, 1);
      });
      withStateFile([], (file) => {
        accepts(explain, JSON.parse(explainCommand(false, { state: [file], format: "json" }, terminal).output));
      });
      const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
      try {
        const files = [accountOnly, { ...accountOnly, Condition: { StringEqualz: { "aws:SourceVpc": "x" } } }].map(
          (statement, i) => {
            const file = join(folder, `${i}.json`);
            writeFileSync(file, JSON.stringify({ Version: "2012-10-17", Statement: [statement] }));
            return file;
          },
        );
        const { output } = policyCommand(files, { region: "eu-west-1", format: "json" }, terminal);
        accepts(policy, JSON.parse(output));
        match(output, /"problems": \[\n +\{/);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it("accept fields that a later version may add, and reject what is not an output", () => {
      const open = validator(schemaOf("explain"));
      const output = contractOf(reportOn([asState(patchedStack())]));
      accepts(open, { ...output, addedLater: 1 });
      ok(!explain({ ...output, addedLater: 1 }));
      ok(!open({ ...output, version: 1 }));
      ok(!open({ ...output, fleets: [{ ...output.fleets[0], verdict: "fine" }] }));
      ok(!open({ ...output, fleets: undefined }));
    });
  });

  describe("of the policy-pack config", () => {
    const isValid = validator(schemaOf("policy-pack-config"));
    const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
    after(() => {
      rmSync(folder, { recursive: true });
    });

    it("accepts what `patchpath config` accepts, and nothing else", () => {
      const odd = fc.constantFrom<unknown>("mandatory", "fatal", 1, null, [], {}, ["amazon-linux-2"], ["gentoo"], [1]);
      const exemption = fc.record(
        {
          resource: fc.constantFrom<unknown>("web", 1),
          reason: fc.constantFrom<unknown>("none needed", " ", 1),
          until: fc.constantFrom<unknown>("2999-12-31", "soon", 1),
          misspelt: odd,
        },
        { requiredKeys: [] },
      );
      const options = fc.record(
        {
          enforcementLevel: fc.oneof(fc.constantFrom(...levels), odd),
          exempt: fc.oneof(fc.array(exemption, { maxLength: 2 }), odd),
          repositories: odd,
          hops: fc.oneof(fc.constantFrom<unknown>({ dns: "off" }, { dns: "none" }, { misspelt: "off" }), odd),
          misspelt: odd,
        },
        { requiredKeys: [] },
      );
      const keys = [...rules.map(({ name }) => name), "all", "environments", "$schema", "misspelt"];
      const value = fc.oneof(fc.constantFrom(...levels), odd, options);
      const seen = { right: 0, wrong: 0 };
      fc.assert(
        fc.property(fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 2 }), (config) => {
          const file = join(folder, "config.json");
          writeFileSync(file, JSON.stringify(config));
          const isRight = configCommand(file).code === 0;
          strictEqual(isValid(JSON.parse(JSON.stringify(config))), isRight, JSON.stringify(config));
          seen[isRight ? "right" : "wrong"] += 1;
        }),
        { numRuns: isThorough ? 1500 : 300 },
      );
      ok(seen.right > 20 && seen.wrong > 20, JSON.stringify(seen));
    });
  });

  describe("of the stack config", () => {
    const schema = schemaOf("stack-config");
    const isValid = validator(schema);
    const stacks = ["dev", "staging", "prod"].map(
      (name) => parse(readFileSync(join(root, `Pulumi.${name}.yaml`), "utf8")) as { config: Record<string, unknown> },
    );
    const fleet = { name: "web", operatingSystem: "amazon-linux-2023" };
    const network = { vpcId: "vpc-0a1b2c3d4e5f67890", subnetIds: ["subnet-0123456789abcdef0"] };
    const others = [
      { "patchpath:network": network },
      { "patchpath:network": network, "patchpath:endpoints": { interface: true, vss: true } },
      { "patchpath:fleets": [{ name: "old", operatingSystem: "amazon-linux-2", tag: { Environment: "prod" } }] },
      { "patchpath:patching": { method: "on-demand" }, "patchpath:monitoring": { emails: ["a@example.com"] } },
    ].map((values) => ({ config: { "aws:region": "eu-west-1", "patchpath:fleets": [fleet], ...values } }));

    it("accepts the stacks of this repository, and values as JSON text or encrypted", () => {
      for (const stack of [...stacks, ...others]) accepts(isValid, stack);
      const { config } = stacks[0]!;
      accepts(isValid, { config: { ...config, "patchpath:fleets": JSON.stringify(config["patchpath:fleets"]) } });
      accepts(isValid, { config: { ...config, "patchpath:network": { secure: "v1:abc" } }, encryptionsalt: "v1:x" });
      accepts(isValid, { config: { ...config, "shop:size": 3 } });
    });

    it("rejects each key that the program rejects as unknown", () => {
      let refused = 0;
      for (const { config } of [...stacks, ...others]) {
        for (const place of objectsIn(config, [])) {
          const key = place.length === 0 ? "patchpath:misspelt" : "misspelt";
          const changed = withValue(config, [...place, key], {});
          // Tables with arbitrary keys; the program accepts only one tag, which it checks itself.
          if (!programRefuses(changed) || place.at(-1) === "tag") continue;
          refused += 1;
          ok(!isValid({ config: changed }), place.join("."));
        }
      }
      ok(refused > 20, `${refused}`);
    });

    it("accepts whatever the program accepts", () => {
      const places = [...stacks, ...others].flatMap(({ config }) =>
        leavesIn(config, []).map((place) => [config, place] as const),
      );
      // A value of the same key elsewhere is often accepted, an arbitrary one hardly ever.
      const usedAs = (key: Place[number]) =>
        places.filter(([, place]) => place.at(-1) === key).map(([config, place]) => valueAt(config, place));
      const anywhere = fc.constantFrom(true, 0, 1, 7, ...places.map(([config, place]) => valueAt(config, place)));
      const changes = fc
        .constantFrom(...places)
        .chain(([config, place]) =>
          fc
            .oneof(fc.jsonValue({ maxDepth: 1 }), anywhere, fc.constantFrom(...usedAs(place.at(-1)!)))
            .map((value) => ({ config, place, value })),
        );
      let accepted = 0;
      fc.assert(
        fc.property(changes, ({ config, place, value }) => {
          const changed = withValue(config, place, value);
          if (programRefuses(changed)) return;
          accepted += 1;
          accepts(isValid, { config: changed }, JSON.stringify([place, value]));
        }),
        { numRuns: isThorough ? 2000 : 500 },
      );
      ok(accepted > 50, `${accepted}`);
    });
  });
});

function programRefuses(config: Readonly<Record<string, unknown>>): boolean {
  try {
    readConfig(configWith(config));
    return false;
  } catch (error) {
    if (error instanceof ConfigError) return true;
    throw error;
  }
}

type Place = readonly (string | number)[];

function entriesOf(value: object): [string | number, unknown][] {
  return Array.isArray(value) ? [...value.entries()] : Object.entries(value);
}

function objectsIn(value: unknown, place: Place): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = entriesOf(value).flatMap(([key, one]) => objectsIn(one, [...place, key]));
  return Array.isArray(value) ? inner : [place, ...inner];
}

function leavesIn(value: unknown, place: Place): Place[] {
  if (typeof value !== "object" || value === null) return [place];
  return entriesOf(value).flatMap(([key, one]) => leavesIn(one, [...place, key]));
}

function valueAt(config: Readonly<Record<string, unknown>>, place: Place): unknown {
  return place.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], config);
}

function withValue(config: Readonly<Record<string, unknown>>, place: Place, value: unknown): Record<string, unknown> {
  const copy = structuredClone(config) as Record<string, unknown>;
  let at: Record<string | number, unknown> = copy;
  for (const key of place.slice(0, -1)) at = at[key] as typeof at;
  at[place.at(-1)!] = value;
  return copy;
}
