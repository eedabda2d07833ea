import { deepStrictEqual, doesNotMatch, match, ok, strictEqual } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command, patchpath, started } from "../../command/patchpath";
import { formatsOf } from "../../../policypack/report/formats";
import { stateOf } from "../report/stack-files";
import { accountOnly, anonymousReads, json, s3Endpoint } from "../rules/examples";
import { changed, patchedStack } from "../rules/network";

const s3With = (...statements: readonly object[]) => ({
  s3: s3Endpoint(json(...statements), { id: "vpce-s3", routeTableIds: ["rtb-1"], prefixListId: "pl-s3" }),
});
const states = {
  open: stateOf(patchedStack()),
  blocked: stateOf(patchedStack(s3With(accountOnly)), "prod"),
  unknown: stateOf(patchedStack(changed("web", { ami: "ami-0a1b2c3d4e5f67890" })), "beta"),
};

/** Runs a command whose standard error is a terminal, and whose input is a file that comes late. */
const lateInput = `
import os, pty, subprocess, sys, time
ours, its = pty.openpty()
run = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=its)
time.sleep(1.2)
run.communicate(open(sys.argv[1], "rb").read())
os.close(its)
try:
    while text := os.read(ours, 4096): os.write(2, text)
except OSError: pass # how Linux says that the other end is closed
`;

