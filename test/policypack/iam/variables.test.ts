import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { KeyState, RequestContext } from "../../../policypack/iam/context";
import { matches } from "../../../policypack/iam/glob";
import { expand } from "../../../policypack/iam/variables";

const certain = (...values: string[]): KeyState => ({ cases: [{ is: "present", values }], openQuestion: undefined });
const open: KeyState["cases"] = [{ is: "absent" }, { is: "present", values: ["red"] }];
const keys: Readonly<Record<string, KeyState>> = {
  "aws:username": certain("ann"),
  "aws:userid": certain("a*b"),
  "aws:PrincipalTag/team": { cases: [{ is: "absent" }], openQuestion: undefined },
  "aws:TagKeys": certain("red", "green"),
  "aws:PrincipalTag/maybe": { cases: open, openQuestion: "the tags of the role" },
  "aws:PrincipalTag/silent": { cases: open, openQuestion: undefined },
  "aws:CurrentTime": { cases: [{ is: "any-value" }], openQuestion: "the time of the request" },
  "aws:ResourceAccount": { cases: [{ is: "aws-internal" }], openQuestion: "AWS's own value" },
};
const context: RequestContext = (key) => keys[key] ?? { cases: open, openQuestion: undefined };
const expandNow = (text: string) => expand(text, "2012-10-17", context);

/** A text of a policy, its value, a text that it matches as a pattern, one that it does not match, and why. */
const values: readonly (readonly [text: string, stands: string, match: string, miss: string, why: string])[] = [
  ["home/${aws:username}/*", "home/ann/*", "home/ann/x", "work/ann/x", "the variable is replaced by its value"],
  ["${aws:username}-${aws:username}", "ann-ann", "ann-ann", "ann-", "each variable is replaced"],
  ["?${aws:username}", "?ann", "xann", "ann", "`?` outside of a variable is a wildcard still"],
  ["**${aws:username}", "**ann", "xxann", "xxbob", "adjacent wildcards are one"],
  ["${aws:userid}", "a*b", "a*b", "axb", "a wildcard in a value is a literal character"],
  ["a${*}", "a*", "a*", "ax", "${*} is an asterisk"],
  ["a${?}", "a?", "a?", "ax", "${?} is a question mark"],
  ["${$}{aws:username}", "${aws:username}", "${aws:username}", "ann", "${$} is a dollar sign"],
  ["${aws:PrincipalTag/team, 'none'}", "none", "none", "", "a missing value is replaced by the default"],
  ["${aws:PrincipalTag/team,'none'}", "none", "none", "", "the space before a default is optional"],
  ["${aws:PrincipalTag/team  ,  'two words'}", "two words", "two words", "none", "spaces in a default are significant"],
  ["${aws:PrincipalTag/team, ''}x", "x", "x", "", "a default can be empty"],
  ["${aws:PrincipalTag/team, '*'}", "*", "*", "x", "a wildcard in a default is a literal character"],
  ["${aws:username, 'none'}", "ann", "ann", "none", "a present value is used instead of the default"],
  ["a${aws:username", "a${aws:username", "a${aws:username", "aann", "without an end, it is not a variable"],
  ["{aws:username}$", "{aws:username}$", "{aws:username}$", "ann$", "without a beginning, it is not a variable"],
];

describe("a text with variables", () => {
  for (const [text, stands, match, miss, why] of values) {
    it(`${text} is ${JSON.stringify(stands)}: ${why}`, () => {
      const expansion = expandNow(text);
      const value = expansion.is === "value" ? expansion.value : undefined;
      strictEqual(value?.text, stands);
      strictEqual(matches(value.glob, match), true);
      strictEqual(matches(value.glob, miss), false);
    });
  }

  it("matches nothing if a variable has neither a value nor a default", () => {
    deepStrictEqual(expandNow("*${aws:PrincipalTag/team}*"), { is: "nothing" });
  });

  it("is unknown if a value is, and says which", () => {
    const questionOf = (text: string) => {
      const expansion = expandNow(text);
      return expansion.is === "unknown" ? expansion.openQuestion : expansion.is;
    };
    strictEqual(questionOf("${aws:CurrentTime}"), "the time of the request");
    strictEqual(questionOf("${aws:ResourceAccount}"), "AWS's own value");
    strictEqual(questionOf("${aws:PrincipalTag/maybe}"), "the tags of the role");
    strictEqual(questionOf("${aws:PrincipalTag/silent}"), "the value of `aws:PrincipalTag/silent`");
    strictEqual(questionOf("${aws:TagKeys}"), "which value of `aws:TagKeys` is used");
    for (const noDefault of ["team, none", "team, x'none'", "team, 'none'x", "team 'none'", "'none'", ",'none'", ""]) {
      strictEqual(questionOf(`\${${noDefault}}`), `the value of \`${noDefault}\``, "it has no default");
    }
  });

  it("is plain text in a document of 2008-10-17", () => {
    const expansion = expand("${aws:username}*", "2008-10-17", context);
    strictEqual(expansion.is === "value" && expansion.value.text, "${aws:username}*");
    strictEqual(expansion.is === "value" && matches(expansion.value.glob, "${aws:username}x"), true);
  });

  it("are searched once, however many begin and never end", () => {
    const text = "${".repeat(500_000);
    const before = process.cpuUsage().user;
    strictEqual(expandNow(text).is, "value");
    // Searching for the end of each to the end of the text took a minute and a half.
    strictEqual((process.cpuUsage().user - before) / 1_000_000 < 5, true, "it takes more than five seconds");
  });
});
