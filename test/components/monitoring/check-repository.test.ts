import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hops } from "../../../policypack/path/hop";
import { runCommand } from "../../engine/offline-stack";

const script = join(__dirname, "..", "..", "..", "components", "monitoring", "check-repository.sh");

/** The error response of S3, in its own format. */
const refusal = (code: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>x</Message></Error>`;

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The script as the document runs it, with real curl, against a server that responds like S3. */
describe("the check of the repository from inside an instance", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-check-"));
  const osRelease = join(folder, "os-release");
  const answers = new Map<string, Answer | "silence">();
  let server: Server;
  let base: string;

  before(async () => {
    writeFileSync(osRelease, 'ID="amzn"\nVERSION_ID="2023"\n');
    // Replaces the AWS CLI: it records its arguments.
    const cli = join(folder, "aws");
    writeFileSync(cli, `#!/bin/bash\nprintf '%s\\n' "$@" > ${folder}/aws-arguments\n`);
    chmodSync(cli, 0o755);
    server = createServer((request, response) => {
      const answer = answers.get(request.url ?? "") ?? { status: 403, body: refusal("AccessDenied") };
      if (answer === "silence") return; // curl stops
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    answers.clear();
    answers.set("/mirror.list", { status: 200, body: `${base}/guid/\n` });
    answers.set("/guid/repodata/repomd.xml", { status: 200, body: "<repomd></repomd>" });
  });
  after(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  });

  const check = async (lines: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
    const { code, stdout } = await runCommand("/bin/bash", [script], {
      PATH: `${folder}:${process.env["PATH"] ?? ""}`,
      PATCHPATH_CHECKS: lines.join("\n"),
      PATCHPATH_OS_RELEASE: osRelease,
      PATCHPATH_TIMEOUT_SECONDS: "1",
      PATCHPATH_INSTANCE_ID: "i-0123456789abcdef0",
      PATCHPATH_REGION: "eu-west-1",
      ...environment,
    });
    return { code, lines: stdout.trimEnd().split("\n") };
  };
  const mirrorList = () => `amzn-2023 repository mirror-list ${base}/mirror.list`;

  it("is open if list and metadata are readable without a signature", async () => {
    deepStrictEqual(await check([mirrorList()]), {
      code: 0,
      lines: [`repository open: ${base}/guid/repodata/repomd.xml is readable`],
    });
  });

  it("exits with 29 if the endpoint policy denies the list", async () => {
    answers.delete("/mirror.list");
    deepStrictEqual(await check([mirrorList()]), {
      code: 29,
      lines: [
        `repository blocked: ${base}/mirror.list responds with 403 AccessDenied: the policy of the S3 endpoint does not allow the unsigned read`,
      ],
    });
  });

  it("exits with 29 if the policy allows the list and denies the metadata", async () => {
    answers.delete("/guid/repodata/repomd.xml");
    const { code, lines } = await check([mirrorList()]);
    strictEqual(code, 29);
    match(lines[0] ?? "", /repomd\.xml responds with 403 AccessDenied: the policy of the S3 endpoint does not allow/);
  });

  it("exits with 29 and a reason if the bucket is in another region", async () => {
    answers.set("/mirror.list", {
      status: 301,
      body: refusal("PermanentRedirect"),
      headers: { "x-amz-bucket-region": "us-east-1" },
    });
    deepStrictEqual(await check([mirrorList()]), {
      code: 29,
      lines: [
        `repository blocked: ${base}/mirror.list responds with 301 PermanentRedirect: the bucket is in another region`,
      ],
    });
  });

  it("exits with 26 if S3 does not respond in time", async () => {
    answers.set("/mirror.list", "silence");
    const { code, lines } = await check([mirrorList()]);
    strictEqual(code, 26);
    match(lines[0] ?? "", /^s3-route blocked: 127\.0\.0\.1:\d+ does not respond: the route table has no S3 endpoint/);
  });

  it("exits with 26 if the connection is refused", async () => {
    const { code, lines } = await check(["amzn-2023 repository mirror-list http://127.0.0.1:9/mirror.list"]);
    strictEqual(code, 26);
    match(lines[0] ?? "", /^s3-route blocked: 127\.0\.0\.1:9 does not respond/);
  });

  it("exits with 22 if the name has no address", async () => {
    deepStrictEqual(await check(["amzn-2023 repository mirror-list http://s3.patchpath.invalid/mirror.list"]), {
      code: 22,
      lines: [
        "dns blocked: s3.patchpath.invalid has no address: private DNS of the endpoint, or DNS support of the VPC, is missing",
      ],
    });
  });

  it("exits with 29 if something other than S3 responds", async () => {
    answers.set("/mirror.list", { status: 200, body: "<html>Please log in</html>" });
    const list = await check([mirrorList()]);
    strictEqual(list.code, 29);
    match(list.lines[0] ?? "", /contains no mirror: something other than S3 responds/);
    answers.set("/mirror.list", { status: 200, body: `${base}/guid/\n` });
    answers.set("/guid/repodata/repomd.xml", { status: 200, body: "<html>Please log in</html>" });
    const metadata = await check([mirrorList()]);
    strictEqual(metadata.code, 29);
    match(metadata.lines[0] ?? "", /is not repository metadata: something other than S3 responds/);
  });

  it("exits with 23 if Systems Manager does not respond, and accepts any response", async () => {
    const silent = await check([mirrorList(), "any control-plane reach http://127.0.0.1:9/"]);
    strictEqual(silent.code, 23);
    match(
      silent.lines[1] ?? "",
      /^control-plane blocked: 127\.0\.0\.1:9 does not respond on 443: there is no endpoint and no NAT/,
    );
    answers.set("/ssm", { status: 404, body: "" });
    deepStrictEqual((await check([mirrorList(), `any control-plane reach ${base}/ssm`])).code, 0);
  });

  it("reports unknown for a response that S3 also sends for a missing object", async () => {
    const { code, lines } = await check([mirrorList(), `any payload try ${base}/payload.tar.gz`]);
    strictEqual(code, 0);
    strictEqual(
      lines[1],
      `payload unknown: ${base}/payload.tar.gz responds with 403 AccessDenied: access is denied, or the object no longer exists`,
    );
  });

  it("skips the lines for other operating systems", async () => {
    const { lines } = await check([
      mirrorList(),
      `amzn-2 repository mirror-list ${base}/other`,
      `windows repository reach ${base}/wsus`,
    ]);
    deepStrictEqual(lines.length, 1);
  });

  it("inserts the architecture of the machine into the URL", async () => {
    const { stdout } = await runCommand("uname", ["-m"]);
    answers.set(`/${stdout.trim()}/mirror.list`, { status: 200, body: `${base}/guid/` });
    strictEqual((await check([`amzn-2023 repository mirror-list ${base}/ARCHITECTURE/mirror.list`])).code, 0);
  });

  it("exits with 40 if nothing was installed for too long", async () => {
    const days = (count: number) => String(Math.floor(Date.now() / 1000) - count * 86_400);
    const stale = await check([mirrorList()], { PATCHPATH_STALE_DAYS: "35", PATCHPATH_LAST_INSTALLATION: days(40) });
    strictEqual(stale.code, 40);
    strictEqual(stale.lines[1], "installed blocked: no package was installed for 40 days; expected at most 35");
    const fresh = await check([mirrorList()], { PATCHPATH_STALE_DAYS: "35", PATCHPATH_LAST_INSTALLATION: days(3) });
    strictEqual(fresh.code, 0);
  });

  it("reads the latest installation from the package database of this machine", async () => {
    const { lines } = await check([mirrorList()], { PATCHPATH_STALE_DAYS: "36500" });
    match(lines[1] ?? "", /^installed open: the latest package was installed \d+ days ago$/);
  });

  it("reports every hop, and exits with the status of the first blocked one", async () => {
    answers.delete("/mirror.list");
    const { code, lines } = await check(["any control-plane reach http://127.0.0.1:9/", mirrorList()]);
    strictEqual(code, 23);
    deepStrictEqual(
      lines.map((line) => line.split(":")[0]),
      ["control-plane blocked", "repository blocked"],
    );
  });

  it("stores the results as compliance items of the instance, in valid JSON", async () => {
    answers.delete("/mirror.list");
    await check([mirrorList()]);
    const given = readFileSync(join(folder, "aws-arguments"), "utf8").trimEnd().split("\n");
    deepStrictEqual(given.slice(0, 10), [
      "ssm",
      "put-compliance-items",
      "--region",
      "eu-west-1",
      "--resource-id",
      "i-0123456789abcdef0",
      "--resource-type",
      "ManagedInstance",
      "--compliance-type",
      "Custom:PatchPath",
    ]);
    const [item] = JSON.parse(given.at(-1) ?? "") as Record<string, string>[];
    deepStrictEqual(
      { Id: item?.["Id"], Severity: item?.["Severity"], Status: item?.["Status"] },
      { Id: "repository", Severity: "HIGH", Status: "NON_COMPLIANT" },
    );
  });

  it("stores one compliance item for each hop, blocked if any check is, and none for unknown hops", async () => {
    const reach = (url: string) => `any control-plane reach ${url}`;
    answers.delete("/guid/repodata/repomd.xml");
    const payload = `any payload try ${base}/payload.tar.gz`;
    const { lines } = await check([reach(`${base}/`), reach("http://127.0.0.1:9/"), payload, mirrorList()]);
    deepStrictEqual(
      lines.map((line) => line.split(":")[0]),
      ["control-plane open", "control-plane blocked", "payload unknown", "repository blocked"],
    );
    const given = readFileSync(join(folder, "aws-arguments"), "utf8").trimEnd().split("\n");
    const items = JSON.parse(given.at(-1) ?? "") as Record<string, string>[];
    deepStrictEqual(
      items.map(({ Id, Status }) => [Id, Status]),
      [
        ["control-plane", "NON_COMPLIANT"],
        ["repository", "NON_COMPLIANT"],
      ],
    );
  });

  it("stores open hops as compliant", async () => {
    await check([`any control-plane reach ${base}/`, mirrorList()]);
    const given = readFileSync(join(folder, "aws-arguments"), "utf8").trimEnd().split("\n");
    const items = JSON.parse(given.at(-1) ?? "") as Record<string, string>[];
    deepStrictEqual(
      items.map(({ Id, Status }) => [Id, Status]),
      [
        ["control-plane", "COMPLIANT"],
        ["repository", "COMPLIANT"],
      ],
    );
  });

  it("uses the hops of the path report, each with its own status", () => {
    const cases = [...readFileSync(script, "utf8").matchAll(/^ {4}([a-z0-9-]+)\) echo (\d+) ;;$/gm)];
    const statuses = Object.fromEntries(cases.map(([, hop = "", status]) => [hop, Number(status)]));
    const expected = hops.map((hop, i) => [hop, 20 + i] as const).filter(([hop]) => hop in statuses);
    deepStrictEqual(statuses, { ...Object.fromEntries(expected), installed: 40 });
    strictEqual(expected.length, 5);
  });
});
