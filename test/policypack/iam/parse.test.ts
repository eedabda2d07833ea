import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import * as fc from "fast-check";
import type { DocumentKind } from "../../../policypack/iam/document";
import { parsePolicy } from "../../../policypack/iam/parse";
import { documents, statement } from "./cases/documents";
import { policyDocument } from "./documents";

const problemsOf = (source: unknown, kind: DocumentKind) =>
  parsePolicy(source, kind).problems.map(({ where, message }) => `${where}: ${message}`);

describe("reading a policy document", () => {
  for (const [name, source, kind, problems] of documents) {
    it(`finds ${problems.length === 0 ? "nothing wrong with" : "what is wrong with"} ${name}`, () => {
      const withoutUndefined: unknown = typeof source === "string" ? source : JSON.parse(JSON.stringify(source));
      const { kind: _, ...document } = (withoutUndefined ?? {}) as { kind?: unknown };
      const isObject =
        typeof withoutUndefined === "object" && withoutUndefined !== null && !Array.isArray(withoutUndefined);
      const given = isObject ? document : withoutUndefined;
      deepStrictEqual(problemsOf(given, kind), problems);
      if (typeof given !== "string") deepStrictEqual(problemsOf(JSON.stringify(given), kind), problems, "as text");
    });
  }

  it("counts the characters of an endpoint policy, white space included", () => {
    const text = JSON.stringify({ Statement: statement });
    deepStrictEqual(problemsOf(text.padEnd(20_480), "endpoint"), []);
    deepStrictEqual(problemsOf(text.padEnd(20_481), "endpoint"), [": has 20481 characters; expected at most 20480"]);
    deepStrictEqual(problemsOf(text.padEnd(30_000), "resource"), []);
  });

  it("refuses what nests too deep to be a policy, closed or not", () => {
    const deep = (levels: number) => `{"Statement":${"[".repeat(levels)}${"]".repeat(levels)}}`;
    const message = ": nests more than 100 levels deep; expected a policy document, which nests 6";
    deepStrictEqual(problemsOf(deep(10_000), "resource"), [message]);
    deepStrictEqual(problemsOf("[".repeat(100_000), "resource"), [
      ": is not JSON: brackets without end; expected a policy document, which nests 6",
    ]);
    deepStrictEqual(problemsOf(deep(90), "resource").includes(message), false);
  });

  it("finds nothing wrong with documents by AWS's grammar", () => {
    fc.assert(
      fc.property(policyDocument, (document) => {
        const problems = problemsOf(document, "endpoint").filter((problem) => !problem.includes("plain text"));
        deepStrictEqual(problems, []);
      }),
    );
  });

  it("answers whatever it is given, and never throws", () => {
    const numRuns = Number(process.env["PATCHPATH_RANDOM_DOCUMENTS"] ?? 10_000) / 2;
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.jsonValue(), fc.string(), mutatedDocument), (source) => {
        const { document, problems } = parsePolicy(source, "endpoint");
        ok(document ?? problems.length > 0);
        for (const { where, message } of problems) strictEqual(`${where}${message}`.includes("\n"), false);
      }),
      { numRuns },
    );
  }).timeout(300_000);
});

/** A document by the grammar in which one piece of text was replaced by another. */
const mutatedDocument = fc
  .tuple(
    policyDocument.map((document) => JSON.stringify(document)),
    fc.nat(),
    fc.constantFrom("", "{", "]", '"', "null", "1e9", '"Effect":', "\\", "\u0000"),
  )
  .map(([text, at, piece]) => text.slice(0, at % text.length) + piece + text.slice((at % text.length) + 1));
