import { deepStrictEqual, doesNotMatch, match, notStrictEqual, strictEqual } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stateOf } from "../policypack/report/stack-files";
import { changed, patchedStack } from "../policypack/rules/network";
import { OfflineStack, policyPack } from "./offline-stack";

const region = "ap-northeast-1";
const document = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** A common policy: only the account's own principals. dnf and yum do not sign their requests, so they are denied. */
const accountOnly = {
  Sid: "AllowAccountPrincipals",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
};
const anonymousReads = {
  Sid: "AllowAnonymousPatchRepoAccess",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: [`arn:aws:s3:::al2023-repos-${region}-de612dc2/*`, `arn:aws:s3:::amazonlinux-2-repos-${region}/*`],
};

/** The pack on another program's stack, with the real engine. The findings of each rule are tested without an engine. */
describe("the policy pack, run by the engine", () => {
  const stacks: OfflineStack[] = [];
  const stackWith = (config: Readonly<Record<string, string>>) => {
    const named = Object.entries(config).map(([key, value]): [string, string] => [`policies:${key}`, value]);
    const stack = new OfflineStack("policies", Object.fromEntries(named));
    stacks.push(stack);
    return stack;
  };
  after(() => {
    stacks.forEach((stack) => {
      stack.remove();
    });
  });

  it("rejects a policy that denies dnf and yum, with statement and remedy, and AmazonEC2RoleforSSM, with its successor", async () => {
    const stack = stackWith({
      endpointPolicy: document(accountOnly),
      managedPolicy: "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM",
    });
    const preview = await stack.preview("--policy-pack", policyPack);
    notStrictEqual(preview.code, 0);
    match(preview.output, /\[mandatory\].*s3-endpoint-admits-anonymous-repo-reads {2}\(aws:ec2:VpcEndpoint: s3\)/);
    match(preview.output, /Statement\[0\] \(AllowAccountPrincipals\) requires `StringEquals` `aws:PrincipalAccount`/);
    match(preview.output, /"Sid":"AllowAnonymousPatchRepoAccess"/);
    match(preview.output, /reads of Amazon Linux 2023 \(`[\w-]+`\) are denied/);
    match(
      preview.output,
      /\[mandatory\].*instance-role-avoids-deprecated-policies {2}\(aws:iam:RolePolicyAttachment: managed\)/,
    );
    match(preview.output, /expected `arn:aws:iam::aws:policy\/AmazonSSMManagedInstanceCore`/);
  });

  it("reports at preview that a policy is not known yet, and at up stops the endpoint before it is created", async () => {
    const stack = stackWith({ endpointPolicy: document(accountOnly), policyKnown: "at up" });
    const preview = await stack.preview("--policy-pack", policyPack);
    strictEqual(preview.code, 0, preview.output);
    match(preview.output, /\[advisory\].*patch-path-is-decided {2}\(aws:ec2:VpcEndpoint: s3\)/);
    match(preview.output, /cannot determine the policy of the endpoint/);

    const up = await stack.up("--policy-pack", policyPack);
    notStrictEqual(up.code, 0);
    match(up.output, /requires `StringEquals` `aws:PrincipalAccount`/);
    deepStrictEqual(Object.keys(await stack.resources()), ["vpc"]);
  });

  it("reads its configuration from a file, warns about what the engine accepts, and rejects an invalid one", async () => {
    const stack = stackWith({});
    const [state, file] = [join(stack.folder, "state.json"), join(stack.folder, "config.json")];
    const endpoint = changed("s3", { policy: document(accountOnly) });
    writeFileSync(state, JSON.stringify(stateOf(patchedStack(endpoint).filter(({ name }) => name === "s3"))));
    const analyzeWith = (config: object) => {
      writeFileSync(file, JSON.stringify(config));
      const withPack = ["--policy-pack", policyPack, "--policy-pack-config", file];
      return stack.run(["policy", "analyze", "--file", state, ...withPack]);
    };
    const rule = "s3-endpoint-admits-anonymous-repo-reads";
    const one = await analyzeWith({
      [rule]: { enforcementLevel: "advisory", repositories: ["amazon-linux-2"] },
      "s3-endpoint-admits-anonymous-repo-raeds": "disabled",
    });
    strictEqual(one.code, 0, one.output);
    match(one.output, /warning: config: `s3-endpoint-admits-anonymous-repo-raeds` is not a rule of this pack/);
    match(one.output, /reads of Amazon Linux 2 \(`[\w-]+`\) are denied/);
    doesNotMatch(one.output, /reads of Amazon Linux 2023 \(`[\w-]+`\) are denied/);

    const wrong = await analyzeWith({ [rule]: { repositories: ["gentoo"] } });
    notStrictEqual(wrong.code, 0);
    match(wrong.output, /repositories/);
  });

  // The same faces of the same rules as above, with other inputs: the rules' own tests have them without an engine, and
  // test/packages/patchpath.test.ts has the accepted policy and the exported state with the installed pack.
  if (process.env["PATCHPATH_WHOLE_MATRICES"]) {
    it("accepts the same policy with the statement of the remedy added", async () => {
      const stack = stackWith({ endpointPolicy: document(accountOnly, anonymousReads) });
      const preview = await stack.preview("--policy-pack", policyPack);
      strictEqual(preview.code, 0, preview.output);
      match(preview.output, /✅ patchpath@v/);
    });

    it("checks an exported state with policy analyze", async () => {
      const stack = stackWith({ endpointPolicy: document(accountOnly) });
      await stack.up();
      const state = join(stack.folder, "state.json");
      writeFileSync(state, (await stack.run(["stack", "export", "--stack", "test"])).stdout);
      const analysis = await stack.run(["policy", "analyze", "--file", state, "--policy-pack", policyPack]);
      notStrictEqual(analysis.code, 0);
      match(analysis.output, /Statement\[0\] \(AllowAccountPrincipals\) requires/);
    });

    it("reports that too for a policy from an invoke, for which the engine names no resource", async () => {
      const stack = stackWith({ policyKnown: "by invoke" });
      const preview = await stack.preview("--policy-pack", policyPack);
      match(preview.output, /cannot determine the policy of the endpoint/);
    });

    it("checks a VpcEndpointPolicy with its endpoint", async () => {
      const stack = stackWith({ attachedPolicy: document(accountOnly) });
      const preview = await stack.preview("--policy-pack", policyPack);
      notStrictEqual(preview.code, 0);
      match(preview.output, /s3-endpoint-admits-anonymous-repo-reads {2}\(aws:ec2:VpcEndpointPolicy: attached\)/);
      doesNotMatch(preview.output, /s3-endpoint-admits-anonymous-repo-reads {2}\(aws:ec2:VpcEndpoint: s3\)/);
    });

    it("cannot have a `$schema` in its config: the engine takes it for a level, as `patchpath config` reports", async () => {
      const stack = stackWith({});
      const file = join(stack.folder, "config.json");
      writeFileSync(file, JSON.stringify({ $schema: "./policy-pack-config.json", all: "advisory" }));
      const preview = await stack.preview("--policy-pack", policyPack, "--policy-pack-config", file);
      notStrictEqual(preview.code, 0);
      match(preview.output, /parsing enforcement level for "\$schema"/);
    });

    it("ignores an exempted resource", async () => {
      const stack = stackWith({ endpointPolicy: document(accountOnly) });
      const file = join(stack.folder, "config.json");
      const exempt = [{ resource: "s3", reason: "no dnf in here", until: "2999-12-31" }];
      writeFileSync(file, JSON.stringify({ "s3-endpoint-admits-anonymous-repo-reads": { exempt } }));
      const preview = await stack.preview("--policy-pack", policyPack, "--policy-pack-config", file);
      strictEqual(preview.code, 0, preview.output);
      doesNotMatch(preview.output, /are denied/);
    });
  }

  it("fixes the policy and the role with remediate, and a second up changes nothing", async () => {
    const deprecated = "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM";
    const stack = stackWith({ endpointPolicy: document(accountOnly), managedPolicy: deprecated });
    const file = join(stack.folder, "config.json");
    writeFileSync(
      file,
      JSON.stringify({
        "s3-endpoint-admits-anonymous-repo-reads": "remediate",
        "instance-role-avoids-deprecated-policies": "remediate",
      }),
    );
    const withPack = ["--policy-pack", policyPack, "--policy-pack-config", file];
    const up = await stack.up(...withPack);
    strictEqual(up.code, 0, up.output);
    const { s3, managed } = await stack.resources();
    deepStrictEqual(JSON.parse(s3?.inputs?.["policy"] as string), JSON.parse(document(accountOnly, anonymousReads)));
    strictEqual(managed?.inputs?.["policyArn"], "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore");

    const second = await stack.up(...withPack);
    strictEqual(second.code, 0, second.output);
    doesNotMatch(second.output, /[~+-] +aws:/);
    match(second.output, /unchanged/);
  });
});
