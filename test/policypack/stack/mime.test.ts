import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { isMime, mimeParts } from "../../../policypack/stack/mime";

const textsOf = (message: string) => mimeParts(message)?.map(({ type, content }) => `${type}: ${content.toString()}`);
const bounded = (boundary: string, ...parts: readonly string[]) =>
  [
    `Content-Type: multipart/mixed; boundary=${boundary}`,
    "",
    ...parts.flatMap((part) => [`--${boundary}`, part]),
    `--${boundary}--`,
  ].join("\n");
const multipart = (...parts: readonly string[]) => bounded("abc", ...parts);
/** A text in so many messages. */
const nested = (depth: number): string => (depth === 0 ? "text" : bounded(`level-${depth}`, nested(depth - 1)));

describe("a MIME message", () => {
  for (const [text, expected] of [
    ["Content-Type: multipart/mixed", true],
    ["MIME-Version: 1.0", true],
    ["mime-version  : 1.0", true],
    ["\n\n  content-type: text/plain", true],
    ["#!/bin/sh\ncontent-type: text/plain", false],
    ["x-content-type: text/plain", false],
    ["content-type-x: text/plain", false],
    ["content-type text/plain", false],
  ] as const) {
    it(`${expected ? "may begin" : "does not begin"} with ${JSON.stringify(text)}`, () => {
      strictEqual(isMime(text), expected);
    });
  }

  const cases: readonly (readonly [string, message: string, parts: readonly string[] | undefined])[] = [
    ["is one part where it is not multipart", "Content-Type: text/x-a\n\none\n\ntwo\n", ["text/x-a: one\n\ntwo\n"]],
    ["has types without parameters, in lower case", "content-type:Text/X-A  ; charset=x\n\none", ["text/x-a: one"]],
    ["has headers with white space before the colon", "Content-Type : text/x-a\n\none", ["text/x-a: one"]],
    ["has headers that are continued", "Content-Type:\n  text/x-a\n\none", ["text/x-a: one"]],
    ["may begin with empty lines", "\n \nContent-Type:text/x-a\n\none", ["text/x-a: one"]],
    ["may have Windows line endings", "Content-Type: text/x-a\r\n\r\none\r\ntwo", ["text/x-a: one\ntwo"]],
    ["has headers that a line of white space ends", "Content-Type: text/x-a\n \t\none", ["text/x-a: one"]],
    ["may have no body", "Content-Type: text/x-a", ["text/x-a: "]],
    ["may have a header that is not one", "Content-Type: text/x-a\nnonsense\n\none", ["text/x-a: one"]],
    ["has no type where other headers stand alone", "MIME-Version: 1.0\n\none", ["text/plain: one"]],
    [
      "has parts",
      multipart("Content-Type: text/x-a\n\none", "Content-Type: text/x-b\n\ntwo\nlines"),
      ["text/x-a: one", "text/x-b: two\nlines"],
    ],
    [
      "has parts without headers",
      multipart("echo content-type: x\n\necho two"),
      ["text/plain: echo content-type: x\n\necho two"],
    ],
    [
      "has text before its parts and after them",
      `Content-Type: multipart/mixed; boundary="a b"\n\nbefore\n--a b \none\n --a b\n--a b-- \nafter\n--a b\n`,
      ["text/plain: one\n --a b"],
    ],
    [
      "has a boundary with other parameters around it",
      'Content-Type: multipart/mixed; charset="x"; Boundary = abc; x=y\n\n--abc\none\n--abc--',
      ["text/plain: one"],
    ],
    [
      "cannot be read without a boundary",
      "Content-Type: multipart/mixed\n\n--undefined\none\n--undefined--",
      undefined,
    ],
    ["cannot be read without parts", multipart(), undefined],
    [
      "cannot be read where a part cannot",
      multipart("one", "Content-Transfer-Encoding: quoted-printable\n\none"),
      undefined,
    ],
    ["has messages within messages", nested(5), ["text/plain: text"]],
    ["cannot be read where messages nest more deeply", nested(6), undefined],
    [
      "has messages as parts",
      multipart(bounded("inner", "one", "two"), "three"),
      ["text/plain: one", "text/plain: two", "text/plain: three"],
    ],
  ];
  for (const [what, message, parts] of cases) {
    it(what, () => {
      deepStrictEqual(textsOf(message), parts);
    });
  }

  for (const [encoding, content] of [
    ["7bit", "dGV4dA=="],
    ["8bit", "dGV4dA=="],
    ["binary", "dGV4dA=="],
    ["Base64", "text"],
  ] as const) {
    it(`has content in ${encoding}`, () => {
      deepStrictEqual(textsOf(`Content-Transfer-Encoding: ${encoding}\n\ndGV4dA==`), [`text/plain: ${content}`]);
    });
  }
});
