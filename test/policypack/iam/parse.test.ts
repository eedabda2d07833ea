import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import * as fc from "fast-check";
import type { DocumentKind, Problem } from "../../../policypack/iam/document";
import { parsePolicy } from "../../../policypack/iam/parse";
import { documents, statement } from "./cases/documents";
import { policyDocument } from "./documents";

const inWords = ({ where, message }: Problem) => `${where}: ${message}`;
const problemsOf = (source: unknown, kind: DocumentKind) => parsePolicy(source, kind).problems.map(inWords);
const adviceOn = (source: unknown, kind: DocumentKind) => parsePolicy(source, kind).advice.map(inWords);

describe("reading a policy document", () => {
  for (const [name, source, kind, problems, advice = []] of documents) {
    const finds = problems.length > 0 ? "what AWS refuses in" : advice.length > 0 ? "advice on" : "nothing wrong with";
    it(`finds ${finds} ${name}`, () => {
      const withoutUndefined: unknown = typeof source === "string" ? source : JSON.parse(JSON.stringify(source));
      const { kind: _, ...document } = (withoutUndefined ?? {}) as { kind?: unknown };
      const isObject =
        typeof withoutUndefined === "object" && withoutUndefined !== null && !Array.isArray(withoutUndefined);
      const given = isObject ? document : withoutUndefined;
      deepStrictEqual(problemsOf(given, kind), problems);
      deepStrictEqual(adviceOn(given, kind), advice);
      if (typeof given !== "string") deepStrictEqual(problemsOf(JSON.stringify(given), kind), problems, "as text");
    });
  }

  it("counts the characters of an endpoint policy, white space included", () => {
    const text = JSON.stringify({ Statement: statement });
    deepStrictEqual(problemsOf(text.padEnd(20_480), "endpoint"), []);
    deepStrictEqual(problemsOf(text.padEnd(20_481), "endpoint"), [": has 20481 characters; expected at most 20480"]);
    deepStrictEqual(problemsOf(text.padEnd(20_481), "gateway-endpoint").length, 1);
    deepStrictEqual(problemsOf(text.padEnd(32_768), "resource"), []);
    deepStrictEqual(problemsOf(text.padEnd(32_769), "resource"), [": has 32769 characters; expected at most 32768"]);
    strictEqual(parsePolicy(text.padEnd(20_481), "endpoint").document, undefined, "it is evaluated nevertheless");
  });

  for (const [kind, most] of [
    ["managed", 6_144],
    ["identity", 10_240],
    ["trust", 4_096],
  ] as const) {
    it(`counts the characters of a document of the kind ${kind}, without white space`, () => {
      const of = (count: number) => {
        const document = (sid: string) =>
          kind === "trust"
            ? `{"Version":"2012-10-17","Statement":{"Sid":"${sid}","Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}`
            : `{"Version":"2012-10-17","Statement":{"Sid":"${sid}","Effect":"Allow","Action":"*","Resource":"*"}}`;
        return document("a".repeat(count - document("").length))
          .replace("{", "{\n  ")
          .padEnd(20_000);
      };
      deepStrictEqual(problemsOf(of(most), kind), []);
      deepStrictEqual(problemsOf(of(most + 1), kind), [
        `: has ${most + 1} characters without white space; expected at most ${most}`,
      ]);
      const advice = [
        ": has 2049 characters without white space; the default quota is 2048, and an account may raise it to 4096",
      ];
      deepStrictEqual(adviceOn(of(2_048), kind), []);
      deepStrictEqual(adviceOn(of(2_049), kind), kind === "trust" ? advice : []);
      strictEqual(parsePolicy(of(2_049), kind).document?.statements.length, 1, "an account may have raised the quota");
    });
  }

  describe("returns", () => {
    const read = (source: unknown, kind: DocumentKind = "endpoint") => parsePolicy(source, kind).document;
    const everyone = { negated: false, everyone: true, named: [] };
    const nothing = { negated: false, patterns: [] };
    const asRead = {
      index: 0,
      sid: undefined,
      effect: "Allow",
      principals: everyone,
      actions: { negated: false, patterns: ["s3:GetObject"] },
      resources: { negated: false, patterns: ["*"] },
      conditions: [],
      unreadable: undefined,
    };
    const unreadableIn = (source: unknown) => read(source)?.statements.map(({ unreadable }) => unreadable);

    it("every list as a list and every value as text", () => {
      const named = { AWS: ["123456789012", "*"], Service: "ec2.amazonaws.com" };
      const conditions = {
        NumericLessThan: { "s3:TlsVersion": 1.2 },
        Bool: { "aws:SecureTransport": [false, "true"] },
      };
      deepStrictEqual(
        read({
          Version: "2012-10-17",
          Statement: [
            { Sid: "One", Effect: "Deny", NotPrincipal: named, NotAction: "s3:*", NotResource: ["*"] },
            { ...statement, Condition: conditions },
          ],
        }),
        {
          version: "2012-10-17",
          statements: [
            {
              ...asRead,
              sid: "One",
              effect: "Deny",
              principals: {
                negated: true,
                everyone: true,
                named: [
                  { type: "AWS", value: "123456789012" },
                  { type: "AWS", value: "*" },
                  { type: "Service", value: "ec2.amazonaws.com" },
                ],
              },
              actions: { negated: true, patterns: ["s3:*"] },
              resources: { negated: true, patterns: ["*"] },
            },
            {
              ...asRead,
              index: 1,
              conditions: [
                { operator: "NumericLessThan", key: "s3:TlsVersion", values: ["1.2"] },
                { operator: "Bool", key: "aws:SecureTransport", values: ["false", "true"] },
              ],
            },
          ],
        },
      );
    });
    it("version 2008-10-17 if there is none, and the current one if it is not known", () => {
      strictEqual(read({ Statement: statement })?.version, "2008-10-17");
      strictEqual(read({ Version: "2008-10-17", Statement: statement })?.version, "2008-10-17");
      strictEqual(read({ Version: "2012-10-18", Statement: statement })?.version, "2012-10-17");
    });
    it("a statement that is not an object as one about which nothing is known", () => {
      deepStrictEqual(read({ Statement: [statement, "x"] })?.statements, [
        asRead,
        {
          ...asRead,
          index: 1,
          principals: undefined,
          actions: nothing,
          resources: nothing,
          unreadable: "Statement[1]",
        },
        {
          ...asRead,
          index: 1,
          effect: "Deny",
          principals: undefined,
          actions: nothing,
          resources: nothing,
          unreadable: "Statement[1]",
        },
      ]);
    });
    it("one statement with each effect if the effect does not exist, whatever else is wrong", () => {
      deepStrictEqual(read({ Statement: { ...statement, Other: 1, Effect: "deny" } })?.statements, [
        { ...asRead, unreadable: "Statement[0].Effect" },
        { ...asRead, effect: "Deny", unreadable: "Statement[0].Effect" },
      ]);
    });
    it("the rest of a statement whose principals, actions and resources cannot be read", () => {
      deepStrictEqual(read({ Statement: { Effect: "Allow", Principal: "me", Action: [], Condition: { Bool: 1 } } }), {
        version: "2008-10-17",
        statements: [
          {
            ...asRead,
            principals: { negated: false, everyone: false, named: [] },
            actions: nothing,
            resources: nothing,
            unreadable: "Statement[0].Principal",
          },
        ],
      });
      deepStrictEqual(read({ Statement: { Effect: "Allow" } })?.statements, [
        { ...asRead, actions: nothing, resources: nothing, unreadable: "Statement[0].Principal" },
      ]);
    });
    it("no principals in an identity policy and no resources in a trust policy", () => {
      const { Principal: _, ...identity } = statement;
      strictEqual(read({ Statement: identity }, "identity")?.statements[0]?.principals, undefined);
      const { Resource: __, ...trust } = statement;
      strictEqual(read({ Statement: trust }, "trust")?.statements[0]?.resources, undefined);
    });
    it("uncertainty for the statements in which, or above which, a key appears twice", () => {
      const one = JSON.stringify(statement);
      const twice = one.replace("{", '{"Resource":"x",');
      deepStrictEqual(unreadableIn(`{"Statement":[${one},${twice}]}`), [undefined, "Statement[1].Resource"]);
      deepStrictEqual(unreadableIn(`{"Statement":${twice}}`), ["Statement.Resource"]);
      deepStrictEqual(unreadableIn(`{"Id":"a","Id":"b","Statement":[${one},${one}]}`), ["Id", "Id"]);
      const eleven = Array.from({ length: 11 }, (_, i) => (i === 10 ? twice : one)).join(",");
      strictEqual(unreadableIn(`{"Statement":[${eleven}]}`)?.filter((doubt) => doubt !== undefined).length, 1);
    });
    it("one statement with each effect if the effect, or the whole statement, appears twice", () => {
      const effectsIn = (source: string) => read(source)?.statements.map(({ effect, index }) => [effect, index]);
      const one = JSON.stringify(statement);
      const both = [
        ["Allow", 0],
        ["Deny", 0],
      ];
      deepStrictEqual(effectsIn(`{"Statement":${one.replace("{", '{"Effect":"Deny",')}}`), both);
      deepStrictEqual(effectsIn(`{"Statement":${one},"Statement":${one}}`), both);
      deepStrictEqual(effectsIn(`{"Statement":${one.replace("Allow", 'Allow","Effect":"Deny')}}`), [...both].reverse());
      const alsoResource = one.replace("{", '{"Resource":"x","Effect":"Deny",');
      deepStrictEqual(effectsIn(`{"Statement":[${alsoResource}]}`), both, "whatever else appears twice");
      deepStrictEqual(effectsIn(`{"Id":"a","Id":"b","Statement":${one}}`), both.slice(0, 1));
      deepStrictEqual(effectsIn(`{"Id":{"Statement":1,"Statement":2},"Statement":${one}}`), both.slice(0, 1));
      const eleventh = one.replace("Allow", 'Allow","Effect":"Deny');
      deepStrictEqual(effectsIn(`{"Statement":[${`${one},`.repeat(10)}${eleventh}]}`)?.slice(10), [
        ["Deny", 10],
        ["Allow", 10],
      ]);
    });
  });

  it("says that there is nothing", () => {
    deepStrictEqual(problemsOf(undefined, "endpoint"), [": is missing; expected a JSON object with `Statement`"]);
  });

  it("accepts null in a list, as AWS was seen to do, and reports null alone", () => {
    const message = "Statement[0].Action: has null; expected text";
    const of = (Action: unknown) => ({ Statement: { ...statement, Action } });
    deepStrictEqual([problemsOf(of(["*", null]), "endpoint"), adviceOn(of(["*", null]), "endpoint")], [[], [message]]);
    deepStrictEqual([problemsOf(of(null), "endpoint"), adviceOn(of(null), "endpoint")], [[message], []]);
  });

  it("names the first character that IAM does not accept by its code", () => {
    const accepts = "IAM accepts tabs, line breaks and U+0020 to U+00FF only";
    for (const kind of ["identity", "managed", "trust"] as const) {
      strictEqual(problemsOf("\f{}", kind)[0], `: contains U+000C; ${accepts}`);
      strictEqual(problemsOf('{"Id":"\u20ac\u2013"}', kind)[0], `: contains U+20AC; ${accepts}`);
      strictEqual(problemsOf('{"Id":"\u{1f600}"}', kind)[0], `: contains U+1F600; ${accepts}`);
    }
  });

  it("names the first whole variable of a document that has none", () => {
    const variableIn = (Resource: string) => adviceOn({ Statement: { ...statement, Resource } }, "endpoint");
    const advice = (variable: string) => [
      `Version: is not \`2012-10-17\`, so \`${variable}\` is read as plain text; expected \`2012-10-17\``,
    ];
    deepStrictEqual(variableIn("arn:aws:s3:::a-${b-${aws:userid}-${c}"), advice("${aws:userid}"));
    deepStrictEqual(variableIn("arn:aws:s3:::a}-${}"), advice("${}"));
    deepStrictEqual(variableIn("arn:aws:s3:::a}-${b"), []);
    deepStrictEqual(variableIn("arn:aws:s3:::$a-{b}"), []);
  });

  it("rejects what is nested too deeply for a policy, closed or not", () => {
    const deep = (levels: number) => `{"Statement":${"[".repeat(levels)}${"]".repeat(levels)}}`;
    const message = ": nests more than 100 levels deep; expected a policy document, which has 6 levels";
    deepStrictEqual(problemsOf(deep(10_000), "resource"), [message]);
    deepStrictEqual(problemsOf("[".repeat(100), "resource"), [
      ": is not JSON: close bracket expected at line 1, column 101",
    ]);
    deepStrictEqual(problemsOf("[".repeat(30_000), "resource"), [
      ": is not JSON: too many nested brackets; expected a policy document, which has 6 levels",
    ]);
    deepStrictEqual(problemsOf(deep(100), "resource").includes(message), false);
  });

  it("finds nothing wrong with documents that follow AWS's grammar", () => {
    fc.assert(
      fc.property(policyDocument, (document) => {
        const problems = problemsOf(document, "endpoint").filter((problem) => !problem.includes("plain text"));
        deepStrictEqual(problems, []);
      }),
    );
  });

  it("returns a result for any input, and never throws", () => {
    const numRuns = Number(process.env["PATCHPATH_RANDOM_DOCUMENTS"] ?? 5_000) / 2;
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.jsonValue(), fc.string(), mutatedDocument), (source) => {
        const { document, problems } = parsePolicy(source, "endpoint");
        ok(document ?? problems.length > 0);
        for (const { where, message } of problems) strictEqual(`${where}${message}`.includes("\n"), false);
      }),
      { numRuns },
    );
  });
});

/** A document that follows the grammar, with one piece of text replaced. */
const mutatedDocument = fc
  .tuple(
    policyDocument.map((document) => JSON.stringify(document)),
    fc.nat(),
    fc.constantFrom("", "{", "]", '"', "null", "1e9", '"Effect":', "\\", "\u0000"),
  )
  .map(([text, at, piece]) => text.slice(0, at % text.length) + piece + text.slice((at % text.length) + 1));
