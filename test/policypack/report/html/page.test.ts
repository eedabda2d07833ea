import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { formats } from "../../../../policypack/report/formats";
import type { FleetData } from "../../../../policypack/report/html/fleet-data";
import { type FleetReport, type PathReport, reportOn } from "../../../../policypack/report/path-report";
import { reportOnRoles } from "../../../../policypack/report/roles-report";
import { asState } from "../../path/traps/trap";
import { accountOnly, anonymousReads, attachment, json, role } from "../../rules/examples";
import { changed, patchedStack, ssmReads } from "../../rules/network";
import { fleetsLike, reportOnStates, stateOf } from "../stack-files";
import { page, policyOf, read, textsOf } from "./documents";
import { allOpen, reportOnShop, starvedShop } from "./estates";

const { html } = formats;
const asPage = (report: PathReport) => html.explain(report, page);
const roles = reportOnRoles([
  asState([
    role("web", "ec2.amazonaws.com"),
    attachment("ssm", "web", "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM"),
  ]),
]);
const shop = asPage(reportOnShop());
const pages = {
  "explain, with breaks": shop,
  "explain, all open": asPage(allOpen()),
  "explain, without fleets": asPage(reportOnStates(stateOf([]))),
  policy: html.policy([policyOf(accountOnly), policyOf(anonymousReads)], page),
  roles: html.roles(roles, page),
};

/** The data as the script of the page reads it. */
function dataOf(text: string): FleetData {
  const block = read(text).querySelector("#data")!;
  const isPlain = block.getAttribute("type") === "application/json";
  const content = isPlain ? block.textContent : gunzipSync(Buffer.from(block.textContent, "base64")).toString();
  return JSON.parse(content) as FleetData;
}

for (const [name, text] of Object.entries(pages)) {
  describe(`the page of ${name}`, () => {
    const document = read(text);

    it("allows its own style and script and nothing else, by their hashes", () => {
      const policy = document.querySelector("meta[http-equiv=Content-Security-Policy]")!.getAttribute("content")!;
      const hashOf = (content: string) => `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
      const [style, ...otherStyles] = document.querySelectorAll("style");
      const [script, ...otherScripts] = document.querySelectorAll("script:not([type])");
      deepStrictEqual([otherStyles, otherScripts], [[], []]);
      deepStrictEqual(policy.split("; "), [
        "default-src 'none'",
        `style-src ${hashOf(style!.textContent)}`,
        `script-src ${hashOf(script!.textContent)}`,
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ]);
    });

    it("loads nothing, and has no handler and no style in an attribute", () => {
      for (const one of document.querySelectorAll("*")) {
        for (const { name: attribute, value } of one.attributes) {
          ok(!/^(on|style$|src)/.test(attribute), `${one.tagName} ${attribute}`);
          if (attribute === "href") match(value, /^(#|data:,$)/);
        }
      }
      deepStrictEqual([...document.querySelectorAll("iframe, img, object, embed, base, form[action]")], []);
      ok(!/url\((?!#)|@import/.test(document.querySelector("style")!.textContent));
    });

    it("has one heading of the first level, a title, and sections with names", () => {
      const [heading, ...others] = document.querySelectorAll("h1");
      deepStrictEqual(others, []);
      ok(document.querySelector("title")!.textContent.includes(heading!.textContent.replace(/^[✔✘?]\s+/, "")));
      for (const one of document.querySelectorAll("section")) {
        ok(document.querySelector(`#${one.getAttribute("aria-labelledby")!}`), one.textContent);
      }
      strictEqual(document.querySelector("html")!.getAttribute("lang"), "en");
    });
  });
}

