import { deepStrictEqual, doesNotMatch, match, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Installation, isWhole, quiet, root } from "./installation";

const accountOnly = {
  Sid: "AllowAccountPrincipals",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
};
const policy = (...statements: object[]) => ({ Version: "2012-10-17", Statement: statements });
const withPack = ["--policy-pack", "node_modules/patchpath"];
const preview = ["preview", "--stack", "dev", ...withPack];

/** All files below a folder, as paths relative to it. */
const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

/** Everything that starts differently from one version of Node or one system to the next. One installation, in order. */
function itRuns(user: Installation): void {
  it("explains a policy, and accepts it with the statements that it prints", async () => {
    user.write("policy.json", policy(accountOnly));
    const refused = await user.run("npx", "patchpath", "policy", "policy.json", "--region", "ap-northeast-1");
    strictEqual(refused.code, 1, refused.output);
    match(refused.output, /^policy\.json \(ap-northeast-1\)\n {2}✘ denied {4}Amazon Linux 2 /);
    match(refused.output, /Statement\[0\] \(AllowAccountPrincipals\)/);

    user.write("fixed.json", policy(accountOnly, ...statementsIn(refused.output)));
    const fixed = await user.run("npx", "patchpath", "policy", "fixed.json", "--region", "ap-northeast-1");
    strictEqual(fixed.code, 0, fixed.output);
  });

  it("explains a state", async () => {
    const explained = await user.patchpath("explain", "--state", "state.json");
    strictEqual(explained.code, 1, explained.output);
    match(explained.output, /^control-plane +✔ open\n/m);
    match(explained.output, /^repository +✘ blocked\n +BLOCKED$/m);
  });

  it("writes an HTML report", async () => {
    const explained = await user.patchpath("explain", "--state", "state.json", "--format", "html");
    strictEqual(explained.code, 1, explained.output);
    match(explained.output, /^<!doctype html>[^]*web cannot be patched<\/h1>[^]*<svg [^]*<\/html>\n$/);
  });

  it("looks for deprecated policies in a state", async () => {
    const roles = await user.patchpath("roles", "--state", "state.json");
    deepStrictEqual([roles.code, roles.output], [0, "No role has a deprecated policy.\n"]);
  });

  it("says how to install @patchpath/audit, which it does not depend on", async () => {
    const { code, output } = await user.patchpath("audit", "--region", "eu-west-1");
    const sentence =
      "`patchpath audit` requires the package @patchpath/audit; install it: npm install @patchpath/audit";
    deepStrictEqual([code, output], [2, `patchpath: ${sentence}\n`]);
  });

  it("checks a config of the pack", async () => {
    user.write("pack.json", { "patch-path-is-open": "advisory" });
    const right = await user.patchpath("config", "pack.json");
    strictEqual(right.code, 0, right.output);

    user.write("pack.json", { "patch-path-is-opn": "advisory" });
    const wrong = await user.patchpath("config", "pack.json");
    strictEqual(wrong.code, 1, wrong.output);
    match(wrong.output, /`patch-path-is-opn`/);
  });

  it("judges an exported state in pulumi policy analyze", async () => {
    const analysis = await user.pulumi("policy", "analyze", "--file", "state.json", ...withPack);
    notStrictEqual(analysis.code, 0);
    match(analysis.output, /s3-endpoint-admits-anonymous-repo-reads {2}\(aws:ec2:VpcEndpoint: s3\)/);
  });
}

/** The statements that an explanation tells its reader to add, each on lines of its own. */
const statementsIn = (text: string) =>
  [...text.matchAll(/Add this statement:\n( +)(\{\n[\s\S]*?\n\1\})/g)].map(
    ([, , json]) => JSON.parse(json ?? "") as object,
  );

