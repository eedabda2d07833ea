import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { createColors } from "picocolors";
import { stripVTControlCharacters } from "node:util";
import { render } from "../../../policypack/report/formats";
import { wrapped } from "../../../policypack/report/wrapped";
import { remedyIn } from "../../../policypack/report/remedy";
import { accountOnly, json } from "../rules/examples";
import { changed, patchedStack } from "../rules/network";
import { reportOnManyFleets, reportOnStates, stateOf } from "./stack-files";

const starved = changed("s3", { policy: json(accountOnly) });

describe("text within a terminal", () => {
  it("is broken at spaces, and continued with an indent", () => {
    strictEqual(
      wrapped(`short\n  ${"word ".repeat(10)}end`, 40),
      ["short", "  word word word word word word word", "      word word word end"].join("\n"),
    );
  });

  it("breaks long words, but not texts of a policy", () => {
    strictEqual(
      wrapped("x".repeat(90), 40),
      ["x".repeat(36), `    ${"x".repeat(36)}`, `    ${"x".repeat(18)}`].join("\n"),
    );
    const quoted = `      "${"x".repeat(60)}",`;
    strictEqual(wrapped(quoted, 40), quoted);
  });

  it("neither counts nor breaks color codes", () => {
    const { red } = createColors(true);
    const line = `${red("word")} `.repeat(8).trim();
    strictEqual(wrapped(line, 40), line);
    const long = wrapped(red("x".repeat(90)), 40);
    strictEqual(stripVTControlCharacters(long).replace(/\s/g, ""), "x".repeat(90));
  });

  for (const width of [20, 60, 80, 100, 200]) {
    it(`keeps every line of every report within ${width} columns, except text to paste`, () => {
      const reports = [reportOnStates(stateOf(patchedStack(starved))), reportOnManyFleets(starved)];
      for (const report of reports) {
        for (const colour of [false, true]) {
          const page = { remarks: ["`plan.json` is partial. ".repeat(9)], width, colour, version: "0.0.0" };
          const lines = stripVTControlCharacters(render("explain", "text", report, page)).split("\n");
          const wide = lines.filter((line) => line.length > Math.max(width, 40) && !/^\s+"/.test(line));
          deepStrictEqual(wide, []);
          ok(lines.length > 20);
        }
      }
    });
  }
});

describe("a remedy", () => {
  it("has its policy on lines of its own", () => {
    deepStrictEqual(remedyIn('Add this statement: {"Sid":"A","Action":["s3:GetObject"]}'), {
      sentence: "Add this statement:",
      policy: ["{", '  "Sid": "A",', '  "Action": [', '    "s3:GetObject"', "  ]", "}"],
    });
    deepStrictEqual(remedyIn('Exclude these resources from Statement[0]: ["arn:a"]').policy, ["[", '  "arn:a"', "]"]);
  });

  it("is a sentence if it has none", () => {
    const sentences = ['Allow {"Service":"ec2.amazonaws.com"} to assume the role.', "See: [the page]", "Attach it."];
    for (const sentence of sentences) deepStrictEqual(remedyIn(sentence), { sentence, policy: [] });
  });
});
