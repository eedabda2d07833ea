import { deepStrictEqual, match, notStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { awsInputs } from "../../../offline/aws/schema";
import { types } from "../../../offline/aws/types";
import { type Properties, asText, secret, unknown } from "../../../offline/aws/values";
import { check, ref, roleRef, stand, trust, vpcRef } from "./stand";

describe("the stand-in AWS", () => {
  it("has the declarations of @pulumi/aws for each type, and computes only declared outputs", () => {
    for (const [type, row] of Object.entries(types)) {
      const shape = awsInputs().types[type];
      ok(shape, `${type} is not in inputs.json; run \`npm run generate\``);
      const declared = [...shape.outputs, ...Object.keys(shape.inputs)];
      for (const name of Object.keys(row.computed ?? {})) ok(declared.includes(name), `${type} computes ${name}`);
      for (const name of [
        ...Object.keys(row.defaults ?? {}),
        ...row.replaceOn,
        ...(row.autoname ? [row.autoname.input] : []),
      ]) {
        ok(name in shape.inputs, `${type} has no input ${name}`);
      }
    }
    deepStrictEqual(Object.keys(awsInputs().types).sort(), Object.keys(types).sort());
  });

  it("generates a name from that of the resource, and keeps it", () => {
    const aws = stand();
    const first = aws.check(roleRef, {}, { assumeRolePolicy: trust }, "seed").inputs;
    match(asText(first["name"]), /^web-[0-9a-f]{7}$/);
    const second = aws.check(roleRef, first, { assumeRolePolicy: trust }, "another seed").inputs;
    strictEqual(second["name"], first["name"]);
    strictEqual(check(roleRef, { name: "own", assumeRolePolicy: trust }).inputs["name"], "own");
  });

  it("knows given values and defaults of the provider at preview, and nothing that AWS computes", () => {
    const aws = stand({ team: "infra" });
    const { inputs } = check(vpcRef, { cidrBlock: "10.0.0.0/16", tags: { stage: "dev" } }, aws);
    const outputs = aws.preview(vpcRef, {}, inputs);
    strictEqual(outputs["cidrBlock"], "10.0.0.0/16");
    strictEqual(outputs["instanceTenancy"], "default");
    strictEqual(outputs["region"], "eu-west-1");
    deepStrictEqual(outputs["tagsAll"], { team: "infra", stage: "dev" });
    strictEqual(outputs["arn"], unknown);
    ok(!("id" in outputs));
  });

  it("returns the same ids in every run, and others after a replacement", () => {
    const id = (cidrBlock: string) => stand().create(vpcRef, { cidrBlock }).id;
    match(id("10.0.0.0/16"), /^vpc-0[0-9a-f]{16}$/);
    strictEqual(id("10.0.0.0/16"), id("10.0.0.0/16"));
    notStrictEqual(id("10.0.0.0/16"), id("10.1.0.0/16"));
  });

  it("distinguishes a change in place from a replacement", () => {
    const aws = stand();
    const before = { cidrBlock: "10.0.0.0/16", tags: { a: "1" } };
    const difference = (after: Properties) => aws.diff(vpcRef, "vpc-1", before, before, after, []);
    deepStrictEqual(difference(before), { changed: [], replaces: [], deleteBeforeReplace: false });
    deepStrictEqual(difference({ ...before, tags: { a: "2" } }).replaces, []);
    deepStrictEqual(difference({ ...before, tags: { a: "2" } }).changed, ["tags"]);
    deepStrictEqual(difference({ ...before, cidrBlock: "10.1.0.0/16" }).replaces, ["cidrBlock"]);
    deepStrictEqual(difference({ ...before, cidrBlock: unknown }).replaces, ["cidrBlock"]);
  });

  it("deletes first if a replacement keeps a name that the user set", () => {
    const aws = stand();
    const before = { name: "own", description: "a", __defaults: [] };
    const group = ref("aws:ec2/securityGroup:SecurityGroup", "g");
    strictEqual(aws.diff(group, "sg-1", before, before, { ...before, description: "b" }, []).deleteBeforeReplace, true);
    const generated = { ...before, __defaults: ["name"] };
    strictEqual(
      aws.diff(group, "sg-1", generated, generated, { ...generated, description: "b" }, []).deleteBeforeReplace,
      false,
    );
  });

  it("keeps what AWS computed through an update, and counts versions", () => {
    const aws = stand();
    const template = ref("aws:ec2/launchTemplate:LaunchTemplate", "t");
    const { id, outputs } = aws.create(template, { name: "t", instanceType: "t3.micro" });
    const updated = aws.update(template, id, outputs, { name: "t", instanceType: "t3.small" });
    strictEqual(updated["arn"], outputs["arn"]);
    strictEqual(updated["latestVersion"], 2);
    strictEqual(aws.preview(template, outputs, { name: "t" })["latestVersion"], unknown);
  });

  it("returns a secret as a secret, also in tags", () => {
    const aws = stand();
    const outputs = aws.create(vpcRef, { cidrBlock: "10.0.0.0/16", tags: { token: secret("hush") } }).outputs;
    ok(JSON.stringify(outputs["tagsAll"]).includes("1b47061264138c4ac30d75fd1eb44270"));
  });

  it("accepts a policy document as an object, as the provider does", () => {
    const { inputs, failures } = check(roleRef, { assumeRolePolicy: JSON.parse(trust) as Properties });
    deepStrictEqual(failures, []);
    strictEqual(inputs["assumeRolePolicy"], trust);
  });

  it("cannot read a resource that no stack created", () => {
    throws(() => stand().read(vpcRef, "vpc-1", {}), /so this resource cannot be read or imported by its id$/);
  });
});