describe("the package patchpath, installed in an empty folder", () => {
  const user = new Installation();

  before(async () => {
    await user.install(["policypack"]);
    user.addProgram("endpoint");
  });
  after(() => {
    user.remove();
  });

  itRuns(user);

  // A preview asks the provider, and the stand-in AWS does not run on Windows.
  if (process.platform !== "win32") {
    it("rejects the stack in its preview, and accepts the fixed one", async () => {
      await user.pulumi("stack", "init", "dev");
      user.write("policy.json", policy(accountOnly));
      const refused = await user.pulumi(...preview);
      notStrictEqual(refused.code, 0);
      match(refused.output, /\[mandatory\].*s3-endpoint-admits-anonymous-repo-reads {2}\(aws:ec2:VpcEndpoint: s3\)/);
      match(refused.output, /\[blocked-repository\] `web` cannot be patched/); // advice: nothing patches it

      const { output } = await user.patchpath("policy", "policy.json", "--region", "ap-northeast-1");
      user.write("policy.json", policy(accountOnly, ...statementsIn(output)));
      const fixed = await user.pulumi(...preview);
      strictEqual(fixed.code, 0, fixed.output);
      match(fixed.output, /patchpath@v.*\n.*\n.*\n +\[unpatched\] Nothing in this stack runs Patch Manager on `web`/);
      doesNotMatch(fixed.output, /\[mandatory\]/);
    });
  }

  it("prints the version of its package.json", async () => {
    const { version } = JSON.parse(readFileSync(join(root, "policypack", "package.json"), "utf8")) as {
      version: string;
    };
    strictEqual((await user.patchpath("--version")).output, `${version}\n`);
  });

  it("exports its core for other programs, typed for both module resolutions of TypeScript", async () => {
    const newest = { module: "node16", moduleResolution: "node16", lib: ["es2022"] };
    const oldest = { module: "commonjs", moduleResolution: "node10", target: "es2020" }; // as `pulumi new` has it
    for (const [name, resolution] of Object.entries({ newest, oldest })) {
      const compilerOptions = { noEmit: true, strict: true, skipLibCheck: false, ...resolution };
      user.write(`tsconfig.${name}.json`, { compilerOptions, files: ["consumer.ts"] });
    }
    const compiled = await user.compile("tsconfig.newest.json", "tsconfig.oldest.json");
    deepStrictEqual([compiled.code, compiled.output], [0, ""]);
    const program = `
      const { anonymousReadsStatement } = require("patchpath/facts");
      const { parsePolicy } = require("patchpath/iam");
      const { explainPolicy } = require("patchpath/policy-report");
      const read = parsePolicy(JSON.stringify({ Statement: [anonymousReadsStatement("eu-west-1")] }), "endpoint");
      const report = explainPolicy("own", read.document, read.problems, "eu-west-1", ["amazon-linux-2023"]);
      console.log(report.repositories["amazon-linux-2023"].verdict);`;
    user.write("own.js", program);
    strictEqual((await user.run("node", "own.js")).output, "allow\n");
  });

  it("contains code, types, schemas and documents, and nothing else", () => {
    const files = filesBelow(join(user.folder, "node_modules", "patchpath"));
    const ofPages = ["drawing.css", "fleets.js", "media.css", "page.css", "page.js", "report.css"].map((file) =>
      join("bin", "report", "html", "browser", file),
    );
    const compiled = files.filter((file) => /^bin[\\/].*\.(js|d\.ts)$/.test(file) && !ofPages.includes(file));
    deepStrictEqual(files.filter((file) => !compiled.includes(file)).sort(), [
      "CHANGELOG.md",
      "LICENSE",
      "PulumiPolicy.yaml",
      "README.md",
      ...ofPages,
      "package.json",
      "patchpath.js",
      ...readdirSync(join(root, "policypack", "schemas")).map((file) => join("schemas", file)),
    ]);
    for (const paper of ["CHANGELOG.md", "LICENSE"]) {
      strictEqual(user.read("node_modules", "patchpath", paper), readFileSync(join(root, paper), "utf8"));
    }
    deepStrictEqual(
      compiled.filter((file) => file.endsWith(".js")).map((file) => file.replace(/\.js$/, ".d.ts")),
      compiled.filter((file) => file.endsWith(".d.ts")),
    );
  });

  it("is at most 85 MB with its dependencies (docs/performance.md)", () => {
    const folder = join(user.folder, "node_modules");
    const bytes = filesBelow(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
    ok(bytes > 1e6 && bytes <= 85e6, `${bytes} bytes`);
  });

  if (isWhole) {
    for (const major of [22, 24]) {
      describe(`on Node ${major}`, () => {
        before(async () => {
          await user.useNode(major);
          match((await user.run("node", "--version")).output, new RegExp(`^v${major}\\.`));
        });
        itRuns(user);
      });
    }
  }
});

// docs/reference/policy-pack.md
if (isWhole) {
  describe("the package patchpath, beside TypeScript 7", () => {
    const user = new Installation();
    const analyze = (folder: string) =>
      user.pulumi(
        "policy",
        "analyze",
        "--file",
        "state.json",
        "--policy-pack",
        join(folder, "node_modules", "patchpath"),
      );

    before(async () => {
      await user.install([], ["typescript@7.0.2"]); // installed together, npm may add an earlier version for the SDK
      await user.install(["policypack"]);
      user.addProgram("endpoint");
    });
    after(() => {
      user.remove();
    });

    it("runs as a command", async () => {
      const explained = await user.patchpath("explain", "--state", "state.json");
      strictEqual(explained.code, 1, explained.output);
    });

    it("does not start as a policy pack, and does beside an earlier version in a folder of its own", async () => {
      match((await analyze(".")).output, /Cannot read properties of undefined \(reading 'readFile'\)/);

      const tarball = await user.pack("policypack");
      await user.succeed("npm", "install", "--prefix", "policy", ...quiet, tarball, "typescript@5");
      match((await analyze("policy")).output, /s3-endpoint-admits-anonymous-repo-reads {2}\(aws:ec2:VpcEndpoint: s3\)/);
    });
  });
}
