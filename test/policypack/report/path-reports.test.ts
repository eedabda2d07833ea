import { deepStrictEqual, doesNotMatch, match, ok, strictEqual } from "node:assert/strict";
import { undecidedPath } from "../../../policypack/report/path-findings";
import { pathsAsMarkdown } from "../../../policypack/report/path-markdown";
import { type PathReport, exitCodeOfPaths } from "../../../policypack/report/path-report";
import { pathsAsText } from "../../../policypack/report/path-text";
import { pathsOf } from "../../../policypack/path/fleet-path";
import { Stack } from "../../../policypack/stack/stack";
import { accountOnly, anonymousReads, json } from "../rules/examples";
import { images } from "../path/traps/bases";
import { attachedFleet, changed, patchedStack } from "../rules/network";
import { fleetsLike, reportOnManyFleets, reportOnStates, stateOf } from "./stack-files";

const web = patchedStack().find(({ name }) => name === "web")!;
const starved = changed("s3", { policy: json(accountOnly) });
const doubtful = changed("s3", { policy: json(accountOnly, anonymousReads) });
const many = () => reportOnManyFleets(starved);
const text = (report: PathReport, width = 100) => pathsAsText(report, { remarks: [], width, colour: false });

const patching = "Patching of web: by `patch` (maintenance window task, Install; cron(0 18 ? * SUN *) Asia/Tokyo).";

