import { deepStrictEqual, match } from "node:assert/strict";
import { readConfig } from "../../config";
import { type WrongConfig, configWith, fleet, problemsOf } from "./problems";

const fleets = [fleet, { ...fleet, name: "canary" }, { ...fleet, name: "db" }];
const first = { name: "first", fleets: ["canary"], schedule: "cron(0 3 ? * SAT *)" };
const existing = {
  "patchpath:topology": "nat",
  "patchpath:network": { vpcId: "vpc-0123456789abcdef0", subnetIds: ["subnet-0123456789abcdef0"] },
  "patchpath:endpoints": { interface: false },
};

const withWindows = (windows: readonly object[], others: object = {}, settings: object = {}) => ({
  "patchpath:fleets": fleets,
  "patchpath:patching": { ...settings, windows },
  ...others,
});

describe("maintenance windows for some fleets, in the config", () => {
  const wrong: readonly WrongConfig[] = [
    [
      "a fleet that does not exist",
      withWindows([{ ...first, fleets: ["canery"] }]),
      ["`patchpath:patching.windows[0].fleets[0]` is `canery`; expected the name of a fleet in `patchpath:fleets`"],
    ],
    [
      "a fleet in two windows",
      withWindows([first, { ...first, name: "second", fleets: ["db", "canary"] }]),
      ["`patchpath:patching.windows[1].fleets[1]` is `canary`, which `windows[0]` has too; expected it in one window"],
    ],
    [
      "a name twice",
      withWindows([first, { ...first, fleets: ["db"] }]),
      ["`patchpath:patching.windows[1].name` is `first`, as `windows[0].name` is; expected a unique name"],
    ],
    [
      "all fleets, so that nothing is left for the schedule of the stack",
      withWindows([{ ...first, fleets: ["web", "canary", "db"] }]),
      [
        "`patchpath:patching.windows` have all fleets, so `patchpath:patching.schedule` is for none; expected one fleet or more that is in none of them",
      ],
    ],
    [
      "no fleet",
      withWindows([{ ...first, fleets: [] }]),
      ["`patchpath:patching.windows[0].fleets` is `[]`; expected one name in `patchpath:fleets` or more"],
    ],
    [
      "no schedule",
      withWindows([{ name: "first", fleets: ["canary"] }]),
      ["`patchpath:patching.windows[0].schedule` is missing; expected text"],
    ],
    [
      "a misspelt key",
      withWindows([{ ...first, shedule: "rate(1 day)" }]),
      ["`patchpath:patching.windows[0].shedule` is not a key of this config; did you mean `schedule`?"],
    ],
    [
      "a cutoff of its own as long as the duration of the stack",
      withWindows([{ ...first, cutoff: 3 }]),
      ["`patchpath:patching.windows[0].cutoff` is `3`; expected less than `duration`, which is `3`"],
    ],
    [
      "an offset without cron",
      withWindows([{ ...first, schedule: "rate(7 days)", offset: 2 }]),
      ["`patchpath:patching.windows[0].offset` is `2`; expected it left out, or `schedule` as `cron(...)`"],
    ],
    [
      "hooks of its own in a window that only scans",
      withWindows([{ ...first, operation: "Scan", hooks: { preInstall: "Drain" } }]),
      ["`patchpath:patching.windows[0].hooks` run when patches are installed; expected the operation `Install`"],
    ],
    [
      "another method",
      withWindows([first], {}, { method: "on-demand" }),
      [
        "`patchpath:patching.windows` is not for the method `on-demand`; expected it left out, or the method `maintenance-window`",
      ],
    ],
    [
      "existing instances with one tag in two windows",
      withWindows([{ ...first, fleets: ["api"] }], {
        ...existing,
        "patchpath:fleets": [
          { ...fleet, tag: { Environment: "prod" } },
          { ...fleet, name: "api", tag: { Environment: "prod" } },
        ],
      }),
      [
        "`patchpath:fleets[1]` has the tag of `fleets[0]` and is in another window; expected both in the same, since a window selects instances by that tag",
      ],
    ],
  ];
  for (const [what, values, problems] of wrong) {
    it(`rejects ${what}`, () => {
      deepStrictEqual(problemsOf(values), problems);
    });
  }

  it("accepts hooks of the stack beside a window that only scans, and an offset of the stack beside a rate", () => {
    const settings = { schedule: "cron(0 18 ? * TUE#2 *)", offset: 6, hooks: { preInstall: "Drain" } };
    deepStrictEqual(problemsOf(withWindows([{ ...first, operation: "Scan" }], {}, settings)), []);
    deepStrictEqual(problemsOf(withWindows([{ ...first, schedule: "rate(7 days)" }], {}, settings)), []);
  });

  it("warns about a window whose runs are all before the approval of the newest Windows update", () => {
    const windows = { name: "files", operatingSystem: "windows-server-2022" };
    const warningsWith = (schedule: string, names: readonly string[]) =>
      readConfig(
        configWith({
          "patchpath:topology": "nat",
          "patchpath:fleets": [fleet, windows],
          "patchpath:patching": { windows: [{ name: "first", fleets: names, schedule }] },
        }),
      ).warnings;
    const early = "cron(0 18 ? * TUE#2 *)";
    const [warning, ...others] = warningsWith(early, ["files"]);
    match(warning ?? "", /each run of `patchpath:patching\.windows\[0\]\.schedule` is before that/);
    deepStrictEqual(others, []);
    deepStrictEqual(warningsWith(early, ["web"]), []);
    deepStrictEqual(warningsWith("cron(0 18 ? * SUN *)", ["files"]), []);
  });
});
