import { ok } from "node:assert/strict";
import { JSDOM } from "jsdom";
import { type FormatOf, formatsOf } from "../../../policypack/report/formats";
import { accountOnly, json } from "../rules/examples";
import { changed, patchedStack } from "../rules/network";
import { readFlowchart } from "./mermaid";
import { fleetsLike, reportOnStates, stateOf } from "./stack-files";

/**
 * An independent parser of each format, which throws on invalid input. The tests of each format verify its content.
 */
const readers: Readonly<Record<FormatOf<"explain">, (text: string) => unknown>> = {
  text: String,
  json: JSON.parse,
  markdown: String,
  sarif: JSON.parse,
  junit: (text) => new JSDOM(text, { contentType: "text/xml" }),
  mermaid: readFlowchart,
  html: (text) => new JSDOM(text),
};

/** Each can break a format: markup, color codes, a newline, the direction of writing. */
const hostile = `"]]>--><b>&amp;\`x\`|*\u001B[31m\u0007\u202Etxt\u2028\n\u200B{{%%}}`;

describe("every format of `patchpath explain`", () => {
  const web = patchedStack().find(({ name }) => name === "web")!;
  const starved = changed("s3", { policy: json(accountOnly) });
  const report = reportOnStates(stateOf(patchedStack({ ...starved, ...fleetsLike(web, [hostile]) })));
  const page = { remarks: [], width: 100, colour: false, version: "0.0.0" };

  for (const [name, { explain }] of formatsOf("explain")) {
    it(`is correct with hostile names, and contains no invisible characters: ${name}`, async () => {
      const text = explain!(report, page);
      await readers[name as FormatOf<"explain">](text);
      if (name === "json" || name === "sarif") return; // data, which contains names unchanged
      const [unseen] = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.exec(text.replaceAll("\n", "")) ?? [];
      ok(unseen === undefined, `U+${unseen?.codePointAt(0)?.toString(16)}`);
    });
  }
});
