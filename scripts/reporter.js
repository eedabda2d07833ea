"use strict";
// The default reporter of mocha; at the end it shows the slowest files and, as the last line, the totals.
const { relative } = require("node:path");
const { reporters, Runner } = require("mocha");

/** How many files are shown: `npm test` has at most four minutes, and these are where they go. */
const shown = 10;

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const { EVENT_HOOK_END, EVENT_TEST_END, EVENT_RUN_END } = Runner.constants;
    const byFile = new Map();
    const add = ({ file, duration }) => byFile.set(file, (byFile.get(file) ?? 0) + (duration ?? 0));
    runner.on(EVENT_TEST_END, add).on(EVENT_HOOK_END, add); // most engine runs are hooks
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures, duration } = this.stats; // no test is skipped: .mocharc.json forbids it
      const slowest = [...byFile].sort(([, a], [, b]) => b - a).slice(0, byFile.size > 1 ? shown : 0);
      for (const [file, time] of slowest) console.log(`${seconds(time)}  ${relative(process.cwd(), file ?? "")}`);
      console.log(`${seconds(duration)}  in all\n${passes} passed, ${failures} failed`);
    });
  }
};

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1).padStart(7)} s`;
}
