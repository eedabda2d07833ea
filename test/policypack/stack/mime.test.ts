import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { isMime, mimeParts } from "../../../policypack/stack/mime";

const text = (...lines: string[]) => lines.join("\n");
const encoded = (plain: string) => Buffer.from(plain).toString("base64");
const nested = (depth: number): string =>
  depth === 0
    ? text("Content-Type: text/x-shellscript", "", "echo deep")
    : text(`Content-Type: multipart/mixed; boundary=b${depth}`, "", `--b${depth}`, nested(depth - 1), `--b${depth}--`);

/** Messages as they are written for cloud-init, each with the parts that it must have. */
const messages: Readonly<Record<string, readonly [message: string, parts: readonly (readonly [string, string])[]]>> = {
  "two parts, with a preamble and an epilogue": [
    text(
      'Content-Type: multipart/mixed; boundary="==B=="',
      "MIME-Version: 1.0",
      "",
      "for readers without MIME",
      "--==B==",
      "Content-Type: text/cloud-config; charset=us-ascii",
      "",
      "packages:",
      "  - jq",
      "--==B==  ",
      "Content-Type: text/x-shellscript",
      "",
      "#!/bin/sh",
      "",
      "echo --==B==",
      "--==B==--",
      "systemctl stop amazon-ssm-agent",
    ),
    [
      ["text/cloud-config", "packages:\n  - jq"],
      ["text/x-shellscript", "#!/bin/sh\n\necho --==B=="],
    ],
  ],
  "a boundary without quotation marks, with a parameter after it": [
    text("MIME-Version: 1.0", "content-type: MULTIPART/Mixed; BOUNDARY=AbC;x=y", "", "--AbC", "", "plain", "--AbC--"),
    [["text/plain", "plain"]],
  ],
  "parts without headers": [
    text(
      "MIME-Version: 1.0",
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "",
      "Note: this is content",
      "--b",
      "none",
      "--b--",
    ),
    [
      ["text/plain", "Note: this is content"],
      ["text/plain", "none"],
    ],
  ],
  "a boundary on a continued line": [
    text("Content-Type: multipart/mixed;", '\t boundary="a b"', "", "--a b", "", "one", "--a b", "", "two", "--a b--"),
    [
      ["text/plain", "one"],
      ["text/plain", "two"],
    ],
  ],
  "encoded parts": [
    text(
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "Content-Type: text/x-shellscript",
      "Content-Transfer-Encoding: BASE64",
      "",
      encoded("echo one"),
      "--b",
      "Content-Type:text/x-shellscript",
      "Content-Transfer-Encoding:8bit",
      "",
      "echo two",
      "--b",
      "Content-Type: text/x-shellscript",
      "Content-Transfer-Encoding: binary",
      "",
      "echo three",
      "--b--",
    ),
    [
      ["text/x-shellscript", "echo one"],
      ["text/x-shellscript", "echo two"],
      ["text/x-shellscript", "echo three"],
    ],
  ],
  "a message within a message": [nested(2), [["text/x-shellscript", "echo deep"]]],
  "one part, without a multipart type": [
    text("MIME-Version: 1.0", "Content-Type: text/x-shellscript ; charset=utf-8", "X-Note: a: b", "", "echo: here", ""),
    [["text/x-shellscript", "echo: here\n"]],
  ],
  "headers alone": [text("Content-Type: text/x-shellscript"), [["text/x-shellscript", ""]]],
};

/** The parts by Python's `email`, with which cloud-init reads user data. */
const byPython = `
import email, json, sys
print(json.dumps([[(part.get_content_type(), part.get_payload(decode=True).decode())
  for part in email.message_from_string(message).walk() if not part.is_multipart()] for message in json.load(sys.stdin)]))
`;

const partsOf = (message: string) => mimeParts(message)?.map(({ type, content }) => [type, content.toString()]);

describe("a MIME message in user data", () => {
  for (const [title, [message, parts]] of Object.entries(messages)) {
    it(`has the parts that it names: ${title}`, () => {
      strictEqual(isMime(message), true);
      deepStrictEqual(partsOf(message), parts);
      const ending = (content: string) => content.replaceAll("\n", "\r\n");
      deepStrictEqual(partsOf(ending(message)), parts, "with the line endings of Windows");
    });
  }

  it("has the parts that Python's email module finds", () => {
    const all = Object.values(messages).map(([message]) => message);
    const found = execFileSync("python3", ["-c", byPython], { input: JSON.stringify(all), encoding: "utf8" });
    deepStrictEqual(JSON.parse(found), all.map(partsOf));
  });

  const unreadable: Readonly<Record<string, string>> = {
    "a multipart message without a boundary": text("Content-Type: multipart/mixed", "", "--b", "", "one", "--b--"),
    "a multipart message without parts": text("Content-Type: multipart/mixed; boundary=b", "", "one", "--b--"),
    "a part in an encoding that it does not know": text(
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "",
      "one",
      "--b",
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "t=77o",
      "--b--",
    ),
    "messages that are nested too deeply": nested(6),
  };
  for (const [title, message] of Object.entries(unreadable)) {
    it(`cannot be read: ${title}`, () => {
      strictEqual(partsOf(message), undefined);
    });
  }

  it("may be nested five levels deep", () => {
    deepStrictEqual(partsOf(nested(5)), [["text/x-shellscript", "echo deep"]]);
  });

  it("begins with one of its headers", () => {
    const begins = ["MIME-Version: 1.0", "content-type : text/plain"];
    const others = ["#!/bin/sh\necho Content-Type: text/plain", "Content-Type", "X-Content-Type: text/plain", ""];
    deepStrictEqual([...begins, ...others].map(isMime), [true, true, false, false, false, false]);
  });
});
