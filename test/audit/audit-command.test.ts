import { deepStrictEqual, doesNotMatch, match, ok, strictEqual } from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatsOf } from "../../policypack/report/formats";
import type { ExplainOutput } from "../../policypack/report/path-report";
import type { Change } from "../../policypack/report/seen";
import { endpointOnly, set, stack } from "../policypack/path/traps/bases";
import { stateOf } from "../policypack/report/stack-files";
import { accountOnly, json } from "../policypack/rules/examples";
import { ssmReads } from "../policypack/rules/network";
import { patchpath, started } from "../command/patchpath";
import { LiveAccount } from "./account";
import { answersFor } from "./whole-account";

const formats = formatsOf("explain").map(([name]) => name);
const secret = "a-secret-of-user-data";
const userData = `#!/bin/sh\necho ${secret}`;
const noCredentials = {
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_EC2_METADATA_DISABLED: "true",
};

/** The command for an account whose S3 endpoint denies the unsigned reads of dnf. */
describe("patchpath audit", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  const resources = stack(endpointOnly, set("s3", { policy: json(accountOnly, ssmReads) }), set("web", { userData }));
  let account: LiveAccount;
  let ids: Record<string, string>;

  const credentials = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  const run = (args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}) =>
    patchpath(["audit", ...args], folder, "", { ...credentials, ...env });
  const ofAccount = () => ["--region", "eu-west-1", "--endpoint-url", account.url];
  const audit = (...args: readonly string[]) => run([...ofAccount(), ...args]);

  before(async () => {
    account = await LiveAccount.empty();
    ({ ids } = await account.seed(resources));
    const described = await account.call("ec2", "describe_instances", {});
    const [reservation] = described["Reservations"] as { Instances: { InstanceId: string }[] }[];
    ids["i-1"] = reservation!.Instances[0]!.InstanceId;
    await account.answers({ ...answersFor([ids["i-1"]], ""), "ssm:ListAssociations": { Associations: [] } });
    for (const empty of [
      "route53resolver:ListResolverRuleAssociations",
      "route53profiles:ListProfileAssociations",
      "route53resolver:ListFirewallRuleGroupAssociations",
      "ssm-quicksetup:ListConfigurationManagers",
    ])
      await account.answers({ [empty]: {} });
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("says first that Systems Manager reports success although the repository is denied", () => {
    // Started as users do, the others in the process that serves all tests.
    const { code, stdout, stderr } = started(
      ["audit", ...ofAccount(), "--save", "before.json"],
      folder,
      "",
      credentials,
    );
    strictEqual(stderr, "");
    const text = stdout.replace(/\s+/g, " ");
    for (const sentence of [
      /^Contradictions: web \(i-[0-9a-f]+\): Systems Manager reports 1 of 1 instances as compliant, and `repository` is blocked: dnf skips a repository/,
      /✘ repository \(web \(i-[0-9a-f]+\)\): no statement allows s3:GetObject/,
      /Patching of web \(i-[0-9a-f]+\): by `patch` \(maintenance window task, Install; cron\(0 18 \? \* SUN \*\) Asia\/Tokyo\)\./,
      /Systems Manager on web \(i-[0-9a-f]+\): 1 of 1 running instances online; last Install 2026-11-27T18:05:00\.000Z, 12 patches installed, 0 missing, 0 failed; 1 of 1 compliant\./,
    ]) {
      match(text, sentence);
    }
    strictEqual(code, 1);
  });

  it("has the same content in JSON, with what Systems Manager reports", () => {
    const { code, stdout } = audit("--format", "json");
    const report = JSON.parse(stdout) as ExplainOutput;
    strictEqual(code, 1);
    deepStrictEqual(
      report.fleets.map(({ operatingSystem, verdict, seen }) => [operatingSystem, verdict, seen?.online]),
      [["amazon-linux-2023", "blocked", 1]],
    );
    deepStrictEqual(
      report.account?.contradictions.map(({ kind }) => kind),
      ["compliant-without-repository"],
    );
  });

  it("saves a snapshot without user data, for which explain has the same verdicts", () => {
    const text = readFileSync(join(folder, "before.json"), "utf8");
    for (const form of [secret, Buffer.from(userData).toString("base64")]) ok(!text.includes(form), form);
    const { code, stdout } = patchpath(["explain", "--state", "before.json", "--format", "json"], folder);
    const [web] = (JSON.parse(stdout) as ExplainOutput).fleets;
    strictEqual(code, 1);
    match(web!.name, /^web \(i-/);
    deepStrictEqual(
      web!.hops.filter(({ verdict }) => verdict === "blocked").map(({ hop }) => hop),
      ["repository"],
    );
  });

  it("shows no user data in any format", () => {
    for (const format of process.env["PATCHPATH_WHOLE_MATRICES"] ? formats : ["markdown"]) {
      doesNotMatch(audit("--format", format).stdout, new RegExp(secret));
    }
  });

  it("says what broke and what healed since a snapshot", async () => {
    const group = {
      GroupId: ids["sg-web"],
      IpPermissions: [
        { IpProtocol: "tcp", FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId: ids["sg-endpoints"] }] },
      ],
    };
    await account.call("ec2", "revoke_security_group_egress", group);
    await account.call("ec2", "modify_vpc_endpoint", { VpcEndpointId: ids["vpce-s3"], ResetPolicy: true });
    const open = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
    });
    await account.call("ec2", "modify_vpc_endpoint", { VpcEndpointId: ids["vpce-s3"], PolicyDocument: open });
    const { stdout } = audit("--since", "before.json", "--format", "json");
    await account.call("ec2", "authorize_security_group_egress", group);
    const { changes = [] } = (JSON.parse(stdout) as ExplainOutput).account!;
    deepStrictEqual(
      changes.map(({ is, hop }: Change) => `${is} ${hop}`),
      ["broke security-groups", "healed repository"],
    );
  });

  it("uses the names in a state for its resources, and says where the account differs", () => {
    const renamed = JSON.stringify(stateOf(resources));
    const state = Object.entries(ids).reduce((text, [old, made]) => text.replaceAll(`"${old}"`, `"${made}"`), renamed);
    writeFileSync(join(folder, "state.json"), state);
    const { stdout } = audit("--state", "state.json", "--format", "json");
    const { fleets, account: live } = JSON.parse(stdout) as ExplainOutput;
    deepStrictEqual(
      fleets.map(({ name, urn }) => [name, urn]),
      [["web", "urn:pulumi:test::shop::aws:ec2/instance:Instance::web"]],
    );
    deepStrictEqual(
      live!.drift?.map(({ is, hop, name }) => `${is} ${hop} of ${name}`),
      ["healed repository of web"],
    );
  });

  it("reports a denied call on standard error if the format does not show it, and exits with at least 3", async () => {
    await account.fail({ action: "ec2:DescribeNetworkAcls", code: "UnauthorizedOperation", status: 403 });
    const { code, stdout, stderr } = audit("--format", "json");
    await account.callsSince();
    match(
      stderr,
      /^patchpath: `ec2:DescribeNetworkAcls` is not allowed in eu-west-1, so what depends on it is unknown\./,
    );
    const [web] = (JSON.parse(stdout) as ExplainOutput).fleets;
    strictEqual(web!.hops.find(({ hop }) => hop === "network-acls")!.verdict, "unknown");
    strictEqual(code, 3);
  });

  it("prints the policy without calling an account", () => {
    const { code, stdout } = run(["--print-policy"], noCredentials);
    const { Statement } = JSON.parse(stdout) as { Statement: { Action: string[] }[] };
    ok(Statement[0]!.Action.includes("ec2:DescribeVpcs"));
    strictEqual(code, 0);
  });

  for (const [what, args, env, expected] of [
    ["no region", [], {}, "patchpath: expected --region REGION, or --print-policy\n"],
    [
      "an aggregator in two regions",
      ["--region", "eu-west-1", "us-east-1", "--config-aggregator", "organization"],
      {},
      "patchpath: --config-aggregator is read in one region and account; expected one --region, and at most one --role-arn\n",
    ],
    [
      "no credentials",
      ["--region", "eu-west-1"],
      noCredentials,
      "patchpath: AWS credentials cannot be loaded; pass --profile NAME, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY\n",
    ],
    [
      "no server",
      ["--region", "eu-west-1", "--endpoint-url", "http://127.0.0.1:9"],
      { AWS_MAX_ATTEMPTS: "1" },
      "patchpath: the endpoint of AWS STS in eu-west-1 cannot be reached (ECONNREFUSED); check the network, the proxy and --endpoint-url\n",
    ],
    [
      "a file that is not a snapshot",
      ["--region", "eu-west-1", "--since", "/dev/null"],
      {},
      "patchpath: --since `/dev/null` is not a snapshot; pass a file that `patchpath audit --save` wrote\n",
    ],
  ] as const) {
    it(`exits with one sentence and 2 for ${what}`, () => {
      const { code, stdout, stderr } = run(args, env);
      deepStrictEqual([stdout, stderr, code], ["", expected, 2]);
    });
  }

  for (const code of ["ExpiredToken", "AuthFailure"]) {
    it(`exits with one sentence and 2 for ${code}`, async () => {
      await account.fail({ action: "sts:GetCallerIdentity", code, status: 403 });
      const result = audit();
      await account.callsSince();
      match(result.stderr, /^patchpath: [^\n]+\n$/);
      deepStrictEqual([result.stdout, result.code], ["", 2]);
    });
  }
});
