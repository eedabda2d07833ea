import { deepStrictEqual, doesNotMatch, match, ok, strictEqual } from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { OfflineStack, quick, runCommand } from "../engine/offline-stack";
import { github } from "./forges";
import { type Ran, type Step, runSteps } from "./workflow-steps";

const root = join(__dirname, "..", "..");
const read = (path: string) => parse(readFileSync(join(root, path), "utf8"), { strict: true }) as unknown;

interface Action {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}
const action = read("action.yml") as Action;
const workflow = read("docs/ci/pull-request.yml") as {
  readonly jobs: { readonly preview: { readonly steps: readonly Step[] } };
};
const versionOf = (folder: string) => (read(`${folder}/package.json`) as { readonly version: string }).version;
const ofWorkflow = workflow.jobs.preview.steps;
const own = ofWorkflow.slice(ofWorkflow.findIndex(({ name }) => name === "Install"));

const anybody = (action: string, condition?: object) => ({
  Effect: "Allow",
  Principal: "*",
  Action: action,
  Resource: "*",
  ...(condition && { Condition: condition }),
});
const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const refused = document(anybody("s3:*", { StringEquals: { "aws:PrincipalAccount": "123456789012" } }));
const open = document(anybody("s3:*"));

/**
 * What the action and the workflow do on a pull request, on the real engine: their shell steps as bash runs them, their
 * conditions by GitHub's evaluator, GitHub's API on loopback. Neither was run on GitHub, and the actions that they call
 * are not run here.
 */
