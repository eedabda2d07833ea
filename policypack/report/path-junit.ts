import { withoutControls } from "../iam/problems";
import { nameOfUrn, stackOfUrn, typeNameOfUrn } from "../stack/resource";
import { patchingInWords, reasonOf } from "./path-breaks";
import type { EndpointPolicyReport, FleetReport, HopReport, PathReport } from "./path-report";

/** One test, as a CI system shows it. */
interface TestCase {
  readonly name: string;
  readonly verdict: "passed" | "failed" | "skipped";
  /** Why, as a clause. */
  readonly reason: string;
  /** Where, and what fixes it. */
  readonly more: readonly string[];
}

interface TestSuite {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly testCases: readonly TestCase[];
}

/**
 * JUnit XML, for the test reports of CI systems: a suite for each fleet with a test case for each hop, and one for each S3
 * endpoint with a test case for each system's repositories. Blocked is a failure; unknown is skipped, since a test that
 * could not decide neither passed nor failed; not needed is passed, so that only unknown is skipped.
 *
 * GitLab identifies test cases by class and name and does not show the suite's name; Jenkins reads the class up to its last
 * dot as a package. So the class of each is `project/stack.Type name`, unique and the same in each run.
 */
export function pathsAsJunit({ fleets, endpointPolicies }: PathReport): string {
  const suites = withUniqueNames([...fleets.map(suiteOfFleet), ...endpointPolicies.map(suiteOfEndpoint)]);
  const all = suites.flatMap(({ testCases }) => testCases);
  const { tests, failures, errors } = countsOf(all);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    ...element("testsuites", { name: "patchpath", tests, failures, errors }, suites.flatMap(suiteAsXml)),
  ].join("\n");
}

function suiteOfFleet(fleet: FleetReport): TestSuite {
  const { urn, operatingSystem, hops } = fleet;
  const [patching = ""] = patchingInWords([fleet], ({ name }) => name);
  return { name: nameIn(urn), properties: { urn, operatingSystem, patching }, testCases: hops.map(testCaseOfHop) };
}

function testCaseOfHop(hop: HopReport): TestCase {
  const { resource, property, fix } = hop;
  const verdicts = { open: "passed", "not-needed": "passed", blocked: "failed", unknown: "skipped" } as const;
  const place = property === undefined ? "" : `${property} of `;
  return {
    name: hop.hop,
    verdict: verdicts[hop.verdict],
    reason: reasonOf(hop),
    more: [
      ...(resource === undefined ? [] : [`at ${place}${nameOfUrn(resource)}`]),
      ...(fix === undefined ? [] : [`fix: ${fix}`]),
    ],
  };
}

function suiteOfEndpoint({ urn, region, repositories }: EndpointPolicyReport): TestSuite {
  const verdicts = { allow: "passed", deny: "failed", unknown: "skipped" } as const;
  const testCases = Object.entries(repositories).map(([system, { verdict, because }]): TestCase => ({
    name: `repositories of ${system}`,
    verdict: verdicts[verdict],
    reason: verdict === "unknown" ? `cannot determine ${because}` : because,
    more: [],
  }));
  return { name: nameIn(urn), properties: { urn, region }, testCases };
}

/** `shop/prod.Instance web` */
function nameIn(urn: string): string {
  return `${stackOfUrn(urn)}.${typeNameOfUrn(urn)} ${nameOfUrn(urn)}`;
}

/** A second suite of the same name is numbered, since GitLab shows only the first test case of a class and name. */
function withUniqueNames(suites: readonly TestSuite[]): TestSuite[] {
  const seen = new Map<string, number>();
  return suites.map((suite) => {
    const count = (seen.get(suite.name) ?? 0) + 1;
    seen.set(suite.name, count);
    return count === 1 ? suite : { ...suite, name: `${suite.name} (${count})` };
  });
}

function countsOf(testCases: readonly TestCase[]) {
  const count = (verdict: TestCase["verdict"]) => testCases.filter((one) => one.verdict === verdict).length;
  return { tests: testCases.length, failures: count("failed"), errors: 0, skipped: count("skipped") };
}

function suiteAsXml({ name, properties, testCases }: TestSuite): string[] {
  return element("testsuite", { name, ...countsOf(testCases), time: 0 }, [
    ...element(
      "properties",
      {},
      Object.entries(properties).flatMap(([key, value]) => element("property", { name: key, value })),
    ),
    ...testCases.flatMap((one) => element("testcase", { classname: name, name: one.name, time: 0 }, [outcome(one)])),
  ]);
}

/** The reason is the text of each: GitLab shows no attributes, and some schemas allow none on `skipped`. */
function outcome({ verdict, reason, more }: TestCase): string {
  const text = [reason, ...more].map(escaped).join("\n");
  if (verdict === "failed") return `<failure type="blocked" message="${escaped(reason)}">${text}</failure>`;
  return verdict === "skipped" ? `<skipped>${text}</skipped>` : `<system-out>${text}</system-out>`;
}

/** The lines of an element. */
function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: readonly string[] = [],
): string[] {
  const all = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const head = `<${name}${all.join("")}`;
  return content.length === 0 ? [`${head}/>`] : [`${head}>`, ...content, `</${name}>`];
}

const entities: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;" };

/** Text for XML, which cannot contain a control character, half a surrogate pair, U+FFFE or U+FFFF, even escaped. */
function escaped(text: string): string {
  return withoutControls(text)
    .replace(/[\p{Cs}\uFFFE\uFFFF]/gu, "\uFFFD")
    .replace(/[<>&"]/g, (character) => entities[character]!);
}
