import { deepStrictEqual, doesNotMatch, match, strictEqual } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../engine/offline-stack";

const script = join(__dirname, "..", "..", "..", "components", "monitoring", "check-repository.sh");

/** Only in `npm run test:all`, because dnf waits, and only if it is installed (Debian: the package `dnf`). */
const isRun = Boolean(process.env["PATCHPATH_WHOLE_MATRICES"]) && spawnSync("dnf", ["--version"]).status === 0;

const primary = '<metadata xmlns="http://linux.duke.edu/metadata/common" packages="0"></metadata>';
const repomd = `<?xml version="1.0" encoding="UTF-8"?>
<repomd xmlns="http://linux.duke.edu/metadata/repo"><revision>1</revision><data type="primary">
<checksum type="sha256">${createHash("sha256").update(primary).digest("hex")}</checksum>
<location href="repodata/primary.xml"/><timestamp>1</timestamp><size>${primary.length}</size></data></repomd>`;

/** The reason for a check from inside: real dnf, as Amazon Linux 2023 configures it, and the check, against one server. */
const comparison = () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-dnf-"));
  let admits: (path: string) => boolean | "silence";
  let server: Server;
  let base: string;

  before(async () => {
    writeFileSync(join(folder, "os-release"), 'ID="amzn"\nVERSION_ID="2023"\n');
    server = createServer((request, response) => {
      const path = request.url ?? "";
      const files: Readonly<Record<string, string>> = {
        "/mirror.list": `${base}/guid/\n`,
        "/guid/repodata/repomd.xml": repomd,
        "/guid/repodata/primary.xml": primary,
      };
      const admitted = admits(path);
      if (admitted === "silence") return;
      const body = admitted ? files[path] : undefined;
      response.writeHead(body === undefined ? 403 : 200).end(body ?? "<Error><Code>AccessDenied</Code></Error>");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Patch Manager reports the exit status of dnf. */
  async function upgrade(skipIfUnavailable: boolean) {
    const root = mkdtempSync(join(folder, "root-"));
    const settings = [
      "[main]",
      ...["reposdir", "cachedir", "persistdir", "logdir"].map((name) => `${name}=${join(root, name)}`),
      "retries=1",
      "timeout=1",
      "[amazonlinux]",
      "name=Amazon Linux 2023 repository",
      `mirrorlist=${base}/mirror.list`,
      `skip_if_unavailable=${skipIfUnavailable ? "True" : "False"}`,
    ];
    writeFileSync(join(root, "dnf.conf"), `${settings.join("\n")}\n`);
    const where = ["--config", join(root, "dnf.conf"), "--installroot", root, "--releasever", "2023"];
    return runCommand("dnf", [...where, "--assumeyes", "upgrade"]);
  }

  const check = () =>
    runCommand("/bin/bash", [script], {
      PATCHPATH_CHECKS: `amzn-2023 repository mirror-list ${base}/mirror.list`,
      PATCHPATH_OS_RELEASE: join(folder, "os-release"),
      PATCHPATH_TIMEOUT_SECONDS: "1",
    });

  const cases: readonly [name: string, answer: typeof admits, status: number][] = [
    ["the endpoint policy denies the list", () => false, 29],
    ["the policy denies the metadata", (path) => path === "/mirror.list", 29],
    ["S3 does not answer", () => "silence", 26],
  ];
  for (const [name, answer, status] of cases) {
    it(`differ if ${name}: dnf succeeds without doing anything, the check exits with ${status}`, async () => {
      admits = answer;
      const skipped = await upgrade(true);
      strictEqual(skipped.code, 0, skipped.output);
      match(skipped.output, /Ignoring repositories: amazonlinux[^]*Nothing to do/);
      strictEqual((await check()).code, status);
      strictEqual((await upgrade(false)).code, 1);
    });
  }

  it("agree if everything is readable", async () => {
    admits = () => true;
    const upgraded = await upgrade(true);
    strictEqual(upgraded.code, 0, upgraded.output);
    doesNotMatch(upgraded.output, /Ignoring repositories/);
    deepStrictEqual((await check()).code, 0);
  });
};

if (isRun) describe("dnf and the check of the repository", comparison);
