import { deepStrictEqual, doesNotMatch, match, strictEqual } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { patchpath, started } from "../../command/patchpath";
import { accountOnly, anonymousReads, json } from "../rules/examples";

interface Verdict {
  readonly verdict: string;
  readonly because: string;
  readonly counterexample?: string;
}

/** The command as users start it, in a folder of files. */
describe("patchpath", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return name;
  };
  const run = (args: readonly string[], input = "") => patchpath(args, folder, input);
  const open = file("open.json", json({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }));
  const starved = file("starved.json", json(accountOnly));
  const fixed = file("fixed.json", json(accountOnly, anonymousReads));
  const broken = file("broken.json", json({ ...accountOnly, Condition: { StringEqualz: { "aws:SourceVpc": "x" } } }));

  describe("preview", () => {
    const preview = (...args: string[]) => {
      const { code, stdout, stderr } = started(["preview", ...args], folder, "", { PATH: folder });
      return [code, stdout, stderr];
    };

    it("says what is missing if Pulumi does not start", () => {
      deepStrictEqual(preview(), [
        2,
        "",
        "patchpath: `pulumi` cannot be run (ENOENT); install Pulumi 3.249 or later\n",
      ]);
      deepStrictEqual(preview("--cwd", "/nowhere"), [2, "", "patchpath: --cwd `/nowhere` does not exist\n"]);
    });
  });

  describe("policy", () => {
    const policy = (...args: string[]) => run(["policy", ...args, "--region", "eu-west-1"]);

    it("exits with 0 if all reads are allowed, 1 if one is denied, 3 if one is unknown", () => {
      const code = (...files: string[]) => started(["policy", ...files, "--region", "eu-west-1"], folder).code;
      strictEqual(code(open), 0);
      strictEqual(code(starved), 1);
      strictEqual(code(fixed), 3, "AWS does not document who signs the reads of the SSM buckets");
      strictEqual(code(open, starved), 1);
      strictEqual(code(open, broken), 3);
    });

    it("decides conditions on the VPC and the account of the endpoint, if these are given", () => {
      const on = (key: string, value: string) => ({ Condition: { StringEquals: { [key]: value } } });
      const all = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
      const inVpc = file("in-vpc.json", json({ ...all, ...on("aws:SourceVpc", "vpc-0123456789abcdef0") }));
      strictEqual(policy(inVpc).code, 3);
      strictEqual(policy(inVpc, "--vpc", "vpc-0123456789abcdef0").code, 0);
      strictEqual(policy(inVpc, "--vpc", "vpc-0123456789abcdef1").code, 1);
      const ofAccount = file("of-account.json", json({ ...all, ...on("aws:VpceAccount", "123456789012") }));
      strictEqual(policy(ofAccount).code, 3);
      strictEqual(policy(ofAccount, "--account", "123456789012").code, 0);
      strictEqual(policy(ofAccount, "--account", "123456789013").code, 1);
    });

    it("explains each read by the statements, and says what to add", () => {
      const { stdout } = policy(starved);
      match(stdout, /✘ denied +Amazon Linux 2 +first denied: arn:aws:s3:::amazonlinux-2-repos-eu-west-1\/blobstore\//);
      match(stdout, /✘ denied +Amazon Linux 2023/);
      match(stdout, /\? unknown +payload +cannot determine whether this request is signed, and by whom/);
      match(stdout, /Statement\[0\] \(AllowAccountPrincipals\) Allow\n +does not apply: it requires `StringEquals`/);
      match(stdout, /Add this statement:\n {4}\{\n {6}"Sid": "AllowAnonymousPatchRepoAccess",\n/);
      doesNotMatch(policy(open).stdout, /Add this statement/);

      doesNotMatch(stdout, /\x1b/);
    });

    it("says which statement allows the reads of the SSM buckets, whoever signs them", () => {
      const { stdout } = policy(fixed);
      match(stdout, /Add this statement:\n {4}\{\n {6}"Sid": "AllowSystemsManagerBucketReads",\n/);
      doesNotMatch(stdout, /"Sid": "AllowAnonymousPatchRepoAccess",\n +"Effect"/);
    });

    it("has colors if they are requested", () => {
      const coloured = { FORCE_COLOR: "1", NO_COLOR: undefined };
      const { stdout } = started(["policy", open, "--region", "eu-west-1"], folder, "", coloured);
      match(stdout, /\x1b\[32m/);
    });

    it("prints JSON that conforms to its schema", () => {
      const { stdout } = policy(starved, broken, "--format", "json");
      const { version, policies } = JSON.parse(stdout) as {
        version: number;
        policies: {
          file: string;
          repositories: Record<string, Verdict>;
          signed: Record<string, Verdict>;
          problems: { where: string; message: string }[];
        }[];
      };
      strictEqual(version, 1);
      const [first, second] = policies;
      deepStrictEqual(Object.keys(first!), ["file", "repositories", "signed", "problems"]);
      strictEqual(first!.file, starved);
      const repository = first!.repositories["amazon-linux-2023"]!;
      strictEqual(repository.verdict, "deny");
      strictEqual(repository.counterexample, "arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/blobstore/");
      match(repository.because, /Statement\[0\] \(AllowAccountPrincipals\) requires/);
      deepStrictEqual(Object.keys(first!.signed), ["payload", "snapshot"]);
      strictEqual(second!.repositories["amazon-linux-2"]!.verdict, "unknown");
      strictEqual(second!.problems[0]!.where, "Statement[0].Condition.StringEqualz");
    });

    it("evaluates the operating systems that are named", () => {
      const { stdout } = policy(starved, "--os", "amazon-linux-2", "--format", "json");
      const [only] = (JSON.parse(stdout) as { policies: { repositories: object }[] }).policies;
      deepStrictEqual(Object.keys(only!.repositories), ["amazon-linux-2"]);
    });

    it("says what AWS accepts but reads differently than intended, without changing the exit code", () => {
      const everything = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
      const text = JSON.stringify({ Version: "2012-10-17", Id: 1, Statement: [everything] });
      const { stdout, code } = policy(file("advised", text));
      match(stdout, /^ {2}! advice {3} Id is `1`; expected text$/m);
      strictEqual(code, 0);
      match(policy(file("advised", text), "--format", "markdown").stdout, /^- advice: Id is `1`; expected text$/m);
    });

    it("writes a table for a pull request", () => {
      const { stdout } = policy(starved, "--format", "markdown");
      match(stdout, /^\| Amazon Linux 2 \| ✘ denied \| no statement allows/m);
      match(stdout, /^```json\n\{\n {2}"Sid": "AllowAnonymousPatchRepoAccess"/m);
    });

    it("reads standard input", () => {
      const { code, stdout } = run(["policy", "-", "--region", "eu-west-1"], json(accountOnly));
      strictEqual(code, 1);
      match(stdout, /^- \(eu-west-1\)/);
    });

    const unusable: Readonly<Record<string, readonly [content: string, says: RegExp]>> = {
      "a CloudFormation template": ['{"Resources":{"S3":{"Type":"AWS::EC2::VPCEndpoint"}}}', /CloudFormation template/],
      "a CloudFormation template in YAML": ["Resources:\n  S3:\n    Type: AWS::EC2::VPCEndpoint\n", /CloudFormation/],
      "a Terraform state": ['{"version":4,"terraform_version":"1.9.0","resources":[]}', /Terraform plan or state/],
      "Terraform's language": ['resource "aws_vpc_endpoint" "s3" {\n}\n', /Terraform file/],
      "a Pulumi state": ['{"version":3,"deployment":{"resources":[]}}', /Pulumi state/],
      "a Pulumi program in YAML": ["name: s3\nruntime: yaml\n", /Pulumi file/],
      "a program": ['import * as aws from "@pulumi/aws";', /is a program/],
      "an empty file": ["", /is empty/],
      "truncated text": ['{"Statement": [', /is not JSON/],
      "a list": ["[]", /is an empty list/],
      "too many nested brackets": ["[".repeat(20_000), /is not JSON|nest/],
    };
    for (const [what, [content, says]] of Object.entries(unusable)) {
      it(`rejects ${what} with one line and exits with 2`, () => {
        const { code, stdout, stderr } = policy(file("unusable", content));
        strictEqual(code, 2);
        strictEqual(stdout, "");
        match(stderr, /^patchpath: `unusable` [^\n]*\n$/);
        match(stderr, says);
      });
    }

    const misuse: Readonly<Record<string, readonly [args: readonly string[], says: RegExp]>> = {
      "a file that does not exist": [
        ["policy", "nowhere.json", "--region", "eu-west-1"],
        /`nowhere.json` cannot be read/,
      ],
      "a folder": [["policy", ".", "--region", "eu-west-1"], /`\.` cannot be read/],
      "an unsupported region": [["policy", open, "--region", "eu-west-9"], /`eu-west-9`; expected one of af-south-1, /],
      "no region": [["policy", open], /--region <region>/],
      "a system without a repository in S3": [
        ["policy", open, "--region", "eu-west-1", "--os", "rhel-9"],
        /`rhel-9`; expected one of amazon-linux-2, amazon-linux-2023/,
      ],
      "a VPC that is not an id": [
        ["policy", open, "--region", "eu-west-1", "--vpc", "shop"],
        /--vpc is `shop`; expected the id of a VPC, such as vpc-0123456789abcdef0/,
      ],
      "an account of eleven digits": [
        ["policy", open, "--region", "eu-west-1", "--account", "12345678901"],
        /--account is `12345678901`; expected the 12 digits of an account/,
      ],
      "an unknown format": [["policy", open, "--region", "eu-west-1", "--format", "xml"], /text, json, markdown/],
      "an unknown command": [["polisy", open], /unknown command 'polisy'/],
    };
    for (const [what, [args, says]] of Object.entries(misuse)) {
      it(`rejects ${what} and exits with 2`, () => {
        const { code, stdout, stderr } = run(args);
        strictEqual(code, 2);
        strictEqual(stdout, "");
        match(stderr, says);
      });
    }

    it("accepts a byte order mark and Windows line endings", () => {
      const { code } = policy(file("windows.json", `\uFEFF${json(accountOnly).replaceAll(",", ",\r\n")}`));
      strictEqual(code, 1);
    });
  });

  describe("config", () => {
    const rule = "s3-endpoint-admits-anonymous-repo-reads";
    const check = (config: unknown) => run(["config", file("config.json", JSON.stringify(config))]);
    const holds = { resource: "s3", reason: "no dnf in here", until: "2999-12-31" };

    it("accepts a valid config of the pack", () => {
      const config = {
        all: "mandatory",
        [rule]: { enforcementLevel: "remediate", repositories: ["amazon-linux-2023"], exempt: [holds] },
        "patch-path-is-decided": "disabled",
        environments: ["patchpath/prod"],
      };
      deepStrictEqual(check(config), { code: 0, stdout: "`config.json` is valid.\n", stderr: "" });
    });

    const wrong: Readonly<Record<string, readonly [config: object, says: RegExp]>> = {
      "a misspelled rule": [
        { "s3-endpoint": "advisory" },
        /`s3-endpoint` is not a rule of this pack; expected one of `all`/,
      ],
      "a misspelled option": [
        { [rule]: { repos: [] } },
        /`[\w-]+\.repos` is not an option; expected one of `enforcementLevel`/,
      ],
      "an option under all": [{ all: { enforcementLevel: "advisory", exempt: [] } }, /`all\.exempt` is not an option/],
      "all without a level": [{ all: {} }, /`all` has no `enforcementLevel`/],
      "an unknown level": [{ [rule]: "fatal" }, /has the level `fatal`; expected one of `advisory`/],
      "a level that a rule does not support": [
        { "patch-path-is-decided": "remediate" },
        /`remediate`, which it does not support/,
      ],
      "an unknown system": [
        { [rule]: { repositories: ["gentoo"] } },
        /`[\w-]+\.repositories\[0\]` is `"gentoo"`; expected/,
      ],
      "an exemption without a reason": [
        { [rule]: { exempt: [{ ...holds, reason: "" }] } },
        /exempt\[0\]` has no `reason`/,
      ],
      "an expired exemption": [{ [rule]: { exempt: [{ ...holds, until: "2020-01-01" }] } }, /ended on `2020-01-01`/],
      "the name of a schema, which the engine does not accept": [
        { $schema: "./policy-pack-config.json" },
        /^ {2}- `\$schema` is not accepted by the engine; remove it, and set the schema in your editor\.$/m,
      ],
      "environments that are not a list of names": [
        { environments: "prod" },
        /^ {2}- `environments` is `"prod"`; expected a list of names\.$/m,
      ],
      "a number": [{ [rule]: 1 }, /is `1`; expected a level or an object of options/],
    };
    for (const [what, [config, says]] of Object.entries(wrong)) {
      it(`rejects ${what}`, () => {
        const { code, stdout } = check(config);
        strictEqual(code, 1);
        match(stdout, says);
      });
    }

    it("reports all errors at once", () => {
      const { stdout } = check({ "s3-endpoint": "advisory", [rule]: { repositories: ["gentoo"], repos: [] } });
      strictEqual(stdout.trim().split("\n").length, 4);
    });

    it("exits with 2 if the file is not a config", () => {
      strictEqual(run(["config", file("config.json", "[]")]).code, 2);
      strictEqual(run(["config", "nowhere.json"]).code, 2);
      for (const [text, words] of [
        ["{", "is not JSON: close brace expected at line 1, column 2"],
        [
          '{"all":"advisory","all":"mandatory"}',
          "all appears twice; expected one, because JSON parsers keep only the last",
        ],
      ] as const) {
        const { code, stderr } = run(["config", file("config.json", text)]);
        deepStrictEqual([code, stderr], [2, `patchpath: \`config.json\` ${words}\n`]);
      }
    });
  });

  it("prints its version and usage", () => {
    match(run(["--version"]).stdout, /^\d+\.\d+\.\d+\n$/);
    const { code, stdout } = run(["--help"]);
    strictEqual(code, 0);
    match(stdout, /policy .*\n[^]*config </);
    strictEqual(run([]).code, 2);
  });
});
