import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv-draft-04";
import type { PathReport } from "../../../policypack/report/path-report";
import { pathsAsSarif } from "../../../policypack/report/path-sarif";
import { pathsAsText } from "../../../policypack/report/path-text";
import { accountOnly, json } from "../rules/examples";
import { changed, patchedStack } from "../rules/network";
import { reportOnManyFleets, reportOnStates, stateOf } from "./stack-files";

const starved = changed("s3", { policy: json(accountOnly) });
const text = (report: PathReport) => pathsAsText(report, { remarks: [], width: 100, colour: false });

describe("the SARIF report", () => {
  const sarif = (report: PathReport) => pathsAsSarif(report, "1.2.3");
  const deprecated = changed("core", { policyArn: "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM" });

  it("conforms to the schema of SARIF 2.1.0", () => {
    const schema = JSON.parse(
      readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
    ) as object;
    const ajv = new Ajv({
      unicodeRegExp: false,
      strict: false,
      formats: { uri: (text: string) => URL.canParse(text), "uri-reference": true, "date-time": true },
    });
    const isValid = ajv.compile(schema);
    for (const report of [
      reportOnStates(stateOf([])),
      reportOnStates(stateOf(patchedStack())),
      reportOnStates(stateOf(patchedStack({ ...starved, ...deprecated }))),
      reportOnManyFleets(starved),
    ]) {
      ok(isValid(JSON.parse(JSON.stringify(sarif(report)))), JSON.stringify(isValid.errors));
    }
    ok(!isValid({ ...sarif(reportOnManyFleets(starved)), version: "2.0.0" }), "the schema rejects other values");
  });

  it("has a result with a fingerprint for all that is blocked, deprecated or unknown, at its resource", () => {
    const { results, tool } = sarif(reportOnStates(stateOf(patchedStack({ ...starved, ...deprecated })))).runs[0]!;
    deepStrictEqual(
      results!.map(({ ruleId, level, locations }) => [ruleId, level, locations![0]!.logicalLocations![0]!.name]),
      [
        ["patch-path/payload", "note", "s3"],
        ["patch-path/snapshot", "note", "s3"],
        ["patch-path/repository", "error", "s3"],
        ["deprecated-policy", "warning", "instances"],
      ],
    );
    const noFleet = sarif(reportOnStates(stateOf(patchedStack({ ...starved, web: undefined })))).runs[0]!.results!;
    deepStrictEqual(
      noFleet.map(({ ruleId, level }) => [ruleId, level]),
      [["endpoint-policy", "error"]],
    );
    for (const { ruleId, ruleIndex } of results!) strictEqual(tool.driver.rules![ruleIndex!]!.id, ruleId);
    const ofMany = sarif(reportOnManyFleets(starved)).runs[0]!.results!;
    const fingerprints = ofMany.map(({ partialFingerprints }) => Object.values(partialFingerprints!).join());
    strictEqual(new Set(fingerprints).size, ofMany.length);
  });

  it("has the resource and property of the policy: the endpoint's own, that of aws-native, or a VpcEndpointPolicy", () => {
    const own = patchedStack().find(({ name }) => name === "s3")!;
    const native = {
      type: "aws-native:ec2:VpcEndpoint",
      name: "s3",
      props: { ...own.props, policy: undefined, policyDocument: JSON.parse(json(accountOnly)) as object },
    };
    const attached = {
      type: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
      name: "s3-policy",
      props: { vpcEndpointId: "vpce-s3", policy: json(accountOnly) },
    };
    for (const [resources, resource, property] of [
      [patchedStack(starved), "s3", "policy"],
      [patchedStack({ s3: native }), "s3", "policyDocument"],
      [patchedStack({ "s3-policy": attached }), "s3-policy", "policy"],
    ] as const) {
      const report = reportOnStates(stateOf(resources));
      const places = text(report).match(/^ {4}at .*$/gm);
      deepStrictEqual([...new Set(places)], [`    at ${property} of ${resource}`]);
      const withoutFleet = reportOnStates(stateOf(resources.filter(({ name }) => name !== "web")));
      for (const one of [report, withoutFleet]) {
        const named = sarif(one).runs[0]!.results!.map(({ locations }) => locations![0]!.logicalLocations![0]!.name);
        deepStrictEqual([...new Set(named)], [resource]);
      }
      deepStrictEqual(
        sarif(report).runs[0]!.results!.map(({ ruleId }) => ruleId),
        ["patch-path/payload", "patch-path/snapshot", "patch-path/repository"],
        "the result for the fleet's hop is not repeated for the endpoint",
      );
    }
  });

  it("links each rule to an existing page and heading", () => {
    const docs = join(__dirname, "..", "..", "..", "docs");
    for (const { helpUri } of sarif(reportOnManyFleets(starved)).runs[0]!.tool.driver.rules!) {
      const [, page, anchor] = /\/blob\/main\/docs\/([^#]+)(?:#(.+))?$/.exec(helpUri!)!;
      const headings = [...readFileSync(join(docs, page!), "utf8").matchAll(/^#+ (.+)$/gm)];
      const anchors = headings.map(([, heading]) =>
        heading!
          .toLowerCase()
          .replace(/[^\p{L}\p{N} -]/gu, "")
          .replaceAll(" ", "-"),
      );
      ok(anchor === undefined || anchors.includes(anchor), helpUri);
    }
  });
});
