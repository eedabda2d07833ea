import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { parsePolicy } from "../../../policypack/iam/parse";
import { awsDocuments } from "./cases/aws-documents";

describe("documents that AWS is known to accept or reject", () => {
  it("have unique names", () => {
    strictEqual(new Set(awsDocuments.map(({ name }) => name)).size, awsDocuments.length);
  });

  for (const { name, kind, document, aws, source } of awsDocuments) {
    it(`${kind}: AWS ${aws} ${name} (${source})`, () => {
      const { problems } = parsePolicy(typeof document === "string" ? document : JSON.stringify(document), kind);
      if (aws === "accepts") deepStrictEqual(problems, []);
      else strictEqual(problems.length > 0, true, "it is accepted");
    });
  }
});