describe("a pull request", () => {
  const forge = github();
  const stack = new OfflineStack("policies");
  const temporary = join(stack.folder, "runner");
  const report = () => forge.comments.map(({ body }) => body);

  before(async () => {
    await forge.start();
    await stack.run(["stack", "ls"]); // creates it
    for (const folder of ["runner/patchpath", "path"]) mkdirSync(join(stack.folder, folder), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(temporary, "patchpath", "node_modules"));
    const cli = `#!/bin/sh\nPATH="\${PATH#*:}" exec ${join(root, "offline", "pulumi")} "$@"\n`;
    writeFileSync(join(stack.folder, "path", "pulumi"), cli, { mode: 0o755 });
    writeFileSync(join(stack.folder, "event.json"), JSON.stringify({ pull_request: { number: 7 } }));
  });
  after(() => {
    forge.stop();
    stack.remove();
  });

  const run = (steps: readonly Step[], contexts: Readonly<Record<string, unknown>>, head = "octo/shop") =>
    runSteps(steps, {
      contexts: {
        github: {
          event_name: "pull_request",
          event: { pull_request: { head: { repo: { full_name: head } } } },
          repository: "octo/shop",
          token: "secret-token",
        },
        ...contexts,
      },
      environment: {
        ...quick,
        PATH: `${join(stack.folder, "path")}:${process.env["PATH"] ?? ""}`,
        PATCHPATH_STATE_DIR: join(stack.folder, "state"),
        GITHUB_ACTIONS: "true",
        GITHUB_API_URL: forge.url,
        GITHUB_GRAPHQL_URL: `${forge.url}/graphql`,
        GITHUB_REPOSITORY: "octo/shop",
        GITHUB_EVENT_PATH: join(stack.folder, "event.json"),
      },
      workspace: stack.program,
      temporary,
    });
  const withoutInstall = (steps: readonly Step[]) => steps.filter(({ name }) => name !== "Install");
  const runAction = (inputs: Readonly<Record<string, string>> = {}, head?: string) => {
    const defaults = Object.entries(action.inputs).map(([name, { default: value = "" }]) => [name, value]);
    const all = { ...(Object.fromEntries(defaults) as Record<string, string>), stack: "test", ...inputs };
    return run(withoutInstall(action.runs.steps), { inputs: all }, head);
  };
  const runWorkflow = () =>
    run(withoutInstall(own), { matrix: { stack: "test" }, secrets: { PULUMI_CONFIG_PASSPHRASE: "" }, vars: {} });
  const resultsIn = (ran: Ran) => {
    const { sarif_file: file = "", category } = ran.called["github/codeql-action/upload-sarif"] ?? {};
    const sarif = JSON.parse(readFileSync(file, "utf8")) as { runs: { results: { ruleId: string }[] }[] };
    return { category, rules: [...new Set(sarif.runs.flatMap(({ results }) => results.map(({ ruleId }) => ruleId)))] };
  };

  it("that the pack rejects fails, and its findings are in a comment, the job summary, SARIF and the artifacts", async () => {
    stack.configure({ "policies:endpointPolicy": refused });
    const ran = await runWorkflow();
    strictEqual(ran.code, 1, ran.output);
    strictEqual(report().length, 1);
    const [marker, ...lines] = report()[0]!.split("\n");
    strictEqual(marker, "<!-- patchpath .%2Ftest -->");
    strictEqual(lines[0], "## Patchpath on `test`: ✘ rejected");
    strictEqual(lines[2], "1 mandatory finding, 0 advisory.");
    match(
      lines[4]!,
      /^- ✘ \*\*s3-endpoint-admits-anonymous-repo-reads\*\* \(`s3`, critical\): The unsigned reads of Amazon Linux 2023 \(.*\) are denied: .* Add this statement:$/,
    );
    match(lines[6]!, /^ {2}```json$/);
    match(lines[8]!, /^ {4}"Sid": "AllowAnonymousPatchRepoAccess",$/);
    match(lines.join("\n"), /\n### Patch path\n/);
    doesNotMatch(lines.join("\n"), /partial/);
    strictEqual(ran.summary, lines.join("\n"));
    match(ran.output, /test: ✘ rejected; 1 mandatory finding, 0 advisory/);
    deepStrictEqual(resultsIn(ran), { category: "patchpath-test", rules: ["endpoint-policy"] });
    const { name, path = "" } = ran.called["actions/upload-artifact"] ?? {};
    strictEqual(name, "patchpath-test");
    strictEqual(readFileSync(path.split("\n")[0]!, "utf8"), lines.join("\n"));
  });

  it("passes once it is fixed, and the comment is updated in place", async () => {
    stack.configure({ "policies:endpointPolicy": open });
    const { id } = forge.comments[0]!;
    const ran = await runAction();
    strictEqual(ran.code, 0, ran.output);
    deepStrictEqual(
      forge.comments.map((one) => one.id),
      [id],
    );
    match(
      report()[0]!,
      /^<!-- patchpath .%2Ftest -->\n## Patchpath on `test`: ✔ passed\n\n0 mandatory findings, 0 advisory\.\n/,
    );
    deepStrictEqual(resultsIn(ran), { category: "patchpath-test", rules: [] });
  });

  it("whose preview ends in an error has no verdict: it fails, and code scanning keeps its alerts", async () => {
    const program = join(stack.program, "index.ts");
    const before = readFileSync(program, "utf8");
    writeFileSync(program, `${before}\nthrow new Error("broken program");\n`);
    const ran = await runAction();
    writeFileSync(program, before);
    strictEqual(ran.code, 2, ran.output);
    match(ran.output, /broken program/);
    match(
      report()[0]!,
      /\n## Patchpath on `test`: ! no verdict: the preview failed\n\n.*For the reason, see the log of this job\.\n/,
    );
    match(report()[0]!, /\n> The preview failed, so this report is partial\.\n/);
    doesNotMatch(report()[0]!, /broken program/); // GitHub masks secrets in a log, but not in a comment
    deepStrictEqual(ran.skipped, ["Upload SARIF"]);
    strictEqual(forge.comments.length, 1);
  });

  if (process.env["PATCHPATH_WHOLE_MATRICES"]) {
    it("with unknown hops passes, or fails if `fail-on` says so", async () => {
      stack.configure({ "policies:endpointPolicy": refused, "policies:policyKnown": "at up" });
      const ran = await runAction();
      strictEqual(ran.code, 0, ran.output);
      match(report()[0]!, /\n## Patchpath on `test`: \? passed, with unknown hops\n/);
      strictEqual((await runAction({ "fail-on": "unknown" })).code, 3);
    });

    it("that is rejected passes with `fail-on: never`, and if the config of the pack says advisory", async () => {
      stack.configure({ "policies:endpointPolicy": refused });
      const never = await runAction({ "fail-on": "never", comment: "false", sarif: "false" });
      strictEqual(never.code, 0, never.output);
      deepStrictEqual(never.skipped, ["Comment", "Upload SARIF"]);
      writeFileSync(join(stack.program, "pack.json"), JSON.stringify({ all: "advisory" }));
      const advisory = await runAction({ "policy-pack-config": "pack.json" });
      strictEqual(advisory.code, 0, advisory.output);
      match(report()[0]!, /: ✔ passed\n\n0 mandatory findings, 1 advisory\.\n\n- ! \*\*s3-endpoint-admits/);
    });

    it("whose stack does not exist has no verdict", async () => {
      const ran = await runAction({ stack: "nowhere" });
      strictEqual(ran.code, 2, ran.output);
      match(ran.output, /no stack named 'nowhere' found/);
      match(
        forge.comments.at(-1)!.body,
        /^<!-- patchpath .%2Fnowhere -->\n## Patchpath on `nowhere`: ! no verdict: the preview failed\n/,
      );
    });

    it("from a fork fails or passes as any other, and nothing is written with its token", async () => {
      stack.configure({ "policies:endpointPolicy": refused });
      const { length } = forge.writes;
      const ran = await runAction({}, "mallory/shop");
      strictEqual(ran.code, 1);
      deepStrictEqual(ran.skipped, ["Comment", "Upload SARIF"]);
      strictEqual(forge.writes.length, length);
    });

    it("uses the pack as npm installs it", async () => {
      const packed = await runCommand("npm", [
        "pack",
        "--silent",
        "--pack-destination",
        stack.folder,
        join(root, "policypack"),
      ]);
      const archive = join(stack.folder, packed.stdout.trim().split("\n").at(-1)!);
      const [install] = action.runs.steps;
      const elsewhere = join(stack.folder, "installed");
      mkdirSync(elsewhere);
      const { code, output } = await runSteps(
        [install!, { run: '"$RUNNER_TEMP/patchpath/node_modules/.bin/patchpath" --version' }],
        {
          contexts: { inputs: { version: `file:${archive}` } },
          environment: { GITHUB_ACTION_PATH: root },
          workspace: stack.program,
          temporary: elsewhere,
        },
      );
      strictEqual(code, 0, output);
      match(output, new RegExp(`^${versionOf("policypack")}$`, "m"));
    });
  }
});

describe("the action and the workflow for pull requests", () => {
  it("run the same commands, of the version of this checkout", () => {
    const commands = (steps: readonly Step[]) => steps.slice(1).map(({ name, run, uses }) => ({ name, run, uses }));
    deepStrictEqual(commands(own), commands(action.runs.steps));
    match(own[0]!.run!, new RegExp(` patchpath@${versionOf("policypack")}$`));
  });

  it("installs the package in the version of the action, unless another version is given", async () => {
    const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
    writeFileSync(join(folder, "npm"), '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
    const askedFor = async (version: string) => {
      const environment = { GITHUB_ACTION_PATH: root, PATH: `${folder}:${process.env["PATH"] ?? ""}` };
      const job = { contexts: { inputs: { version } }, environment, workspace: folder, temporary: folder };
      return (await runSteps(action.runs.steps.slice(0, 1), job)).output.trim().split(" ").at(-1);
    };
    deepStrictEqual(
      [await askedFor(""), await askedFor("1.2.3")],
      [`patchpath@${versionOf("policypack")}`, "patchpath@1.2.3"],
    );
    rmSync(folder, { recursive: true });
  });

  it("pin actions to commits, with the version in a comment", () => {
    const lines = ["action.yml", "docs/ci/pull-request.yml"].flatMap((file) =>
      readFileSync(join(root, file), "utf8")
        .split("\n")
        .filter((line) => line.includes("uses:")),
    );
    ok(lines.length >= 7);
    for (const line of lines) match(line, /uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
});
