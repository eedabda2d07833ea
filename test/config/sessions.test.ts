import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { readConfig } from "../../config";
import { type WrongConfig, configWith, problemsOf } from "./problems";

describe("the config of sessions", () => {
  const wrong: readonly WrongConfig[] = [
    [
      "days that CloudWatch does not take",
      { "patchpath:sessions": { retentionDays: 42 } },
      [
        "`patchpath:sessions.retentionDays` is `42`; expected one of the 22 values in docs/config.md, such as `30`, `60`, `14`, `7`",
      ],
    ],
    [
      "days of a log group that isn't made",
      { "patchpath:sessions": { logGroup: false, retentionDays: 30 } },
      ["`patchpath:sessions.retentionDays` has no effect with `logGroup` `false`; expected it left out"],
    ],
    [
      "a bucket by its ARN",
      { "patchpath:sessions": { s3Bucket: "arn:aws:s3:::logs" } },
      [
        "`patchpath:sessions.s3Bucket` is `arn:aws:s3:::logs`; expected the name of a bucket: 3 to 63 lower-case letters, digits, dots or hyphens",
      ],
    ],
  ];
  for (const [name, values, problems] of wrong) {
    it(`refuses ${name}`, () => {
      deepStrictEqual(problemsOf(values), problems);
    });
  }

  it("prices the endpoints that logs and a key need, and no others", () => {
    const endpoints = (sessions: object) =>
      readConfig(configWith({ "patchpath:sessions": sessions })).prices.interfaceEndpoints;
    strictEqual(endpoints({ logGroup: false, s3Bucket: "my-session-logs" }), 2);
    strictEqual(endpoints({}), 3);
    strictEqual(endpoints({ encrypted: true }), 4);
  });
});
