import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { readConfig } from "../../config";
import { type WrongConfig, configWith, problemsOf } from "./problems";

describe("the config of sessions", () => {
  const wrong: readonly WrongConfig[] = [
    [
      "a retention that CloudWatch does not support",
      { "patchpath:sessions": { retentionDays: 42 } },
      [
        "`patchpath:sessions.retentionDays` is `42`; expected one of the 22 values in docs/config.md, such as `30`, `60`, `14`, `7`",
      ],
    ],
    [
      "the retention of a log group that is not created",
      { "patchpath:sessions": { logGroup: false, retentionDays: 30 } },
      ["`patchpath:sessions.retentionDays` has no effect with `logGroup` `false`; expected it left out"],
    ],
    [
      "a bucket ARN instead of its name",
      { "patchpath:sessions": { s3Bucket: "arn:aws:s3:::logs" } },
      [
        "`patchpath:sessions.s3Bucket` is `arn:aws:s3:::logs`; expected the name of a bucket: 3 to 63 lower-case letters, digits, dots or hyphens",
      ],
    ],
  ];
  for (const [name, values, problems] of wrong) {
    it(`rejects ${name}`, () => {
      deepStrictEqual(problemsOf(values), problems);
    });
  }

  it("includes the price of the endpoints that logs and a key require, and no others", () => {
    const endpoints = (sessions: object) =>
      readConfig(configWith({ "patchpath:sessions": sessions })).prices.interfaceEndpoints;
    strictEqual(endpoints({ logGroup: false, s3Bucket: "my-session-logs" }), 2);
    strictEqual(endpoints({}), 3);
    strictEqual(endpoints({ encrypted: true }), 4);
  });
});