describe("the headings of the other pages", () => {
  const headingOf = (text: string) => textsOf(read(text).querySelectorAll("h1"))[0];

  it("say of policies what the exit code says", () => {
    const of = (...policies: Parameters<typeof html.policy>[0]) => headingOf(html.policy(policies, page));
    const allowed = policyOf(anonymousReads, ssmReads);
    strictEqual(of(allowed), "✔ All 3 reads are allowed");
    strictEqual(of(allowed, policyOf(anonymousReads)), "✘ 2 of 6 reads are denied");
    strictEqual(of(policyOf(accountOnly, anonymousReads)), "? Whether 2 of 3 reads are allowed is unknown");
    const problems = [{ where: "Statement[0]", message: "is odd" }];
    strictEqual(of({ ...allowed, problems }), "? Whether the reads are allowed is unknown: a document is malformed");
  });

  it("say of roles what the exit code says", () => {
    const of = (all: typeof roles) => headingOf(html.roles(all, page));
    strictEqual(of(roles), "✘ 1 role has deprecated policies");
    strictEqual(of({ version: 1, roles: [] }), "✔ No role has a deprecated policy");
    const partial = html.roles({ version: 1, roles: [] }, { ...page, isPartial: true });
    strictEqual(headingOf(partial), "? No role of a partial report has a deprecated policy");
    const unknown = roles.roles.map((one) => ({ ...one, deprecatedPolicies: [], unknown: ["which policy"] }));
    strictEqual(of({ version: 1, roles: unknown }), "? Whether 1 role has deprecated policies is unknown");
  });
});