/** The command as users start it; its parts are tested in report/ and sources/. */
describe("patchpath explain", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, content: object) => {
    writeFileSync(join(folder, name), JSON.stringify(content));
    return name;
  };
  const explain = (args: readonly string[], input = "") => patchpath(["explain", ...args], folder, input);
  const open = file("open.json", states.open);
  const blocked = file("blocked.json", states.blocked);
  const unknown = file("unknown.json", states.unknown);
  mkdirSync(join(folder, "empty"));
  file("plan.json", planOf(states.open, "create"));

  it("exits with 0 if all hops are open, 1 if one is blocked, 3 if one is unknown", () => {
    deepStrictEqual(
      [[open], [blocked], [unknown], [open, unknown], [unknown, blocked]].map(
        (files) => started(["explain", "--state", ...files], folder).code,
      ),
      [0, 1, 3, 3, 1],
    );
  });

  it("has no verdict if its output cannot be written, and says nothing if the reader of a pipe ends early", () => {
    const printing = (target: string) => {
      const shell = ["-c", `"$@" ${target}`, "sh", process.execPath, command, "explain", "--state", blocked];
      const { status, stderr } = spawnSync("sh", shell, { cwd: folder, encoding: "utf8" });
      return [status, stderr];
    };
    const why = "ENOSPC: no space left on device, write";
    deepStrictEqual(printing("> /dev/full"), [2, `patchpath: standard output cannot be written: ${why}\n`]);
    deepStrictEqual(printing("| true"), [0, ""]);
  });

  it("prints JSON that conforms to its schema, and nothing else", () => {
    const { stdout, stderr } = explain(["--state", blocked, "--format", "json"]);
    const report = JSON.parse(stdout) as {
      fleets: { hops: { hop: string }[] }[];
      endpointPolicies: object[];
    };
    deepStrictEqual(Object.keys(report), ["version", "fleets", "endpointPolicies", "deprecatedPolicies"]);
    const [{ hops, ...fleet }, ...others] = report.fleets as [(typeof report.fleets)[0]];
    deepStrictEqual(others, []);
    deepStrictEqual(fleet, {
      name: "web",
      urn: "urn:pulumi:prod::shop::aws:ec2/instance:Instance::web",
      operatingSystem: "amazon-linux-2023",
      verdict: "blocked",
      patchedBy: [
        {
          name: "patch",
          urn: "urn:pulumi:prod::shop::aws:ssm/maintenanceWindowTask:MaintenanceWindowTask::patch",
          what: "maintenance window task, Install",
          schedule: "cron(0 18 ? * SUN *) Asia/Tokyo",
        },
      ],
    });
    deepStrictEqual(
      hops.find(({ hop }) => hop === "repository"),
      {
        hop: "repository",
        verdict: "blocked",
        because:
          "no statement allows s3:GetObject on `arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/blobstore/`; Statement[0] (AllowAccountPrincipals) requires `StringEquals` `aws:PrincipalAccount` `123456789012`, and an unsigned request has `anonymous`",
        note: "dnf skips a repository that it cannot read (`skip_if_unavailable`), so Patch Manager reports Success and nothing is installed",
        resource: "urn:pulumi:prod::shop::aws:ec2/vpcEndpoint:VpcEndpoint::s3",
        fix: `Add this statement: ${JSON.stringify(anonymousReads)}`,
      },
    );
    const [endpoint] = report.endpointPolicies as { repositories: Record<string, object> }[];
    deepStrictEqual(Object.keys(endpoint!), ["urn", "name", "region", "repositories"]);
    deepStrictEqual(Object.keys(endpoint!.repositories), ["amazon-linux-2023"]);
    strictEqual(stderr, "");
  });

  it("evaluates endpoints for other operating systems than the fleets run, if they are named", () => {
    const onlyNew = { ...anonymousReads, Resource: "arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*" };
    const ssm = {
      ...anonymousReads,
      Sid: "Ssm",
      Resource: ["aws-ssm-eu-west-1", "aws-patch-manager-eu-west-1-5522fb710", "patch-baseline-snapshot-eu-west-1"].map(
        (name) => `arn:aws:s3:::${name}/*`,
      ),
    };
    const state = JSON.stringify(stateOf(patchedStack(changed("s3", { policy: json(onlyNew, ssm) }))));
    strictEqual(explain(["-"], state).code, 0);
    strictEqual(explain(["-", "--repositories", "amazon-linux-2"], state).code, 1);
    const { code, stderr } = explain(["-", "--repositories", "ubuntu"], state);
    strictEqual(code, 2);
    match(stderr, /^patchpath: --repositories is `ubuntu`; expected one of amazon-linux-2, amazon-linux-2023/);
  });

  it("names deprecated policies with their successors", () => {
    const old = changed("core", { policyArn: "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM" });
    const { stdout, code } = explain(["-", "--format", "json"], JSON.stringify(stateOf(patchedStack(old))));
    const { deprecatedPolicies } = JSON.parse(stdout) as { deprecatedPolicies: object[] };
    deepStrictEqual(deprecatedPolicies, [
      {
        role: "instances",
        urn: "urn:pulumi:test::shop::aws:iam/role:Role::instances",
        policyArn: "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM",
        replacements: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"],
      },
    ]);
    strictEqual(code, 0, "a deprecated policy still allows the agent's actions");
  });

  it("prints no progress where standard error is not a terminal", () => {
    strictEqual(explain(["--state", open, blocked, unknown]).stderr, "");
  });

  it("shows its progress on a terminal once it takes longer than a second, but not in CI", () => {
    const onTerminal = (environment: NodeJS.ProcessEnv) =>
      spawnSync("python3", ["-c", lateInput, open, process.execPath, command, "explain", "-", "--state", blocked], {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, TERM: "xterm", NO_COLOR: "1", ...environment },
      }).stderr;
    match(onTerminal({ CI: "" }), /^\r\x1b\[Kpatchpath: judging the fleets of 2 files\r\x1b\[K$/);
    strictEqual(onTerminal({ CI: "true" }), "");
  });

  it("reads a file once if it is given twice", () => {
    const { stdout } = explain(["--state", open, open, "--format", "json"]);
    strictEqual((JSON.parse(stdout) as { fleets: object[] }).fleets.length, 1);
  });

  it("reads a state and a plan from standard input", () => {
    strictEqual(explain(["-"], JSON.stringify(states.blocked)).code, 1);
    strictEqual(explain(["-"], JSON.stringify(planOf(states.blocked, "create"))).code, 1);
    strictEqual(explain(["-"], JSON.stringify(planOf(states.open, "same"))).code, 0);
  });

  it("reads files as PowerShell writes them", () => {
    writeFileSync(join(folder, "utf16.json"), Buffer.from(`\uFEFF${JSON.stringify(states.blocked)}`, "utf16le"));
    strictEqual(explain(["--state", "utf16.json"]).code, 1);
  });

  const partial =
    "`partial.json` omits unchanged resources (14 of 14), so this report is partial; create the plan with `--show-sames`.";
  for (const [format, { showsRemarks }] of formatsOf("explain")) {
    const where = showsRemarks ? "stdout" : "stderr";
    it(`says on ${where} that a plan without unchanged resources is partial, and never that all is open, as ${format}`, () => {
      file("partial.json", { config: {}, steps: [], changeSummary: { same: 14 } });
      const result = explain(["--plan", "partial.json", "--format", format]);
      const said = result[where].replace(/<\/?code>/g, "`").replace(/\s+/g, " ");
      ok(said.includes(partial), result[where]);
      strictEqual(result.code, 3);
    });
  }

  it("does not say that a complete plan is partial", () => {
    const { stdout, stderr } = explain(["--plan", file("whole.json", planOf(states.open, "same"))]);
    doesNotMatch(stdout + stderr, /partial/);
  });

  it("writes to a file, or says that it cannot", () => {
    const { code, stdout } = explain(["--state", blocked, "--out", "report.txt"]);
    deepStrictEqual({ code, stdout }, { code: 1, stdout: "written to report.txt\n" });
    strictEqual(readFileSync(join(folder, "report.txt"), "utf8"), explain(["--state", blocked]).stdout);

    const { code: failed, stderr } = explain(["--state", blocked, "--out", "nowhere/report.txt"]);
    strictEqual(failed, 2);
    strictEqual(stderr, "patchpath: --out `nowhere/report.txt` cannot be written: ENOENT: no such file or directory\n");
  });

  it("takes the region from the option if the file does not contain it", () => {
    const { version, deployment } = stateOf(patchedStack(s3With(accountOnly)));
    const homeless = JSON.stringify({
      version,
      deployment: {
        resources: deployment.resources
          .filter(({ type }) => !type.includes("providers"))
          .map((one) => JSON.parse(JSON.stringify(one).replaceAll("com.amazonaws.eu-west-1.", "")) as object),
      },
    });
    const regionWith = (...args: string[]) => {
      const { stdout } = explain(["-", "--format", "json", ...args], homeless);
      return (JSON.parse(stdout) as { endpointPolicies: { region: string }[] }).endpointPolicies[0]?.region;
    };
    deepStrictEqual([regionWith(), regionWith("--region", "eu-west-1")], ["unknown", "eu-west-1"]);
    match(JSON.stringify(explain(["-", "--region", "eu-west-9"], homeless)), /`eu-west-9`; expected one of af-south-1/);
  });

  it("shows only the selected fleets, and what concerns them", () => {
    const other = { ...patchedStack().find(({ name }) => name === "web")!, name: "db" };
    const db = { ...other, props: { ...other.props, id: "i-0db", subnetId: "subnet-9" } };
    const state = JSON.stringify(stateOf(patchedStack({ ...s3With(accountOnly), db })));
    const shownBy = (...args: string[]) => {
      const { stdout, code } = explain(["-", "--format", "json", ...args], state);
      const { fleets, endpointPolicies } = JSON.parse(stdout) as Record<string, { name: string }[]>;
      return [code, [...fleets!, ...endpointPolicies!].map(({ name }) => name)];
    };
    deepStrictEqual(shownBy(), [1, ["db", "web", "s3"]]);
    deepStrictEqual(shownBy("--fleet", "web"), [1, ["web", "s3"]]);
    deepStrictEqual(shownBy("--fleet", "db"), [3, ["db"]]);
    deepStrictEqual(shownBy("--instance", "i-0db"), [3, ["db"]]);
    deepStrictEqual(shownBy("--fleet", "web", "--instance", "i-0db"), [1, ["db", "web", "s3"]]);
  });

  const misuse: Readonly<Record<string, readonly [args: readonly string[], says: string]>> = {
    "no file": [[], "expected --state FILE, --plan FILE, or - for standard input"],
    "a file without its option": [
      ["open.json"],
      "`open.json` is not an option; expected --state open.json, --plan open.json or -",
    ],
    "a fleet that does not exist": [
      ["--state", "open.json", "--fleet", "wbe"],
      "--fleet is `wbe`, which is not in this stack; did you mean `web`?",
    ],
    "a fleet whose name is not similar to any": [
      ["--state", "open.json", "--fleet", "database"],
      "--fleet is `database`, which is not in this stack; expected one of `web`",
    ],
    "an instance that does not exist": [
      ["--state", "open.json", "--instance", "i-0123"],
      "--instance is `i-0123`, which is not in this stack; expected one of `i-1`",
    ],
    "a region that contradicts the file": [
      ["--state", "open.json", "--region", "eu-west-2"],
      "--region is `eu-west-2`, but the resources of `open.json` are in eu-west-1; leave out --region",
    ],
    "a region that contradicts the config of a plan": [
      ["--plan", "plan.json", "--region", "eu-west-2"],
      "--region is `eu-west-2`, but the resources of `plan.json` are in eu-west-1; leave out --region",
    ],
    "a folder without states": [["--state", "empty"], "`empty` has no states; expected files such as `prod.json`"],
    "a file that does not exist": [
      ["--state", "nowhere.json"],
      "`nowhere.json` cannot be read: ENOENT: no such file or directory",
    ],
  };
  for (const [what, [args, says]] of Object.entries(misuse)) {
    it(`rejects ${what} with one line and exits with 2`, () => {
      deepStrictEqual(explain(args), { code: 2, stdout: "", stderr: `patchpath: ${says}\n` });
    });
  }
});

/** The plan of a state's resources, as `pulumi preview --json --show-sames` prints it. */
function planOf({ deployment: { resources } }: ReturnType<typeof stateOf>, op: "same" | "create") {
  return {
    config: { "aws:region": "eu-west-1" },
    steps: resources.map((newState) => ({
      op,
      urn: newState.urn,
      newState,
      ...(op === "same" && { oldState: newState }),
    })),
    changeSummary: { [op]: resources.length },
  };
}
