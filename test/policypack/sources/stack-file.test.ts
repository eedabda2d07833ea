import { deepStrictEqual, doesNotMatch, match, ok, strictEqual, throws } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { type ExplainOptions, explainCommand } from "../../../policypack/cli/explain-command";
import { readStackFile } from "../../../policypack/sources/stack-file";
import { InputError } from "../../../policypack/sources/input-error";
import { read as readProperty } from "../../../policypack/stack/reading";
import { stateOf } from "../report/stack-files";
import { unknown } from "../rules/analyze";
import { accountOnly, json } from "../rules/examples";
import { changed, patchedStack } from "../rules/network";
import { terminalTelling } from "../cli/terminal";

const formats = ["text", "json", "markdown", "sarif", "junit", "mermaid", "html"] as const;
const signature = "4dabf18193072939515e22adb298388d";
const secretMark = "1b47061264138c4ac30d75fd1eb44270";
const wanted = "pass `pulumi stack export`, `pulumi preview --json --show-sames` or `terraform show -json`";

describe("a stack file", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const path = join(folder, "x.json");
  const write = (content: unknown) => {
    writeFileSync(path, typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  };
  const read = (content: unknown) => {
    write(content);
    return readStackFile(path, undefined);
  };
  const explain = (content: unknown, format: ExplainOptions["format"] = "text") => {
    write(content);
    const told: string[] = [];
    const terminal = terminalTelling(told);
    return [explainCommand(false, { state: [path], format }, terminal).output, ...told].join("\n");
  };
  const withResource = (resource: unknown) => {
    const { version, deployment } = stateOf(patchedStack());
    return { version, deployment: { resources: [...deployment.resources, resource] } };
  };

  const unusable: Readonly<Record<string, readonly [content: unknown, says: string]>> = {
    "an empty file": ["", `is empty; ${wanted}`],
    "truncated JSON": [
      '{"version":3,"deployment":{"resources":[{"urn":"hunter2',
      `is not valid JSON, or is truncated: unexpected end of string at line 1, column 48; ${wanted}`,
    ],
    "a Pulumi program in YAML": [
      "name: shop\nruntime: yaml\n",
      `is not valid JSON, or is truncated: invalid symbol at line 1, column 1; ${wanted}`,
    ],
    "too many nested brackets": [
      "[".repeat(100_000),
      `is not valid JSON, or is truncated: too many nested brackets; ${wanted}`,
    ],
    "a list": ["[]", `is not a state or a plan; ${wanted}`],
    "a list that is nested too deeply": [
      "[".repeat(100_000) + "]".repeat(100_000),
      `is not a state or a plan; ${wanted}`,
    ],
    "another object": [{ name: "shop" }, `is not a state or a plan; ${wanted}`],
    "an old state of Terraform": [
      { version: 3, terraform_version: "0.11.14", modules: [] },
      "is a state of Terraform of a version other than 4; pass `terraform show -json`",
    ],
    "a CloudFormation template": [
      { Resources: { S3: { Type: "AWS::EC2::VPCEndpoint" } } },
      `is a CloudFormation template, which has no ids; ${wanted}`,
    ],
    "a policy document": [
      { Version: "2012-10-17", Statement: [] },
      "is a policy document; pass it to `patchpath policy`",
    ],
    "a plan of --save-plan": [
      { resourcePlans: {}, manifest: {} },
      "is a plan of `--save-plan`, which has no outputs; pass `pulumi preview --json --show-sames`",
    ],
    "a state of version 2": [
      { version: 2, deployment: {} },
      "is a state of a version other than 3 or 4; export it again with a current Pulumi CLI: `pulumi stack export`",
    ],
    "a state of version 5": [{ version: 5, deployment: {} }, "is a state of a version later than 4; update patchpath"],
    "an encrypted deployment": [
      { version: 3, deployment: "v1:c2VjcmV0" },
      "has `deployment` as a string; expected an object. Pass the output of `pulumi stack export`, neither encrypted nor compressed",
    ],
    "a deployment that is null": [
      { version: 3, deployment: null },
      "has `deployment` as nothing; expected an object. Pass the output of `pulumi stack export`, neither encrypted nor compressed",
    ],
    "resources that are not a list": [
      { version: 3, deployment: { resources: {} } },
      `has \`deployment.resources\` as an object; expected a list. P${wanted.slice(1)}`,
    ],
    "null among the resources": [
      withResource(null),
      "is damaged: `deployment.resources[17]` is not an object; create it again with the Pulumi CLI",
    ],
    "a resource without urn": [
      withResource({ type: "aws:ec2/vpc:Vpc" }),
      "is damaged: `deployment.resources[17]` has no `urn`; create it again with the Pulumi CLI",
    ],
    "a resource without type": [
      withResource({ urn: "urn:pulumi:test::shop::aws:ec2/vpc:Vpc::vpc" }),
      "is damaged: `deployment.resources[17]` has no `type`; create it again with the Pulumi CLI",
    ],
    "steps that are not a list": [{ steps: 1 }, `has \`steps\` as a number; expected a list. P${wanted.slice(1)}`],
    "null among the steps": [
      { steps: [null] },
      "has nothing without `op` at `steps[0]`; create the plan again: `pulumi preview --json --show-sames`",
    ],
    "a step with a damaged state": [
      { steps: [{ op: "create", newState: { urn: 1 } }] },
      "is damaged: `steps[0].newState` has no `urn`; create it again with the Pulumi CLI",
    ],
  };
  for (const [what, [content, says]] of Object.entries(unusable)) {
    it(`is rejected with one line if it is ${what}`, () => {
      throws(() => read(content), new InputError(`\`${path}\` ${says}`));
    });
  }

  it("can have version 4, or be of a stack without resources", () => {
    strictEqual(
      read({ ...stateOf(patchedStack()), version: 4, features: ["refreshBeforeUpdate"] }).resources.length,
      17,
    );
    strictEqual(read({ version: 3, deployment: { manifest: {} } }).resources.length, 0);
  });

  it("can be a file of a backend, compressed or not, or of a stack without resources", () => {
    const { deployment } = stateOf(patchedStack());
    const checkpoint = JSON.stringify({ version: 3, checkpoint: { stack: "test", latest: deployment } });
    strictEqual(read(checkpoint).resources.length, 17);
    strictEqual(read(gzipSync(checkpoint)).resources.length, 17);
    strictEqual(read({ version: 3, checkpoint: { stack: "test" } }).resources.length, 0);
  });

  it("names resources by all that follows their type in the URN", () => {
    const urn = "urn:pulumi:test::shop::aws:ec2/vpc:Vpc::eu::vpc";
    const { resources } = read(withResource({ urn, type: "aws:ec2/vpc:Vpc" }));
    strictEqual(resources.at(-1)!.name, "eu::vpc");
  });

  it("omits resources that are pending deletion", () => {
    const [first] = stateOf(patchedStack()).deployment.resources;
    strictEqual(read(withResource({ ...first, delete: true })).resources.length, 17);
  });

  describe("as a plan", () => {
    const urn = "urn:pulumi:test::shop::aws:ec2/vpcEndpoint:VpcEndpoint::s3";
    const type = "aws:ec2/vpcEndpoint:VpcEndpoint";
    const old = { urn, type, id: "vpce-1", inputs: { policy: "old" }, outputs: { policy: "old", arn: "arn" } };

    it("has the current values of a resource unless the program sets others", () => {
      const newState = { urn, type, id: "vpce-1", inputs: { policy: "new" } };
      const { resources } = read({ steps: [{ op: "update", oldState: old, newState }] });
      deepStrictEqual(resources[0]!.props, { id: "vpce-1", policy: "new", arn: "arn" });
    });

    it("does not have values that the program no longer sets", () => {
      const newState = { urn, type, id: "vpce-1", inputs: {} };
      const { resources } = read({ steps: [{ op: "update", oldState: old, newState }] });
      deepStrictEqual(resources[0]!.props, { id: "vpce-1", arn: "arn" });
    });

    it("has a replaced resource once, without values of the old one", () => {
      const newState = { urn, type, inputs: { policy: "new" } };
      const steps = ["create-replacement", "replace"].map((op) => ({ op, oldState: old, newState }));
      const { resources } = read({ steps: [...steps, { op: "delete-replaced", oldState: old }] });
      deepStrictEqual(
        resources.map(({ props }) => props),
        [{ policy: "new" }],
      );
    });

    it("says that a failed preview is partial", () => {
      const { partial } = read({ steps: [], diagnostics: [{ severity: "error", message: "no such file" }] });
      match(
        partial!,
        /is the plan of a preview that failed, so this report is partial; fix its errors and create it again\.$/,
      );
    });
  });

  describe("with secrets", () => {
    const plaintext = { [signature]: secretMark, plaintext: '"hunter2"' };
    const planted = changed("web", { userData: plaintext, tags: { Name: plaintext, PatchGroup: "[secret]" } });
    const policy = changed("s3", { policy: plaintext });

    it("reads them as unknown, in plain text and masked", () => {
      const { resources } = read(stateOf(patchedStack({ ...planted, ...policy })));
      const props = (name: string) => resources.find((one) => one.name === name)!.props;
      const secret = { is: "unknown", isSecret: true };
      deepStrictEqual(readProperty(props("web"), "userData"), secret);
      deepStrictEqual(readProperty(props("web")["tags"], "Name"), secret);
      deepStrictEqual(readProperty(props("web")["tags"], "PatchGroup"), secret);
      deepStrictEqual(readProperty(props("s3"), "policy"), secret);
    });

    it("reads an output as unknown if it is a secret as an input", () => {
      const { version, deployment } = stateOf(patchedStack(planted));
      const resources = deployment.resources.map((one) =>
        "userData" in one.inputs ? { ...one, outputs: { ...one.outputs, userData: "hunter2" } } : one,
      );
      doesNotMatch(
        JSON.stringify(read({ version, deployment: { resources } }).resources.map(({ props }) => props)),
        /hunter2/,
      );
    });

    for (const format of formats) {
      it(`never shows them as ${format}`, () => {
        // Reports quote the statements of a policy most, which are readable although the policy is a secret.
        const masked = json({ ...accountOnly, Sid: "hunter2" });
        const everywhere = patchedStack({
          ...planted,
          ...changed("s3", { policy: { [signature]: secretMark, ...(JSON.parse(masked) as object) } }),
        });
        doesNotMatch(explain(stateOf(everywhere), format), /hunter2|\[secret\]/);
      });
    }

    it("does not quote them from text that is not JSON", () => {
      throws(
        () => read(`{"version":3,"deployment":{"plaintext":"hunter2" x`),
        ({ message }: Error) => !message.includes("hunter2"),
      );
    });
  });

  it("shows the codes of control characters, in reasons too", () => {
    const resources = patchedStack(changed("endpoints", { ingress: [] }));
    const state = JSON.parse(JSON.stringify(stateOf(resources)).replaceAll("::ssm", "::\\u001b[31m")) as object;
    match(explain(state, "text"), /the security groups of `\\u001b\[31m` do not\s+allow inbound 443/);
  });

  it("is reported if records are where numbers and texts are expected, even such that are no text to JavaScript", () => {
    const odd = { toString: null };
    const state = stateOf(patchedStack());
    const places = placesIn(state, []).filter((place) => place.includes("inputs") || place.includes("outputs"));
    ok(places.length > 100);
    for (const place of places) {
      const mutated = structuredClone(state);
      set(mutated, place, odd);
      explain(mutated, "text");
    }
  });

  it("is reported in every format, or rejected with one line, whatever its values are", () => {
    const state = stateOf(patchedStack());
    const places = placesIn(state, []);
    ok(places.length > 200);
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(unknown, "", "::", "*", "\u001b[31m", "-1", "0.0.0.0/0", "resolve:ssm:", "__proto__"),
      fc.constant(deep(500)),
    );
    const mutation = fc.tuple(fc.constantFrom(...places), odd);
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), fc.constantFrom(...formats), (all, format) => {
        const mutated = structuredClone(state);
        for (const [place, value] of all) set(mutated, place, structuredClone(value));
        try {
          doesNotMatch(explain(mutated, format), /\u001b/);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          doesNotMatch(error.message, /\n/);
        }
      }),
      { numRuns: process.env["PATCHPATH_WHOLE_MATRICES"] ? 1500 : 500 },
    );
  });
});

type Place = readonly (string | number)[];

/** The paths of all values in a JSON value. */
function placesIn(value: unknown, place: Place): Place[] {
  if (typeof value !== "object" || value === null) return [place];
  const inner = Object.entries(value).flatMap(([key, one]) =>
    placesIn(one, [...place, Array.isArray(value) ? Number(key) : key]),
  );
  return place.length === 0 ? inner : [place, ...inner];
}

/** Sets a value at a path, if it still exists. */
function set(record: object, place: Place, value: unknown): void {
  let at: unknown = record;
  for (const key of place.slice(0, -1)) at = (at as Record<string | number, unknown> | null | undefined)?.[key];
  if (typeof at === "object" && at !== null) (at as Record<string | number, unknown>)[place.at(-1)!] = value;
}

function deep(levels: number): unknown {
  return levels === 0 ? [] : [deep(levels - 1)];
}
