import { deepStrictEqual } from "node:assert/strict";
import { type WrongConfig, problemsOf } from "./problems";

const monitoring = (settings: object) => ({ "patchpath:monitoring": settings });

describe("the config of monitoring", () => {
  const wrong: readonly WrongConfig[] = [
    [
      "an invalid address",
      monitoring({ emails: ["ops"] }),
      ["`patchpath:monitoring.emails[0]` is `ops`; expected a mail address"],
    ],
    [
      "days below none",
      monitoring({ staleDays: -1 }),
      ["`patchpath:monitoring.staleDays` is `-1`; expected at least 0"],
    ],
    [
      "text instead of one of the values",
      monitoring({ dashboard: "yes" }),
      ["`patchpath:monitoring.dashboard` is `yes`; expected `true` or `false`"],
    ],
    [
      "a data sync to a region that does not exist",
      monitoring({ dataSync: { bucket: "all-accounts", region: "mars-1" } }),
      [
        "`patchpath:monitoring.dataSync.region` is `mars-1`; expected one of the 38 values in docs/config.md, such as `ca-west-1`, `sa-east-1`, `me-south-1`, `ap-east-1`",
      ],
    ],
    [
      "a data sync without a bucket",
      monitoring({ dataSync: { region: "eu-west-1" } }),
      ["`patchpath:monitoring.dataSync.bucket` is missing; expected text"],
    ],
    ["a misspelt key", monitoring({ alarms: true }), ["`patchpath:monitoring.alarms` is not a key of this config"]],
  ];
  for (const [name, values, problems] of wrong) {
    it(`rejects ${name}`, () => {
      deepStrictEqual(problemsOf(values), problems);
    });
  }
});
