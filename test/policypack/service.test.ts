import { deepStrictEqual } from "node:assert/strict";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { intercepted } from "../../policypack/service";

/** test/engine/policy-pack.test.ts shows that the engine's calls pass it. */
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

  it("omits from a stack the resources that no rule reads, except origins of a value", () => {
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

  it("answers for a resource that no rule reads, and passes the others to the SDK", () => {
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
