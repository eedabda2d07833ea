import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { readConfig } from "../../config";
import { patchPolicyRegions } from "../../policypack/facts/quick-setup";
import { type WrongConfig, configWith, problemsOf } from "./problems";

const patching = (settings: object) => ({ "patchpath:patching": settings });
const policy = (settings: object = {}) => patching({ method: "patch-policy", ...settings });
const offered = `one of the ${patchPolicyRegions.length} values in docs/config.md, such as`;

describe("the config of patching", () => {
  const wrong: readonly WrongConfig[] = [
    [
      "a method that does not exist",
      patching({ method: "cron" }),
      [
        "`patchpath:patching.method` is `cron`; expected one of `maintenance-window`, `patch-policy`, `host-management`, `on-demand`",
      ],
    ],
    [
      "an operation that Patch Manager does not have",
      patching({ operation: "Update" }),
      ["`patchpath:patching.operation` is `Update`; expected one of `Scan`, `Install`"],
    ],
    [
      "a misspelt key",
      patching({ shedule: "rate(1 day)" }),
      ["`patchpath:patching.shedule` is not a key of this config; did you mean `schedule`?"],
    ],
    ["text, not an object", patching("weekly" as never), ["`patchpath:patching` is `weekly`; expected an object"]],
    [
      "a cron expression with five fields",
      patching({ schedule: "cron(0 18 * * SUN)" }),
      [
        "`patchpath:patching.schedule` is `cron(0 18 * * SUN)`; expected `cron(...)` with six fields, such as `cron(0 18 ? * SUN *)`",
      ],
    ],
    [
      "a cron expression without `cron()`",
      patching({ schedule: "0 18 ? * SUN *" }),
      [
        "`patchpath:patching.schedule` is `0 18 ? * SUN *`; expected `cron(...)` with six fields, `rate(...)` or `at(...)`",
      ],
    ],
    [
      "two day fields",
      patching({ schedule: "cron(0 18 1 * SUN *)" }),
      [
        "`patchpath:patching.schedule` is `cron(0 18 1 * SUN *)`; expected `?` in exactly one of the fields for the day of the month and the day of the week",
      ],
    ],
    [
      "an hour that does not exist",
      patching({ schedule: "cron(0 24 ? * SUN *)" }),
      ["`patchpath:patching.schedule` is `cron(0 24 ? * SUN *)`; expected 0 to 23 in the field for the hours"],
    ],
    [
      "a sixth Tuesday",
      patching({ schedule: "cron(0 18 ? * TUE#6 *)" }),
      [
        "`patchpath:patching.schedule` is `cron(0 18 ? * TUE#6 *)`; expected 1 to 7 or SUN to SAT in the field for the day of the week",
      ],
    ],
    [
      "a day that does not exist",
      patching({ schedule: "cron(0 18 31 4 ? *)" }),
      ["`patchpath:patching.schedule` is `cron(0 18 31 4 ? *)`; expected a date that exists: this schedule never runs"],
    ],
    [
      "runs every minute",
      patching({ schedule: "cron(* 18 ? * SUN *)" }),
      ["`patchpath:patching.schedule` is `cron(* 18 ? * SUN *)`; expected at least 5 minutes between runs"],
    ],
    [
      "a rate in weeks",
      patching({ schedule: "rate(1 week)" }),
      [
        "`patchpath:patching.schedule` is `rate(1 week)`; expected `rate(...)` with a number above 0 and its unit, such as `rate(1 day)` or `rate(7 days)`",
      ],
    ],
    [
      "a time with a time zone",
      patching({ schedule: "at(2026-12-01T18:00:00+09:00)" }),
      [
        "`patchpath:patching.schedule` is `at(2026-12-01T18:00:00+09:00)`; expected `at(...)` with a time such as `2026-11-20T18:00:00`",
      ],
    ],
    [
      "30 February",
      patching({ schedule: "at(2027-02-30T18:00:00)" }),
      [
        "`patchpath:patching.schedule` is `at(2027-02-30T18:00:00)`; expected `at(...)` with a time such as `2026-11-20T18:00:00`",
      ],
    ],
    ["a number as a schedule", patching({ schedule: 7 }), ["`patchpath:patching.schedule` is `7`; expected text"]],
    [
      "an invalid schedule of scans",
      patching({ scanSchedule: "daily" }),
      ["`patchpath:patching.scanSchedule` is `daily`; expected `cron(...)` with six fields, `rate(...)` or `at(...)`"],
    ],
    [
      "a time zone that does not exist",
      patching({ timezone: "Mars/Olympus" }),
      ["`patchpath:patching.timezone` is `Mars/Olympus`; expected an IANA time zone, such as `Asia/Tokyo`"],
    ],
    [
      "a time zone with a time in UTC",
      patching({ schedule: "at(2026-12-01T18:00:00)", timezone: "Asia/Tokyo" }),
      ["`patchpath:patching.timezone` is `Asia/Tokyo`; expected `Etc/UTC`, in which AWS reads `at(...)`"],
    ],
    [
      "an offset with a rate",
      patching({ schedule: "rate(7 days)", offset: 3 }),
      ["`patchpath:patching.offset` is `3`; expected it left out, or `schedule` as `cron(...)`"],
    ],
    [
      "an offset with a time",
      patching({ schedule: "at(2026-12-01T18:00:00)", offset: 1 }),
      ["`patchpath:patching.offset` is `1`; expected it left out, or `schedule` as `cron(...)`"],
    ],
    ["an offset of a week", patching({ offset: 7 }), ["`patchpath:patching.offset` is `7`; expected at most 6"]],
    ["an offset of zero days", patching({ offset: 0 }), ["`patchpath:patching.offset` is `0`; expected at least 1"]],
    [
      "a cutoff as long as the maintenance window",
      patching({ duration: 2, cutoff: 2 }),
      ["`patchpath:patching.cutoff` is `2`; expected less than `duration`, which is `2`"],
    ],
    [
      "a cutoff longer than the default maintenance window",
      patching({ cutoff: 5 }),
      ["`patchpath:patching.cutoff` is `5`; expected less than `duration`, which is `3`"],
    ],
    [
      "a maintenance window longer than a day",
      patching({ duration: 25 }),
      ["`patchpath:patching.duration` is `25`; expected at most 24"],
    ],
    ["half an hour", patching({ duration: 1.5 }), ["`patchpath:patching.duration` is `1.5`; expected a whole number"]],
    [
      "more than all instances at a time",
      patching({ maxConcurrency: "101%" }),
      ["`patchpath:patching.maxConcurrency` is `101%`; expected a number of instances or `1%` to `100%`"],
    ],
    [
      "no instance at a time",
      patching({ maxConcurrency: 0 }),
      ["`patchpath:patching.maxConcurrency` is `0`; expected a number of instances or `1%` to `100%`"],
    ],
    [
      "a negative number of failures",
      patching({ maxErrors: "-1" }),
      ['`patchpath:patching.maxErrors` is `"-1"`; expected a number of failures or `0%` to `100%`'],
    ],
    [
      "a reboot option of another API",
      patching({ rebootOption: "Always" }),
      ["`patchpath:patching.rebootOption` is `Always`; expected one of `RebootIfNeeded`, `NoReboot`"],
    ],
    [
      "a hook by its ARN",
      patching({ hooks: { preInstall: "arn:aws:ssm:eu-west-1::document/x" } }),
      [
        "`patchpath:patching.hooks.preInstall` is `arn:aws:ssm:eu-west-1::document/x`; expected the name of a Command document: 3 to 128 letters, digits or `_-.`",
      ],
    ],
    [
      "a hook that the AWS document does not have",
      patching({ hooks: { preScan: "Drain" } }),
      ["`patchpath:patching.hooks.preScan` is not a key of this config; did you mean `preInstall`?"],
    ],
    [
      "hooks without any",
      patching({ hooks: {} }),
      ["`patchpath:patching.hooks` is `{}`; expected at least one of `preInstall`, `postInstall` and `onExit`"],
    ],
    [
      "hooks of a scan",
      patching({ operation: "Scan", hooks: { onExit: "Report" } }),
      ["`patchpath:patching.hooks` run when patches are installed; expected the operation `Install`"],
    ],
    [
      "scans with a maintenance window that scans",
      patching({ operation: "Scan", scanSchedule: "rate(1 day)" }),
      ["`patchpath:patching.scanSchedule` is for windows that install; expected it left out with the operation `Scan`"],
    ],
    [
      "a bucket name that S3 would reject",
      patching({ output: { s3: "My_Bucket" } }),
      ["`patchpath:patching.output.s3` is `My_Bucket`; expected `true`, or the name of a bucket"],
    ],
    // Settings that a method does not use
    [
      "a schedule on demand",
      patching({ method: "on-demand", schedule: "rate(1 day)" }),
      [
        "`patchpath:patching.schedule` is not for the method `on-demand`; expected it left out, or the method `maintenance-window` or `patch-policy`",
      ],
    ],
    [
      "an installation by host management",
      patching({ method: "host-management", operation: "Install" }),
      [
        "`patchpath:patching.operation` is not for the method `host-management`, which only scans; expected it left out, or the method `maintenance-window` or `patch-policy`",
      ],
    ],
    [
      "a time zone for a patch policy",
      policy({ timezone: "Asia/Tokyo" }),
      [
        "`patchpath:patching.timezone` is not for the method `patch-policy`; expected it left out, or the method `maintenance-window`",
      ],
    ],
    [
      "hooks for a patch policy",
      policy({ hooks: { onExit: "Report" } }),
      [
        "`patchpath:patching.hooks` is not for the method `patch-policy`; expected it left out, or the method `maintenance-window`",
      ],
    ],
    [
      "organizational units for a maintenance window",
      patching({ targets: { organizationalUnits: ["ou-ab12-cdefgh34"] } }),
      [
        "`patchpath:patching.targets` is not for the method `maintenance-window`; expected it left out, or the method `patch-policy` or `host-management`",
      ],
    ],
    // Quick Setup
    [
      "a patch policy in a region without patch policies",
      { "aws:region": "ap-northeast-3", ...policy() },
      [
        `\`patchpath:patching.method\` is \`patch-policy\`, which AWS does not offer in \`ap-northeast-3\`; expected another method, or another region, ${offered} \`ap-northeast-1\`, \`ap-northeast-2\`, \`ap-southeast-1\`, \`ap-southeast-2\``,
      ],
    ],
    [
      "a patch policy for another region without patch policies",
      policy({ targets: { regions: ["ap-northeast-1", "eu-south-1"] } }),
      [
        `\`patchpath:patching.targets.regions[1]\` is \`eu-south-1\`, where AWS offers no patch policies; expected ${offered} \`ap-south-1\`, \`eu-north-1\`, \`eu-west-1\`, \`ap-southeast-1\``,
      ],
    ],
    [
      "a region that does not exist",
      policy({ targets: { regions: ["mars-1"] } }),
      [
        "`patchpath:patching.targets.regions[0]` is `mars-1`; expected one of the 38 values in docs/config.md, such as `ca-west-1`, `sa-east-1`, `me-south-1`, `ap-east-1`",
      ],
    ],
    [
      "an organizational unit by name",
      policy({ targets: { organizationalUnits: ["Workloads"] } }),
      ["`patchpath:patching.targets.organizationalUnits[0]` is `Workloads`; expected the id of an organizational unit"],
    ],
    [
      "a patch policy with a rate",
      policy({ schedule: "rate(7 days)" }),
      [
        "`patchpath:patching.schedule` is `rate(7 days)`; expected `cron(...)`, the only form that a patch policy takes",
      ],
    ],
    [
      "a patch policy in some months only",
      policy({ schedule: "cron(0 2 ? JAN SUN *)" }),
      [
        "`patchpath:patching.schedule` is `cron(0 2 ? JAN SUN *)`; expected `*` in the field for the month, since State Manager, by which a patch policy runs, takes no months",
      ],
    ],
    [
      "an installation schedule for a policy that scans",
      policy({ operation: "Scan", schedule: "cron(0 2 ? * SUN *)" }),
      ["`patchpath:patching.schedule` is for the operation `Install`; expected `scanSchedule` with `Scan`"],
    ],
    [
      "a log group for a patch policy",
      policy({ output: { cloudWatch: true } }),
      ["`patchpath:patching.output.cloudWatch` is `true`; expected `s3`, the only output of a patch policy"],
    ],
    [
      "a configuration ID with spaces",
      policy({ configurationId: "my config" }),
      [
        "`patchpath:patching.configurationId` is `my config`; expected the id that Quick Setup gave, lower-case letters and digits",
      ],
    ],
  ];
  for (const [name, values, problems] of wrong) {
    it(`rejects ${name}`, () => {
      deepStrictEqual(problemsOf(values), problems);
    });
  }

  it("accepts each method with all its keys", () => {
    const commands = { maxConcurrency: 2, maxErrors: "10%", rebootOption: "NoReboot" };
    deepStrictEqual(
      problemsOf(
        patching({
          ...commands,
          schedule: "cron(0 18 ? * TUE#2 *)",
          offset: 3,
          timezone: "Asia/Tokyo",
          scanSchedule: "rate(1 day)",
          duration: 4,
          cutoff: 0,
          hooks: { preInstall: "Drain", postInstall: "Check", onExit: "Undrain" },
          output: { s3: true, cloudWatch: true },
        }),
      ),
      [],
    );
    const targets = { organizationalUnits: ["ou-ab12-cdefgh34"], regions: ["eu-west-1"] };
    deepStrictEqual(problemsOf(policy({ ...commands, targets, output: { s3: "logs" }, configurationId: "yug6d" })), []);
    deepStrictEqual(problemsOf(patching({ method: "host-management", targets })), []);
    deepStrictEqual(problemsOf(patching({ method: "on-demand", ...commands, output: { s3: true } })), []);
  });

  it("reads a number as the text that AWS expects", () => {
    strictEqual(readConfig(configWith(patching({ maxErrors: 0 }))).patching.maxErrors, "0");
  });
});
