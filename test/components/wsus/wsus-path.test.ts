import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { interfaceEndpointPolicy } from "../../../components/endpoints/interface-endpoint-policy";
import type { PolicyStatement } from "../../../components/endpoints/policy-document";
import { type Script, commandDocument } from "../../../components/wsus/command-document";
import { parameterStatement, reportPlaces } from "../../../components/wsus/server-policy";
import { pathsOf } from "../../../policypack/path/fleet-path";
import { set, stack, without } from "../../policypack/path/traps/bases";
import { asPreview, asState } from "../../policypack/path/traps/trap";
import { serverUrl, wsus } from "../../policypack/path/traps/wsus-base";

const contentOf = (...scripts: readonly Script[]) => ({
  content: JSON.stringify(commandDocument("for the path", scripts, 3600)),
});

/** The stack of the path's traps, with the documents that our components create. */
const ours = stack(
  wsus,
  set("server-document", contentOf("install-server", "set-certificate", "set-configuration")),
  set("client-document", contentOf("set-client")),
  set("point", {
    parameters: { Region: "eu-west-1", ServerUrl: serverUrl, CertificateParameter: "none", TargetGroup: "none" },
  }),
);

const reset = stack(ours, set("client-document", contentOf("reset-client")), set("point", { parameters: {} }));

const verdictOf = (resources: typeof ours, asStack: typeof asState) => {
  const { verdict, because, evidence } = pathsOf(asStack(resources)).find(({ fleet }) => fleet.name === "web")!.hops
    .repository;
  return [verdict, because, evidence?.resource.name];
};

// Proves what the path reads in our documents, not that they work on Windows.
describe("the documents of WSUS on the patch path", () => {
  for (const [when, asStack] of Object.entries({ "in a state": asState, "at preview": asPreview })) {
    it(`configure the clients for the server, ${when}`, () => {
      deepStrictEqual(verdictOf(ours, asStack), ["open", "through the WSUS server `wsus`", "wsus"]);
    });

    it(`configure no server after a reset, ${when}`, () => {
      deepStrictEqual(verdictOf(reset, asStack), [
        "blocked",
        "nothing points the instances to the WSUS server `wsus`, and they have no route to Microsoft Update",
        "web",
      ]);
    });
  }

  const certificateParameter = "/patchpath/prod-wsus/certificate";
  const withPolicy = (...extra: readonly PolicyStatement[]) =>
    stack(
      ours,
      set("ssm", { policy: JSON.stringify(interfaceEndpointPolicy("ssm", extra)) }),
      set("install", { parameters: { CertificateParameter: certificateParameter } }),
    );

  it("require an endpoint for `ssm` that allows the server to publish its certificate", () => {
    deepStrictEqual(verdictOf(withPolicy(), asState), [
      "blocked",
      "the policy of the endpoint for `ssm` does not allow `ssm:PutParameter`, with which `install` publishes the certificate that clients of the WSUS server trust",
      "ssm",
    ]);
    const statement = parameterStatement("eu-west-1", reportPlaces("prod-wsus"));
    strictEqual(verdictOf(withPolicy(statement), asState)[0], "open");
    const ofAnother = parameterStatement("eu-west-1", reportPlaces("staging-wsus"));
    strictEqual(verdictOf(withPolicy(ofAnother), asState)[0], "blocked");
  });

  it("set up an instance as a server through the association that targets it", () => {
    const named = stack(ours, set("point", { parameters: { ServerUrl: "https://wsus.example.com:8531" } }));
    strictEqual(verdictOf(named, asState)[0], "open");
    strictEqual(verdictOf(stack(named, without("install")), asState)[0], "unknown");
  });
});
