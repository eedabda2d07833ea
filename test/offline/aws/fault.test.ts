import { strictEqual, throws } from "node:assert/strict";
import { injectedFault } from "../../../offline/aws/fault";

describe("an injected fault", () => {
  const urn = "urn:pulumi:dev::p::aws:ec2/vpcEndpoint:VpcEndpoint::dev-s3";
  const faultWith = (text: string, operation = "create") => {
    process.env["PATCHPATH_FAULT"] = text;
    return injectedFault(operation, urn);
  };
  afterEach(() => {
    delete process.env["PATCHPATH_FAULT"];
  });

  it("affects the operation and the resources that it names", () => {
    strictEqual(faultWith("create *::dev-s3 InternalError: try again"), "InternalError: try again");
    strictEqual(faultWith("create *VpcEndpoint* Throttling: slow down"), "Throttling: slow down");
    strictEqual(faultWith("delete *::dev-s3 InternalError: try again"), undefined);
    strictEqual(faultWith("create *::dev InternalError: try again"), undefined);
    strictEqual(faultWith("create ?rn* InternalError: try again"), undefined);
  });

  it("is not injected without the variable", () => {
    strictEqual(injectedFault("create", urn), undefined);
  });

  it("is an error if it is malformed", () => {
    throws(() => faultWith("crash everything"), {
      message:
        'PATCHPATH_FAULT is "crash everything"; expected "OPERATION URN-PATTERN ERROR", such as "create *::dev-s3 InternalError: try again"',
    });
  });
});