describe("the page of `patchpath explain`", () => {
  it("says without its script what breaks, the gravest first, with reason, place, fleets and fix", () => {
    const document = read(asPage(reportOnShop(starvedShop())));
    for (const script of document.querySelectorAll("script")) script.remove();
    deepStrictEqual(textsOf(document.querySelectorAll("h1, .counts")), [
      "✘ 11 of 12 fleets cannot be patched",
      "11 blocked, 1 unknown in shop/test",
    ]);
    deepStrictEqual(textsOf(document.querySelectorAll(".cause h3")), [
      "✘ blocked at repository:",
      "✘ blocked at security-groups:",
      "✘ blocked at repository:",
      "? unknown at payload, snapshot:",
      "? unknown at agent:",
      "? unknown at repository:",
    ]);
    const [first] = document.querySelectorAll(".cause");
    match(first!.textContent, /no statement allows s3:GetObject on arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/);
    match(first!.textContent, /10 fleets: api, basket, cart, catalog, checkout and 5 more/);
    match(first!.textContent, /at policy of s3/);
    deepStrictEqual(JSON.parse(first!.querySelector("pre")!.textContent), anonymousReads);
  });

  it("has for each number of fleets a heading that says no more than the verdicts", () => {
    const headingOf = (report: PathReport) => textsOf(read(asPage(report)).querySelectorAll("h1"))[0];
    const report = reportOnShop();
    const only = (...verdicts: readonly FleetReport["verdict"][]) => ({
      ...report,
      fleets: report.fleets.filter(({ verdict }) => verdicts.includes(verdict)),
    });
    strictEqual(headingOf(report), "✘ 2 of 12 fleets cannot be patched");
    strictEqual(headingOf(only("unknown", "patchable")), "? Whether 1 of 10 fleets can be patched is unknown");
    strictEqual(headingOf(only("unknown")), "? Whether legacy can be patched is unknown");
    strictEqual(headingOf(only("patchable")), "✔ All 9 fleets can be patched");
    strictEqual(headingOf(allOpen()), "✔ web can be patched");
    const partial = html.explain(only("patchable"), { ...page, isPartial: true });
    deepStrictEqual(textsOf(read(partial).querySelectorAll("h1")), [
      "? As far as a partial report shows, all 9 fleets can be patched",
    ]);
    match(headingOf(reportOnStates(stateOf([])))!, /^\? No fleet found: 0 of 0 resources launch instances/);
    const onlyNew = { ...anonymousReads, Resource: "arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*" };
    const withoutOld = asState(patchedStack(changed("s3", { policy: json(onlyNew, ssmReads) })));
    const denying = reportOn([withoutOld], ["amazon-linux-2"]);
    strictEqual(headingOf(denying), "✘ web can be patched, and an S3 endpoint denies a read of dnf or yum");
  });

  it("has every fleet with its path hop by hop, with reason, place and fix", () => {
    const report = reportOnShop(starvedShop());
    const { fleets, paths, steps, texts, fixes, hops } = dataOf(asPage(report));
    deepStrictEqual(fleets.map(([name]) => name).sort(), report.fleets.map(({ name }) => name).sort());
    strictEqual(fleets[0]![0], "payments", "what breaks at most hops comes first");
    strictEqual(fleets.at(-1)![0], "legacy");
    const [name, system, stack, path] = fleets.find(([one]) => one === "web")!;
    deepStrictEqual([name, texts[system], texts[stack]], ["web", "amazon-linux-2023", "shop/test"]);
    const [verdict, summary, patching, ...own] = paths[path]!;
    strictEqual(verdict, "blocked");
    strictEqual(texts[summary], "✘ repository; ? payload, snapshot");
    match(texts[patching]!, /^by `patch` \(maintenance window task, Install; /);
    const of = report.fleets.find((one) => one.name === "web")!;
    deepStrictEqual(
      own.map((step) => [hops[steps[step]![0]], steps[step]![1]]),
      of.hops.map((one) => [one.hop, one.verdict]),
    );
    const [, , why, place, fix] = steps[own.at(-1)!]!;
    match(texts[why]!, /^no statement allows .*; dnf skips a repository that it cannot read/);
    strictEqual(texts[place], "policy of s3");
    strictEqual(fixes[fix]![0], "Add this statement:");
    deepStrictEqual(JSON.parse(fixes[fix]![1]), anonymousReads);
  });

  it("shows names as they are written, whatever they contain", () => {
    const web = patchedStack().find(({ name }) => name === "web")!;
    const names = [
      "</script><script>alert(1)</script>",
      "<img src=x onerror=alert(1)>",
      "a\u202Eb\u200Bc",
      "'\"&amp;`",
      "<!--",
    ];
    const starved = changed("s3", { policy: json({ ...accountOnly, Sid: "</style><script>alert(2)</script>" }) });
    const text = asPage(reportOnStates(stateOf(patchedStack({ ...starved, ...fleetsLike(web, names) }))));
    const document = read(text);
    strictEqual([...document.querySelectorAll("script")].length, 2);
    deepStrictEqual([...document.querySelectorAll("img")], []);
    deepStrictEqual(
      dataOf(text)
        .fleets.map(([name]) => name)
        .sort(),
      [
        "'\"&amp;`",
        "<!--",
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a\\u202eb\\u200bc",
        "web",
      ].sort(),
    );
    ok(document.querySelector(".cause")!.textContent.includes("(</style><script>alert(2)</script>)"));
  });

  it("shows what only an account shows, and what Systems Manager reports of a fleet", () => {
    const report = reportOnShop();
    const seen = {
      instances: 3,
      running: 3,
      online: 2,
      installed: 7,
      missing: 1,
      failed: 0,
      compliant: 0,
      assessed: 0,
    };
    const account = {
      at: "2026-11-28T00:00:00Z",
      contradictions: [
        { urn: "u", name: "api", kind: "open-and-not-online", because: "it is <open>", next: "Read the log." },
      ],
    } as const;
    const text = asPage({ ...report, account, fleets: report.fleets.map((fleet) => ({ ...fleet, seen })) });
    ok(textsOf(read(text).querySelectorAll("#account-0 li")).includes("api: it is <open>. Read the log."));
    const { fleets, texts } = dataOf(text);
    strictEqual(texts[fleets[0]![4]], "2 of 3 running instances online; 7 patches installed, 1 missing, 0 failed.");
  });

  it("lists ten causes, folds the others to a hundred, and counts the rest", () => {
    const report = reportOnShop();
    const [api] = report.fleets;
    const fleets = Array.from({ length: 120 }, (_, i): FleetReport => ({
      ...api!,
      verdict: "blocked",
      name: `fleet-${i}`,
      urn: `${api!.urn}-${i}`,
      hops: api!.hops.map((hop, at) => (at === 0 ? { ...hop, verdict: "blocked", because: `reason ${i}` } : hop)),
    }));
    const document = read(asPage({ ...report, fleets }));
    strictEqual([...document.querySelectorAll("#causes > .causes > .cause")].length, 10);
    strictEqual([...document.querySelectorAll("#causes > .others .cause")].length, 90);
    deepStrictEqual(textsOf(document.querySelectorAll("#causes > .others > summary, #causes > p")), [
      "90 more",
      "And 20 more: see the fleets below.",
    ]);
  });
});
