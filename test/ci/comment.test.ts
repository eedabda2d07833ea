import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PatchpathMeanwhile } from "../command/patchpath";
import { github, gitlab } from "./forges";

/** On loopback. That GitHub and GitLab answer alike is not proved, but for GitHub's own GraphQL schema. */
describe("patchpath comment", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  const forges = { github: github(), gitlab: gitlab() };
  const patchpath = new PatchpathMeanwhile();
  before(() => Promise.all(Object.values(forges).map((forge) => forge.start())));
  after(() => {
    patchpath.stop();
    for (const forge of Object.values(forges)) forge.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    for (const forge of Object.values(forges)) {
      forge.comments.length = 0;
      forge.writes.length = 0;
    }
  });

  const event = (name: string, content: object) => {
    writeFileSync(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const environments = {
    github: () => ({
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: forges.github.url,
      GITHUB_GRAPHQL_URL: `${forges.github.url}/graphql`,
      GITHUB_REPOSITORY: "octo/shop",
      GITHUB_TOKEN: "secret-token",
      GITHUB_EVENT_PATH: event("event.json", { pull_request: { number: 7 } }),
    }),
    gitlab: () => ({
      GITLAB_CI: "true",
      CI_API_V4_URL: `${forges.gitlab.url}/api/v4`,
      CI_PROJECT_ID: "42",
      CI_MERGE_REQUEST_IID: "7",
      GITLAB_TOKEN: "secret-token",
    }),
  };
  const comment = async (report: string, key: string, environment: Readonly<Record<string, string>>) => {
    writeFileSync(join(folder, "report.md"), report);
    const { code, output } = await patchpath.run(["comment", "report.md", "--key", key], folder, environment);
    return { code, output };
  };

  for (const [name, forge] of Object.entries(forges)) {
    const environment = environments[name as keyof typeof environments];

    it(`creates one on ${name}, and updates it in place`, async () => {
      deepStrictEqual(await comment("first\n", "prod", environment()), { code: 0, output: "comment created\n" });
      deepStrictEqual(await comment("second\n", "prod", environment()), { code: 0, output: "comment updated\n" });
      deepStrictEqual(
        forge.comments.map(({ body }) => body),
        ["<!-- patchpath prod -->\nsecond\n"],
      );
    });

    it(`finds its own on ${name} after pages of other comments, and changes none of those`, async () => {
      const forged = forge.add("<!-- patchpath prod -->\nall is well, says somebody", false);
      for (let i = 0; i < 250; i++) forge.add(`comment ${i}`, i % 2 === 0);
      const own = forge.add("<!-- patchpath prod -->\nold", true);
      strictEqual((await comment("new\n", "prod", environment())).output, "comment updated\n");
      strictEqual(own.body, "<!-- patchpath prod -->\nnew\n");
      strictEqual(forged.body, "<!-- patchpath prod -->\nall is well, says somebody");
      strictEqual(forge.writes.length, 1);
    });

    it(`keeps comments with different keys apart on ${name}, whatever the keys contain`, async () => {
      for (const key of ["./dev", "./dev2", "a --> b", "prod"]) await comment(`of ${key}\n`, key, environment());
      strictEqual(forge.comments.length, 4);
      strictEqual(forge.comments[2]?.body.split("\n")[0], "<!-- patchpath a%20-%2D%3E%20b -->");
      await comment("again\n", "./dev", environment());
      deepStrictEqual([forge.comments.length, forge.comments[0]?.body], [4, "<!-- patchpath .%2Fdev -->\nagain\n"]);
    });

    it(`exits with 2 if ${name} rejects the token, and does not print it`, async () => {
      const variable = name === "github" ? "GITHUB_TOKEN" : "GITLAB_TOKEN";
      const { code, output } = await comment("report\n", "prod", { ...environment(), [variable]: "other-token" });
      strictEqual(code, 2);
      match(
        output,
        /^patchpath: (GET|POST) http:.* was answered with 403: "Resource not accessible by integration"; the job's token must have permission to write comments, which the token of a pull request from a fork never has\n$/,
      );
      ok(!output.includes("other-token"));
    });
  }

  it("omits whole paragraphs of a report that is longer than a comment may be", async () => {
    const paragraphs = Array.from({ length: 400 }, (_, i) => `paragraph ${i} ${"x".repeat(300)}`);
    strictEqual((await comment(`${paragraphs.join("\n\n")}\n`, "prod", environments.github())).code, 0);
    const body = forges.github.comments[0]?.body ?? "";
    ok(body.length > 65_000 && body.length <= 65_536, String(body.length));
    match(
      body,
      / x{300}\n\nThe rest does not fit into a comment; the full report is among the artifacts of this job\.$/,
    );
  });

  it("says what is missing", async () => {
    const { CI_MERGE_REQUEST_IID: _, ...branch } = environments.gitlab();
    const push = { ...environments.github(), GITHUB_EVENT_PATH: event("push.json", { ref: "refs/heads/main" }) };
    const { GITHUB_TOKEN: _token, ...withoutToken } = environments.github();
    deepStrictEqual(
      await Promise.all([{}, branch, push, withoutToken].map((one) => comment("report\n", "prod", one))),
      [
        {
          code: 2,
          output:
            "patchpath: `patchpath comment` runs in a job of GitHub Actions or GitLab CI; neither is found in the environment\n",
        },
        {
          code: 2,
          output:
            'patchpath: `CI_MERGE_REQUEST_IID` is not set; run the job in a merge request pipeline: `if: $CI_PIPELINE_SOURCE == "merge_request_event"`\n',
        },
        {
          code: 2,
          output:
            "patchpath: this job does not run for a pull request; run the step `if: github.event_name == 'pull_request'`\n",
        },
        {
          code: 2,
          output: "patchpath: `GITHUB_TOKEN` is not set; set it to `${{ github.token }}` in the step's `env`\n",
        },
      ],
    );
  });
});
