import { deepStrictEqual } from "node:assert/strict";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { intercepted } from "../../policypack/service";

/** That the engine's calls come this way is shown in test/engine/policy-pack.test.ts. */
describe("the interception of the SDK", () => {
  const resource = (type: string, urn: string, ...origins: string[]) => {
    const made = new analyzer.AnalyzerResource();
    made.setType(type);
    made.setUrn(urn);
    const dependencies = new analyzer.AnalyzerPropertyDependencies();
    dependencies.setUrnsList(origins);
    made.getPropertydependenciesMap().set("policy", dependencies);
    return made;
  };

  it("leaves out of a stack what no rule speaks of, but for what a value comes from", () => {
    const seen: string[] = [];
    const { analyzeStack } = intercepted({
      configure: () => undefined,
      analyze: () => undefined,
      analyzeStack: ({ request }) => {
        for (const one of request.getResourcesList()) seen.push(one.getUrn());
      },
    });
    const request = new analyzer.AnalyzeStackRequest();
    request.setResourcesList([
      resource("random:index/randomId:RandomId", "origin of an origin"),
      resource("aws:s3/bucket:Bucket", "origin", "origin of an origin"),
      resource("aws:ec2/vpcEndpoint:VpcEndpoint", "endpoint", "origin"),
      resource("aws:s3/bucket:Bucket", "bucket", "endpoint"),
    ]);
    analyzeStack({ request }, () => undefined);
    deepStrictEqual(seen, ["origin", "endpoint"]);
  });

  it("answers for a resource that no rule speaks of, and asks the SDK about the others", () => {
    const asked: string[] = [];
    const answers: unknown[] = [];
    const { analyze } = intercepted({
      configure: () => undefined,
      analyze: ({ request }) => {
        asked.push(request.getType());
      },
      analyzeStack: () => undefined,
    });
    for (const type of ["aws:s3/bucket:Bucket", "aws:iam/role:Role"]) {
      const request = new analyzer.AnalyzeRequest();
      request.setType(type);
      analyze({ request }, (_error, response) => answers.push(response));
    }
    deepStrictEqual(asked, ["aws:iam/role:Role"]);
    deepStrictEqual(answers, [new analyzer.AnalyzeResponse()]);
  });
});
