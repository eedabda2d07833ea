import { ok } from "node:assert/strict";
import { JSDOM } from "jsdom";
import { type FormatOf, formatsOf } from "../../../policypack/report/formats";
import { accountOnly, json } from "../rules/examples";
import { changed, patchedStack } from "../rules/network";
import { readFlowchart } from "./mermaid";
import { fleetsLike, reportOnStates, stateOf } from "./stack-files";

/**
 * Who reads each format, none of it our own; it throws at what it cannot read. That the content is right is told by the
 * tests of each format.
 */
const readers: Readonly<Record<FormatOf<"explain">, (text: string) => unknown>> = {
  text: String,
  json: JSON.parse,
  markdown: String,
  sarif: JSON.parse,
  junit: (text) => new JSDOM(text, { contentType: "text/xml" }),
  mermaid: readFlowchart,
};

/** Each can break one format or another: markup of each, colours, a line, the direction of writing. */
const hostile = `"]]>--><b>&amp;\`x\`|*\u001B[31m\u0007\u202Etxt\u2028\n\u200B{{%%}}`;

describe("every format of `patchpath explain`", () => {
  const web = patchedStack().find(({ name }) => name === "web")!;
  const starved = changed("s3", { policy: json(accountOnly) });
  const report = reportOnStates(stateOf(patchedStack({ ...starved, ...fleetsLike(web, [hostile]) })));
  const page = { remarks: [], width: 100, colour: false, version: "0.0.0" };

  for (const [name, { explain }] of formatsOf("explain")) {
    it(`stands hostile names, and shows nothing that a reader cannot see: ${name}`, async () => {
      const text = explain!(report, page);
      await readers[name as FormatOf<"explain">](text);
      if (name === "json" || name === "sarif") return; // data, which has names as they are
      const [unseen] = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.exec(text.replaceAll("\n", "")) ?? [];
      ok(unseen === undefined, `U+${unseen?.codePointAt(0)?.toString(16)}`);
    });
  }
});
