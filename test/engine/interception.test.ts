import { deepStrictEqual, doesNotMatch, match } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stateOf } from "../policypack/report/stack-files";
import { changed, patchedStack } from "../policypack/rules/network";
import { policyPack, quick, runCommand } from "./offline-stack";

const pulumi = join(__dirname, "..", "..", "offline", "pulumi");
const uninterceptable = join(__dirname, "programs", "uninterceptable.js");
const warning = /warning: another copy of @grpc\/grpc-js serves this pack/;

/** The interception of the SDK saves time. If grpc's method cannot be replaced, no finding may be lost. */
describe("a policy pack whose SDK cannot be intercepted", () => {
  const folder = mkdtempSync(join(tmpdir(), "patchpath-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const analyze = async (environment: Readonly<Record<string, string>>) => {
    const state = join(folder, "state.json");
    const config = join(folder, "config.json");
    writeFileSync(state, JSON.stringify(stateOf(patchedStack(changed("s3", { routeTableIds: [] })))));
    writeFileSync(config, JSON.stringify({ "patch-path-is-open": { hops: { "s3-route": "advisory" } } }));
    const { output } = await runCommand(
      pulumi,
      ["policy", "analyze", "--file", state, "--policy-pack", policyPack, "--policy-pack-config", config],
      environment,
    );
    return { output, findings: output.split("\n").filter((line) => /^\s+(- \[|\[|`)/.test(line)) };
  };

  it("has the same findings, including those of a hop that is advice, and one warning", async () => {
    const intercepted = await analyze(quick);
    const other = await analyze({ NODE_OPTIONS: `${quick.NODE_OPTIONS} --require ${uninterceptable}` });
    match(intercepted.output, /\[blocked-s3-route\]/, intercepted.output);
    deepStrictEqual(other.findings, intercepted.findings);
    doesNotMatch(intercepted.output, warning);
    match(other.output, warning);
    deepStrictEqual(other.output.match(new RegExp(warning, "g"))?.length, 1);
  });
});
