import { deepStrictEqual } from "node:assert/strict";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
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
      remediate: () => undefined,
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

  /** The types that reach the SDK, with a config of the rules. */
  function asked(method: "analyze" | "remediate", config: Readonly<Record<string, analyzer.PolicyConfig>>): string[] {
    const types: string[] = [];
    const noted: Parameters<typeof intercepted>[0]["analyze"] = ({ request }, callback) => {
      types.push(request.getType());
      callback(undefined, "of the SDK");
    };
    const service = intercepted({
      configure: () => undefined,
      analyze: noted,
      remediate: noted,
      analyzeStack: () => undefined,
    });
    const configured = new analyzer.ConfigureAnalyzerRequest();
    for (const [rule, one] of Object.entries(config)) configured.getPolicyconfigMap().set(rule, one);
    service.configure({ request: configured }, () => undefined);
    for (const type of ["aws:s3/bucket:Bucket", "aws:ec2/subnet:Subnet", "aws:iam/role:Role"]) {
      const request = new analyzer.AnalyzeRequest();
      request.setType(type);
      service[method]({ request }, (error, response) => {
        const own = method === "analyze" ? new analyzer.AnalyzeResponse() : new analyzer.RemediateResponse();
        deepStrictEqual([error, response], [undefined, types.includes(type) ? "of the SDK" : own]);
      });
    }
    return types;
  }

  it("passes to the SDK only resources whose inputs a rule judges", () => {
    deepStrictEqual(asked("analyze", {}), ["aws:iam/role:Role"]);
  });

  it("passes all that a rule reads if there is an exemption, which may be one that ended", () => {
    const config = new analyzer.PolicyConfig();
    config.setProperties(Struct.fromJavaScript({ exempt: [{ resource: "web" }] }));
    deepStrictEqual(asked("analyze", { "endpoint-policy-has-an-allow": config }), [
      "aws:ec2/subnet:Subnet",
      "aws:iam/role:Role",
    ]);
  });

  it("passes a resource to be remediated only if a rule has that level", () => {
    const name = "instance-role-avoids-deprecated-policies";
    const config = new analyzer.PolicyConfig();
    config.setEnforcementlevel(analyzer.EnforcementLevel.MANDATORY);
    deepStrictEqual(asked("remediate", { [name]: config }), []);
    config.setEnforcementlevel(analyzer.EnforcementLevel.REMEDIATE);
    deepStrictEqual(asked("remediate", { [name]: config }), ["aws:iam/role:Role"]);
  });
});