describe("the text report", () => {
  it("is the verdict, and a table of fleets by hops with the cost, if all hops are open", () => {
    strictEqual(
      text(reportOnStates(stateOf(patchedStack()))),
      [
        "✔ web can be patched.",
        "",
        "                 web",
        "                 amazon-linux-2023",
        ...["agent", "identity", "dns", "control-plane", "security-groups", "network-acls"].map(
          (hop) => `${hop.padEnd(17)}✔ open`,
        ),
        ...["s3-route", "payload", "snapshot", "repository"].map((hop) => `${hop.padEnd(17)}✔ open`),
        "                 PATCHABLE",
        "",
        patching,
        "Estimated cost of the patch path: 16.06 USD/month in eu-west-1, excluding data transfer and volumes (list prices of 2026-09-21): Interface endpoint 16.06.",
      ].join("\n"),
    );
  });

  it("shows what breaks for the same reason once: hops, fleets, reason, place, fix", () => {
    const report = reportOnStates(stateOf(patchedStack({ ...starved, ...fleetsLike(web, ["a", "b", "c", "d", "e"]) })));
    const [blocked, at, fix, ...more] = text(report, 200).split("\n").slice(2);
    const statement = JSON.stringify(anonymousReads, undefined, 2).split("\n");
    const [unknown, ...rest] = more.slice(statement.length);
    match(blocked!, /^✘ repository \(a, b, c, d, e and 1 more\): no statement allows s3:GetObject on/);
    strictEqual(at, "    at policy of s3");
    strictEqual(fix, "    fix: Add this statement:");
    deepStrictEqual(
      more.slice(0, statement.length),
      statement.map((line) => `    ${line}`),
    );
    match(
      unknown!,
      /^\? payload, snapshot \(a, b, c, d, e and 1 more\): cannot determine whether this request is signed, and by whom$/,
    );
    deepStrictEqual(
      rest.filter((line) => /^[✘?]/.test(line)),
      [],
      "Amazon Linux 2, which no fleet runs, is not reported",
    );
  });

  it("says that the configuration of existing instances is not known, and what patches them", () => {
    const report = reportOnStates(stateOf(patchedStack({ "prod-legacy": attachedFleet })));
    strictEqual(exitCodeOfPaths(report), 3);
    deepStrictEqual(
      report.fleets.map(({ name, operatingSystem, verdict, hops }) => [name, operatingSystem, verdict, hops.length]),
      [
        ["web", "amazon-linux-2023", "patchable", 10],
        ["prod-legacy", "amazon-linux-2023", "unknown", 10],
      ],
    );
    const lines = text(report).split("\n");
    deepStrictEqual(lines.slice(0, 6), [
      "? Whether 1 of 2 fleets can be patched is unknown.",
      "",
      "? agent, identity, dns, control-plane, security-groups, network-acls, s3-route, payload, snapshot, repository (prod-legacy): cannot determine the configuration of the existing instances with the tag `Environment=prod`, which are not in this stack",
      "    at prod-legacy",
      "    fix: Run `patchpath explain` on the state of the stack that creates them.",
      "",
    ]);
    deepStrictEqual(lines.slice(-4, -1), [
      "",
      patching,
      "Patching of prod-legacy: by `patch` (maintenance window task, Install; cron(0 18 ? * SUN *) Asia/Tokyo; cannot determine whether it patches this fleet).",
    ]);
  });

  it("says so for a tag and a system that are not known yet, and for those that do not exist", () => {
    const props = { tagKey: "Environment", operatingSystem: "beos" };
    const report = reportOnStates(stateOf([{ ...attachedFleet, props }]));
    deepStrictEqual(
      report.fleets.map(({ operatingSystem, verdict, hops }) => [operatingSystem, verdict, hops[0]?.because]),
      [
        [
          "unknown",
          "unknown",
          "the configuration of the existing instances with a tag that is not known, which are not in this stack",
        ],
      ],
    );
  });

  it("shows the notes of an open hop", () => {
    const elsewhere = changed("private", { availabilityZone: "eu-west-1b" });
    const other = {
      other: {
        type: "aws:ec2/subnet:Subnet",
        name: "other",
        props: {
          id: "subnet-2",
          vpcId: "vpc-0a1b2c3d4e5f67890",
          cidrBlock: "10.0.2.0/24",
          availabilityZone: "eu-west-1a",
        },
      },
    };
    const report = reportOnStates(
      stateOf(patchedStack({ ...elsewhere, ...other, ...changed("ssm", { subnetIds: ["subnet-2"] }) })),
    );
    match(
      text(report),
      /^✔ control-plane \(web\): the endpoint for `ssm` has no network interface in eu-west-1b: traffic crosses/m,
    );
  });

  for (const width of [20, 40, 61, 80, 120, 300]) {
    it(`keeps its tables within ${width} columns`, () => {
      const lines = text(many(), width).split("\n");
      const tables = lines.slice(
        lines.indexOf("", 2) + 1,
        lines.findIndex((line) => line.startsWith("Patching")),
      );
      const widest = Math.max(...tables.map((line) => line.length));
      ok(widest <= Math.max(width, 40), `${widest} columns`);
      ok(widest > Math.min(width, 40) - 30, "the width is used");
    });
  }

  it("has one column for fleets with the same verdicts, and both ends of a name that is too long", () => {
    const tableOf = (width: number) => {
      const lines = text(many(), width).split("\n");
      return lines.slice(lines.indexOf("", 2) + 1);
    };
    const [heads, ...rows] = tableOf(120);
    strictEqual(heads, `${" ".repeat(17)}shop-production-fleet-of-the-department-0 and 200 more`);
    strictEqual(tableOf(60)[0], `${" ".repeat(17)}shop-production…e-department-0 and 200 more`);
    strictEqual(rows.filter((row) => row.includes("BLOCKED")).length, 1);
  });

  it("has separate columns for fleets with other verdicts, another system or another stack", () => {
    const others = {
      ...fleetsLike(web, ["a", "b"]),
      odd: { ...web, name: "odd", props: { ...web.props, id: "i-odd", iamInstanceProfile: "elsewhere" } },
      mint: { ...web, name: "mint", props: { ...web.props, id: "i-mint", ami: "ami-0a1b2c3d4e5f67890" } },
    };
    const report = reportOnStates(stateOf(patchedStack(others)), stateOf(patchedStack(), "prod"));
    const heads = text(report, 200)
      .split("\n")
      .find((line) => line.startsWith(" ".repeat(17)));
    deepStrictEqual(heads!.trim().split(/ {2,}/), ["a and 2 more", "mint", "odd", "web"]);
  });

  it("shows what is blocked at an endpoint before what is unknown, with the fix and the symptom", () => {
    const other = { ...web, props: { ...web.props, ami: images.ubuntu } };
    const shown = text(reportOnStates(stateOf(patchedStack({ ...starved, web: other }))), 300);
    const [verdict, ...heads] = shown.split("\n").filter((line) => /^[✘?]/.test(line));
    strictEqual(verdict, "✘ web cannot be patched.");
    deepStrictEqual(
      heads.map((line) => line.slice(0, line.indexOf(":"))),
      ["✘ repository (web)", "✘ endpoint s3 (eu-west-1), reads of amazon-linux-2023", "? payload, snapshot (web)"],
    );
    match(
      heads[1]!,
      /; dnf skips a repository that it cannot read \(`skip_if_unavailable`\), so Patch Manager reports Success and nothing is installed$/,
    );
    match(shown, /^✘ endpoint .*\n {4}fix: Add this statement:\n {4}\{\n {6}"Sid": "AllowAnonymousPatchRepoAccess",$/m);
  });

  it("does not truncate verdicts if names are short", () => {
    match(text(reportOnStates(stateOf(patchedStack(doubtful)))), /\? unknown/);
    const report = reportOnStates(stateOf(patchedStack()));
    const [fleet] = report.fleets;
    const hops = fleet!.hops.map((hop) => ({ ...hop, verdict: "not-needed" as const }));
    match(text({ ...report, fleets: [{ ...fleet!, operatingSystem: "suse", hops }] }), /^agent {12}– not-needed$/m);
  });

  it("distinguishes stacks, by project and stack if names are the same", () => {
    const shown = text(reportOnStates(stateOf(patchedStack(starved)), stateOf(patchedStack(), "prod")));
    match(shown, /^ {17}shop\/test +shop\/prod$/m);
    match(shown, /^✘ repository \(web \(shop\/test\)\):/m);
  });

  it("says that patching reports success only for a repository that Amazon Linux 2023 cannot read", () => {
    const silent = /Patch Manager reports Success and nothing is installed$/m;
    const older = {
      ...web,
      props: { ...web.props, ami: "resolve:ssm:/aws/service/ami-amazon-linux-latest/amzn2-ami-x" },
    };
    const ofFleet = (report: PathReport) =>
      text(report)
        .split("\n")
        .find((line) => line.startsWith("✘ repository"))!;
    match(ofFleet(reportOnStates(stateOf(patchedStack(starved)))), silent);
    doesNotMatch(ofFleet(reportOnStates(stateOf(patchedStack({ ...starved, web: older })))), silent);
  });

  it("is only the verdict if it is quiet", () => {
    const quiet = (report: PathReport, isPartial = false) =>
      pathsAsText(report, { remarks: [], width: 100, colour: false, isQuiet: true, isPartial });
    const open = reportOnStates(stateOf(patchedStack()));
    strictEqual(quiet(open), "✔ web can be patched.");
    strictEqual(quiet(open, true), "? As far as a partial report shows, web can be patched.");
    strictEqual(quiet(many()), "✘ 201 of 201 fleets cannot be patched.");
  });

  it("has colors only if they are requested", () => {
    const report = reportOnStates(stateOf(patchedStack(starved)));
    doesNotMatch(pathsAsText(report, { remarks: ["x"], width: 100, colour: false }), /\x1b/);
    match(pathsAsText(report, { remarks: [], width: 100, colour: true }), /\x1b\[31m✘ blocked\x1b\[39m/);
  });

  it("says what was read if there is no fleet", () => {
    const withoutWeb = stateOf(patchedStack({ web: undefined }));
    const count = withoutWeb.deployment.resources.length - 1; // without the provider
    ok(text(reportOnStates(withoutWeb)).startsWith(`? No fleet found: 0 of ${count} resources launch instances (`));
    strictEqual(
      text(reportOnStates(stateOf([]))),
      "? No fleet found: 0 of 0 resources launch instances (no instance, Auto Scaling group or launch template).",
    );
  });
});

describe("a hop that is unknown", () => {
  it("is listed once, by the report and by the rule", () => {
    const stack = new Stack(patchedStack(doubtful).map((one) => ({ ...one, urn: one.name })));
    const [path] = pathsOf(stack);
    strictEqual(
      undecidedPath(path!),
      "Whether `web` can be patched is unknown: cannot determine whether this request is signed, and by whom (payload, snapshot).",
    );
  });
});

describe("the Markdown report", () => {
  it("fits into a comment with 200 fleets, those that break first, and counts the rest", () => {
    const report = many();
    const fine = report.fleets.map((fleet) => ({ ...fleet, verdict: "patchable" as const }));
    const markdown = pathsAsMarkdown({ ...report, fleets: [...fine.slice(0, 190), ...report.fleets.slice(190)] }, []);
    ok(markdown.length < 20_000, `${markdown.length} characters`);
    strictEqual(markdown.match(/^\| `/gm)!.length, 20);
    match(markdown.split("\n")[4]!, /\*\*blocked\*\* \|$/);
    match(markdown, /^And 181 more: 181 patchable\.$/m);
    match(markdown, /`, `[^`]+` and 196 more\)/);
    match(markdown, /f0\(\["[^"]+ and 9 more<br>amazon-linux-2023<br>✘ blocked"\]\)/);
  });

  it("has a diagram only where something is not open", () => {
    doesNotMatch(pathsAsMarkdown(reportOnStates(stateOf(patchedStack())), []), /mermaid/);
    match(pathsAsMarkdown(reportOnStates(stateOf(patchedStack(starved))), []), /^```mermaid$/m);
  });

  it("caps its list of breaks with a sentence", () => {
    const report = many();
    const fleets = report.fleets.map((fleet, i) => ({
      ...fleet,
      hops: fleet.hops.map((hop) => ({ ...hop, because: `${i}` })),
    }));
    const markdown = pathsAsMarkdown({ ...report, fleets }, []);
    strictEqual(markdown.match(/^- [✘?] /gm)!.length, 20);
    match(markdown, /^- And \d+ more: see the text format of `patchpath explain`\.$/m);
    ok(markdown.length < 65_536);
  });

  it("shows statements as code blocks, and remarks first", () => {
    const markdown = pathsAsMarkdown(reportOnStates(stateOf(patchedStack(starved))), ["`plan.json` is partial."]);
    match(markdown, /^### Patch path\n\n> `plan\.json` is partial\.\n\n\| fleet \| system \| agent \|/);
    const [, block] = /\. Add this statement:\n\n {2}```json\n(.*?)\n {2}```\n/s.exec(markdown) ?? [];
    deepStrictEqual(JSON.parse(block ?? ""), anonymousReads);
  });

  it("does not interpret names as markup", () => {
    const name = "`@team` ![x](https://example.com)|<img>";
    const sid = "``[evil](https://example.com)` [evil](https://example.com)";
    const report = reportOnStates(
      stateOf(
        patchedStack({
          ...changed("s3", { policy: json({ ...accountOnly, Sid: sid }) }),
          ...fleetsLike(web, [name]),
        }),
      ),
    );
    const markdown = pathsAsMarkdown(report, []);
    const [row] = markdown.match(/^\| `.*$/gm)!;
    ok(row.startsWith("| `'@team' ![x](https://example.com)\\|<img>` | amazon-linux-2023 |"), row);
    // Line by line: code that is not closed in its paragraph is not code.
    const outsideOfCode = markdown
      .split("```mermaid")[0]!
      .split("\n")
      .map((line) => line.replace(/`[^`]*`/g, ""));
    doesNotMatch(outsideOfCode.join("\n"), /@team|<img|(?<!\\)\[evil/);
  });
});
