import { ok, strictEqual } from "node:assert/strict";
import * as fc from "fast-check";
import type { KeyState, RequestContext } from "../../../policypack/iam/context";
import { type Decision, decide } from "../../../policypack/iam/decide";
import { ObjectSet } from "../../../policypack/iam/objects";
import { parsePolicy } from "../../../policypack/iam/parse";
import { alphabet, context, policyDocument, prefix, requiredKeys } from "./documents";
import { type ReferenceQuestion, admits, like, textsUpTo } from "./reference";

/** `npm run test:all` tests more of them. */
const runs = Number(process.env["PATCHPATH_RANDOM_DOCUMENTS"] ?? 5_000);

/** Long enough for the shortest text of two patterns with four tokens: three letters and the star of each. */
const texts = textsUpTo(6, alphabet);
/** A variable adds a letter. Before 2012-10-17 it is plain text, so there are keys with that text. */
const textsWithVariables = ["${s3:known}", "${s3:absent}", "${s3:unknown}"]
  .flatMap((plain) => textsUpTo(6, alphabet).map((text) => plain + text))
  .concat(textsUpTo(7, alphabet))
  .sort((a, b) => a.length - b.length);

/** The same context for the real implementation. */
const sameContext: RequestContext = (key) => {
  const worlds = context[key.toLowerCase()] ?? [undefined];
  if (key.toLowerCase() === "s3:unknown") {
    return { cases: [{ is: "absent" }, { is: "any-value" }], openQuestion: "the value" };
  }
  const cases = worlds.map((values): KeyState["cases"][number] =>
    values ? { is: "present", values } : { is: "absent" },
  );
  return { cases, openQuestion: cases.length > 1 ? "the value" : undefined };
};

function decideFor(document: object, keys: readonly string[]): Decision {
  const { document: parsed, problems } = parsePolicy(JSON.stringify(document), "endpoint");
  strictEqual(problems.filter(({ message }) => !message.includes("plain text")).length, 0, JSON.stringify(problems));
  const objects = new ObjectSet("aws", "bucket", keys, true);
  return decide(parsed!, { action: "s3:GetObject", caller: "anonymous", objects, context: sameContext });
}

describe("the decision, compared with a slow and obvious one", () => {
  it(`agrees on ${runs} random documents, for every object`, function () {
    this.timeout(3_600_000); // 200,000 documents take nine minutes of CPU, and more on a shared machine
    const seen = { allow: 0, deny: 0, unknown: 0 };
    fc.assert(
      fc.property(policyDocument, requiredKeys, (document, keys) => {
        const decision = decideFor(document, keys);
        seen[decision.verdict]++;
        const question: ReferenceQuestion = { action: "s3:GetObject", anonymous: true, prefix, keys, context };
        const candidates = JSON.stringify(document).includes("/${") ? textsWithVariables : texts;
        const required = candidates.filter((text) => keys.some((key) => like(key, text)));
        const answer = admits(document, question);
        const answers = required.map((text) => answer(prefix + text));
        const firstRefused = required[answers.indexOf("no")];
        if (decision.verdict === "deny") {
          strictEqual(answer(decision.counterexample), "no", "the counterexample is not denied");
          const key = decision.counterexample.slice(prefix.length);
          ok(
            keys.some((pattern) => like(pattern, key)),
            "the counterexample is not one of the objects",
          );
          if (firstRefused !== undefined) strictEqual(key.length, firstRefused.length, "there is a shorter one");
        } else {
          strictEqual(firstRefused, undefined, `decided ${decision.verdict}, but ${String(firstRefused)} is denied`);
          const doubtful = answers.includes("maybe");
          strictEqual(decision.verdict, doubtful ? "unknown" : "allow");
        }
      }),
      { numRuns: runs },
    );
    // A check of the test itself: documents that are all denied would prove little.
    for (const [verdict, count] of Object.entries(seen))
      ok(count > runs / 50, `only ${count} documents with ${verdict}`);
  });
});
